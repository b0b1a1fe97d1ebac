"""An import never erases a verified fact: what a file says otherwise waits, both values side by side."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.audit.queries import changes_root
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.core.refusal import Refusal
from nawa.core.scope import Scope
from nawa.evidence.models import CompetencyAssessment, PerformanceRating, Training
from nawa.exchange import actions, queries
from nawa.exchange.enums import Absence, Declared, Outcome, Stage, Twin
from nawa.exchange.frames import export_tables
from nawa.exchange.models import Disagreement, Upload
from nawa.registry.models import Person
from nawa.workbook.sheets import Tables
from tests.exchange.uploading import BY, again, applied, counts, last, same, shown, undone, uploaded
from tests.office import HEAD, STAFF, TEACHER, office

pytestmark = pytest.mark.django_db
JUDGE = Actor(ActorKind.USER, "penimbang")
EVERYWHERE = Scope.everything()


@pytest.fixture
def stored() -> Upload:
    upload = applied(office())
    PerformanceRating.objects.update(verified_by="user:a", verified_at=clock.now())
    return upload


def rated(staff: str, head: str = "SANGAT_BAIK") -> Tables:
    """The office's ratings, with those of two people as given."""
    said = pl.when(nip=STAFF).then(pl.lit(staff)).otherwise(pl.lit(head)).alias("rating")
    return {"performance_rating": office()["performance_rating"].with_columns(said)}


def waiting() -> list[Disagreement]:
    return list(queries.open_disagreements(scope=EVERYWHERE))


def outcomes() -> list[str]:
    return list(Disagreement.objects.order_by("pk").values_list("outcome", flat=True))


def codes(refused: Refusal) -> list[str]:
    return [reason.code for reason in refused.reasons]


def event(kind: Event) -> RecordedEvent:
    return RecordedEvent.objects.filter(event=kind).latest("pk")


def told(kind: Event) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(event(kind).canonical)["details"]
    return found


def rating_of(nip: str) -> PerformanceRating:
    return PerformanceRating.objects.get(person__nip=nip)


# -- what is queued


def test_a_verified_fact_stays_and_both_values_wait_side_by_side(stored: Upload) -> None:
    upload = uploaded(rated("KURANG"))
    assert counts(upload, "performance_rating") == (0, 0, 1, 0)
    assert upload.counts["performance_rating"]["disagreeing"] == 1
    (row,) = shown(upload, "performance_rating", change="BERBEDA").iter_rows(named=True)
    assert (row["nip"], row["rating"], row["columns"]) == (STAFF, "KURANG", ["rating"])
    written = applied(upload)
    assert (rating_of(STAFF).rating, rating_of(STAFF).verified_by) == ("BAIK", "user:a")
    (found,) = waiting()
    assert (found.table, found.values) == ("performance_rating", {"rating": ["BAIK", "KURANG"]})
    assert (found.person and found.person.nip, found.made, found.found_by) == (STAFF, written.made, str(BY))
    assert told(Event.DISAGREEMENTS_QUEUED) == {"queued": 1, "replaced": 0, "agreed": 0}


def test_rows_beside_it_are_written_as_ever(stored: Upload) -> None:
    PerformanceRating.objects.filter(person__nip=HEAD).update(verified_by="", verified_at=None)
    applied(rated("KURANG", head="BAIK"))
    assert (rating_of(HEAD).rating, rating_of(STAFF).rating) == ("BAIK", "BAIK")


def test_the_same_file_twice_does_not_double_it(stored: Upload) -> None:
    applied(rated("KURANG"))
    applied(rated("KURANG"))
    assert outcomes() == [Outcome.OPEN]


def test_a_file_that_says_something_else_again_takes_its_place(stored: Upload) -> None:
    applied(rated("KURANG"))
    applied(rated("BUTUH_PERBAIKAN"))
    assert outcomes() == [Outcome.REPLACED, Outcome.OPEN]
    assert waiting()[0].values == {"rating": ["BAIK", "BUTUH_PERBAIKAN"]}


def test_a_later_file_that_agrees_ends_it(stored: Upload) -> None:
    applied(rated("KURANG"))
    later = applied(rated("BAIK"))
    assert outcomes() == [Outcome.AGREED]
    assert Disagreement.objects.get().closing == later.made


def test_what_was_verified_after_the_preview_is_not_overwritten_either(stored: Upload) -> None:
    PerformanceRating.objects.update(verified_by="", verified_at=None)
    upload = uploaded(rated("KURANG"))
    assert counts(upload, "performance_rating") == (0, 1, 1, 0)
    PerformanceRating.objects.update(verified_by="user:a", verified_at=clock.now())
    applied(upload)
    assert (rating_of(STAFF).rating, len(waiting())) == ("BAIK", 1)


