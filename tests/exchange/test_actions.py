import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from nawa.audit.models import RecordedEvent
from nawa.audit.queries import changes_root
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.demo.city import build
from nawa.evidence.models import PerformanceRating, Training
from nawa.exchange import queries
from nawa.exchange.actions import ImportReport, import_workbook, load_demo_city
from nawa.exchange.frames import export_tables
from nawa.exchange.models import Declared, Import
from nawa.exchange.rules import ImportRefused
from nawa.registry.models import Person, Unit
from nawa.workbook.problems import Effect, Problem
from nawa.workbook.sheets import BY_TABLE, Tables
from tests.office import HEAD, STAFF, TEACHER, office, rows

pytestmark = pytest.mark.django_db
BY = Actor.command_line()


def bring(tables: Tables, **how: Any) -> ImportReport:
    return import_workbook(tables, by=BY, **how)


def refusal(tables: Tables, **how: Any) -> list[Problem]:
    with pytest.raises(ImportRefused) as refused:
        bring(tables, **how)
    assert not Import.objects.exists()
    assert not RecordedEvent.objects.exists()
    return list(refused.value.problems)


def in_order(tables: Mapping[str, pl.DataFrame]) -> Tables:
    return {table: frame.sort(BY_TABLE[table].key) for table, frame in tables.items() if frame.height}


def same(left: Tables, right: Tables) -> bool:
    return left.keys() == right.keys() and all(left[table].equals(right[table]) for table in left)


# -- in and out


def test_what_was_imported_is_what_is_exported() -> None:
    bring(office())
    assert same(export_tables(), in_order(office()))


def test_a_whole_demo_city_comes_out_as_it_went_in() -> None:
    city = build(people=300, seed=1, on=date(2026, 11, 1))
    report = load_demo_city(city.tables, seed=1, by=Actor.system("demo"))
    assert same(export_tables(), in_order(city.tables))
    assert report.added == sum(frame.height for frame in city.tables.values())
    assert Training.objects.exclude(source="DEMO").count() == 0


def test_every_column_of_every_sheet_survives() -> None:
    day = date(2026, 1, 2)
    filled: dict[str, Any] = {"valid_from": day, "valid_through": day, "successor_code": "U2", "area": "Timur"}
    tables = office()
    tables["unit"] = pl.concat(
        [tables["unit"], rows("unit", {"code": "U9", "name": "Sembilan", "kind": "UPTD", **filled})]
    )
    tables["service_indicator"] = rows(
        "service_indicator",
        {"unit_code": "U9", "indicator": "IKM", "period": "2025-03", "value": 851234, "source": "Survei"},
    )
    tables["field_of_study"] = rows(
        "field_of_study", {"major": "Akuntansi", "field": "Ekonomi", "related_fields": ["Manajemen", "Hukum; Bisnis"]}
    )
    tables["unit_need"] = rows(
        "unit_need", {"unit_code": "U9"}, {"unit_code": "U9", "started_on": day, "priority": 1, "reason": "'= \n\t–"}
    )
    bring(tables)
    assert same(export_tables(), in_order(tables))
    assert export_tables()["service_indicator"]["value"].to_list() == [Decimal("85.1234")]


# -- again, and corrected


def test_the_same_workbook_twice_changes_nothing() -> None:
    bring(office())
    again = bring(office())
    assert (again.added, again.corrected) == (0, 0)
    assert {table.sheet: table.unchanged for table in again.tables}["pegawai"] == 3


def test_a_row_with_a_known_key_is_a_correction_of_that_fact() -> None:
    bring(office())
    report = bring({"performance_rating": rows("performance_rating", {"nip": STAFF, "year": 2025, "rating": "KURANG"})})
    assert (report.added, report.corrected) == (0, 1)
    assert PerformanceRating.objects.get(person__nip=STAFF).rating == "KURANG"
    assert PerformanceRating.objects.get(person__nip=HEAD).rating == "SANGAT_BAIK"


def test_a_column_without_any_value_leaves_what_is_known() -> None:
    bring(office())
    bring({"person": rows("person", {"nip": HEAD, "name": "Kepala Baru", "position_code": "KADIN"})})
    head = Person.objects.get(nip=HEAD)
    assert (head.name, head.staff_kind) == ("Kepala Baru", "PNS")


def test_an_empty_cell_beside_filled_ones_makes_its_value_unknown() -> None:
    bring(office())
    people = office()["person"].with_columns(staff_kind=pl.when(nip=HEAD).then(None).otherwise("staff_kind"))
    bring({"person": people})
    assert Person.objects.get(nip=HEAD).staff_kind == ""


def test_facts_name_the_import_that_wrote_them() -> None:
    first = bring(office())
    second = bring({"training": rows("training", {"nip": HEAD, "name": "Diklatpim", "completed_on": date(2024, 1, 5)})})
    assert Training.objects.get(person__nip=STAFF).import_id == first.import_id
    assert Training.objects.get(person__nip=HEAD).import_id == second.import_id


# -- a rehearsal, and a full file


def test_a_rehearsal_tells_the_same_and_keeps_nothing() -> None:
    rehearsed = bring(office(), dry_run=True)
    assert rehearsed.import_id is None
    assert export_tables() == {}
    assert not Import.objects.exists()
    assert bring(office()).tables == rehearsed.tables


def test_a_full_file_names_the_active_people_it_lacks() -> None:
    bring(office())
    tables = office()
    tables["person"] = tables["person"].filter(pl.col("nip") != TEACHER)
    assert bring(tables, declared=Declared.FULL).absent == (Person.objects.get(nip=TEACHER).public_id,)
    assert bring(tables, declared=Declared.PARTIAL).absent == ()


