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

    def __init__(self, url: str, module: str = "tests.exchange.worker") -> None:
        self._url, self._module = url, module
        self.clerk = Child(url, module)
        self.usual = self.clerk.do("prepare")
        self.spare = self._started()
        self.turn = 0

    def _started(self) -> Child:
        return Child(self._url, self._module)

    def worker(self) -> Child:
        """A worker who stands ready, while the next one gets ready."""
        ready, self.spare = self.spare, self._started()
        ready.do("recover")
        return ready

    def cut_off(self, share: float) -> None:
        """Kill a worker when it has been with what is queued for this share of the usual time, and tick."""
        worker = self.worker()
        worker.begin("work")
        time.sleep(share * self.usual["seconds"][self.turn % 2])
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
    each = KILLS // TURNS // 4
    kill_throughout(office, random.Random(number), kills=(each, each, 2 * each))


def kill_throughout(office: Office, chance: random.Random, *, kills: tuple[int, int, int]) -> None:
    """Kill workers who check, apply and undo the workbook of a turn; at last each deed is done, once."""
    before = office.clerk.do("state")
    office.turn += 1
    upload = office.clerk.do("accept", str(office.turn))["upload"]
    checking, applying, undoing = kills
    for _ in range(checking):
        office.cut_off(chance.uniform(0, 0.6))
    office.clerk.do("work")
    assert office.clerk.do("confirm", upload) == {"refused": []}
    for _ in range(applying):
        office.cut_off(chance.uniform(0, 0.6))
    office.clerk.do("work")
    after = assert_sound(office)
    assert after["stages"][upload] == "DITERAPKAN"  # type: ignore[index]
    assert (after["imports"], after["hash"] != before["hash"]) == (before["imports"] + 1, True)
    assert office.clerk.do("undo", upload) == {"refused": []}
    for _ in range(undoing):
        office.cut_off(chance.uniform(0, 0.4))
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


def test_an_import_an_undoing_and_a_publication_at_once_leave_all_of_them_whole(office: Office) -> None:
    first, second = office.uploaded(), office.uploaded()
    office.clerk.do("confirm", first)
    office.clerk.do("work")
    office.clerk.do("undo", first)
    office.clerk.do("confirm", second)
    workers = [office.worker(), office.worker(), office.worker()]
    for worker, deed in zip(workers, ("work", "work", "publish"), strict=True):
        worker.begin(deed)
    answers = [worker.answer() for worker in workers]
    for worker in workers:
        worker.kill()
    office.clerk.do("work")
    assert answers[2] == {"people": 3, "stage": "TERBIT"}
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


@pytest.mark.parametrize(
    ("writing", "undoing"),
    [
        ("pg_advisory_xact_lock", "pg_advisory_xact_lock"),
        ('INSERTINTO"exchange_import"', "DELETEFROM"),
        ('INSERTINTO"audit_record', 'INSERTINTO"audit_record'),
    ],
)
def test_a_server_that_ends_the_connection_amid_a_deed_leaves_all_as_it_was_and_it_can_be_done_again(
    office: Office, writing: str, undoing: str
) -> None:
    if connection.vendor != "postgresql":
        return  # only a server can end a connection
    upload = office.uploaded()
    for deed, before, stages in (
        ("confirm", writing, ("SIAP", "DITERAPKAN")),
        ("undo", undoing, ("DITERAPKAN", "DIURUNGKAN")),
    ):
        was = office.clerk.do("state")
        assert office.clerk.do(deed, upload) == {"refused": []}
        assert office.clerk.do("sever", before) == {"severed": 1, "ended": ["FAILED", "BASIS_DATA"]}
        now = assert_sound(office)
        assert (now["hash"], now["imports"], now["stages"][upload]) == (was["hash"], was["imports"], stages[0])  # type: ignore[index]
        assert office.clerk.do(deed, upload) == {"refused": []}
        office.clerk.do("work")
        assert assert_sound(office)["stages"][upload] == stages[1]  # type: ignore[index]
