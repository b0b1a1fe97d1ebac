import json

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from pytest_django import Settings

from nawa.audit.enums import Event
from nawa.audit.models import AppendOnlyError, RecordedEvent
from nawa.core.models import RunState
from nawa.core.refusal import Refusal
from nawa.engine.pipeline import map_talent
from nawa.engine.trace import result_hash
from nawa.evidence import actions as evidence
from nawa.evidence.models import PerformanceRating
from nawa.policy import Policy, load
from nawa.proof.commitments import commit
from nawa.registry import actions as registry
from nawa.registry.models import Person
from nawa.talent import frames
from nawa.talent.actions import run_mapping
from nawa.talent.enums import Failure
from nawa.talent.models import FinishedRunError, MappingResult, MappingRun, RunStage
from nawa.workbook.records import records_from
from nawa.workbook.sheets import Tables
from tests.append_only import lift_guards
from tests.office import TEACHER, office
from tests.talent.conftest import BY, DAY

pytestmark = pytest.mark.django_db
KEY = bytes(range(32))


def run(policy: Policy, key: bytes | None = KEY) -> MappingRun:
    return run_mapping(policy=policy, on=DAY, by=BY, seed=7, key=key)


def execute(statement: str) -> None:
    """Run a statement behind the application's back."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


# -- the same, always and everywhere


def test_a_run_gives_the_bytes_that_it_gave_on_every_machine(policy: Policy, settings: Settings) -> None:
    settings.SECRET_KEY = "rahasia"  # people's ids follow from it
    for app in (registry, evidence):
        app.apply(office(), source="WORKBOOK", import_id="")
    made = run(policy)
    # Pinned: SQLite and PostgreSQL give the same. They change with the engine or the policy's numbers, and only then.
    assert made.inputs_root == "50dc5f47d455cceffac3c6213956272f5b6f43bedf51650ebe2f3b485e9e79b0"
    assert made.results_hash == "417d91f37dc56ee455e20502c5bf01eae249512f3cfee61f42eb4fada32ed00f"


def test_a_run_is_the_map_of_the_workbook_itself(stored: Tables, policy: Policy) -> None:
    made = run(policy)
    named = list(Person.objects.values_list("nip", "public_id"))
    subjects = pl.DataFrame(named, schema=["nip", "subject"], orient="row")
    shuffled = {table: frame.sample(fraction=1, shuffle=True, seed=3) for table, frame in stored.items()}
    records = records_from(shuffled, subjects=subjects)
    assert commit(records, KEY).root.hex() == made.inputs_root
    assert result_hash(map_talent(records, policy.parameters, on=DAY).map) == made.results_hash


def test_the_same_records_give_the_same_run_again(stored: Tables, policy: Policy) -> None:
    first, second = run(policy), run(policy)
    assert (first.inputs_root, first.results_hash) == (second.inputs_root, second.results_hash)
    assert first.public_id != second.public_id


def test_another_key_hides_the_same_input_otherwise(stored: Tables, policy: Policy) -> None:
    first, second = run(policy), run(policy, key=None)
    assert first.inputs_root != second.inputs_root
    assert first.results_hash == second.results_hash


def test_a_changed_fact_changes_root_and_results(stored: Tables, policy: Policy) -> None:
    first = run(policy)
    PerformanceRating.objects.update(rating="SANGAT_BAIK")
    second = run(policy)
    assert first.inputs_root != second.inputs_root
    assert first.results_hash != second.results_hash


# -- what is kept


def test_a_run_keeps_policy_record_and_who_started_it(stored: Tables, policy: Policy) -> None:
    made = run(policy)
    assert made.state == RunState.SUCCEEDED
    assert (made.started_by, made.stamp) == (str(BY), policy.stamp)
    assert made.policy_text.encode() == policy.canonical
    assert json.loads(made.record) == {
        "input_commitment": made.inputs_root,
        "policy_id": policy.id,
        "policy_version": policy.version,
        "policy_hash": policy.hash,
        "on": "2026-11-01",
        "seed": 7,
        "engine_version": made.engine_version,
    }
    assert made.people == MappingResult.objects.filter(run=made).count() == 3


def test_the_stored_map_is_the_map_exactly(stored: Tables, policy: Policy) -> None:
    made = run(policy)
    mapped = map_talent(frames.records(DAY), policy.parameters, on=DAY).map
    assert frames.map_of(made, policy.parameters).equals(mapped)


def test_a_person_s_components_add_up_to_the_axis_score(stored: Tables, policy: Policy) -> None:
    run(policy)
    weighing = policy.parameters.weighing
    performance = ("RATING", "AWARD", "TEAM", "FEEDBACK")
    result = MappingResult.objects.get(status="LENGKAP")
    earned = sum(result.components[name][2] * weighing[name].weight for name in performance)
    assert earned == result.performance_score
    assert sum(result.probabilities) == 1_000_000_000


def test_a_result_remembers_where_the_person_was(stored: Tables, policy: Policy) -> None:
    run(policy)
    teacher = MappingResult.objects.get(person__nip=TEACHER)
    assert teacher.position is not None
    assert (teacher.position.code, teacher.unit) == ("GURU", teacher.position.unit)
    Person.objects.filter(nip=TEACHER).update(position=None, position_name="Guru")
    teacher.refresh_from_db()
    assert teacher.position is not None


def test_a_run_without_people_is_a_run(policy: Policy) -> None:
    made = run(policy)
    assert (made.people, MappingResult.objects.count()) == (0, 0)
    assert frames.contradictions(made, policy) == []


# -- recorded


def test_a_run_is_one_event_with_its_hashes(stored: Tables, policy: Policy) -> None:
    made = run(policy)
    event = RecordedEvent.objects.get(event=Event.RUN_COMPUTED)
    told = json.loads(event.canonical)["details"]
    assert event.subject_id == made.public_id
    assert (told["people"], told["seed"], told["on"]) == (made.people, 7, "2026-11-01")
    assert (told["inputs_root"], told["results_hash"]) == (made.inputs_root, made.results_hash)


def test_a_policy_with_a_chosen_alternative_can_be_recorded(stored: Tables) -> None:
    made = run(load("bkn-411-2025", on=DAY, alternatives=["renormalise"]))
    assert made.policy_id == "bkn-411-2025+renormalise"


def test_of_a_run_that_fails_only_the_failure_is_kept(
    stored: Tables, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("197001011995031001")

    monkeypatch.setattr("nawa.talent.frames.results_of", breaks)
    with pytest.raises(Refusal, match=r"run\.failed"):
        run(policy)
    failed = MappingRun.objects.get()
    assert (failed.state, failed.failure, failed.results_hash) == (RunState.FAILED, Failure.ENGINE, "")
    assert not MappingResult.objects.exists()
    assert not RunStage.objects.exists()
    told = json.loads(RecordedEvent.objects.get(event=Event.RUN_ENDED_WITHOUT_RESULT).canonical)["details"]
    assert told == {"on": "2026-11-01", "state": "FAILED", "failure": "MESIN"}


# -- never changed


def test_what_has_ended_is_not_changed_or_removed(stored: Tables, policy: Policy) -> None:
    made = run(policy)
    result = MappingResult.objects.filter(run=made)[0]
    for deed in (result.save, result.delete, MappingResult.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            deed()
    for deed in (made.save, made.delete):
        with pytest.raises(FinishedRunError):
            deed()


def test_the_database_refuses_to_change_a_result(stored: Tables, policy: Policy) -> None:
    run(policy)
    total = MappingResult.objects.aggregate(total=Sum("performance_score"))
    with pytest.raises(IntegrityError), transaction.atomic():
        execute("UPDATE talent_mappingresult SET performance_score = performance_score + 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        execute("DELETE FROM talent_mappinginput")
    for statement in ("UPDATE talent_mappingrun SET people = 0", "DELETE FROM talent_mappingrun"):
        with pytest.raises(IntegrityError), transaction.atomic():
            execute(statement)
    assert MappingResult.objects.aggregate(total=Sum("performance_score")) == total


# -- proved again


def test_a_run_proves_itself_again_whatever_has_happened_since(stored: Tables, policy: Policy) -> None:
    made = run(policy)
    PerformanceRating.objects.update(rating="KURANG")
    assert frames.contradictions(made, policy) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE talent_mappingresult SET talent_score_e6 = talent_score_e6 + 1", "run.rows"),
        ("UPDATE talent_mappingresult SET talent_score_e6 = talent_score_e6 + 1", "run.table"),
        ("DELETE FROM talent_mappingresult WHERE box IS NULL", "run.rows"),
        ("UPDATE talent_mappingrun SET inputs_root = '0'", "run.inputs"),
        ("UPDATE talent_mappingrun SET results_hash = '0'", "run.results"),
        ("UPDATE talent_mappingrun SET results_hash = '0'", "run.event"),
        ("UPDATE talent_runstage SET reached_by = 'user:other'", "run.stages"),
    ],
)
def test_what_was_changed_behind_the_application_is_found(
    stored: Tables, policy: Policy, statement: str, code: str
) -> None:
    made = run(policy)
    lift_guards()
    execute(statement)
    made.refresh_from_db()
    assert code in [reason.code for reason in frames.contradictions(made, policy)]


def test_another_policy_cannot_prove_a_run(stored: Tables, policy: Policy) -> None:
    made = run(policy)
    (reason,) = frames.contradictions(made, load("bkn-411-2025", on=DAY))
    assert reason.code == "run.policy"