def test_what_the_preview_left_alone_stays_so_even_if_it_is_verified_no_more(stored: Upload) -> None:
    upload = uploaded(rated("KURANG"))
    PerformanceRating.objects.update(verified_by="", verified_at=None)
    applied(upload)
    assert (rating_of(STAFF).rating, len(waiting())) == ("BAIK", 1)


def test_a_corrected_date_of_a_verified_fact_waits_too(stored: Upload) -> None:
    Training.objects.update(verified_by="user:a", verified_at=clock.now())
    later = office()["training"].with_columns(completed_on=pl.lit(date(2025, 3, 20)))
    upload = uploaded({"training": later})
    actions.decide_twins(upload, None, what=Twin.CORRECTION, by=BY)
    applied(upload)
    assert Training.objects.get().completed_on == date(2025, 3, 1)
    assert waiting()[0].values == {"completed_on": ["2025-03-01", "2025-03-20"]}
    actions.take_theirs([waiting()[0].public_id], reason="Sertifikat", by=JUDGE, scope=EVERYWHERE)
    assert Training.objects.get().completed_on == date(2025, 3, 20)


def test_a_full_file_without_a_verified_row_removes_nothing(stored: Upload) -> None:
    Person.objects.filter(nip=TEACHER).update(verified_by="user:a", verified_at=clock.now())
    without = {"person": office()["person"].filter(pl.col("nip") != TEACHER)}
    upload = uploaded(without, declared=Declared.FULL)
    actions.decide_absences(upload, None, why=Absence.RETIRED, on=date(2026, 1, 1), by=BY)
    applied(upload)
    assert Person.objects.get(nip=TEACHER).inactive_since is None
    assert waiting()[0].values == {
        "legal_status": [None, "PENSIUN"],
        "inactive_since": [None, "2026-01-01"],
    }


def test_the_command_line_leaves_verified_facts_alone_too(stored: Upload) -> None:
    report = actions.import_workbook(rated("KURANG"), by=BY)
    assert (report.corrected, report.disagreeing, rating_of(STAFF).rating) == (0, 1, "BAIK")
    assert (waiting()[0].made.public_id, waiting()[0].values["rating"]) == (report.import_id, ["BAIK", "KURANG"])
    actions.import_workbook(rated("BAIK"), by=BY)
    assert outcomes() == [Outcome.AGREED]


def test_a_rehearsal_queues_nothing(stored: Upload) -> None:
    assert actions.import_workbook(rated("KURANG"), by=BY, dry_run=True).disagreeing == 1
    assert outcomes() == []


# -- undoing


def test_undoing_withdraws_what_is_open_and_opens_again_what_it_had_ended(stored: Upload) -> None:
    first = applied(rated("KURANG"))
    second = applied(rated("BUTUH_PERBAIKAN"))
    assert undone(second).stage == Stage.UNDONE
    assert outcomes() == [Outcome.OPEN, Outcome.WITHDRAWN]
    assert told(Event.DISAGREEMENTS_WITHDRAWN) == {"withdrawn": 1, "reopened": 1}
    undone(first)
    assert (outcomes(), waiting()) == ([Outcome.WITHDRAWN, Outcome.WITHDRAWN], [])


def test_of_two_imports_the_first_undone_leaves_what_the_second_queued(stored: Upload) -> None:
    first = applied(rated("KURANG"))
    second = applied(rated("BUTUH_PERBAIKAN"))
    undone(first)
    assert outcomes() == [Outcome.WITHDRAWN, Outcome.OPEN]
    undone(second)
    assert outcomes() == [Outcome.WITHDRAWN, Outcome.WITHDRAWN]


@pytest.mark.parametrize("between", ["BAIK", "SANGAT_KURANG"])  # the second agrees, or says something else again
def test_what_a_later_file_asks_anew_does_not_stand_in_the_way_of_undoing(stored: Upload, between: str) -> None:
    applied(rated("KURANG"))
    second = applied(rated(between))
    applied(rated("BUTUH_PERBAIKAN"))
    assert undone(second).stage == Stage.UNDONE
    assert outcomes().count(Outcome.OPEN) == 1


def test_a_decision_outlives_the_import_that_was_undone(stored: Upload) -> None:
    upload = applied(rated("KURANG"))
    actions.take_theirs([waiting()[0].public_id], reason="SKP", by=JUDGE, scope=EVERYWHERE)
    undone(upload)
    assert (rating_of(STAFF).rating, outcomes()) == ("KURANG", [Outcome.TOOK_THEIRS])


# -- deciding


def test_the_records_stay_and_the_same_file_asks_no_more(stored: Upload) -> None:
    applied(rated("KURANG"))
    assert actions.keep_ours([waiting()[0].public_id], reason="SKP asli", by=JUDGE, scope=EVERYWHERE) == 1
    decided = Disagreement.objects.get()
    assert (decided.outcome, decided.reason, decided.decided_by) == (Outcome.KEPT_OURS, "SKP asli", str(JUDGE))
    assert (rating_of(STAFF).rating, rating_of(STAFF).verified_by) == ("BAIK", "user:a")
    assert told(Event.DISAGREEMENTS_KEPT) == {"rows": 1}
    applied(rated("KURANG"))
    assert waiting() == []
    applied(rated("BUTUH_PERBAIKAN"))
    assert len(waiting()) == 1


