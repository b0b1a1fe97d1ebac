"""Undoing an import: everything is as it was, or it is said what is newer and nothing has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.audit.queries import changes_root
from nawa.core import clock, locks
from nawa.core.actor import Actor
from nawa.core.refusal import Refusal
from nawa.evidence.models import PerformanceRating, Training
from nawa.exchange import actions, queries
from nawa.exchange.enums import Absence, Declared, Failure, Stage, Twin
from nawa.exchange.frames import export_tables
from nawa.exchange.models import Content, Upload
from nawa.policy.loading import load
from nawa.registry.models import Person, Position
from nawa.talent.actions import run_mapping
from tests.exchange.uploading import BY, again, applied, last, same, undone, uploaded, work_off
from tests.office import STAFF, TEACHER, office, rows

pytestmark = pytest.mark.django_db
NEW = "199501012020121001"


@pytest.fixture
def stored() -> Upload:
    return applied(office())


def changed() -> dict[str, pl.DataFrame]:
    """A workbook that adds a unit, a post in it and a person there, moves somebody, and corrects a rating."""
    tables = office()
    moved = pl.when(nip=STAFF).then(pl.lit("KABID")).otherwise("position_code").alias("position_code")
    newcomer = rows("person", {"nip": NEW, "name": "Baru", "position_code": "KABID"})
    rating = pl.when(nip=STAFF).then(pl.lit("KURANG")).otherwise("rating").alias("rating")
    return {
        "unit": rows("unit", {"code": "BIDANG", "name": "Bidang", "parent_code": "DINAS"}),
        "position": rows(
            "position", {"code": "KABID", "name": "Kabid", "unit_code": "BIDANG", "tier": "ADMINISTRATOR", "seats": 1}
        ),
        "person": pl.concat([tables["person"].with_columns(moved), newcomer]),
        "performance_rating": tables["performance_rating"].with_columns(rating),
        "training": rows("training", {"nip": NEW, "name": "Hukum", "completed_on": date(2025, 1, 1)}),
    }


def against(upload: Upload) -> set[tuple[str, str]]:
    """The tables of rows that kept it from being undone, and what named them."""
    found = queries.newer_rows(upload, page=1).rows
    return set(found.select("table", "named_by").iter_rows())


def test_an_import_is_undone_as_if_it_had_never_been(stored: Upload) -> None:
    before = export_tables()
    upload = applied(changed())
    assert not same(export_tables(), before)
    assert undone(upload).stage == Stage.UNDONE
    assert same(export_tables(), before)
    assert not Content.objects.filter(upload=upload).exists()


def test_the_first_import_can_be_undone_too() -> None:
    undone(applied(office()))
    assert export_tables() == {}


def test_what_was_corrected_has_its_source_again(stored: Upload) -> None:
    upload = applied(changed())
    undone(upload)
    rating = PerformanceRating.objects.get(person__nip=STAFF)
    assert rating.rating == "BAIK"
    assert rating.import_id == (stored.made and stored.made.public_id)


def test_a_corrected_date_and_a_departure_are_undone(stored: Upload) -> None:
    before = export_tables()
    tables = office()
    people = tables["person"].filter(pl.col("nip") != TEACHER)
    later = tables["training"].with_columns(completed_on=pl.lit(date(2025, 3, 20)))
    upload = uploaded({"person": people, "training": later}, declared=Declared.FULL)
    actions.decide_twins(upload, None, what=Twin.CORRECTION, by=BY)
    actions.decide_absences(upload, None, why=Absence.RETIRED, on=date(2026, 1, 1), by=BY)
    upload = applied(upload)
    assert (Training.objects.get().completed_on, Person.objects.get(nip=TEACHER).legal_status) == (
        date(2025, 3, 20),
        "PENSIUN",
    )
    undone(upload)
    assert same(export_tables(), before)


def test_a_row_that_a_later_import_corrected_is_named_and_nothing_is_undone(stored: Upload) -> None:
    upload = applied(changed())
    applied({"person": office()["person"].filter(pl.col("nip") == STAFF).with_columns(name=pl.lit("Lain"))})
    now = export_tables()
    upload = undone(upload)
    assert (upload.stage, last(upload).failure) == (Stage.APPLIED, Failure.NEWER)
    assert against(upload) == {("person", "")}
    assert same(export_tables(), now)


def test_a_row_that_was_verified_since_is_newer(stored: Upload) -> None:
    upload = applied(changed())
    Training.objects.filter(person__nip=NEW).update(verified_by="user:a", verified_at=clock.now())
    assert against(undone(upload)) == {("training", "")}


def test_a_person_of_whom_something_was_added_since_stays(stored: Upload) -> None:
    upload = applied(changed())
    award = rows("award", {"nip": NEW, "level": "NASIONAL", "awarded_on": date(2025, 5, 1), "name": "A"})
    applied({"person": changed()["person"].filter(pl.col("nip") == NEW), "award": award})
    assert against(undone(upload)) == {("person", "award")}
    assert Person.objects.filter(nip=NEW).exists()


def test_a_person_whom_a_map_shows_stays(stored: Upload) -> None:
    upload = applied(changed())
    run_mapping(policy=load("semarang", on=date(2026, 11, 1)), on=date(2026, 11, 1), by=Actor.system("tests"))
    found = against(undone(upload))
    assert {("person", "talent.mappingresult"), ("position", "talent.mappingresult")} <= found
    assert Position.objects.filter(code="KABID").exists()


def _verify() -> None:
    Training.objects.filter(person__nip=NEW).update(verified_by="user:a", verified_at=clock.now())


def _rename() -> None:
    Person.objects.filter(nip=NEW).update(name="Lain")


def _rate() -> None:
    PerformanceRating.objects.filter(person__nip=STAFF).update(rating="BAIK")


def _remove() -> None:
    Training.objects.filter(person__nip=NEW).delete()


def _name() -> None:
    newcomer = Person.objects.get(nip=NEW)
    Training.objects.create(person=newcomer, name="Lain", completed_on=date(2025, 2, 2), source="RECORDED")


@pytest.mark.parametrize(
    ("happens", "newer"),
    [
        (_verify, ("training", "")),
        (_rename, ("person", "")),
        (_rate, ("performance_rating", "")),
        (_remove, ("training", "")),
        (_name, ("person", "training")),
    ],
)
def test_what_happens_while_it_waits_for_the_lock_is_newer_too(
    stored: Upload, happens: Callable[[], None], newer: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    upload, hold = applied(changed()), locks.hold

    def held_later(name: str) -> None:
        if name == locks.RECORDS:
            happens()
        hold(name)

    monkeypatch.setattr(locks, "hold", held_later)
    actions.undo_import(upload, by=BY)
    work_off()
    assert (again(upload).stage, last(upload).failure, against(upload)) == (Stage.APPLIED, Failure.NEWER, {newer})
    assert Person.objects.filter(nip=NEW).exists()


def test_after_the_later_import_is_undone_so_can_be_the_earlier(stored: Upload) -> None:
    before = export_tables()
    first = applied(changed())
    second = applied({"person": office()["person"].filter(pl.col("nip") == STAFF).with_columns(name=pl.lit("Lain"))})
    assert undone(first).stage == Stage.APPLIED
    undone(second)
    assert undone(again(first)).stage == Stage.UNDONE
    assert same(export_tables(), before)


def test_it_is_undone_once(stored: Upload) -> None:
    undone(stored)
    with pytest.raises(Refusal) as refused:
        actions.undo_import(again(stored), by=BY)
    assert [reason.code for reason in refused.value.reasons] == ["import.no_move"]


def test_undoing_is_an_event_of_its_own_with_the_root_of_its_row_changes(stored: Upload) -> None:
    upload = undone(applied(changed()))
    event = RecordedEvent.objects.get(event=Event.IMPORT_UNDONE)
    told = json.loads(event.canonical)["details"]
    assert event.subject_id == (upload.made and upload.made.public_id)
    assert (told["removed"], told["added"], told["corrected"]) == (4, 0, 2)
    assert told["changes_root"] == changes_root(event)
    assert not [text for text in (NEW, STAFF, "Baru") if text in event.canonical]
