"""A simulation is the engine under the draft's own numbers over the base's own input; runs use the version in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest

from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.core import clock, leases
from nawa.core.models import RunState
from nawa.core.refusal import Refusal
from nawa.core.scope import Scope
from nawa.engine.pipeline import map_talent
from nawa.evidence.models import PerformanceRating
from nawa.policy import Policy
from nawa.policy.keeping import kept
from nawa.policy.layouts import Chapter
from nawa.registry.models import Person
from nawa.rulebook import actions as rulebook
from nawa.rulebook.enums import State
from nawa.rulebook.models import PolicyVersion
from nawa.talent import actions, frames, tasks
from nawa.talent.models import MappingRun, Simulation
from nawa.talent.queries import flows, simulations
from nawa.talent.queries.places import places
from nawa.workbook.sheets import Tables
from tests.drafting import account, actor, advance, paper, submit, write
from tests.talent.conftest import BY, DAY

pytestmark = pytest.mark.django_db
EVERYWHERE = Scope.everything()


@pytest.fixture
def base(stored: Tables, policy: Policy) -> MappingRun:
    return actions.run_mapping(policy=policy, on=DAY, by=BY)


@pytest.fixture
def city(db: None) -> PolicyVersion:
    rulebook.ship()
    return PolicyVersion.objects.get(code="semarang")


@pytest.fixture
def approved(city: PolicyVersion) -> Callable[[date], PolicyVersion]:
    """What approves another version of the city's policy, effective from a day."""

    def approve(day: date) -> PolicyVersion:
        made, head = submit(city, "2026.9", account("analis")), actor(account("kepala"))
        return advance(made, State.APPROVED, head, paper=paper(effective_from=day))

    return approve


@pytest.fixture
def draft(city: PolicyVersion) -> PolicyVersion:
    """Lower cut-offs, and only the rating counts for performance."""
    made = rulebook.draft(parent=city, version="2027.1", by=BY)
    weights = {"RATING": "100", "AWARD": "0", "TEAM": "0", "FEEDBACK": "0"}
    made = write(made, {f"indicators.{name}.weight": weight for name, weight in weights.items()}, BY)
    return write(made, {"map.cutoffs.POTENTIAL/high": "70"}, BY, Chapter.CLASSES)


def simulated(version: PolicyVersion) -> Simulation:
    asked = actions.simulate(version=version, by=BY)
    tasks.simulate.func(asked.public_id)
    found = simulations.simulation_by_id(asked.public_id)
    assert found is not None
    return found


def people(simulation: Simulation, scope: Scope = EVERYWHERE) -> pl.DataFrame:
    return simulations.affected(simulation, within=places(scope=scope))


def test_it_is_the_map_of_the_draft_s_numbers_over_the_kept_input(base: MappingRun, draft: PolicyVersion) -> None:
    PerformanceRating.objects.update(rating="SANGAT_KURANG")  # the records have moved on; the input has not
    found = simulated(draft)
    assert (found.state, found.people, found.policy_digest) == (RunState.SUCCEEDED, 3, draft.digest)
    assert draft.proposed_from is not None
    parameters = kept(draft.text, draft.proposed_from).parameters
    mapped = map_talent(frames.kept_records(base), parameters, on=DAY).map
    ids = dict(Person.objects.values_list("public_id", "pk"))
    expected = {ids[subject]: (box, status) for subject, box, status in mapped["subject", "box", "status"].iter_rows()}
    rows = people(found)
    assert {person: (box, status) for person, box, status in rows["person_id", "box", "status"].iter_rows()} == expected
    assert flows.moved(rows).height == rows.filter(pl.col("box").ne_missing(pl.col("box_before"))).height > 0


def test_the_numbers_add_up_to_everybody(base: MappingRun, draft: PolicyVersion) -> None:
    rows = people(simulated(draft))
    flow = flows.flow(rows)
    assert sum(sum(row.values()) for row in flow.values()) == rows.height == 3
    for table in (
        flows.by_sex(rows),
        flows.by_tier(rows),
        flows.by_unit(places(scope=EVERYWHERE))(rows),
    ):
        assert sum(sum(row.values()) for row in table.values()) == 3
    assert sum(before for before, _ in simulations.statuses(rows).values()) == 3


def test_only_those_in_scope_are_shown(base: MappingRun, draft: PolicyVersion) -> None:
    found = simulated(draft)
    assert people(found, Scope.below("SD1")).height == 1
    assert people(found, Scope.nothing()).height == 0


def test_the_nearest_to_a_cut_off_come_first_and_each_once(base: MappingRun, draft: PolicyVersion) -> None:
    found = simulated(draft)
    near = simulations.nearest(people(found), simulations.parameters_of(found), most=50)
    assert [abs(one.distance) for one in near] == sorted(abs(one.distance) for one in near)
    assert len({one.person for one in near}) == len(near) == people(found)["box"].count() > 0
    assert {one.cutoff for one in near} <= {60, 70, 80}


