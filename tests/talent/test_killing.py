"""Workers in processes of their own, killed at any moment: one right result, on either kind of database."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg import sql

KILLS = 10


class Child:
    """A process that does deeds, one after another."""

    def __init__(self, url: str, module: str = "tests.talent.worker") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            env={**os.environ, "DATABASE_URL": url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, *deed: str) -> None:
        """Let it begin a deed."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(deed) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Wait for what it answers to the deed that it began first."""
        assert self._process.stdout is not None
        answered: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answered

    def do(self, *deed: str) -> dict[str, Any]:
        """Let it do a deed, and return the answer."""
        self.begin(*deed)
        return self.answer()

    def kill(self) -> None:
        """SIGKILL: it has no time for anything."""
        self._process.kill()
        self._process.communicate()


class Office:
    """A database with a small city of its own, a clerk who lives, and workers who may be killed."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.clerk = Child(url)
        self.right = self.clerk.do("prepare")
        self.spare = self._started()

    def worker(self) -> Child:
        """Return a worker who stands ready, while the next one gets ready."""
        ready, self.spare = self.spare, self._started()
        ready.do("recover")  # it has started when it answers
        return ready

    def cut_off(self, run: str, seconds: float) -> None:
        """Kill a worker so many seconds after it began with a run, and tick."""
        worker = self.worker()
        worker.begin("perform", run)
        time.sleep(seconds)
        worker.kill()
        self.clerk.do("recover")

    def close(self) -> None:
        self.clerk.kill()
        self.spare.kill()

    def _started(self) -> Child:
        return Child(self._url)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database of the kind that is tested."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('killing') / 'nawa.sqlite3'}"
        return
    url = os.environ["DATABASE_URL"]
    name = f"nawa_killing_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield url.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def office(database: str) -> Iterator[Office]:
    opened = Office(database)
    yield opened
    opened.close()


def assert_right(office: Office, run: str) -> None:
    assert office.clerk.do("judge", run) == {
        "state": "SUCCEEDED",
        "hash": office.right["hash"],
        "people": office.right["people"],
        "inputs": True,
        "stages": ["DIHITUNG"],
        "events": 1,
        "contradictions": [],
    }


@pytest.mark.parametrize("number", range(KILLS // 2))
def test_a_run_whose_two_workers_are_killed_at_any_moment_has_one_right_result(office: Office, number: int) -> None:
    chance = random.Random(number)
    run = office.clerk.do("ask")["run"]
    for _ in range(2):
        office.cut_off(run, chance.uniform(0, office.right["seconds"] * 1.2))
    office.clerk.do("perform", run)
    assert_right(office, run)


def test_two_workers_on_one_run_give_one_result(office: Office) -> None:
    run = office.clerk.do("ask")["run"]
    workers = [office.worker(), office.worker()]
    for worker in workers:
        worker.begin("perform", run)
    for worker in workers:
        worker.answer()
        worker.kill()
    assert_right(office, run)


def test_a_run_that_was_cut_off_three_times_is_given_up(office: Office) -> None:
    run = office.clerk.do("ask")["run"]
    for _ in range(3):
        office.cut_off(run, office.right["seconds"] * 0.3)
    judged = office.clerk.do("judge", run)
    assert (judged["state"], judged["people"], judged["stages"]) == ("FAILED", 0, [])


def test_of_two_who_move_a_run_at_once_one_is_told_what_happened(office: Office) -> None:
    run = office.clerk.do("ask")["run"]
    office.clerk.do("perform", run)
    workers = [office.worker(), office.worker()]
    for name, worker in zip(("first", "second"), workers, strict=True):
        worker.begin("move", run, name)
    assert sorted(worker.answer()["refused"] for worker in workers) == [[], ["stage.meanwhile"]]
    for worker in workers:
        worker.kill()
    assert office.clerk.do("judge", run)["stages"] == ["DIHITUNG", "DIPERIKSA"]
