"""What moved people is computed from what two runs kept, once, and told to whoever may see both."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from nawa.core import clock, leases
from nawa.core.models import RunState
from nawa.core.refusal import Refusal
from nawa.core.scope import Scope
from nawa.evidence.models import PerformanceRating
from nawa.policy import Policy
from nawa.talent import actions, tasks
from nawa.talent.enums import Failure
from nawa.talent.models import MappingInput, MappingRun, Movement
from nawa.talent.queries import movements
from nawa.talent.queries.places import places
from nawa.workbook.sheets import Tables
from tests.publishing import walk
from tests.talent.conftest import BY, DAY

pytestmark = pytest.mark.django_db
EVERYWHERE = Scope.everything()
LATER = DAY + timedelta(days=30)


@pytest.fixture
def runs(stored: Tables, policy: Policy) -> tuple[MappingRun, MappingRun]:
    """A published run, and one a month later in which everybody's rating is the worst."""
    earlier = walk(actions.run_mapping(policy=policy, on=DAY, by=BY))
    PerformanceRating.objects.update(rating="SANGAT_KURANG")
    return earlier, actions.run_mapping(policy=policy, on=LATER, by=BY)


def traced(earlier: MappingRun, later: MappingRun) -> Movement:
    asked = actions.trace_movement(earlier=earlier, later=later, by=BY)
    tasks.trace.func(asked.public_id)
    return Movement.objects.get(pk=asked.pk)


def test_a_new_run_puts_its_movement_in_the_queue(runs: tuple[MappingRun, MappingRun]) -> None:
    asked = Movement.objects.get()
    assert ((asked.earlier, asked.later), asked.state) == (runs, RunState.QUEUED)


def test_every_mover_is_led_from_the_first_box_to_the_last(runs: tuple[MappingRun, MappingRun]) -> None:
    found = traced(*runs)
    assert found.state == RunState.SUCCEEDED
    both = movements.between(*runs, within=places(scope=EVERYWHERE))
    movers = both.people.filter(pl.col("direction") != "same")
    assert movers.height > 0
    steps = movements.caused(found, both.people)
    assert set(steps["cause"]) == {"EVIDENCE"}
    for person, before, box in movers["person_id", "box_before", "box"].iter_rows():
        way = steps.filter(person_id=person)
        assert (way["box_before"].first(), way["box"].last()) == (before, box)
    told = movements.changes(found, movers["person_id"].to_list())
    assert set(told["component"]) == {"RATING"}
    assert set(told["person_id"]) == set(movers["person_id"])


def test_steps_count_the_classes_on_both_axes(runs: tuple[MappingRun, MappingRun]) -> None:
    people = movements.between(*runs, within=places(scope=EVERYWHERE)).people
    place = {1: (0, 0), 2: (1, 0), 3: (0, 1), 4: (2, 0), 5: (1, 1), 6: (0, 2), 7: (2, 1), 8: (1, 2), 9: (2, 2)}
    for before, box, steps in people["box_before", "box", "steps"].iter_rows():
        if before and box:
            (y, x), (b, a) = place[before], place[box]
            assert steps == abs(y - b) + abs(x - a)
        else:
            assert steps is None
    assert people["steps"].sum() > 0


def test_only_those_in_scope_are_told_of(runs: tuple[MappingRun, MappingRun]) -> None:
    assert movements.between(*runs, within=places(scope=Scope.below("SD1"))).people.height == 1
    nobody = movements.between(*runs, within=places(scope=Scope.nothing()))
    assert (nobody.people.height, nobody.fresh, nobody.gone) == (0, 0, 0)


def test_it_is_computed_once(runs: tuple[MappingRun, MappingRun]) -> None:
    first = traced(*runs)
    again = actions.trace_movement(earlier=runs[0], later=runs[1], by=BY)
    assert (again.pk, again.state, Movement.objects.count()) == (first.pk, RunState.SUCCEEDED, 1)


def test_a_failed_one_can_be_asked_for_again(runs: tuple[MappingRun, MappingRun]) -> None:
    asked = Movement.objects.get()
    Movement.objects.filter(pk=asked.pk).update(
        state=RunState.FAILED, failure=Failure.MEMORY, finished_at=asked.started_at
    )
    assert traced(*runs).state == RunState.SUCCEEDED


def test_nothing_is_told_where_the_stored_result_does_not_come_out_again(
    runs: tuple[MappingRun, MappingRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "result_hash", lambda _map: "another")
    found = traced(*runs)
    assert (found.state, found.failure, found.people) == (RunState.FAILED, Failure.OTHER_RESULT, None)
    assert MappingInput.objects.filter(run__in=runs).exists()


@pytest.mark.parametrize(("places_of", "code"), [((0, 0), "run.same_run"), ((1, 0), "run.wrong_order")])
def test_it_goes_forward_in_time(runs: tuple[MappingRun, MappingRun], places_of: tuple[int, int], code: str) -> None:
    earlier, later = (runs[place] for place in places_of)
    with pytest.raises(Refusal) as refused:
        actions.trace_movement(earlier=earlier, later=later, by=BY)
    assert [reason.code for reason in refused.value.reasons] == [code]


def test_one_whose_worker_was_killed_is_put_back(runs: tuple[MappingRun, MappingRun]) -> None:
    taken = leases.take(Movement, Movement.objects.get().public_id, at=clock.now())
    assert taken is not None
    found = actions.tick(at=clock.now() + 2 * leases.LEASE)
    assert taken.pk in [run.pk for run in found if isinstance(run, Movement)]
    assert Movement.objects.get().state == RunState.QUEUED


def test_a_later_day_is_a_cause_of_its_own(stored: Tables, policy: Policy) -> None:
    earlier = walk(actions.run_mapping(policy=policy, on=DAY, by=BY))
    later = actions.run_mapping(policy=policy, on=date(DAY.year + 4, 6, 1), by=BY)
    found = traced(earlier, later)
    everybody = movements.between(earlier, later, within=places(scope=EVERYWHERE)).people
    assert set(movements.changes(found, everybody["person_id"].to_list())["cause"]) == {"AGE"}
