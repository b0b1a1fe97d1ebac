"""The way of a run's result: each move asks for what it needs, is made once, and is told."""

from __future__ import annotations

import itertools
import json
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.audit.rules import sentence
from nawa.core import clock, leases
from nawa.core.models import RunState
from nawa.core.refusal import Refusal
from nawa.core.scans import MOST_BYTES, content_type
from nawa.core.scope import Scope
from nawa.evidence.models import PerformanceRating
from nawa.policy import Policy
from nawa.talent import actions, frames, queries, tasks
from nawa.talent.actions import advance, run_mapping
from nawa.talent.enums import KNOWN, MOVES, WAY, Stage, Withdrawal
from nawa.talent.models import Cycle, MappingResult, MappingRun, RunStage
from nawa.talent.queries import flows, movements
from nawa.talent.queries.places import places
from nawa.talent.rules import Letter
from nawa.workbook.sheets import Tables
from tests.publishing import PDF, walk, walker
from tests.talent.conftest import BY, DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(stored: Tables, policy: Policy) -> MappingRun:
    return run_mapping(policy=policy, on=DAY, by=BY)


def refused(run: MappingRun, to: Stage, expected: Stage, **given: object) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        advance(run, to=to, expected=expected, **{"by": walker(to), **given})  # type: ignore[arg-type]
    return [reason.code for reason in refusal.value.reasons]


def instant(run: MappingRun, days: int) -> datetime:
    assert run.finished_at
    return run.finished_at + timedelta(days=days)


# -- moves


def test_the_way_leads_through_every_stage_and_is_told_step_by_step(run: MappingRun) -> None:
    walk(run)
    assert [row.stage for row in queries.way(run)] == [str(stage) for stage in WAY]
    events = RecordedEvent.objects.filter(subject_id=run.public_id).order_by("pk")
    assert [event.event for event in events] == [
        *(Event.RUN_REQUESTED, Event.RUN_COMPUTED, Event.RUN_CHECKED, Event.CONTEST_OPENED),
        *(Event.RUN_VALIDATED, Event.RUN_DETERMINED, Event.RUN_RELEASED, Event.RUN_PUBLISHED),
    ]
    assert sentence(events.last()) == "Peta talenta per 1 November 2026 terbit untuk 3 pegawai."  # type: ignore[arg-type]


def test_every_stage_is_left_by_one_step_or_by_withdrawal() -> None:
    for origin, to in itertools.pairwise(WAY):
        assert {target for source, target in MOVES if source is origin} == {to, Stage.WITHDRAWN}
    assert not {source for source, _ in MOVES} & {Stage.PUBLISHED, Stage.WITHDRAWN}


def test_a_second_click_is_told_what_happened(run: MappingRun) -> None:
    walk(run, Stage.CHECKED)
    assert refused(run, Stage.CHECKED, Stage.COMPUTED) == ["stage.meanwhile"]
    assert RunStage.objects.filter(run=run).count() == 2


def test_no_stage_is_skipped_and_none_reached_twice(run: MappingRun) -> None:
    assert refused(run, Stage.PUBLISHED, Stage.COMPUTED) == ["stage.no_move"]
    walk(run)
    assert refused(run, Stage.WITHDRAWN, Stage.PUBLISHED, reason=Withdrawal.DATA) == ["stage.no_move"]


def test_the_database_itself_lets_no_way_fork_or_repeat(run: MappingRun) -> None:
    walk(run, Stage.CHECKED)
    now = {"reached_by": "user:x", "reached_at": clock.now()}
    for stage, after in ((Stage.CHECKED, Stage.CONTEST), (Stage.WITHDRAWN, Stage.COMPUTED)):
        reason = Withdrawal.DATA if stage is Stage.WITHDRAWN else ""
        with pytest.raises(IntegrityError), transaction.atomic():
            RunStage.objects.create(run=run, stage=stage, after=after, reason=reason, **now)


def test_whoever_started_a_run_does_not_check_it(run: MappingRun) -> None:
    assert refused(run, Stage.CHECKED, Stage.COMPUTED, by=BY) == ["stage.same_person"]


