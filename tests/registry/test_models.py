"""What the database refuses, whoever writes to it, and how it says so."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from nawa.registry.models import Education, Person, Position, Relative, Unit, UnitNeed

pytestmark = pytest.mark.django_db


def somebody(nip: str = "1" * 18, **fields: Any) -> Person:
    return Person.objects.create(nip=nip, name="Sri", position_name="Arsiparis", source="WORKBOOK", **fields)


def a_unit(code: str = "A") -> Unit:
    return Unit.objects.create(code=code, name="Unit", source="WORKBOOK")


def refused(row: models.Model) -> str:
    """What the row is told when asked, after the database has refused it as well."""
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with pytest.raises(ValidationError) as told:
        row.validate_constraints()
    return " ".join(told.value.messages)


def test_a_nip_has_eighteen_digits() -> None:
    assert "18 angka" in refused(Person(nip="123", name="Sri", position_name="Arsiparis", source="WORKBOOK"))


def test_a_nip_belongs_to_one_person() -> None:
    somebody()
    assert "nip" in refused(Person(nip="1" * 18, name="Dwi", position_name="Guru", source="WORKBOOK"))


def test_a_person_has_a_post_or_at_least_its_name() -> None:
    assert "jabatan_kode, jabatan_nama" in refused(Person(nip="1" * 18, name="Sri", source="WORKBOOK"))


def test_a_code_is_one_of_the_sheet_s_codes() -> None:
    assert "L, P" in refused(Person(nip="1" * 18, name="Sri", position_name="Guru", sex="X", source="WORKBOOK"))


def test_a_number_lies_within_the_sheet_s_bounds() -> None:
    row = Position(code="P", name="Lurah", unit=a_unit(), tier="PENGAWAS", job_class=99, source="WORKBOOK")
    assert "antara 1 dan 17" in refused(row)


def test_a_unit_is_not_its_own_parent() -> None:
    unit = a_unit()
    unit.parent = unit
    assert "induk" in refused(unit)


def test_nobody_is_their_own_relative() -> None:
    person = somebody()
    assert "kerabat" in refused(Relative(person=person, relative=person, source="WORKBOOK"))


def test_an_empty_part_of_a_key_is_a_value_like_any_other() -> None:
    person, unit = somebody(), a_unit()
    Education.objects.create(person=person, level="S1", source="WORKBOOK")
    Education.objects.create(person=person, level="S1", major="Hukum", source="WORKBOOK")
    assert "jurusan" in refused(Education(person=person, level="S1", source="WORKBOOK"))
    UnitNeed.objects.create(unit=unit, source="WORKBOOK")
    UnitNeed.objects.create(unit=unit, started_on=date(2026, 1, 1), source="WORKBOOK")
    assert "unit_kode, jabatan_kode, mulai" in refused(UnitNeed(unit=unit, source="WORKBOOK"))


def test_a_range_does_not_end_before_it_starts() -> None:
    row = Unit(code="B", name="B", valid_from=date(2026, 2, 1), valid_through=date(2026, 1, 1), source="WORKBOOK")
    assert "sebelum tanggal mulai" in refused(row)
