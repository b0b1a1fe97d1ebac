"""The worker of `tests.exchange.worker` over the demo city: 12,000 people, and files read as they are in service."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from functools import cache
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

import polars as pl  # noqa: E402
from django.core.management import call_command  # noqa: E402

from nawa.demo.city import build  # noqa: E402
from nawa.exchange.tasks import checking  # noqa: E402
from nawa.workbook.read import mark, read  # noqa: E402
from tests.exchange import worker  # noqa: E402
from tests.office import rows  # noqa: E402

checking.read, checking.mark = read, mark


@cache
def demo() -> dict[str, pl.DataFrame]:
    """The demo city, as it is every time."""
    return dict(build().tables)


def city(turn: int) -> dict[str, pl.DataFrame]:
    """The demo city with every fourth person renamed in this turn and some trainings more; of an odd turn these rows
    alone, of an even one the whole workbook."""
    people, fourth = demo()["person"], pl.int_range(pl.len()) % 4 == turn % 4
    named = people.with_columns(pl.when(fourth).then(pl.format("{} {}", "name", pl.lit(turn))).otherwise("name"))
    more = [
        {"nip": nip, "name": f"Diklat {turn}", "completed_on": date(2020, 1, 1)} for nip in people["nip"].head(1_500)
    ]
    trainings = rows("training", *more)
    if turn % 2:
        return {"person": named.filter(fourth), "training": trainings}
    return {**demo(), "person": named, "training": pl.concat([demo()["training"], trainings], how="diagonal")}


def prepare() -> dict[str, Any]:
    """Make the tables, bring the city in, and say how long the import of an even and of an odd turn takes."""
    call_command("migrate", verbosity=0)
    imported(0)
    return {"seconds": [imported(2, undone=True), imported(1, undone=True)]}


def imported(turn: int, *, undone: bool = False) -> float:
    """Check and apply the workbook of a turn, undo it too where that is wanted; return the seconds without that."""
    upload = worker.accept(str(turn))["upload"]
    began = time.monotonic()
    worker.work()
    if worker.confirm(upload)["refused"]:
        raise RuntimeError(f"turn {turn}")
    worker.work()
    taken = time.monotonic() - began
    if undone:
        worker.undo(upload)
        worker.work()
    return taken


worker.city = city

if __name__ == "__main__":
    worker.answer_all(sys.stdin, {**worker.DEEDS, "prepare": prepare})
