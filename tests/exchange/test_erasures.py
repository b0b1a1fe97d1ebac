"""Erasing personal records: nothing of them is left in any table, and all that was recorded can still be verified."""

from __future__ import annotations

import datetime
import io
import json
from datetime import date
from typing import Any, Final

import polars as pl
import pytest
from django.apps import apps
from django.db import models

from nawa.accounts.models import User
from nawa.accounts.roles import Role
from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.audit.queries import changes_root
from nawa.audit.rules import details_of, signs_of_tampering
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.core.models import RunState
from nawa.core.refusal import Refusal
from nawa.core.scope import Scope
from nawa.evidence import actions as evidence
from nawa.evidence.actions import Letter
from nawa.evidence.enums import Kind as EvidenceKind
from nawa.evidence.models import (
    AssessmentResult,
    Feedback,
    PerformanceRating,
    Submission,
    SubmissionScan,
    Training,
)
from nawa.exchange import actions
from nawa.exchange.actions import compare_with_simata, erasures
from nawa.exchange.enums import KIND_OF, ErasureState, Ground
from nawa.exchange.frames import SHEET_MAPS
from nawa.exchange.frames.erasing import due
from nawa.exchange.models import Comparison, Disagreement, Erasure, Import, Upload
from nawa.policy.loading import load
from nawa.policy.stewardship import RETAINED
from nawa.registry.models import Person, Reorganisation, Unit
from nawa.talent.actions import catch_up, run_mapping
from nawa.talent.frames import contradictions
from nawa.talent.models import MappingResult, RecordCheck
from tests.accounts.conftest import opened
from tests.accounts.test_reorganising import RENAME, carried_out, planned
from tests.exchange.uploading import BY, again, applied, uploaded
from tests.office import ASSESSED, HEAD, STAFF, TEACHER, office, rows
from tests.publishing import PDF
from tests.web.roles import account

pytestmark = pytest.mark.django_db
FIRST, SECOND = Actor(ActorKind.USER, "pertama"), Actor(ActorKind.USER, "kedua")
NAME: Final = "Wiradijaya Kusumaningrat"
TELLING: Final = (STAFF, NAME, "wiradijaya@kota.test", "0811-7777-1234", "Piagam Wiradijaya", "Kecamatan Sunyi")
NOW: Final = date(2026, 11, 1)
SHEET: Final = b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml"


def whole_office() -> dict[str, pl.DataFrame]:
    """The office, where a good deal is known of one person of the staff, also by others' rows."""
    tables, mark = office(), {"aspect": "LOYAL", "value": 4_0000}
    own = {"name": NAME, "email": TELLING[2], "phone": TELLING[3], "home_district": TELLING[5]}
    person = tables["person"].with_columns(
        *(pl.when(nip=STAFF).then(pl.lit(text)).otherwise(name).alias(name) for name, text in own.items()),
        superior_nip=pl.when(nip=HEAD).then(pl.lit(STAFF)).otherwise("superior_nip"),
    )
    return {
        **tables,
        "person": person,
        "award": rows("award", {"nip": STAFF, "level": "INSTANSI", "awarded_on": ASSESSED, "name": TELLING[4]}),
        "relative": rows("relative", {"nip": HEAD, "relative_nip": STAFF, "kinship": "SAUDARA"}),
        "feedback": rows(
            "feedback",
            {"nip": HEAD, "period": "2025", "relation": "ATASAN", "rater_nip": STAFF, **mark},
            {"nip": STAFF, "period": "2025", "relation": "DIRI", "rater_nip": STAFF, **mark},
        ),
        "assessment_result": rows("assessment_result", {"nip": STAFF, "assessed_on": ASSESSED, "provider": "BKN"}),
    }


@pytest.fixture
def stored() -> Upload:
    return applied(whole_office())


def leave(on: date, nip: str = STAFF) -> Person:
    Person.objects.filter(nip=nip).update(inactive_since=on, legal_status="PENSIUN")
    return Person.objects.get(nip=nip)


def asked(person: Person) -> Erasure:
    return erasures.ask_erasure(
        person, ground=Ground.REQUEST, letter_number="1/2026", reason=f"Permintaan {NAME}", by=FIRST
    )


def found_anywhere(*texts: str) -> list[tuple[str, str, str]]:
    """Model, column and text, wherever one of the texts stands in any column of any table."""
    return [
        (model._meta.label, field.name, text)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        for value in model._base_manager.values_list(field.attname, flat=True)
        for text in texts
        if text in _legible(field, value)
    ]