def test_each_rival_value_is_tried(base: MappingRun, draft: PolicyVersion) -> None:
    rivals = {name: (changed, up, down) for name, changed, up, down in simulated(draft).rivals}
    assert {"renormalise", "predikat-110", "skala-85"} <= rivals.keys()
    assert all(changed >= up + down for changed, up, down in rivals.values())


def test_a_simulation_is_no_run_and_one_event(base: MappingRun, draft: PolicyVersion) -> None:
    before = RecordedEvent.objects.count()
    simulated(draft)
    assert MappingRun.objects.count() == 1
    assert RecordedEvent.objects.count() == before + 1
    assert RecordedEvent.objects.latest("pk").event == Event.POLICY_SIMULATED


def test_only_the_newest_simulation_of_a_version_is_kept(base: MappingRun, draft: PolicyVersion) -> None:
    first, second = simulated(draft), simulated(draft)
    assert first.public_id != second.public_id
    assert simulations.newest(draft) == second
    assert Simulation.objects.count() == 1


def test_one_simulation_of_a_version_is_under_way_at_a_time(base: MappingRun, draft: PolicyVersion) -> None:
    asked = actions.simulate(version=draft, by=BY)
    with pytest.raises(Refusal, match=r"policy\.simulating"):
        actions.simulate(version=draft, by=BY)
    actions.cancel_simulation(simulation=asked, by=BY)
    asked.refresh_from_db()
    assert asked.state == RunState.CANCELLED
    with pytest.raises(Refusal, match=r"work\.no_cancel"):
        actions.cancel_simulation(simulation=asked, by=BY)
    assert simulated(draft).state == RunState.SUCCEEDED


def test_what_is_wrong_or_has_nothing_to_compare_with_is_not_simulated(stored: Tables, draft: PolicyVersion) -> None:
    with pytest.raises(Refusal, match=r"policy\.no_map"):
        actions.simulate(version=draft, by=BY)
    wrong = write(draft, {"indicators.AWARD.weight": "7"}, BY)
    with pytest.raises(Refusal, match=r"policy\.unusable"):
        actions.simulate(version=wrong, by=BY)


def test_a_simulation_whose_worker_died_is_put_back(base: MappingRun, draft: PolicyVersion) -> None:
    asked = actions.simulate(version=draft, by=BY)
    assert leases.take(Simulation, asked.public_id, at=clock.now())
    assert actions.tick(at=clock.now() + leases.LEASE * 2) == [asked]
    tasks.simulate.func(asked.public_id)
    asked.refresh_from_db()
    assert asked.state == RunState.SUCCEEDED


def test_a_simulation_that_breaks_says_so_and_keeps_nothing(
    base: MappingRun, draft: PolicyVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("nawa.talent.frames.simulated_rows", breaks)
    found = simulated(draft)
    assert (found.state, found.failure, found.rows) == (RunState.FAILED, "MEMORI", None)


# -- runs under versions


def asked_today() -> MappingRun:
    on = clock.today()
    cycle = actions.open_cycle(month_on=on, by=BY)
    return actions.request_run(cycle=cycle, policy="semarang", on=on, by=BY)


def test_a_run_uses_the_version_in_force_on_its_day_and_proves_itself_again(
    stored: Tables, approved: Callable[[date], PolicyVersion], policy: Policy
) -> None:
    first = asked_today()
    assert (first.policy_version, first.policy_hash) == ("2025.1", policy.hash)
    tasks.perform.func(first.public_id)
    made = approved(clock.today())
    second = asked_today()
    assert (second.policy_version, second.policy_hash, second.policy_text) == ("2026.9", made.digest, made.text)
    tasks.perform.func(second.public_id)
    for run in (first, second):
        run.refresh_from_db()
        assert run.state == RunState.SUCCEEDED
        assert frames.contradictions(run, kept(run.policy_text, run.on)) == []
    assert first.policy_hash == policy.hash


def test_a_version_that_does_not_hold_yet_is_not_used(
    stored: Tables, approved: Callable[[date], PolicyVersion]
) -> None:
    approved(clock.today() + timedelta(days=1))
    assert asked_today().policy_version == "2025.1"


def test_a_run_asks_for_a_policy_that_is_in_force(stored: Tables) -> None:
    cycle = actions.open_cycle(month_on=DAY, by=BY)
    for unknown in ("tidak-ada", "bkn-411-2025+renormalise"):
        with pytest.raises(Refusal, match=r"run\.policy_refused"):
            actions.request_run(cycle=cycle, policy=unknown, on=min(DAY, clock.today()), by=BY)


def test_a_run_that_was_asked_for_keeps_its_policy_whatever_happens_to_the_rulebook(
    stored: Tables, policy: Policy
) -> None:
    run = asked_today()
    MappingRun.objects.filter(pk=run.pk).update(policy_text=run.policy_text.replace("60", "61"))
    tasks.perform.func(run.public_id)
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, "KEBIJAKAN")