def test_whoever_has_left_is_not_missed() -> None:
    tables = office()
    left = pl.when(nip=TEACHER).then(pl.lit("PENSIUN")).alias("legal_status")
    bring({**tables, "person": tables["person"].with_columns(left)})
    tables["person"] = tables["person"].filter(pl.col("nip") != TEACHER)
    assert bring(tables, declared=Declared.FULL).absent == ()


# -- refused, and nothing left behind


def test_a_file_with_an_error_is_refused() -> None:
    bad = Problem("DATE_FORM", "diklat", row=7, column="tanggal", value="kemarin", effect=Effect.ROW)
    assert refusal(office(), problems=[bad]) == [bad]
    assert export_tables() == {}


def test_a_warning_does_not_hold_a_file_back() -> None:
    noted = Problem("NIP_LATE", "pegawai", row=2)
    alone = Problem("PERSON_UNKNOWN", "diklat", row=3, value=STAFF)
    assert bring(office(), problems=[noted, alone]).problems == (noted,)


def test_a_name_that_neither_the_file_nor_the_database_knows_is_refused_with_its_place() -> None:
    tables = office()
    tables["training"] = tables["training"].with_columns(nip=pl.lit("9" * 18))
    (problem,) = refusal(tables, rows={"training": pl.Series([214])})
    assert (problem.code, problem.sheet, problem.row, problem.column) == ("PERSON_NOT_HELD", "diklat", 214, "nip")
    assert "tidak ada di berkas ini maupun di basis data" in problem.sentence()
    assert export_tables() == {}


def test_a_name_that_the_database_knows_need_not_be_in_the_file() -> None:
    bring(office())
    assert bring({"training": office()["training"].with_columns(nip=pl.lit(HEAD))}).added == 1


def test_a_standard_is_of_a_post_or_of_a_tier() -> None:
    tables = office()
    tables["competency_standard"] = rows(
        "competency_standard",
        {"position_code": "JENJANG:PENGAWAS", "competency": "INTEGRITAS", "level": 2},
        {"position_code": "JENJANG:RAJA", "competency": "INTEGRITAS", "level": 5},
    )
    assert [problem.value for problem in refusal(tables)] == ["JENJANG:RAJA"]


def test_many_unknown_names_are_counted_and_not_all_told() -> None:
    tables = office()
    tables["training"] = rows(
        "training", *({"nip": f"{n:018d}", "name": "Diklat", "completed_on": date(2025, 1, 1)} for n in range(50))
    )
    problems = refusal(tables)
    assert len(problems) == 21
    assert problems[-1].details["count"] == "30"


def test_a_unit_that_would_stand_above_itself_through_the_database_is_refused() -> None:
    bring(office())
    turned = rows("unit", {"code": "KOTA", "name": "Kota", "parent_code": "SD1"})
    with pytest.raises(ImportRefused) as refused:
        bring({"unit": turned})
    assert refused.value.problems[0].code == "UNIT_LOOP"
    assert Unit.objects.get(code="KOTA").parent is None


@pytest.mark.parametrize(
    ("table", "given", "code"),
    [
        ("award", {"level": "NASIONAL", "awarded_on": date(2025, 1, 1), "name": "x" * 301}, "TEXT_TOO_LONG"),
        ("earlier_pool", {"period": "2024", "order": 2**31}, "NUMBER_RANGE"),
    ],
)
def test_what_the_database_cannot_hold_is_refused_in_words(table: str, given: dict[str, Any], code: str) -> None:
    tables = office()
    tables[table] = rows(table, {"nip": HEAD, **given})
    assert [problem.code for problem in refusal(tables)] == [code]


def test_a_number_that_sqlite_would_round_is_refused() -> None:
    tables = office()
    large = rows("service_indicator", {"unit_code": "KOTA", "indicator": "APBD", "period": "2025", "value": 1})
    tables["service_indicator"] = large.with_columns(value=pl.lit(Decimal(10**11)).cast(large.schema["value"]))
    assert [problem.code for problem in refusal(tables)] == ["NUMBER_RANGE"]


def test_a_broken_constraint_is_told_in_its_own_words_and_undoes_everything() -> None:
    tables = office()
    tables["relative"] = rows("relative", {"nip": HEAD, "relative_nip": HEAD})
    (problem,) = refusal(tables)
    assert problem.sheet == "keluarga_pegawai"
    assert "kerabat dirinya sendiri" in problem.sentence()
    assert HEAD not in problem.sentence()
    assert export_tables() == {}


# -- the record


def test_an_import_is_one_event_with_counts_and_the_root_of_its_row_changes() -> None:
    report = bring(office())
    event = RecordedEvent.objects.get()
    told = json.loads(event.canonical)["details"]
    assert event.subject_id == report.import_id
    assert (told["added"], told["corrected"], told["tables"]) == (report.added, 0, len(office()))
    assert told["changes_root"] == changes_root(event)


def test_the_record_holds_no_personal_text() -> None:
    bring(office())
    told = RecordedEvent.objects.get().canonical
    assert not [text for text in (HEAD, STAFF, "Kepala", "Diklat") if text in told]


def test_imports_are_shown_to_whoever_may_see_everything() -> None:
    bring(office())
    made = queries.imports(scope=Scope.everything()).get()
    assert made.counts["person"] == [3, 0, 0]
    assert (made.imported_by, made.declared) == (str(BY), Declared.PARTIAL)
    assert not queries.imports(scope=Scope.below("KOTA")).exists()