def _legible(field: models.Field[Any, Any], value: Any) -> str:
    if isinstance(field, models.BinaryField) and value is not None:
        content = bytes(value)
        return str(pl.read_parquet(io.BytesIO(content)).to_dicts()) if content.startswith(b"PAR1") else repr(content)
    return json.dumps(value, default=str, ensure_ascii=False)


def whole_trail() -> list[str]:
    """What does not agree in the audit record; nothing when all does."""
    events = list(RecordedEvent.objects.all())
    told = [(one, details_of(one).get("changes_root")) for one in events]
    return [one.event for one in events if signs_of_tampering(one)] + [
        one.event for one, root in told if root and changes_root(one) != root
    ]


def codes(refused: Refusal) -> list[str]:
    return [reason.code for reason in refused.reasons]


# -- one person, lawfully


def test_nothing_that_tells_of_somebody_is_left_in_any_table_and_the_record_is_still_whole(stored: Upload) -> None:
    PerformanceRating.objects.update(verified_by="user:a", verified_at=clock.now())
    other = office()["performance_rating"].with_columns(rating=pl.lit("KURANG"))
    applied({"performance_rating": other})
    unit = Unit.objects.get(code="KOTA")
    letter = Letter("1", PDF)
    evidence.declare_none(unit, ["disiplin"], nips=[STAFF], on=NOW, letter=letter, by=BY)
    person = Person.objects.get(nip=STAFF)
    account(Role.ANALYST, person=person)
    run = run_mapping(policy=load("semarang", on=NOW), on=NOW, by=BY)
    assert catch_up(at=clock.now())
    assert {label for label, _column, _text in found_anywhere(*TELLING)} >= {
        *("registry.Person", "evidence.Award", "evidence.Feedback", "accounts.User", "exchange.Content")
    }
    done = erasures.confirm_erasure(asked(leave(date(2026, 1, 1))), by=SECOND)
    assert found_anywhere(*TELLING) == []
    assert not RecordCheck.objects.exists()
    assert (done.state, done.people, done.imports, done.reason) == (ErasureState.DONE, 2, 2, "")
    assert whole_trail() == []
    run.refresh_from_db()
    assert contradictions(run, load("semarang", on=NOW)) == []
    assert MappingResult.objects.filter(run=run, person=person).exists()


def test_the_row_keeps_its_opaque_id_and_breaks_no_rule(stored: Upload) -> None:
    person = leave(date(2026, 1, 1))
    before = person.public_id
    erasures.confirm_erasure(asked(person), by=SECOND)
    person.refresh_from_db()
    person.full_clean(exclude=["position", "unit"])
    assert (person.public_id, person.name, person.inactive_since) == (before, "(data dihapus)", date(2026, 1, 1))
    assert (person.nip[:8], len(person.nip), person.unit, person.verified_none) == ("00000000", 18, None, [])
    assert Person.objects.get(nip=HEAD).superior_nip == person.nip
    assert Feedback.objects.get(relation="ATASAN").rater_nip == person.nip


def test_what_others_have_is_untouched(stored: Upload) -> None:
    held = {name: SHEET_MAPS[name].model._base_manager.filter(person__nip=HEAD).count() for name in ("career_entry",)}
    erasures.confirm_erasure(asked(leave(date(2026, 1, 1))), by=SECOND)
    assert SHEET_MAPS["career_entry"].model._base_manager.filter(person__nip=HEAD).count() == held["career_entry"] == 2
    assert Person.objects.get(nip=HEAD).name == "Kepala"


def test_the_keys_of_imports_that_name_an_erased_row_are_destroyed_and_those_imports_cannot_be_undone(
    stored: Upload,
) -> None:
    other = office()["person"].filter(pl.col("nip") == TEACHER).with_columns(name=pl.lit("Guru Baru"))
    elsewhere = applied({"person": other})
    erasures.confirm_erasure(asked(leave(date(2026, 1, 1))), by=SECOND)
    keys = dict(Import.objects.values_list("public_id", "key"))
    assert stored.made and elsewhere.made
    assert (keys[stored.made.public_id], len(keys[elsewhere.made.public_id])) == ("", 64)
    assert (again(stored).has_contents, again(elsewhere).has_contents) == (False, True)
    with pytest.raises(Refusal) as refused:
        actions.undo_import(again(stored), by=BY)
    assert codes(refused.value) == ["import.emptied"]


