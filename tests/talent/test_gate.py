"""The gate before publication: how complete the data are, and a second person who releases them all the same."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from nawa.accounts.models import User
from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.audit.rules import sentence
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.core.refusal import Refusal
from nawa.policy import Policy
from nawa.talent import rules
from nawa.talent.actions import advance, release
from nawa.talent.enums import LONGEST_REASON, SHORTEST_REASON, WAY, Stage
from nawa.talent.models import MappingResult, MappingRun, Release, RunStage
from nawa.talent.queries import gates
from nawa.talent.queries.gates import gate_before, gate_of
from nawa.talent.rules import Gate
from nawa.workbook.sheets import Tables
from tests.core.test_scans import depths
from tests.drafting import account, employee
from tests.evidence.submitting import actor
from tests.publishing import RELEASER, WHY, walk, walker
from tests.talent.conftest import BY
from tests.talent.test_actions import run

pytestmark = pytest.mark.django_db

COMPLETE = Gate(800_000, 80)


@pytest.fixture
def computed(stored: Tables, policy: Policy) -> MappingRun:
    """A run of whose people too little is known."""
    return run(policy)


def way_of(made: MappingRun) -> list[RunStage]:
    return list(RunStage.objects.filter(run=made).order_by("pk"))


def why_not(made: MappingRun, by: Actor = RELEASER, reason: str = WHY) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        release(made, reason=reason, by=by)
    return [found.code for found in refusal.value.reasons]


def publish(made: MappingRun) -> RunStage:
    return advance(made, to=Stage.PUBLISHED, expected=Stage.DETERMINED, by=walker(Stage.PUBLISHED))


def test_the_gate_holds_the_mean_of_everybody_against_the_policy(computed: MappingRun, policy: Policy) -> None:
    said = list(MappingResult.objects.filter(run=computed).values_list("completeness_e4", flat=True))
    gate = gate_of(computed)
    assert (gate.completeness_e4, gate.least) == (sum(said) // len(said), policy.stewardship.publication_completeness)
    assert not gate.is_open
    assert [gate_before(computed, stage) is not None for stage in WAY] == [False] * 5 + [True]


@pytest.mark.parametrize(("mean", "complete"), [(799_999, False), (800_000, True), (800_001, True)])
def test_the_threshold_itself_suffices_and_one_below_never_looks_so(mean: int, complete: bool) -> None:
    gate = Gate(mean, 80)
    assert gate.is_complete is gate.is_open is complete
    assert (gate.told["completeness"] >= 80) is complete
    assert Gate(mean, 80, released_by=frozenset({"user:x"})).is_open


def test_incomplete_data_are_not_published_until_somebody_releases_them(computed: MappingRun) -> None:
    walk(computed, Stage.DETERMINED, released=False)
    with pytest.raises(Refusal) as refusal:
        publish(computed)
    (reason,) = refusal.value.reasons
    assert (reason.code, reason.arguments["least"]) == ("stage.incomplete", 80)
    release(computed, reason=f"  {WHY} ", by=RELEASER)
    publish(computed)
    kept = Release.objects.get(run=computed)
    assert (kept.reason, kept.released_by, kept.completeness_e4) == (
        WHY,
        str(RELEASER),
        gate_of(computed).completeness_e4,
    )
    (event,) = RecordedEvent.objects.filter(event=Event.RUN_RELEASED, subject_id=computed.public_id)
    assert "diizinkan terbit dengan kelengkapan" in sentence(event)
    assert WHY not in event.canonical


def test_whoever_releases_incomplete_data_does_not_publish_them_by_any_account(computed: MappingRun) -> None:
    walk(computed, Stage.DETERMINED, released=False)
    someone = employee("198001012005011002", "Joko Susilo")
    release(computed, reason=WHY, by=actor(account("joko", person=someone)))
    for user in (User.objects.get(), account("joko-dinas", full_name="JOKO SUSILO, S.E.")):
        with pytest.raises(Refusal) as refusal:
            advance(computed, to=Stage.PUBLISHED, expected=Stage.DETERMINED, by=actor(user))
        assert [reason.code for reason in refusal.value.reasons] == ["stage.released_by_same"]
    other = employee("198201012006012003", "Joko Susilo")  # of the same name, but another NIP
    advance(computed, to=Stage.PUBLISHED, expected=Stage.DETERMINED, by=actor(account("lain", person=other)))


def test_a_letter_is_decoded_before_the_run_is_held(computed: MappingRun, monkeypatch: pytest.MonkeyPatch) -> None:
    found = depths(monkeypatch)
    walk(computed, Stage.VALIDATED)
    assert found == [len(connection.savepoint_ids)]


def test_complete_data_are_published_by_one_person(computed: MappingRun, monkeypatch: pytest.MonkeyPatch) -> None:
    walk(computed, Stage.DETERMINED, released=False)
    monkeypatch.setattr(gates, "gate_of", lambda made: COMPLETE)
    publish(computed)
    assert not Release.objects.exists()


def test_whoever_started_or_checked_a_run_does_not_release_it(computed: MappingRun) -> None:
    walk(computed, Stage.CHECKED)
    assert why_not(computed, by=BY) == ["release.same_person"]
    assert why_not(computed, by=walker(Stage.CHECKED)) == ["release.same_person"]
    release(computed, reason=WHY, by=RELEASER)
    assert why_not(computed) == ["release.already"]


def test_a_run_is_released_between_its_check_and_its_publication(computed: MappingRun) -> None:
    assert why_not(computed) == ["release.stage"]
    walk(computed)
    assert why_not(computed) == ["release.stage", "release.already"]
    gate = Gate(0, 80)
    for stage in WAY:
        way = [RunStage(stage=stage, reached_by="user:x")]
        found = rules.reasons_against_releasing(computed, way, gate, by="user:y")
        assert (found == []) is (stage not in (Stage.COMPUTED, Stage.PUBLISHED))


def test_complete_data_need_no_release(computed: MappingRun) -> None:
    way = [RunStage(stage=Stage.CHECKED, reached_by="user:x")]
    (found,) = rules.reasons_against_releasing(computed, way, COMPLETE, by="user:y")
    assert found.code == "release.needless"


@pytest.mark.parametrize("length", [0, SHORTEST_REASON - 1, LONGEST_REASON + 1])
def test_a_reason_has_its_length(computed: MappingRun, length: int) -> None:
    walk(computed, Stage.CHECKED)
    assert why_not(computed, reason=f" {'a' * length} ") == ["release.reason"]


def test_the_database_keeps_no_short_reason_no_second_release_and_no_needless_one(computed: MappingRun) -> None:
    given = {"run": computed, "completeness_e4": 1, "least": 80, "released_by": "user:x", "released_at": clock.now()}
    for wrong in ({"reason": "pendek"}, {"reason": WHY, "completeness_e4": 800_000}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.create(**{**given, **wrong})
    Release.objects.create(**given, reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(**given, reason=WHY)
