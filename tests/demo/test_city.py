"""The city keeps the workbook's contract at any size, and is the same whenever it is built."""

import hashlib
import json
from datetime import date

import polars as pl
import pytest

from nawa.demo.city import City, build
from nawa.demo.studies import FIELD
from nawa.workbook.sheets import BY_TABLE, SHEETS, Kind, Tables

SMALL_CITY = "fc50bcc570fa055baa1daf5fa30eae91ded4b8f5776550007ffef683087c7af5"
"""Change it only with a change of the city that you mean: people's saved examples change with it."""

PEOPLE_IN = {
    "acting_assignment": ("nip",),
    "performance_rating": ("nip", "rater_nip"),
    "feedback": ("nip", "rater_nip"),
    "relative": ("nip", "relative_nip"),
    "person": ("superior_nip",),
}
DATED = {
    "award": "awarded_on",
    "team_role": "started_on",
    "training": "completed_on",
    "discipline": "started_on",
    "competency_assessment": "assessed_on",
    "potential_assessment": "assessed_on",
    "assessment_result": "assessed_on",
    "technical_score": "assessed_on",
    "competency_test": "tested_on",
    "requirement_statement": "issued_on",
    "acting_assignment": "started_on",
    "rank_entry": "since",
    "career_entry": "started_on",
}


def digest(tables: Tables) -> str:
    """SHA-256 over all rows of all tables, in order."""
    sha = hashlib.sha256()
    for name, frame in tables.items():
        sha.update(name.encode())
        sha.update(json.dumps(frame.rows(), default=str).encode())
    return sha.hexdigest()


@pytest.fixture(params=["small", "whole"])
def city(request: pytest.FixtureRequest) -> City:
    found: City = request.getfixturevalue(request.param)
    return found


def test_every_sheet_is_there_with_its_columns_and_types(city: City) -> None:
    assert list(city.tables) == [sheet.table for sheet in SHEETS]
    for sheet in SHEETS:
        assert dict(city.tables[sheet.table].schema) == sheet.schema, sheet.table
        assert city.tables[sheet.table].height > 0, sheet.table


def test_no_key_stands_twice_and_nothing_required_is_empty(city: City) -> None:
    for sheet in SHEETS:
        frame = city.tables[sheet.table]
        assert not frame.select(pl.struct(sheet.key).is_duplicated().any()).item(), sheet.table
        for column in sheet.columns:
            assert not column.required or frame[column.name].null_count() == 0, (sheet.table, column.name)
        if sheet.one_of:
            assert frame.select(pl.any_horizontal(pl.col(sheet.one_of).is_not_null()).all()).item(), sheet.table


def test_every_code_is_one_of_its_sheet(city: City) -> None:
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.kind in (Kind.CODE, Kind.CODES):
                values = city.tables[sheet.table][column.name].drop_nulls()
                found = {code for cell in values for code in (cell if column.kind is Kind.CODES else [cell])}
                assert found <= set(column.codes), (sheet.table, column.name)


def test_numbers_stay_within_the_limits_of_their_columns(city: City) -> None:
    for sheet in SHEETS:
        for column in sheet.columns:
            values = city.tables[sheet.table][column.name].drop_nulls()
            if values.len() and (column.least is not None or column.most is not None):
                assert column.least is None or values.min() >= column.least, (sheet.table, column.name)
                assert column.most is None or values.max() <= column.most, (sheet.table, column.name)


def test_every_person_named_anywhere_exists(city: City) -> None:
    known = set(city.tables["person"]["nip"])
    for name, frame in city.tables.items():
        for column in PEOPLE_IN.get(name, ("nip",) if "nip" in frame.columns else ()):
            assert set(frame[column].drop_nulls()) <= known, (name, column)


def test_every_unit_post_and_standard_named_anywhere_exists(city: City) -> None:
    units, posts = set(city.tables["unit"]["code"]), set(city.tables["position"]["code"])
    tiers = {f"JENJANG:{tier}" for tier in city.tables["position"]["tier"]}
    for name, frame in city.tables.items():
        for column in frame.columns:
            values = set(frame[column].drop_nulls()) if column.endswith("_code") else set()
            if column in ("unit_code", "parent_code") or (name == "unit" and column == "successor_code"):
                assert values <= units, (name, column)
            elif name == "competency_standard":
                assert values <= posts | {f"JENJANG:{tier}" for tier in BY_TABLE["position"].columns[3].codes}
                assert not values or tiers <= values
            else:
                assert values <= posts, (name, column)


def test_nothing_happens_before_a_person_joined_or_after_today(city: City) -> None:
    joined = city.tables["career_entry"].group_by("nip").agg(pl.col("started_on").min().alias("joined"))
    for name, column in DATED.items():
        rows = city.tables[name].join(joined, on="nip")
        assert rows.height == city.tables[name].height, name
        assert (rows[column] >= rows["joined"]).all(), name
        assert (rows[column] <= date(2026, 11, 1)).all(), name


