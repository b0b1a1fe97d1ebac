"""One worker on a run at a time; whoever is silent too long has lost it."""

from __future__ import annotations

import datetime
import time
from typing import Any

import pytest

from nawa.core import clock, leases
from nawa.core.leases import CancelAskedError, LeaseLostError
from nawa.core.models import RunState
from tests.core.models import Computation

pytestmark = pytest.mark.django_db

NOW = clock.now()
LATER = NOW + leases.LEASE + datetime.timedelta(seconds=1)


def queued(**values: Any) -> Computation:
    return Computation.objects.create(started_by="system:nawa", started_at=NOW, heartbeat_at=NOW, **values)


def taken(run: Computation, at: datetime.datetime = NOW) -> Computation:
    found = leases.take(Computation, run.public_id, at=at)
    assert found is not None
    return found


def test_a_queued_run_is_taken_once() -> None:
    run = queued()
    held = taken(run)
    assert (held.state, held.attempts, bool(held.worker)) == (RunState.RUNNING, 1, True)
    assert leases.take(Computation, run.public_id, at=NOW) is None


def test_a_worker_reports_its_step_and_lives() -> None:
    held = taken(queued())
    leases.report(held, step="HITUNG", progress=45, at=LATER)
    held.refresh_from_db()
    assert (held.step, held.progress, held.heartbeat_at) == ("HITUNG", 45, LATER)


def test_a_run_that_ended_is_held_by_nobody_and_ends_once() -> None:
    held = taken(queued())
    ended = leases.end(held, RunState.SUCCEEDED, at=LATER)
    assert (ended.state, ended.worker, ended.finished_at) == (RunState.SUCCEEDED, "", LATER)
    with pytest.raises(LeaseLostError):
        leases.end(held, RunState.FAILED, at=LATER, failure="X")
    with pytest.raises(LeaseLostError):
        leases.report(held, step="SIMPAN", progress=60, at=LATER)


def test_a_silent_run_goes_to_another_worker_and_the_first_one_keeps_nothing() -> None:
    first = taken(queued())
    assert list(leases.silent(Computation, at=NOW + leases.LEASE)) == []
    (silent,) = leases.silent(Computation, at=LATER)
    assert leases.put_back(silent, at=LATER)
    assert not leases.put_back(silent, at=LATER)
    second = taken(first, at=LATER)
    assert second.attempts == 2
    with pytest.raises(LeaseLostError):
        leases.end(first, RunState.SUCCEEDED, at=LATER)
    leases.end(second, RunState.SUCCEEDED, at=LATER)


def test_a_queued_run_whose_task_was_lost_is_silent_too() -> None:
    run = queued()
    assert [found.pk for found in leases.silent(Computation, at=LATER)] == [run.pk]


def test_what_waits_is_cancelled_at_once_and_what_runs_before_its_next_step() -> None:
    waiting, held = queued(), taken(queued())
    assert leases.ask_to_cancel(waiting, by="user:a", at=NOW)
    waiting.refresh_from_db()
    assert waiting.state == RunState.CANCELLED
    assert leases.ask_to_cancel(held, by="user:a", at=NOW)
    assert not leases.ask_to_cancel(held, by="user:b", at=NOW)
    with pytest.raises(CancelAskedError):
        leases.report(held, step="HITUNG", progress=45, at=NOW)
    assert leases.end(held, RunState.CANCELLED, at=NOW).cancel_asked_by == "user:a"


def test_a_given_up_run_says_why() -> None:
    held = taken(queued())
    assert not leases.give_up(held, RunState.FAILED, at=NOW, failure="TERPUTUS")
    assert leases.give_up(held, RunState.FAILED, at=LATER, failure="TERPUTUS")
    held.refresh_from_db()
    assert (held.state, held.failure, held.worker) == (RunState.FAILED, "TERPUTUS", "")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_computes_for_long_keeps_showing_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "BEAT", 0.05)
    held = taken(queued())
    with leases.alive(held):
        for _ in range(100):
            held.refresh_from_db()
            if held.heartbeat_at and held.heartbeat_at > NOW:
                break
            time.sleep(0.05)
    assert held.heartbeat_at is not None
    assert held.heartbeat_at > NOW
