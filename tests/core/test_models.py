import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from nawa.core import clock, privacy
from nawa.core.models import RunState
from nawa.core.privacy import Privacy
from tests.core.models import Computation, Education, Person, Unit

pytestmark = pytest.mark.django_db


def refused_with(row: Any) -> list[str]:
    """Both walls: the sentence that a human reads, and the database's own refusal."""
    with pytest.raises(ValidationError) as sentence:
        row.validate_constraints()
    with pytest.raises(IntegrityError):
        row.save()
    return sentence.value.messages


def test_a_verified_fact_names_its_verifier_and_the_instant() -> None:
    message = ["Pemverifikasi dan waktu verifikasi harus diisi bersama."]
    assert refused_with(Unit(code="1", source="DEMO", verified_by="user:a")) == message


def test_an_instant_of_verification_alone_is_refused() -> None:
    message = ["Pemverifikasi dan waktu verifikasi harus diisi bersama."]
    assert refused_with(Unit(code="1", source="DEMO", verified_at=clock.now())) == message


def test_a_fact_without_source_is_refused() -> None:
    assert refused_with(Unit(code="1")) == ["Sumber data harus disebut."]


def test_a_fact_whose_last_day_lies_before_its_first_is_refused() -> None:
    days = {"valid_from": datetime.date(2026, 1, 2), "valid_through": datetime.date(2026, 1, 1)}
    message = ["Tanggal akhir tidak boleh sebelum tanggal mulai."]
    assert refused_with(Unit(code="1", source="DEMO", **days)) == message


def test_a_fact_may_hold_for_one_day_or_have_no_bounds() -> None:
    day = datetime.date(2026, 1, 1)
    Unit.objects.create(code="1", source="DEMO", valid_from=day, valid_through=day)
    Unit.objects.create(code="2", source="DEMO", verified_by="user:a", verified_at=clock.now())
    assert Unit.objects.count() == 2


@pytest.mark.parametrize(
    ("state", "ended"), [(RunState.RUNNING, True), (RunState.SUCCEEDED, False), (RunState.FAILED, False)]
)
def test_a_run_has_an_end_when_it_has_ended(state: RunState, ended: bool) -> None:
    now = clock.now()
    run = Computation(state=state, started_by="system:nawa", started_at=now, finished_at=now if ended else None)
    assert refused_with(run) == ["Proses yang berakhir harus punya waktu akhir, dan hanya itu."]


def test_a_row_is_named_by_chance_unless_its_maker_names_it() -> None:
    first, second = Person.objects.create(nip="1"), Person.objects.create(nip="2")
    assert first.public_id != second.public_id
    assert Person.objects.create(nip="3", public_id="chosen").public_id == "chosen"


def test_privacy_classes_come_along_and_may_be_overruled() -> None:
    assert privacy.classes(Person) == {
        "id": Privacy.OPAQUE,
        "public_id": Privacy.OPAQUE,
        "nip": Privacy.IDENTITY,
        "name": Privacy.IDENTITY,
    }
    assert privacy.classes(Education)["verified_by"] is Privacy.EMPLOYMENT
    assert privacy.classes(Education)["person"] is Privacy.OPAQUE


def test_a_field_without_a_class_is_found() -> None:
    assert privacy.unclassified(Person) == []
    assert privacy.unclassified(Education) == ["major", "field", "institution", "graduated_in"]


def test_a_class_without_a_field_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Person, "privacy", {"nik": Privacy.IDENTITY})
    assert privacy.unknown(Person) == ["nik"]