def test_people_are_adults_when_they_join_and_not_yet_retired(city: City) -> None:
    people = city.tables["person"].join(
        city.tables["career_entry"].group_by("nip").agg(pl.col("started_on").min().alias("joined")), on="nip"
    )
    assert (people["joined"] >= people["born_on"].dt.offset_by("18y")).all()
    assert (people["retires_on"] > date(2026, 11, 1)).all()
    assert (people["retires_on"].dt.day() == 1).all()


def test_a_career_has_no_gap_and_ends_in_todays_post(city: City) -> None:
    career = city.tables["career_entry"].filter(assignment="D").sort("nip", "started_on")
    following = career.with_columns(pl.col("started_on").shift(-1).over("nip").alias("next"))
    moved = following.filter(pl.col("next").is_not_null())
    assert (moved["ended_through"].dt.offset_by("1d") == moved["next"]).all()
    last = following.filter(pl.col("next").is_null()).join(city.tables["person"], on="nip")
    assert last.height == city.tables["person"].height
    assert last["ended_through"].null_count() == last.height
    assert (last["position_code"] == last["position_code_right"]).all()
    assert (last["started_on"] == last["position_since"]).all()


def test_ranks_rise_to_todays(city: City) -> None:
    ranks = city.tables["rank_entry"].sort("nip", "since")
    civil = ranks.filter(pl.col("rank").str.contains("/"))
    rising = civil.with_columns(pl.col("rank").shift(1).over("nip").alias("before")).drop_nulls("before")
    assert (rising["rank"] > rising["before"]).all()  # I/a < … < IV/e also as text
    last = ranks.group_by("nip", maintain_order=True).last().join(city.tables["person"], on="nip")
    assert (last["rank"] == last["rank_right"]).all()
    assert (last["since"] == last["rank_since"]).all()


def test_managers_have_the_rank_and_education_of_their_post(city: City) -> None:
    posts = city.tables["position"].filter(pl.col("echelon").is_not_null())
    people = city.tables["person"].join(posts, left_on="position_code", right_on="code")
    assert (people["rank"] >= people["least_rank"]).all()
    levels = {"JPT_PRATAMA": {"S1", "S2", "S3"}, "ADMINISTRATOR": {"S1", "S2", "S3"}}
    schooling = city.tables["education"].join(people.select("nip", "tier"), on="nip")
    for tier, enough in levels.items():
        of_tier = schooling.filter(tier=tier)
        assert of_tier.filter(pl.col("level").is_in(list(enough)))["nip"].n_unique() == of_tier["nip"].n_unique()


def test_raters_lead_somebody_and_nobody_rates_oneself(city: City) -> None:
    ratings = city.tables["performance_rating"].drop_nulls("rater_nip")
    assert (ratings["rater_nip"] != ratings["nip"]).all()
    superiors = set(city.tables["person"]["superior_nip"].drop_nulls())
    assert ratings.select(pl.col("rater_nip").is_in(list(superiors)).mean()).item() > 0.95


def test_the_rating_is_the_cell_of_results_and_behaviour(city: City) -> None:
    cells = city.tables["performance_rating"].select("results", "behaviour", "rating").unique()
    assert cells.select(pl.struct("results", "behaviour").is_unique().all()).item()
    assert cells.filter(results="DI_ATAS", behaviour="DI_ATAS")["rating"].to_list() == ["SANGAT_BAIK"]


def test_a_register_verified_as_empty_holds_no_row(city: City) -> None:
    verified = city.tables["person"].select("nip", "verified_none").drop_nulls()
    assert verified.height > 0
    for sheet in SHEETS:
        claimed = verified.filter(pl.col("verified_none").list.contains(sheet.name))
        if claimed.height:
            assert claimed.join(city.tables[sheet.table], on="nip", how="semi").is_empty(), sheet.name


def test_related_fields_of_study_are_fields_too() -> None:
    assert all(other in FIELD for field in FIELD.values() for other in field.related)


def test_the_same_arguments_build_the_same_city(small: City) -> None:
    assert digest(build(people=300, seed=1).tables) == digest(small.tables)


def test_the_small_city_is_pinned(small: City) -> None:
    assert digest(small.tables) == SMALL_CITY


def test_another_seed_builds_another_city_of_the_same_size(small: City) -> None:
    other = build(people=300, seed=2)
    assert digest(other.tables) != digest(small.tables)
    assert other.tables["person"].height == small.tables["person"].height
    assert other.tables["unit"].equals(small.tables["unit"])


def test_the_city_of_another_day_ends_on_that_day() -> None:
    earlier = build(people=300, on=date(2024, 2, 29)).tables
    assert earlier["performance_rating"]["year"].max() == 2023
    assert earlier["training"]["completed_on"].max() <= date(2024, 2, 29)
    assert earlier["service_indicator"]["period"].max() == "2024-01"


def test_too_small_a_city_is_refused_with_the_least_number() -> None:
    with pytest.raises(ValueError, match="sekurang-kurangnya 250 pegawai"):
        build(people=100)
