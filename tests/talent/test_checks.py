"""Findings are kept by a worker: which deeds make them old, and when they are worked out again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, leases
from nawa.core.models import RunState
from nawa.core.scope import Scope
from nawa.policy import Policy
from nawa.registry.models import Person
from nawa.talent import actions, tasks
from nawa.talent.models import MapTable, RecordCheck
from nawa.talent.queries import checks, tables
from nawa.talent.queries.checks import Checked, checked
from nawa.talent.queries.conflicts import Kind, found
from nawa.workbook.sheets import Tables
from tests.append_only import lift_guards
from tests.office import HEAD
from tests.talent.conftest import BY
from tests.talent.test_actions import execute, run

pytestmark = pytest.mark.django_db


def work() -> None:
    """What a worker does at its next look."""
    actions.catch_up(at=clock.now())
    for one in RecordCheck.objects.filter(state=RunState.QUEUED):
        tasks.check_records.func(one.public_id)


def now(scope: Scope | None = None) -> Checked:
    kept = checked(scope=scope or Scope.everything(), on=clock.today())
    assert kept is not None
    return kept


def deed(event: Event, **details: object) -> None:
    audit.record(event, subject=Person.objects.get(nip=HEAD), by=BY, details=details)


def test_what_a_worker_keeps_is_what_the_records_say_in_scope(stored: Tables, policy: Policy) -> None:
    Person.objects.filter(nip=HEAD).update(born_on=date(1970, 1, 2))
    assert checked(scope=Scope.everything(), on=clock.today()) is None
    work()
    for scope in (Scope.everything(), Scope.below("SD1"), Scope.nothing()):
        told = found(scope=scope, on=clock.today(), parameters=policy.parameters)
        assert {kind: frame.rows() for kind, frame in now(scope).found.items()} == {
            kind: told[kind].rows() for kind in Kind
        }
    assert now().found[Kind.NIP_BIRTH].height == 1


def test_a_deed_on_the_records_makes_findings_old_until_the_next_work(stored: Tables) -> None:
    work()
    assert now().is_current
    Person.objects.filter(nip=HEAD).update(born_on=date(1970, 1, 2))
    deed(Event.EVIDENCE_WITHDRAWN, evidence="AWARD", person=Person.objects.get(nip=HEAD).public_id)
    old = now()
    assert not old.is_current
    assert old.found[Kind.NIP_BIRTH].height == 0
    work()
    assert now().is_current
    assert now().found[Kind.NIP_BIRTH].height == 1
    assert RecordCheck.objects.count() == 1  # earlier findings are nobody's to keep


def test_a_deed_elsewhere_costs_nothing(stored: Tables) -> None:
    work()
    before = now().check
    deed(Event.DEMO_ACCOUNTS_OPENED, accounts=1)
    assert now().is_current
    assert actions.catch_up(at=clock.now()) is None
    assert now().check == before


def test_the_next_day_is_looked_at_anew(stored: Tables) -> None:
    work()
    tomorrow = clock.today() + timedelta(days=1)
    kept = checked(scope=Scope.everything(), on=tomorrow)
    assert kept is not None
    assert not kept.is_current
    asked = actions.catch_up(at=clock.now() + timedelta(days=1))
    assert asked is not None
    assert asked.on == tomorrow
    assert actions.catch_up(at=clock.now() + timedelta(days=1)) is None  # one is enough
    assert now().is_underway


def test_a_deed_in_the_middle_of_a_check_leaves_it_old(stored: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(**asked: object) -> object:
        deed(Event.EVIDENCE_WITHDRAWN, evidence="AWARD", person=Person.objects.get(nip=HEAD).public_id)
        return found(**asked)  # type: ignore[arg-type]

    monkeypatch.setattr(tasks, "found", look)
    work()
    assert not now().is_current


def test_what_failed_is_said_and_not_tried_again_before_something_changes(
    stored: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    work()
    deed(Event.EVIDENCE_WITHDRAWN, evidence="AWARD", person=Person.objects.get(nip=HEAD).public_id)
    with monkeypatch.context() as broken:
        broken.setattr(tasks, "found", lambda **_asked: 1 / 0)
        work()
    assert now().has_failed
    assert not now().is_current
    assert actions.catch_up(at=clock.now()) is None
    deed(Event.EVIDENCE_WITHDRAWN, evidence="AWARD", person=Person.objects.get(nip=HEAD).public_id)
    work()
    assert now().is_current
    assert not now().has_failed


def test_a_check_whose_worker_was_killed_is_put_back(stored: Tables) -> None:
    asked = actions.catch_up(at=clock.now())
    assert asked is not None
    leases.take(RecordCheck, asked.public_id, at=clock.now())
    assert actions.tick(at=clock.now() + 2 * leases.LEASE) == [asked]
    work()
    assert now().is_current


def test_only_what_is_known_to_be_harmless_costs_no_check() -> None:
    apart = {event for event in Event if event not in checks.TOUCHING}
    assert apart == checks._WITHOUT_EFFECT | {
        event for event in Event if event.partition(".")[0] in checks._OTHER_ROOMS
    } - set(checks._OF_THE_POLICY)
    assert {Event.WORKBOOK_IMPORTED, Event.IMPORT_UNDONE, Event.EVIDENCE_ACCEPTED, Event.RECORDS_ERASED} <= (
        checks.TOUCHING
    )


def test_a_map_without_its_table_gets_one_and_says_the_same(stored: Tables, policy: Policy) -> None:
    made = run(policy)
    told = tables.worked_out(made.public_id)
    assert tables.table_of(made.public_id).equals(told)
    lift_guards()
    execute("DELETE FROM talent_maptable")
    tables.table_of.cache_clear()
    assert tables.table_of(made.public_id).equals(told)
    actions.catch_up(at=clock.now())
    tables.table_of.cache_clear()
    assert MapTable.objects.get().run == made
    assert tables.table_of(made.public_id).equals(told)
