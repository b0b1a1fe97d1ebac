"""A worker in a process of its own, for the tests that kill it (`tests.talent.worker` tells how it is spoken to)."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

import polars as pl  # noqa: E402
import psycopg  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from nawa.audit.enums import Event  # noqa: E402
from nawa.audit.models import RecordedEvent  # noqa: E402
from nawa.audit.queries import changes_root  # noqa: E402
from nawa.core import clock, leases, locks  # noqa: E402
from nawa.core.refusal import Refusal  # noqa: E402
from nawa.exchange import actions  # noqa: E402
from nawa.exchange.enums import Declared, Mode, Stage, Twin  # noqa: E402
from nawa.exchange.frames import export_tables  # noqa: E402
from nawa.exchange.models import Content, Import, Upload, Work  # noqa: E402
from nawa.exchange.tasks import checking  # noqa: E402
from nawa.policy.loading import load  # noqa: E402
from nawa.proof.contents import content_hash  # noqa: E402
from nawa.registry.models import Person  # noqa: E402
from nawa.talent.actions import run_mapping  # noqa: E402
from nawa.talent.models import RunStage  # noqa: E402
from nawa.workbook.reading import read_here  # noqa: E402
from tests.exchange.uploading import BY, work_off, workbook  # noqa: E402
from tests.office import HEAD, office, rows  # noqa: E402
from tests.publishing import walk  # noqa: E402

checking.read = read_here  # type: ignore[assignment] # the guarded process takes longer than all else together
checking.mark = lambda *_, **__: b""  # type: ignore[assignment]


def city(turn: int) -> dict[str, pl.DataFrame]:
    """The small office, everything renamed in this turn, with many trainings."""
    tables = office()
    trainings = ({"nip": HEAD, "name": f"Diklat {turn} {n}", "completed_on": date(2020, 1, 1)} for n in range(1_500))
    named = tables["person"].with_columns(name=pl.format("{} {}", "name", pl.lit(turn)))
    return {**tables, "person": named, "training": rows("training", *trainings)}


def prepare() -> dict[str, Any]:
    """Make the tables, bring the office in, and say how long an import of an even and of an odd turn takes."""
    call_command("migrate", verbosity=0)
    accept("0")
    began = time.monotonic()
    work_off()
    upload = Upload.objects.get()
    actions.apply_upload(upload, mode=Mode.ALL, preview=upload.preview, by=BY)
    work_off()
    return {"seconds": [time.monotonic() - began] * 2}


def accept(turn: str) -> dict[str, Any]:
    """Take in the workbook of a turn."""
    upload = actions.accept(workbook(city(int(turn))), file_name="b.xlsx", declared=Declared.PARTIAL, by=BY)
    return {"upload": upload.public_id}


def work() -> dict[str, Any]:
    """Carry out what is queued."""
    work_off()
    return {}


def confirm(upload_id: str) -> dict[str, Any]:
    """Ask for an upload to be applied."""
    return _asked(upload_id, lambda one: actions.apply_upload(one, mode=Mode.ALL, preview=one.preview, by=BY))


def undo(upload_id: str) -> dict[str, Any]:
    """Ask for an import to be undone."""
    return _asked(upload_id, lambda one: actions.undo_import(one, by=BY))


def decide(upload_id: str) -> dict[str, Any]:
    """Let all likely corrections be additions."""
    return _asked(upload_id, lambda one: actions.decide_twins(one, None, what=Twin.ADDITION, by=BY))


def _asked(upload_id: str, deed: Any) -> dict[str, Any]:
    try:
        deed(Upload.objects.get(public_id=upload_id))
    except Refusal as refused:
        return {"refused": [reason.code for reason in refused.reasons]}
    return {"refused": []}


def recover() -> dict[str, Any]:
    """Tick as it will be when the leases of all who were killed have run out."""
    return {"put_back": [one.public_id for one in actions.tick(at=clock.now() + leases.LEASE * 2)]}


def publish() -> dict[str, Any]:
    """Map everybody and publish the map, as it happens at the same time."""
    on = date(2026, 11, 1)
    run = walk(run_mapping(policy=load("semarang", on=on), on=on, by=BY))
    return {"people": run.people, "stage": RunStage.objects.filter(run=run).latest("pk").stage}


def state() -> dict[str, Any]:
    """Say what the records hold, and whether the audit trail agrees with the imports."""
    imports = Import.objects.count()
    written = RecordedEvent.objects.filter(event=Event.WORKBOOK_IMPORTED)
    undone = RecordedEvent.objects.filter(event=Event.IMPORT_UNDONE)
    whole = all(
        json.loads(one.canonical)["details"]["changes_root"] == changes_root(one) for one in [*written, *undone]
    )
    stages = {one.public_id: one.stage for one in Upload.objects.all()}
    return {
        "hash": content_hash(export_tables()),
        "imports": imports,
        "events": written.count(),
        "undone": (undone.count(), Upload.objects.filter(stage=Stage.UNDONE).count()),
        "whole": whole,
        "stages": stages,
        "open": Work.objects.filter(state__in=["QUEUED", "RUNNING"]).count(),
        "orphans": Content.objects.filter(upload__has_contents=False).count(),
    }


def hold(seconds: str, sign: str) -> dict[str, Any]:
    """Keep the records locked for so long, as an import that is being applied does; a file is the sign of it."""
    with transaction.atomic():
        locks.hold(locks.RECORDS)
        Path(sign).touch()
        time.sleep(float(seconds))
    return {}


def save() -> dict[str, Any]:
    """Log somebody in, and save to the records; say how long each had to wait."""
    began = time.monotonic()
    session = SessionStore()
    session["who"] = "somebody"
    session.save()
    entered = time.monotonic()
    with transaction.atomic():
        locks.hold(locks.RECORDS)
        Person.objects.filter(nip=HEAD).update(phone="024")
    return {"entered": entered - began, "saved": time.monotonic() - began}


def full(pages: str) -> dict[str, Any]:
    """Let the disk of an SQLite database be full after so many more pages; 0 gives it room again."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        held = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {held + int(pages) if int(pages) else 2**30}")
    return {}


def sever(before: str) -> dict[str, Any]:
    """Carry out what is queued; the server ends the connection right before the first statement with these words (but
    for blanks) in it. Say how the last work ended."""
    severed: list[str] = []

    def broken(execute: Callable[..., Any], statement: str, *others: Any) -> Any:
        if not severed and before in statement.replace(" ", ""):
            severed.append(statement)
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
                server.execute("SELECT pg_terminate_backend(%s, 10000)", [connection.connection.info.backend_pid])
        return execute(statement, *others)

    with connection.execute_wrapper(broken):
        work_off()
    ended = Work.objects.latest("pk")
    return {"severed": len(severed), "ended": [ended.state, ended.failure]}


_ALL = (prepare, accept, work, confirm, undo, decide, recover, publish, state, hold, save, full, sever)
DEEDS = {deed.__name__: deed for deed in _ALL}


def answer_all(lines: Iterable[str], deeds: Mapping[str, Callable[..., dict[str, Any]]]) -> None:
    """Do what each line asks for, and answer on a line of its own."""
    for line in lines:
        name, *arguments = line.split()
        sys.stdout.write(json.dumps(deeds[name](*arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    answer_all(sys.stdin, DEEDS)
