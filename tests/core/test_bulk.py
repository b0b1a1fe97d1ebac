import datetime

import polars as pl
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, models, transaction

from nawa.core import bulk, clock
from tests.core.models import Computation, Education, Person, Unit

pytestmark = pytest.mark.django_db


def test_fields_named_nowhere_get_their_default() -> None:
    bulk.insert(Person, pl.DataFrame({"nip": ["1", "2"]}), {"name": "Pegawai"})
    assert list(Person.objects.order_by("nip").values_list("nip", "name")) == [("1", "Pegawai"), ("2", "Pegawai")]
    assert len({person.public_id for person in Person.objects.all()}) == 2


def test_instants_and_dates_are_kept_to_the_microsecond_and_day() -> None:
    now, day = clock.now(), datetime.date(2026, 2, 28)
    bulk.insert(Computation, pl.DataFrame({"public_id": ["a"]}), {"started_by": "system:nawa", "started_at": now})
    bulk.insert(Unit, pl.DataFrame({"code": ["1"], "valid_from": [day]}), {"source": "DEMO", "verified_by": ""})
    assert Computation.objects.get().started_at == now
    assert Unit.objects.get().valid_from == day


def test_more_rows_than_one_statement_takes_are_all_kept() -> None:
    bulk.insert(Person, pl.DataFrame({"nip": [str(number) for number in range(4_321)]}))
    assert Person.objects.count() == 4_321


def test_an_empty_frame_writes_nothing() -> None:
    bulk.insert(Person, pl.DataFrame(schema={"nip": pl.String}))
    assert not Person.objects.exists()


def test_correcting_writes_what_is_named_and_nothing_else() -> None:
    bulk.insert(Person, pl.DataFrame({"nip": ["1", "2"], "public_id": ["a", "b"]}), {"name": "Pegawai"})
    first = Person.objects.get(nip="1")
    bulk.correct(Person, pl.DataFrame({"id": [first.pk], "nip": ["9"], "name": ["Baru"]}))
    assert set(Person.objects.values_list("nip", "name", "public_id")) == {("9", "Baru", "a"), ("2", "Pegawai", "b")}


def test_what_the_database_refuses_is_not_kept() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Person, pl.DataFrame({"nip": ["1", "1"]}))
    assert not Person.objects.exists()


def test_a_column_that_is_no_field_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="nik"):
        bulk.insert(Education, pl.DataFrame({"nik": ["1"]}))


def test_a_field_that_fills_itself_on_saving_is_refused() -> None:
    class Stamped(models.Model):
        changed_at = models.DateTimeField(auto_now=True)

        class Meta:
            app_label = "tests_core"

    with pytest.raises(ImproperlyConfigured, match="changed_at"):
        bulk.insert(Stamped, pl.DataFrame(schema={"id": pl.Int64}))


def test_reserved_keys_rise_and_are_given_once() -> None:
    bulk.insert(Person, pl.DataFrame({"nip": ["1"]}))
    first, second = bulk.reserve(Person, 3), bulk.reserve(Person, 2)
    bulk.insert(Person, pl.DataFrame({"id": first, "nip": ["2", "3", "4"]}))
    bulk.insert(Person, pl.DataFrame({"nip": ["5"]}))
    assert first == sorted(set(first))
    assert first[-1] < second[0]
    assert Person.objects.get(nip="1").pk < first[0]
    assert Person.objects.get(nip="5").pk > second[-1]
    assert bulk.reserve(Person, 0) == []
