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


RUNNING = {"state": RunState.RUNNING, "worker": "w"}


def refused_run(**values: Any) -> list[str]:
    """What the walls say against a run with these values beside who started it."""
    now = clock.now()
    given = {"started_by": "system:nawa", "started_at": now, "heartbeat_at": now, **values}
    return refused_with(Computation(**{name: now if value == "now" else value for name, value in given.items()}))


@pytest.mark.parametrize(
    "values",
    [
        {"finished_at": "now"},
        {**RUNNING, "finished_at": "now"},
        {"state": RunState.SUCCEEDED},
        {"state": RunState.FAILED, "failure": "ENGINE"},
        {"state": RunState.CANCELLED},
    ],
)
def test_a_run_has_an_end_when_it_has_ended(values: dict[str, Any]) -> None:
    assert refused_run(**values) == ["Proses yang berakhir harus punya waktu akhir, dan hanya itu."]


@pytest.mark.parametrize(
    "values",
    [
        {"state": RunState.RUNNING},
        {"worker": "w"},
        {**RUNNING, "heartbeat_at": None},
        {"state": RunState.SUCCEEDED, "finished_at": "now", "worker": "w"},
    ],
)
def test_a_run_is_held_by_a_worker_while_it_runs_and_only_then(values: dict[str, Any]) -> None:
    assert refused_run(**values) == ["Proses yang berjalan, dan hanya itu, dipegang seorang pekerja."]


@pytest.mark.parametrize("values", [{"cancel_asked_by": "user:a"}, {"cancel_asked_at": "now"}])
def test_whoever_asks_to_cancel_a_run_is_named_with_the_instant(values: dict[str, Any]) -> None:
    assert refused_run(**values) == ["Peminta pembatalan dan waktunya harus diisi bersama."]


@pytest.mark.parametrize("values", [{"state": RunState.FAILED, "finished_at": "now"}, {"failure": "ENGINE"}])
def test_a_run_that_failed_and_only_that_says_why(values: dict[str, Any]) -> None:
    assert refused_run(**values) == ["Proses yang gagal, dan hanya itu, menyebut sebabnya."]


def test_no_run_is_further_than_done() -> None:
    assert refused_run(progress=101) == ["Kemajuan paling banyak 100 persen."]


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