def test_the_key_of_a_reorganisation_that_names_an_erased_row_is_destroyed(stored: Upload) -> None:
    analyst, other = opened("analis"), opened("pelaksana")
    carried_out(planned(analyst, RENAME), other)
    assert Reorganisation.objects.get().key
    erasures.confirm_erasure(asked(leave(date(2026, 1, 1), HEAD)), by=SECOND)
    assert Reorganisation.objects.get().key == ""
    assert whole_trail() == []


def test_whoever_comes_back_is_somebody_new(stored: Upload) -> None:
    person = leave(date(2026, 1, 1))
    erasures.confirm_erasure(asked(person), by=SECOND)
    applied({"person": office()["person"].filter(pl.col("nip") == STAFF)})
    again_here = Person.objects.get(nip=STAFF)
    assert (again_here.pk, again_here.public_id) != (person.pk, person.public_id)


def test_whoever_asked_does_not_confirm_and_nothing_is_decided_twice(stored: Upload) -> None:
    erasure = asked(leave(date(2026, 1, 1)))
    with pytest.raises(Refusal) as refused:
        erasures.confirm_erasure(erasure, by=FIRST)
    assert codes(refused.value) == ["erasure.same_hand"]
    with pytest.raises(Refusal) as refused:
        asked(Person.objects.get(nip=STAFF))
    assert codes(refused.value) == ["erasure.asked"]
    erasures.decline_erasure(erasure, by=FIRST)
    with pytest.raises(Refusal) as refused:
        erasures.confirm_erasure(erasure, by=SECOND)
    assert codes(refused.value) == ["erasure.decided"]
    assert Person.objects.get(nip=STAFF).name == NAME


def test_an_account_tied_to_whoever_asked_does_not_confirm(stored: Upload) -> None:
    head = Person.objects.get(nip=HEAD)
    user = account(Role.ANALYST, person=head)
    other = account(Role.AGENCY_HEAD)
    by = Actor(ActorKind.USER, user.public_id)
    erasure = erasures.ask_erasure(
        leave(date(2026, 1, 1)), ground=Ground.RULING, letter_number="1", reason="Putusan", by=by
    )
    assert not erasures.is_tied(erasure, Actor(ActorKind.USER, other.public_id))
    other.grants.update(granted_by=str(by))
    assert erasures.is_tied(erasure, Actor(ActorKind.USER, other.public_id))


def test_nobody_who_works_here_is_erased_and_no_erasure_lacks_a_letter(stored: Upload) -> None:
    with pytest.raises(Refusal) as refused:
        asked(Person.objects.get(nip=STAFF))
    assert codes(refused.value) == ["erasure.active"]
    with pytest.raises(Refusal) as refused:
        erasures.ask_erasure(leave(date(2026, 1, 1)), ground=Ground.REQUEST, letter_number=" ", reason="ya", by=FIRST)
    assert codes(refused.value) == ["erasure.letter"]


def test_whoever_is_back_at_work_meanwhile_is_not_erased(stored: Upload) -> None:
    erasure = asked(leave(date(2026, 1, 1)))
    Person.objects.filter(nip=STAFF).update(inactive_since=None, legal_status="AKTIF")
    with pytest.raises(Refusal) as refused:
        erasures.confirm_erasure(erasure, by=SECOND)
    assert [reason.code for reason in refused.value.reasons] == ["erasure.active"]
    assert Person.objects.filter(nip=STAFF).exists()


def test_nothing_is_erased_while_a_file_waits_that_may_bring_it_back(stored: Upload) -> None:
    erasure = asked(leave(date(2026, 1, 1)))
    uploaded(office())
    with pytest.raises(Refusal) as refused:
        erasures.confirm_erasure(erasure, by=SECOND)
    assert codes(refused.value) == ["erasure.uploads"]


# -- what is past its date


def years_ago(years: int, days: int = 0) -> date:
    today = clock.today()
    return today.replace(year=today.year - years) + datetime.timedelta(days=days)


def test_a_kind_is_due_from_its_day_on_and_not_before(stored: Upload) -> None:
    leave(years_ago(5, days=1))
    assert not [one for one in due(on=clock.today(), scope=Scope.everything()) if one.people]
    leave(years_ago(5))
    found = {one.kind: (one.people, one.total) for one in due(on=clock.today(), scope=Scope.everything()) if one.people}
    assert found == {"umpan_balik": (1, 1), "asesmen": (1, 9)}
    assert not [one for one in due(on=clock.today(), scope=Scope.nothing()) if one.people]