@pytest.mark.parametrize(("days", "codes"), [(6, ["stage.contest_lasts"]), (7, ["stage.contest_lasts"]), (8, [])])
def test_validation_waits_for_the_day_after_the_last_day_of_contest(
    run: MappingRun, days: int, codes: list[str]
) -> None:
    opened = instant(run, 1)
    for origin, to in ((Stage.COMPUTED, Stage.CHECKED), (Stage.CHECKED, Stage.CONTEST)):
        advance(run, to=to, expected=origin, by=walker(to), at=opened)
    at = opened + timedelta(days=days)
    letter = Letter("1", at.astimezone(clock.ZONE).date(), PDF)
    if codes:
        assert codes[0] in refused(run, Stage.VALIDATED, Stage.CONTEST, letter=letter, at=at)
    else:
        advance(run, to=Stage.VALIDATED, expected=Stage.CONTEST, by=walker(Stage.VALIDATED), letter=letter, at=at)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": ""}, "letter.number"),
        ({"number": "9" * 301}, "letter.number"),
        ({"dated_on": None}, "letter.date"),
        ({"dated_on": 1}, "letter.future"),
        ({"dated_on": -50}, "letter.early"),
        ({"scan": b""}, "letter.scan"),
        ({"scan": b"<html><script>"}, "letter.kind"),
        ({"scan": b"%PDF-" + bytes(MOST_BYTES)}, "letter.size"),
    ],
)
def test_a_letter_is_whole_or_refused(run: MappingRun, change: dict[str, object], code: str) -> None:
    walk(run, Stage.CONTEST)
    at = instant(run, 60)
    today = at.astimezone(clock.ZONE).date()
    shift = change.get("dated_on", 0)
    dated_on = today + timedelta(days=shift) if isinstance(shift, int) else None
    given = {"number": "1", "scan": PDF, **change, "dated_on": dated_on}
    assert refused(run, Stage.VALIDATED, Stage.CONTEST, letter=Letter(**given), at=at) == [code]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", ""),
        (b" %PDF-1.4", ""),
        (b"PK\x03\x04", ""),
        (b"", ""),
    ],
)
def test_a_scan_is_known_by_what_it_holds(head: bytes, kind: str) -> None:
    assert content_type(head) == kind


def test_a_withdrawal_says_why_and_ends_the_way(run: MappingRun) -> None:
    assert refused(run, Stage.WITHDRAWN, Stage.COMPUTED, reason="lain") == ["stage.reason"]
    advance(run, to=Stage.WITHDRAWN, expected=Stage.COMPUTED, by=walker(Stage.WITHDRAWN), reason=Withdrawal.OBJECTION)
    assert refused(run, Stage.CHECKED, Stage.WITHDRAWN) == ["stage.no_move"]


def test_a_published_run_proves_its_way_and_its_scans(run: MappingRun, policy: Policy) -> None:
    walk(run)
    assert frames.contradictions(run, policy) == []


# -- who may know of it


@pytest.mark.parametrize("stage", WAY)
def test_employees_know_of_a_run_from_the_period_of_contest_on(run: MappingRun, stage: Stage) -> None:
    walk(run, stage)
    assert (queries.latest_visible(unpublished=False) is not None) == (stage in KNOWN)
    assert queries.latest_visible(unpublished=True) == run
    assert (queries.run_by_id(run.public_id, unpublished=False) is not None) == (stage in KNOWN)


def test_a_withdrawn_run_disappears_for_employees_and_is_nobody_s_newest(run: MappingRun) -> None:
    walk(run, Stage.CONTEST)
    by = walker(Stage.WITHDRAWN)
    advance(run, to=Stage.WITHDRAWN, expected=Stage.CONTEST, by=by, reason=Withdrawal.DATA, at=instant(run, 30))
    assert queries.latest_visible(unpublished=False) is None
    assert queries.latest_visible(unpublished=True) is None
    assert queries.run_by_id(run.public_id, unpublished=True) == run


def test_a_correction_in_the_same_month_is_newer_and_one_of_an_earlier_month_is_not(
    run: MappingRun, policy: Policy
) -> None:
    earlier = walk(run_mapping(policy=policy, on=DAY.replace(month=10), by=BY))
    walk(run)
    assert queries.latest_visible(unpublished=False) == run
    assert queries.published_before(run) == earlier
    correction = walk(run_mapping(policy=policy, on=DAY, by=BY))
    assert queries.latest_visible(unpublished=False) == correction
    assert queries.published_before(correction) == run


