"""Measures an import as a worker makes it, on the (migrated) database of the settings, while somebody else saves.

    python -m bench.imports kota.xlsx

The file is imported, imported again unchanged, and the first import is undone. For each deed: seconds in all, seconds
of them with the records locked for writing, and the longest that a small save of somebody else had to wait meanwhile.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nawa.settings")
django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 (needs the settings)
from django.db import DatabaseError, connection  # noqa: E402

from nawa.core import locks  # noqa: E402
from nawa.core.actor import Actor  # noqa: E402
from nawa.exchange import actions, tasks  # noqa: E402
from nawa.exchange.enums import Declared, Mode, Twin  # noqa: E402
from nawa.exchange.models import Upload, Work  # noqa: E402
from nawa.workbook.read import read  # noqa: E402

BY = Actor.system("bench")


class Saver:
    """Somebody who logs in ten times a second, from a connection of their own."""

    def __init__(self) -> None:
        self.longest, self.failed, self._over = 0.0, 0, threading.Event()
        self._thread = threading.Thread(target=self._save, daemon=True)
        self._thread.start()

    def _save(self) -> None:
        while not self._over.wait(0.1):
            began = time.perf_counter()
            try:
                session = SessionStore()
                session["seen"] = 1
                session.save()
            except DatabaseError:
                self.failed += 1
            self.longest = max(self.longest, time.perf_counter() - began)
        connection.close()

    def stop(self) -> None:
        """End the saving."""
        self._over.set()
        self._thread.join()


@contextmanager
def locked() -> Iterator[list[float]]:
    """Collect how long after taking the lock of the records each transaction was still being made."""
    spans: list[float] = []
    hold = locks.hold

    def held(name: str) -> None:
        hold(name)
        began = time.perf_counter()
        if name == locks.RECORDS:
            connection.on_commit(lambda: spans.append(time.perf_counter() - began))

    locks.hold = held
    try:
        yield spans
    finally:
        locks.hold = hold


def deed(label: str, upload: Upload) -> Upload:
    """Carry out the work that is queued for an upload, and print what it took."""
    work = Work.objects.filter(upload=upload).latest("pk")
    saver, began = Saver(), time.perf_counter()
    with locked() as spans:
        tasks.perform.func(work.public_id)
    taken = time.perf_counter() - began
    saver.stop()
    work.refresh_from_db()
    lock = f", records locked {sum(spans):.1f} s" if spans else ""
    others = f"others waited {saver.longest:.1f} s at most, {saver.failed} failed"
    print(f"{label}: {taken:.1f} s{lock}, {others}; {work.state}", flush=True)
    upload.refresh_from_db()
    return upload


def bring(label: str, content: bytes) -> Upload:
    """Take a file in, check it, and apply it."""
    began = time.perf_counter()
    upload = actions.accept(content, file_name="kota.xlsx", declared=Declared.FULL, by=BY)
    deed(f"{label}: check", upload)
    actions.decide_twins(upload, None, what=Twin.ADDITION, by=BY)
    actions.apply_upload(upload, mode=Mode.GOOD_ROWS, preview=upload.preview, by=BY)
    deed(f"{label}: apply", upload)
    rows = sum(sum(counted) for counted in upload.made.counts.values())
    taken = time.perf_counter() - began
    print(f"{label}: {rows:,} rows in {taken:.1f} s, {rows / taken:,.0f} rows a second")
    return upload


def main(path: Path) -> None:
    """Measure and print."""
    content = path.read_bytes()
    print(f"{path.name}: {len(content) / 2**20:.1f} MiB, {connection.vendor}")
    read(path)  # first, alone: later a process that is started counts what the worker held when it started it
    print(f"peak memory of the process that reads the file: {_peak(resource.RUSAGE_CHILDREN)}")
    first = bring("into an empty database", content)
    bring("the same file again", content)
    actions.undo_import(first, by=BY)
    deed("undoing the first", first)
    print(f"peak memory of the worker: {_peak(resource.RUSAGE_SELF)}")


def _peak(who: int) -> str:
    return f"{resource.getrusage(who).ru_maxrss / 1024:.0f} MiB"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