def test_only_the_kinds_chosen_and_past_their_date_go(stored: Upload) -> None:
    leave(years_ago(5))
    done = erasures.erase_due(["asesmen", "penghargaan"], by=SECOND)
    assert (done.kinds, done.people, done.rows) == (["asesmen"], 1, 9)
    assert not AssessmentResult.objects.exists()
    assert Feedback.objects.filter(person__nip=STAFF).count() == 1
    assert (Training.objects.count(), Person.objects.get(nip=STAFF).name) == (1, NAME)
    told = json.loads(RecordedEvent.objects.get(event=Event.RECORDS_ERASED).canonical)
    assert told["details"] == {"ground": "RETENSI", "kinds": 1, "people": 1, "rows": 9, "imports": 1}
    assert whole_trail() == []
    with pytest.raises(Refusal) as refused:
        erasures.erase_due(["asesmen"], by=SECOND)
    assert codes(refused.value) == ["erasure.nothing"]


def test_after_ten_years_a_person_is_erased_whole(stored: Upload) -> None:
    leave(years_ago(10))
    erasures.erase_due(["pegawai"], by=SECOND)
    assert found_anywhere(*TELLING) == []
    assert whole_trail() == []
    assert [one.people for one in due(on=clock.today(), scope=Scope.everything())] == [0] * len(RETAINED)


# -- nothing is forgotten


def test_every_table_about_people_is_of_a_kind() -> None:
    about = {
        table
        for table, held in SHEET_MAPS.items()
        if held.model is Person or any(one.related_model is Person for one in held.model._meta.concrete_fields)
    }
    assert about == KIND_OF.keys()
    assert set(KIND_OF.values()) == set(RETAINED)


STAYS: Final = {
    "talent.MappingResult": "what a published map says, under an opaque id",
    "exchange.Erasure": "that somebody was erased",
}
WITH_THE_PERSON: Final = {
    *("accounts.User", "exchange.Disagreement", "evidence.DeclaredNone"),
    *("evidence.Submission", "registry.Confirmation", "registry.PlannedMove"),
}


def test_every_model_that_names_people_goes_with_them_or_says_why_it_stays() -> None:
    sheets = {held.model for held in SHEET_MAPS.values()}
    naming = {
        model._meta.label
        for model in apps.get_models()
        if model not in sheets and any(one.related_model is Person for one in model._meta.concrete_fields)
    }
    assert naming == {*STAYS, *WITH_THE_PERSON}


def test_what_was_queued_and_the_account_go_too(stored: Upload) -> None:
    user = account(Role.ANALYST, person=Person.objects.get(nip=STAFF))
    PerformanceRating.objects.update(verified_by="user:a", verified_at=clock.now())
    applied({"performance_rating": office()["performance_rating"].with_columns(rating=pl.lit("KURANG"))})
    erasures.confirm_erasure(asked(leave(date(2026, 1, 1))), by=SECOND)
    assert set(Disagreement.objects.values_list("person__nip", flat=True)) == {HEAD}
    user = User.objects.get(pk=user.pk)
    assert (user.is_active, user.username, user.has_usable_password()) == (False, user.public_id, False)


def test_what_they_submitted_what_became_of_their_post_and_sheets_that_name_them_go_too(
    stored: Upload,
) -> None:
    person = leave(date(2026, 1, 1))
    submission = Submission.objects.create(
        person=person,
        kind=EvidenceKind.AWARD,
        content={"name": TELLING[4]},
        submitted_by="user:a",
        submitted_at=clock.now(),
        verify_through=clock.today(),
    )
    SubmissionScan.objects.create(
        submission=submission, content=NAME.encode(), size=1, kept_by="user:a", kept_at=clock.now()
    )
    run = run_mapping(policy=load("semarang", on=NOW), on=NOW, by=FIRST)
    sheet = compare_with_simata(SHEET + STAFF.encode(), file_name=NAME, base=run, by=FIRST)
    erasure = asked(person)
    with pytest.raises(Refusal) as refused:
        erasures.confirm_erasure(erasure, by=SECOND)
    assert codes(refused.value) == ["erasure.uploads"]
    ended = {"state": RunState.FAILED, "failure": "MEMORI", "finished_at": clock.now()}
    Comparison.objects.filter(pk=sheet.pk).update(**ended)
    erasures.confirm_erasure(erasure, by=SECOND)
    assert not Submission.objects.exists()
    assert not SubmissionScan.objects.exists()
    assert not Comparison.objects.filter(has_contents=True).exists()
    assert found_anywhere(*TELLING) == []
