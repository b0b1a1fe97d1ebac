"""Tables become the engine's input: no names, facts of the post joined, letters carried down the units."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from nawa.engine.tables import FIELD_GROUPS, RECORD_SCHEMAS, Records
from nawa.workbook.records import by_key, records_from
from nawa.workbook.sheets import Tables
from tests.workbook.office import BUDI, RUDI, SITI, rows_of, small_city

SUBJECTS = pl.DataFrame({"nip": [BUDI, SITI], "subject": ["s-budi", "s-siti"]})


def records(tables: Tables, **options: Any) -> Records:
    return records_from(tables, subjects=SUBJECTS, **options)


def office(**changes: pl.DataFrame) -> Tables:
    """Two people in unit U2 below U1, and whatever a test adds."""
    units = rows_of("unit", {"code": "U1", "name": "a"}, {"code": "U2", "name": "b", "parent_code": "U1"})
    people = rows_of(
        "person",
        {"nip": BUDI, "name": "Budi", "position_code": "J1", "unit_code": "U2"},
        {"nip": SITI, "name": "Siti", "position_name": "guru ", "unit_code": "U1"},
    )
    posts = rows_of(
        "position",
        {
            "code": "J1",
            "name": "Kepala",
            "unit_code": "U2",
            "tier": "PENGAWAS",
            "fields_of_study": [" Hukum", "EKONOMI"],
        },
        {"code": "J2", "name": "Guru", "unit_code": "U1", "tier": "JF_AHLI_MUDA"},
        {"code": "J3", "name": "Guru", "unit_code": "U2", "tier": "JF_AHLI_MADYA"},
    )
    return {"unit": units, "person": people, "position": posts} | changes


def row(made: Records, table: str, subject: str) -> dict[str, Any]:
    return made[table].filter(subject=subject).row(0, named=True)


def test_no_name_and_no_nip_is_an_engine_input() -> None:
    made = records(small_city())
    assert all("name" not in schema and "nip" not in schema for schema in RECORD_SCHEMAS.values())
    cells = str([made[table].rows() for table in RECORD_SCHEMAS])
    assert BUDI not in cells
    assert "Santoso" not in cells


def test_an_empty_file_gives_empty_tables() -> None:
    made = records({})
    assert {table: made[table].height for table in RECORD_SCHEMAS} == dict.fromkeys(RECORD_SCHEMAS, 0)


def test_every_table_of_the_engine_belongs_to_a_field_group() -> None:
    assert {table for tables in FIELD_GROUPS.values() for table in tables} == set(RECORD_SCHEMAS) - {"standard"}


# -- posts


def test_the_post_is_found_by_its_code() -> None:
    person = row(records(office()), "person", "s-budi")
    assert (person["tier"], person["post_fields"]) == ("PENGAWAS", ["hukum", "ekonomi"])


def test_a_post_without_code_is_found_by_its_name_in_the_persons_unit() -> None:
    assert row(records(office()), "person", "s-siti")["tier"] == "JF_AHLI_MUDA"


def test_a_name_that_several_posts_share_is_nobodys_elsewhere() -> None:
    tables = office()
    tables["person"] = tables["person"].with_columns(unit_code=pl.lit(None, pl.String))
    assert row(records(tables), "person", "s-siti")["tier"] is None


def test_the_standard_is_the_posts_own_or_else_its_tiers() -> None:
    standards = rows_of(
        "competency_standard",
        {"position_code": "J1", "competency": "INTEGRITAS", "level": 3, "weight": Decimal("1.5")},
        {"position_code": "JENJANG:JF_AHLI_MUDA", "competency": "INTEGRITAS", "level": 2},
    )
    made = records(office(competency_standard=standards))
    assert row(made, "person", "s-budi")["standard"] == "J1"
    assert row(made, "person", "s-siti")["standard"] == "JENJANG:JF_AHLI_MUDA"
    assert made["standard"].rows() == [("J1", "INTEGRITAS", 3, 15000), ("JENJANG:JF_AHLI_MUDA", "INTEGRITAS", 2, None)]
    assert row(records(office()), "person", "s-budi")["standard"] is None


# -- coverage


def letter(unit: str, day: date) -> dict[str, Any]:
    return {"unit_code": unit, "register": "diklat", "complete_on": day}


def test_a_letter_covers_its_unit_and_all_below_it() -> None:
    tables = office(register_coverage=rows_of("register_coverage", letter("U1", date(2026, 1, 1))))
    assert records(tables)["coverage"].rows() == [
        ("s-budi", "diklat", date(2026, 1, 1)),
        ("s-siti", "diklat", date(2026, 1, 1)),
    ]
    tables = office(register_coverage=rows_of("register_coverage", letter("U2", date(2026, 1, 1))))
    assert records(tables)["coverage"]["subject"].to_list() == ["s-budi"]


def test_of_several_letters_the_latest_counts() -> None:
    letters = rows_of("register_coverage", letter("U1", date(2026, 1, 1)), letter("U2", date(2025, 1, 1)))
    covered = records(office(register_coverage=letters))["coverage"]
    assert covered.filter(subject="s-budi")["complete_on"].to_list() == [date(2026, 1, 1)]


def test_a_letter_reaches_a_unit_that_has_no_row_of_its_own() -> None:
    tables = office(register_coverage=rows_of("register_coverage", letter("U2", date(2026, 1, 1))))
    del tables["unit"]
    assert records(tables)["coverage"]["subject"].to_list() == ["s-budi"]


def test_a_person_may_be_verified_as_having_none() -> None:
    tables = office()
    tables["person"] = tables["person"].with_columns(verified_none=pl.Series([["disiplin", "diklat"], None]))
    assert records(tables)["coverage"].rows() == [("s-budi", "diklat", None), ("s-budi", "disiplin", None)]


def test_a_register_of_which_a_row_was_left_out_is_not_complete() -> None:
    tables = office(register_coverage=rows_of("register_coverage", letter("U1", date(2026, 1, 1))))
    withheld = pl.DataFrame({"nip": [BUDI, SITI], "table": ["training", "education"]})
    assert records(tables, withheld=withheld)["coverage"]["subject"].to_list() == ["s-siti"]


# -- facts


def test_last_days_become_exclusive_ends() -> None:
    team = {"nip": BUDI, "role": "KETUA", "scope": "INTERNAL", "started_on": date(2025, 1, 1)}
    training = {"nip": BUDI, "name": "x", "completed_on": date(2024, 2, 28), "valid_through": date(2028, 2, 28)}
    made = records(
        office(
            team_role=rows_of("team_role", team | {"ended_through": date(2025, 12, 31)}),
            training=rows_of("training", training),
        )
    )
    assert row(made, "team_role", "s-budi")["ended_before"] == date(2026, 1, 1)
    assert row(made, "training", "s-budi")["expires_on"] == date(2028, 2, 29)


def test_numbers_become_whole_ten_thousandths() -> None:
    level = {"nip": BUDI, "assessed_on": date(2025, 5, 5), "competency": "INTEGRITAS", "level": Decimal("3.3333")}
    made = records(office(competency_assessment=rows_of("competency_assessment", level)))
    assert row(made, "competency", "s-budi")["level_e4"] == 33333


def test_the_tier_of_a_duty_is_that_of_the_post() -> None:
    acting = {"nip": BUDI, "position_code": "J3", "kind": "PLT", "started_on": date(2025, 1, 1)}
    career = {"nip": BUDI, "title": "x", "position_code": "J3", "started_on": date(2020, 1, 1)}
    made = records(
        office(
            acting_assignment=rows_of("acting_assignment", acting, acting | {"position_code": "J?", "kind": "PLH"}),
            career_entry=rows_of("career_entry", career, career | {"title": "y", "tier": "PENGAWAS"}),
        )
    )
    assert made["acting"].select("kind", "tier").rows() == [("PLT", "JF_AHLI_MADYA"), ("PLH", None)]
    assert made["career"]["tier"].to_list() == ["JF_AHLI_MADYA", "PENGAWAS"]


def test_a_field_of_study_is_the_rows_own_or_else_that_of_its_major() -> None:
    majors = rows_of("field_of_study", {"major": "Hukum Tata Negara", "field": "Hukum", "related_fields": ["Politik "]})
    degrees = rows_of(
        "education",
        {"nip": BUDI, "level": "S1", "major": "hukum tata negara"},
        {"nip": BUDI, "level": "S2", "major": "Hukum Tata Negara", "field": "Kenegaraan"},
        {"nip": BUDI, "level": "S3", "major": "Astronomi"},
    )
    made = records(office(field_of_study=majors, education=degrees))
    assert made["education"].select("level", "field", "related_fields").rows() == [
        ("S1", "hukum", ["politik"]),
        ("S2", "kenegaraan", ["politik"]),
        ("S3", None, None),
    ]


def test_facts_of_others_are_left_aside_and_rows_keep_their_place_by_key() -> None:
    ratings = rows_of(
        "performance_rating",
        {"nip": RUDI, "year": 2025, "rating": "BAIK"},
        {"nip": BUDI, "year": 2025, "rating": "BAIK"},
        {"nip": BUDI, "year": 2024, "period": "TW1", "rating": "BAIK"},
        {"nip": BUDI, "year": 2024, "rating": "BAIK"},
    )
    made = records(office(performance_rating=ratings))["rating"].sort("source")
    assert made.select("subject", "source", "year", "period").rows() == [
        ("s-budi", 0, 2024, None),
        ("s-budi", 1, 2024, "TW1"),
        ("s-budi", 2, 2025, None),
    ]
    assert by_key("performance_rating", ratings).row(1, named=True)["period"] == "TW1"


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    tables = small_city()
    shuffled = {name: frame.sample(fraction=1.0, shuffle=True, seed=seed) for name, frame in tables.items()}
    one, other = records(tables), records(shuffled)
    for table in RECORD_SCHEMAS:
        columns = list(RECORD_SCHEMAS[table])[:4]
        assert one[table].sort(columns).equals(other[table].sort(columns)), table
