"""SIMATA's sheet beside a map: our own differs in nothing, and what was made to differ is named as its cause."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from nawa.core.actor import Actor
from nawa.demo.city import build
from nawa.engine.parameters import Component, Indicator, Parameters, State
from nawa.engine.pipeline import map_talent
from nawa.exchange.actions import load_demo_city
from nawa.exchange.enums import Cause
from nawa.exchange.frames import Compared, compare, sheet_of, simata
from nawa.exchange.frames.beside import values_of
from nawa.policy.keeping import alternatives_of
from nawa.policy.loading import Policy, load
from nawa.registry.models import Person
from nawa.talent.actions import run_mapping
from nawa.talent.frames import map_of
from nawa.talent.models import MappingRun
from nawa.talent.queries.inputs import kept_records
from nawa.talent.queries.profiles import policy_of
from nawa.workbook.grid import Limits
from nawa.workbook.mapsheets import SIMATA, simata_sheet
from nawa.workbook.notation import Notation
from nawa.workbook.problems import Problem
from nawa.workbook.results import write_sheet
from nawa.workbook.simata import SHEET, TABLE, read_simata_here
from tests.append_only import lift_guards

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)
RIVALS = {"skala-85", "diklat-jam"}
NAMES = {column.heading: column.name for column in SHEET.columns}


@pytest.fixture(scope="module")
def run(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[MappingRun]:
    with django_db_blocker.unblock():
        try:
            load_demo_city(build(people=250, seed=1, on=DAY).tables, seed=1, by=Actor.system("demo"))
            yield run_mapping(policy=load("semarang", on=DAY), on=DAY, by=Actor.system("demo"))
        finally:
            lift_guards()
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def few_rivals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of the rival rules: each costs a map."""

    def some(policy: Policy) -> list[tuple[str, Parameters]]:
        return [(name, numbers) for name, numbers in alternatives_of(policy) if name in RIVALS]

    monkeypatch.setattr(simata, "alternatives_of", some)


@pytest.fixture
def policy(run: MappingRun) -> Policy:
    return policy_of(run)


def typed(sheet: pl.DataFrame) -> pl.DataFrame:
    """Our own sheet as the reader gives it."""
    plain = sheet.rename(NAMES).with_columns(pl.col("box").cast(pl.String)).cast(SHEET.schema)  # type: ignore[arg-type]
    return plain.with_row_index("line", 2).with_columns(pl.col("line").cast(pl.Int64))


@pytest.fixture
def ours(run: MappingRun, policy: Policy) -> pl.DataFrame:
    return typed(sheet_of(run, policy.parameters)[0])


def beside(run: MappingRun, sheet: pl.DataFrame, *problems: Problem) -> Compared:
    return compare(run, policy_of(run), sheet, problems, before=lambda step: None)


def causes(found: Compared, item: str) -> dict[str, int]:
    return dict(found.differences.filter(item=item).group_by("cause").len().iter_rows())


def put(sheet: pl.DataFrame, nips: list[str], **values: object) -> pl.DataFrame:
    chosen = pl.col("nip").is_in(nips)
    return sheet.with_columns(
        pl.when(chosen).then(pl.lit(value, dtype=sheet.schema[name])).otherwise(name).alias(name)
        for name, value in values.items()
    )


def test_our_own_sheet_comes_back_without_a_difference(run: MappingRun, policy: Policy, tmp_path: Path) -> None:
    content, path = io.BytesIO(), tmp_path / "simata.xlsx"
    write_sheet(content, sheet_of(run, policy.parameters)[0], name="simata", file_format="xlsx")
    path.write_bytes(content.getvalue())
    reading = read_simata_here(path, limits=Limits())
    assert reading.problems == ()
    found = beside(run, reading.tables[TABLE].with_columns(reading.rows[TABLE].alias("line")))
    assert found.differences.height == 0
    assert found.findings == []
    assert found.people.height == run.people
    assert found.people.filter(pl.col("box").ne_missing(pl.col("box_there"))).height == 0
    assert {column.notation for axis in found.readings for column in axis.columns} <= {Notation.RAW, Notation.EITHER}


def test_weighted_columns_are_the_same_values(run: MappingRun, ours: pl.DataFrame) -> None:
    weights = {column.indicator: column.weight for axis in beside(run, ours).readings for column in axis.columns}
    weighted = ours.with_columns(
        (pl.col(one.lower()).cast(pl.Float64) * weights[one]).round(4).cast(SHEET.schema["award"])
        for one in (Indicator.AWARD, Indicator.RATING, Indicator.COMPETENCE)
    )
    found = beside(run, weighted)
    assert found.differences.height == 0
    told = {column.indicator: column.notation for axis in found.readings for column in axis.columns}
    assert told[Indicator.AWARD] is told[Indicator.RATING] is told[Indicator.COMPETENCE] is Notation.WEIGHTED
    assert told[Indicator.TEAM] is Notation.RAW