def test_the_files_values_are_taken_with_the_verification_of_whoever_decides(stored: Upload) -> None:
    upload = applied(rated("KURANG", head="BAIK"))
    chosen = [one.public_id for one in waiting()]
    assert actions.take_theirs(chosen, reason="SKP terbaru", by=JUDGE, scope=EVERYWHERE) == 2
    rating = rating_of(STAFF)
    assert (rating.rating, rating.verified_by) == ("KURANG", str(JUDGE))
    assert rating.import_id == (upload.made and upload.made.public_id)
    taken = told(Event.DISAGREEMENTS_TAKEN)
    assert (taken["corrected"], taken["tables"]) == (2, 1)
    assert changes_root(event(Event.DISAGREEMENTS_TAKEN)) == taken["changes_root"]
    assert (waiting(), counts(uploaded(rated("KURANG", head="BAIK")), "performance_rating")) == ([], (0, 0, 2, 0))


def test_values_of_every_kind_come_back_from_the_queue(stored: Upload) -> None:
    CompetencyAssessment.objects.update(verified_by="user:a", verified_at=clock.now())
    Person.objects.update(verified_by="user:a", verified_at=clock.now())
    tables = office()
    person = tables["person"].with_columns(
        born_on=pl.lit(date(1971, 2, 3)),
        verified_none=pl.lit(["diklat", "disiplin"]),
        position_code=pl.lit("SEKDIN"),
        name=pl.lit("Nama Lain"),
    )
    levels = tables["competency_assessment"].with_columns((pl.col("level") - 1).cast(pl.Decimal(18, 4)).alias("level"))
    changed = {"person": person, "competency_assessment": levels}
    applied(changed)
    actions.take_theirs([one.public_id for one in waiting()], reason="Sumber", by=JUDGE, scope=EVERYWHERE)
    after = export_tables()
    assert same({table: after[table] for table in changed}, changed)


def test_a_fact_that_was_changed_meanwhile_is_not_overwritten(stored: Upload) -> None:
    applied(rated("KURANG"))
    PerformanceRating.objects.filter(person__nip=STAFF).update(rating="SANGAT_BAIK")
    with pytest.raises(Refusal) as refused:
        actions.take_theirs([waiting()[0].public_id], reason="SKP", by=JUDGE, scope=EVERYWHERE)
    assert codes(refused.value) == ["disagreement.changed"]
    assert rating_of(STAFF).rating == "SANGAT_BAIK"


def test_nothing_is_decided_without_a_reason_twice_or_out_of_scope(stored: Upload) -> None:
    applied(rated("KURANG"))
    (one,) = (found.public_id for found in waiting())
    with pytest.raises(Refusal) as refused:
        actions.keep_ours([one], reason="  ", by=JUDGE, scope=EVERYWHERE)
    assert codes(refused.value) == ["disagreement.reason"]
    with pytest.raises(Refusal) as refused:
        actions.keep_ours([one], reason="x" * 501, by=JUDGE, scope=EVERYWHERE)
    assert codes(refused.value) == ["disagreement.reason_long"]
    with pytest.raises(Refusal) as refused:
        actions.keep_ours([], reason="ya", by=JUDGE, scope=EVERYWHERE)
    assert codes(refused.value) == ["disagreement.none"]
    with pytest.raises(Refusal) as refused:
        actions.take_theirs([one], reason="ya", by=JUDGE, scope=Scope.below("SD1"))
    assert codes(refused.value) == ["disagreement.decided"]
    actions.keep_ours([one], reason="ya", by=JUDGE, scope=EVERYWHERE)
    with pytest.raises(Refusal) as refused:
        actions.take_theirs([one], reason="ya", by=JUDGE, scope=EVERYWHERE)
    assert codes(refused.value) == ["disagreement.decided"]


def test_a_fact_verified_while_the_import_waits_for_the_lock_makes_a_new_preview(
    stored: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    PerformanceRating.objects.update(verified_by="", verified_at=None)
    upload = uploaded(rated("KURANG"))
    seen = upload.preview

    def verified_meanwhile(name: str) -> None:
        PerformanceRating.objects.update(verified_by="user:a", verified_at=clock.now())

    monkeypatch.setattr("nawa.exchange.tasks.applying.locks.hold", verified_meanwhile)
    applied(upload)
    assert (again(upload).stage, again(upload).preview != seen, last(upload).state) == (Stage.READY, True, "SUCCEEDED")
    assert (rating_of(STAFF).rating, counts(again(upload), "performance_rating")) == ("BAIK", (0, 1, 1, 0))
