"""Workers killed at any moment, imports at once, a full disk: nothing lost, nothing doubled, nothing half-written."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.talent.test_killing import Child, database

__all__ = ["database"]
TURNS, KILLS = 5, 20
OFTEN = 10  # times as many by `make torture`


class Office:
    """A database of its own, a clerk who lives, and workers who may be killed."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.clerk = Child(url, "tests.exchange.worker")
        self.usual = self.clerk.do("prepare")
        self.spare = self._started()
        self.turn = 0

    def _started(self) -> Child:
        return Child(self._url, "tests.exchange.worker")

    def worker(self) -> Child:
        """A worker who stands ready, while the next one gets ready."""
        ready, self.spare = self.spare, self._started()
        ready.do("recover")
        return ready

    def cut_off(self, seconds: float) -> None:
        """Kill a worker so many seconds after it began with what is queued, and tick."""
        worker = self.worker()
        worker.begin("work")
        time.sleep(seconds)
        worker.kill()
        self.clerk.do("recover")

    def uploaded(self) -> str:
        """A new upload that has been checked, unlike all before."""
        self.turn += 1
        upload: str = self.clerk.do("accept", str(self.turn))["upload"]
        self.clerk.do("work")
        return upload

    def close(self) -> None:
        self.clerk.kill()
        self.spare.kill()


@pytest.fixture(scope="module")
def office(database: str) -> Iterator[Office]:
    opened = Office(database)
    yield opened
    opened.close()


def assert_sound(office: Office) -> dict[str, object]:
    """The records and the trail agree, and nothing is left open."""
    state = office.clerk.do("state")
    assert state["imports"] == state["events"]
    assert state["undone"][0] == state["undone"][1]
    assert (state["whole"], state["open"], state["orphans"]) == (True, 0, 0)
    return state


@pytest.mark.parametrize(
    "number",
    [pytest.param(number, marks=() if number < TURNS else pytest.mark.torture) for number in range(TURNS * OFTEN)],
)
def test_an_import_whose_workers_are_killed_at_any_moment_is_whole_and_made_once(office: Office, number: int) -> None:
    """Each turn kills twice while it is checked or applied, and twice while it is undone: 20 kills in all."""
    chance = random.Random(number)
    kills = KILLS // TURNS // 2
    before = office.clerk.do("state")
    office.turn += 1
    upload = office.clerk.do("accept", str(office.turn))["upload"]
    for _ in range(kills // 2):
        office.cut_off(chance.uniform(0, office.usual["seconds"] * 0.6))
    office.clerk.do("work")
    assert office.clerk.do("confirm", upload) == {"refused": []}
    for _ in range(kills - kills // 2):
        office.cut_off(chance.uniform(0, office.usual["seconds"] * 0.6))
    office.clerk.do("work")
    after = assert_sound(office)
    assert after["stages"][upload] == "DITERAPKAN"  # type: ignore[index]
    assert (after["imports"], after["hash"] != before["hash"]) == (before["imports"] + 1, True)
    assert office.clerk.do("undo", upload) == {"refused": []}
    for _ in range(kills):
        office.cut_off(chance.uniform(0, office.usual["seconds"] * 0.4))
    office.clerk.do("work")
    undone = assert_sound(office)
    assert (undone["stages"][upload], undone["hash"]) == ("DIURUNGKAN", before["hash"])  # type: ignore[index]


def test_whoever_logs_in_or_saves_while_a_city_is_written_waits_and_does_not_fail(
    office: Office, tmp_path: Path
) -> None:
    holder, other, sign = office.worker(), office.worker(), tmp_path / "held"
    holder.begin("hold", "3", str(sign))
    while not sign.exists():
        time.sleep(0.01)
    waited = other.do("save")
    assert holder.answer() == {}
    assert 1 < waited["saved"] < 30
    assert waited["entered"] < 30
    assert_sound(office)
    for one in (holder, other):
        one.kill()


def test_of_two_imports_of_the_same_rows_at_once_one_gets_a_new_preview(office: Office) -> None:
    uploads = [office.uploaded(), office.uploaded()]
    for upload in uploads:
        assert office.clerk.do("confirm", upload) == {"refused": []}
    workers = [office.worker(), office.worker()]
    for worker in workers:
        worker.begin("work")
    for worker in workers:
        worker.answer()
        worker.kill()
    office.clerk.do("work")
    stages = assert_sound(office)["stages"]
    assert sorted(stages[upload] for upload in uploads) == ["DITERAPKAN", "SIAP"]  # type: ignore[index]


def test_an_import_an_undoing_and_a_map_at_once_leave_all_of_them_whole(office: Office) -> None:
    first, second = office.uploaded(), office.uploaded()
    office.clerk.do("confirm", first)
    office.clerk.do("work")
    office.clerk.do("undo", first)
    office.clerk.do("confirm", second)
    workers = [office.worker(), office.worker(), office.worker()]
    for worker, deed in zip(workers, ("work", "work", "compute"), strict=True):
        worker.begin(deed)
    answers = [worker.answer() for worker in workers]
    for worker in workers:
        worker.kill()
    office.clerk.do("work")
    assert answers[2]["people"] == 3
    stages = assert_sound(office)["stages"]
    assert stages[first] in ("DIURUNGKAN", "DITERAPKAN")  # type: ignore[index]
    assert stages[second] in ("SIAP", "DITERAPKAN")  # type: ignore[index]


def test_a_full_disk_leaves_the_records_as_they_were(office: Office) -> None:
    if connection.vendor != "sqlite":
        return  # only SQLite can be told how large its file may grow
    upload = office.uploaded()
    before = office.clerk.do("state")
    office.clerk.do("confirm", upload)
    office.clerk.do("full", "12")
    office.clerk.do("work")
    office.clerk.do("full", "0")
    office.clerk.do("recover")
    office.clerk.do("work")
    after = assert_sound(office)
    assert after["stages"][upload] in ("SIAP", "DITERAPKAN")  # type: ignore[index]
    if after["stages"][upload] == "SIAP":  # type: ignore[index]
        assert after["hash"] == before["hash"]