def test_values_rounded_there_are_the_same_values(run: MappingRun, ours: pl.DataFrame) -> None:
    rounded = ours.with_columns(
        pl.col(name).cast(pl.Float64).round(1, mode="half_away_from_zero").cast(SHEET.schema[name])
        for name in ("potential_axis", "performance_axis", "experience", "development", "competence")
    )
    assert beside(run, rounded).differences.filter(pl.col("item") != "box").height == 0


def mapped_under(run: MappingRun, policy: Policy, rival: str) -> pl.DataFrame:
    """The sheet as a map under a rival rule gives it."""
    numbers = dict(alternatives_of(policy))[rival]
    people = run_people(run)
    mapped = map_talent(kept_records(run), numbers, on=run.on).map
    return typed(simata_sheet(people.join(mapped, on="subject"), numbers))


def run_people(run: MappingRun) -> pl.DataFrame:
    rows = list(Person.objects.values_list("public_id", "nip"))
    people = pl.DataFrame(rows, schema=["subject", "nip"], orient="row")
    return people.with_columns(pl.lit("").alias(name) for name in ("name", "unit", "position"))


def test_a_rival_scale_is_named_and_the_axes_follow(run: MappingRun, policy: Policy) -> None:
    found = beside(run, mapped_under(run, policy, "skala-85"))
    told = {one.item: one for one in found.findings}
    assert {one.argument for one in told.values()} == {"skala-85"}
    for item in ("award", "team"):
        assert causes(found, item) == {Cause.RULE: told[item].explained}
        assert (told[item].explained, told[item].broken) == (told[item].affected, 0)
    assert set(causes(found, "performance_axis")) == {Cause.FOLLOWS}
    assert set(causes(found, "box")) <= {Cause.FOLLOWS}
    assert causes(found, "potential_axis") == causes(found, "competence") == {}


def test_a_rival_rule_is_named_beside_people_who_differ_for_another_reason(
    run: MappingRun, policy: Policy, ours: pl.DataFrame
) -> None:
    theirs = mapped_under(run, policy, "skala-85").select("nip", award_there="award")
    sheet = ours.join(theirs, on="nip", how="left").with_columns(award="award_there").drop("award_there")
    found = beside(run, put(sheet, with_award(run, policy, State.KNOWN, 1), award="13.37"))
    counted = causes(found, "award")
    assert counted.pop(Cause.UNKNOWN) == 1
    assert set(counted) == {Cause.RULE}


def test_other_weights_are_told_by_the_totals(run: MappingRun, ours: pl.DataFrame) -> None:
    reading = next(one for one in beside(run, ours).readings if one.axis == "PERFORMANCE")
    weights = {one.indicator.lower(): one.weight for one in reading.columns}
    weights["rating"], weights["award"] = weights["rating"] - 0.1, weights["award"] + 0.1
    total = sum(pl.col(name).cast(pl.Float64).fill_null(0) * weight for name, weight in weights.items())
    scored = pl.when(pl.col("performance_axis").is_not_null()).then(total.round(4))
    found = beside(run, ours.with_columns(scored.cast(SHEET.schema["award"]).alias("performance_axis")))
    assert set(causes(found, "performance_axis")) <= {Cause.WEIGHTS}
    assert causes(found, "performance_axis")
    assert causes(found, "award") == causes(found, "rating") == {}


def test_one_factor_in_a_weighted_column_is_another_weight(run: MappingRun, ours: pl.DataFrame) -> None:
    """Everything is weighted, so that the totals fit any weights; the award's are half of ours."""
    weights = {column.indicator: column.weight for axis in beside(run, ours).readings for column in axis.columns}
    half = {**weights, Indicator.AWARD: weights[Indicator.AWARD] / 2}
    sheet = ours.with_columns(
        (pl.col(one.lower()).cast(pl.Float64) * half[one]).round(4).cast(SHEET.schema["award"]) for one in Indicator
    )
    lost = pl.col("award").cast(pl.Float64).fill_null(0)  # as much as is still there
    scored = (pl.col("performance_axis").cast(pl.Float64) - lost).round(4).cast(SHEET.schema["award"])
    found = beside(run, sheet.with_columns(performance_axis=scored))
    assert set(causes(found, "award")) == {Cause.FACTOR}
    (finding,) = (one for one in found.findings if one.item == "award")
    assert float(finding.argument) == pytest.approx(0.5, abs=0.001)


def with_award(run: MappingRun, policy: Policy, state: State, many: int) -> list[str]:
    mapped = map_of(run, policy.parameters).filter(pl.col("award_state") == state)
    subjects = mapped.sort("subject")["subject"].head(many).to_list()
    return list(Person.objects.filter(public_id__in=subjects).values_list("nip", flat=True))