def test_a_run_is_compared_with_the_one_published_before(run: MappingRun, policy: Policy) -> None:
    everything = places(scope=Scope.everything())
    assert queries.published_before(run) is None
    assert queries.comparison(run, None, within=everything).before == {}
    walk(run)
    PerformanceRating.objects.update(rating="KURANG")
    later = run_mapping(policy=policy, on=DAY, by=BY)
    found = queries.comparison(later, queries.published_before(later), within=everything)
    boxes = set(MappingResult.objects.filter(run=run).values_list("box", flat=True)) - {None}
    assert found.base == run
    assert sum(found.now.values()) == sum(found.before.values()) == 3
    assert {start for start, _ in found.moves} <= boxes
    between = movements.between(run, later, within=everything)
    assert found.moved == flows.moved(between.people).height > 0
    assert queries.comparison(run, None, within=places(scope=Scope.nothing())).now == {}


# -- asking, cancelling, caring for what was cut off


def asked() -> MappingRun:
    cycle = actions.open_cycle(month_on=DAY, by=BY)
    return actions.request_run(cycle=cycle, policy="semarang", on=DAY, by=BY)


def test_a_month_has_one_cycle(stored: Tables) -> None:
    first = actions.open_cycle(month_on=DAY.replace(day=17), by=BY, contest_days=5)
    assert actions.open_cycle(month_on=DAY, by=BY, contest_days=9) == first
    assert (first.month_on, first.contest_days) == (DAY, 5)
    assert Cycle.objects.count() == RecordedEvent.objects.filter(event=Event.CYCLE_OPENED).count() == 1


def test_a_worker_carries_out_what_was_asked_for_and_only_once(stored: Tables, policy: Policy) -> None:
    run = asked()
    tasks.perform.func(run.public_id)
    tasks.perform.func(run.public_id)
    run.refresh_from_db()
    assert (run.state, run.people, run.progress) == (RunState.SUCCEEDED, 3, 100)
    assert run.results_hash == run_mapping(policy=policy, on=DAY, by=BY).results_hash


def test_one_run_of_a_cycle_is_under_way_at_a_time(stored: Tables, policy: Policy) -> None:
    run = asked()
    with pytest.raises(Refusal, match=r"run\.underway"):
        asked()
    with pytest.raises(Refusal, match=r"run\.underway"):
        run_mapping(policy=policy, on=DAY, by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        run.pk = None
        run.public_id = "another"
        run._state.adding = True
        run.save()


def test_a_run_under_a_policy_that_has_changed_since_fails_with_that_code(stored: Tables) -> None:
    run = asked()
    MappingRun.objects.filter(pk=run.pk).update(policy_hash="0" * 64)
    tasks.perform.func(run.public_id)
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, "KEBIJAKAN")


def test_a_run_is_cancelled_between_two_steps(stored: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    run = asked()
    compute = tasks.map_talent

    def cancelled_meanwhile(*given: object, **named: object) -> object:
        actions.cancel_run(run=run, by=walker(Stage.CHECKED))
        return compute(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(tasks, "map_talent", cancelled_meanwhile)
    tasks.perform.func(run.public_id)
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert not MappingResult.objects.exists()
    with pytest.raises(Refusal, match=r"run\.ended"):
        actions.cancel_run(run=run, by=BY)


def test_a_tick_puts_back_what_is_silent_and_gives_up_after_three_attempts(stored: Tables) -> None:
    run = asked()
    at = clock.now()
    for attempt in range(1, leases.ATTEMPTS + 1):
        held = leases.take(MappingRun, run.public_id, at=at)
        assert held is not None
        assert held.attempts == attempt
        assert actions.tick(at=at) == []
        at += leases.LEASE * 2
        assert actions.tick(at=at) == [run]
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, "TERPUTUS")
    told = json.loads(RecordedEvent.objects.get(event=Event.RUN_ENDED_WITHOUT_RESULT).canonical)["details"]
    assert told["failure"] == "TERPUTUS"


def test_a_silent_run_whose_cancelling_was_asked_for_is_cancelled(stored: Tables) -> None:
    run = asked()
    leases.take(MappingRun, run.public_id, at=clock.now())
    actions.cancel_run(run=run, by=BY)
    actions.tick(at=clock.now() + leases.LEASE * 2)
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