def test_evidence_that_is_not_there_is_named_with_its_component(
    run: MappingRun, policy: Policy, ours: pl.DataFrame
) -> None:
    nips = with_award(run, policy, State.KNOWN, 2)
    found = beside(run, put(ours, nips, award="0"))
    rows = found.differences.filter(item="award")
    assert causes(found, "award") == {Cause.NOT_THERE: 2}
    assert rows["component"].unique().to_list() == [Component.AWARD]
    assert rows["theirs"].to_list() == [0, 0]


def test_an_empty_cell_a_zero_for_the_unknown_and_evidence_unknown_here(
    run: MappingRun, policy: Policy, ours: pl.DataFrame
) -> None:
    states = (State.KNOWN, State.VERIFIED_NONE, State.UNKNOWN)
    known, none, unknown = (with_award(run, policy, state, 1) for state in states)
    sheet = put(put(put(ours, known, award=None), none, award="75"), unknown, award="0")
    assert causes(beside(run, sheet), "award") == {
        Cause.EMPTY_THERE: 1,
        Cause.NOT_HERE: 1,
        Cause.ZERO_THERE: 1,
    }


def test_a_value_that_nothing_explains_stays_unknown(run: MappingRun, policy: Policy, ours: pl.DataFrame) -> None:
    nips = with_award(run, policy, State.KNOWN, 1)
    assert causes(beside(run, put(ours, nips, award="61.07")), "award") == {Cause.UNKNOWN: 1}


def test_a_box_that_is_not_that_of_its_axes_and_a_total_that_is_no_sum(
    run: MappingRun, policy: Policy, ours: pl.DataFrame
) -> None:
    first, second = ours.filter(box="9")["nip"].head(2)
    found = beside(run, put(put(ours, [first], box="1"), [second], performance_axis="3.25"))
    assert causes(found, "box") == {Cause.CUTOFFS: 1}
    assert causes(found, "performance_axis") == {Cause.SUM: 1}


def test_a_total_that_leaves_out_what_is_partly_known_is_named(
    run: MappingRun, policy: Policy, ours: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of somebody's experience a part is unknown: it is empty on both, and what is known counts on ours alone."""
    weight = {one.indicator: one.weight for axis in beside(run, ours).readings for one in axis.columns}["EXPERIENCE"]
    row = ours.filter(pl.col("experience") > 0, pl.col("potential_axis").is_not_null()).row(0, named=True)
    subject = Person.objects.get(nip=row["nip"]).public_id
    partly = pl.when(pl.col("subject") != subject).then("experience").alias("experience")
    monkeypatch.setattr(simata, "values_of", lambda *given: values_of(*given).with_columns(partly))
    left = round(float(row["potential_axis"]) - float(row["experience"]) * weight, 4)
    found = beside(run, put(ours, [row["nip"]], experience=None, potential_axis=str(left)))
    assert causes(found, "potential_axis") == {Cause.PARTLY: 1}
    assert causes(found, "experience") == {}


def test_who_stands_on_one_sheet_alone_and_rows_that_name_nobody(run: MappingRun, ours: pl.DataFrame) -> None:
    gone = ours["nip"][0]
    strange = ours.tail(1).with_columns(nip=pl.lit("197806262002042002"), line=pl.lit(900, pl.Int64))
    bad = Problem("NIP_LENGTH", "simata", 7, "NIP", "123")
    twice = Problem("ROW_TWICE", "simata", 9)
    found = beside(run, pl.concat([ours.filter(pl.col("nip") != gone), strange]), bad, twice)
    rows = found.differences.filter(item="presence")
    assert causes(found, "presence") == dict.fromkeys(
        (Cause.ONLY_HERE, Cause.ONLY_THERE, Cause.BAD_NIP, Cause.TWICE), 1
    )
    assert rows.filter(cause=Cause.ONLY_HERE)["person_id"].to_list() == [Person.objects.get(nip=gone).pk]
    assert rows.filter(cause=Cause.ONLY_THERE).select("nip", "line").row(0) == ("197806262002042002", 900)
    assert found.people.filter(pl.col("there").is_null()).height == 1


def test_a_column_that_is_empty_there_is_not_compared(run: MappingRun, ours: pl.DataFrame) -> None:
    found = beside(run, ours.with_columns(pl.lit(None, SHEET.schema[name]).alias(name) for name in ("award", "box")))
    assert not {"award", "box"} & set(found.compared)
    assert found.differences.height == 0
    told = {column.indicator: column.notation for axis in found.readings for column in axis.columns}
    assert told[Indicator.AWARD] is Notation.EMPTY
    assert {name for _heading, one in SIMATA for name in [one.lower()]} - {"award"} <= set(found.compared)
