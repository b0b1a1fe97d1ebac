"""What likely makes SIMATA's value another than ours. A cause is named only where it makes the difference vanish.

For each column first: another rule that a source states (each rival value, mapped anew), or one factor for all. It is
accepted where it explains at least half of those affected, at least three, and more than it would newly set apart. What
is left is explained person by person: evidence that is not there, a zero for the unknown, an axis that follows from its
indicators, a box that follows from its axes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from nawa.engine.ninebox import box as box_of
from nawa.engine.parameters import INDICATOR_OF, Axis, Component, Parameters, State
from nawa.exchange.enums import Cause
from nawa.exchange.frames.beside import AXES, BOX, INDICATORS, differs, indicator_of, rows_of
from nawa.workbook.notation import AXIS_COLUMN, AxisReading, Notation

LEAST: Final = 3
"""People whom a rule of a whole column must explain."""

_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """A cause of a whole column: it explains so many of those affected, and would set so many others apart."""

    item: str
    cause: Cause
    argument: str
    explained: int
    affected: int
    broken: int

    def as_list(self) -> list[str | int]:
        """Return it as plain data, to be kept."""
        return [self.item, str(self.cause), self.argument, self.explained, self.affected, self.broken]


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared: everybody on both sides (`beside`, with our map's columns), and under which numbers.

    `rivals` are the values (`values_of`) and numbers that each rival rule gives; `without` those of a map in which the
    evidence shown for everybody is left out.
    """

    both: pl.DataFrame
    tolerances: Mapping[str, float]
    readings: Sequence[AxisReading]
    parameters: Parameters
    rivals: Mapping[str, tuple[pl.DataFrame, Parameters]]
    without: pl.DataFrame


def explain(case: Case) -> tuple[pl.DataFrame, list[Finding]]:
    """Return all differences (`beside.SCHEMA`) with their causes, and what was found about whole columns."""
    found = [_indicator(case, item) for item in INDICATORS if item in case.tolerances]
    rows = [rows for rows, _findings in found]
    findings = [one for _rows, some in found for one in some]
    for axis in Axis:
        if AXIS_COLUMN[axis] in case.tolerances:
            of_axis, more = _axis(case, axis, pl.concat(rows) if rows else None)
            rows.append(of_axis)
            findings += more
    if BOX in case.tolerances:
        of_box, more = _box(case)
        rows.append(of_box)
        findings += more
    return (pl.concat(rows) if rows else rows_of(case.both.clear(), BOX)), findings


# -- whole columns


def _rule(case: Case, item: str, open_people: pl.DataFrame) -> Finding | None:
    """Return the rival rule that explains most of these people, where it explains enough."""
    best: Finding | None = None
    for name, (values, _numbers) in case.rivals.items():
        tried = case.both.join(values.select("subject", pl.col(item).alias("tried")), on="subject", how="left")
        fits = (pl.col("tried") - pl.col(f"{item}_there")).abs() <= case.tolerances[item]
        one = _finding(tried.with_columns(fits.fill_null(value=False).alias("fits")), case, item, open_people, name)
        best = max(filter(None, (best, one)), key=lambda it: (it.explained - it.broken, it.explained), default=None)
    return best


def _finding(tried: pl.DataFrame, case: Case, item: str, open_people: pl.DataFrame, name: str) -> Finding | None:
    is_open = pl.col("person_id").is_in(open_people["person_id"].implode())
    same = ~differs(item, case.tolerances[item]) & pl.col(item).is_not_null()
    counted = tried.select((is_open & pl.col("fits")).sum().alias("fit"), (same & ~pl.col("fits")).sum().alias("apart"))
    explained, broken = counted.row(0)
    if not _enough(explained, broken, open_people.height):
        return None
    return Finding(item, Cause.RULE, name, explained, open_people.height, broken)


def _enough(explained: int, broken: int, affected: int) -> bool:
    return explained >= LEAST and 2 * (explained - broken) >= affected


def _factor(case: Case, item: str, affected: pl.DataFrame) -> tuple[Finding, float] | None:
    """Return the one factor between their values and ours, where most of those affected agree on it."""
    ours, theirs, tolerance = pl.col(item), pl.col(f"{item}_there"), case.tolerances[item]
    both = case.both.filter((ours > 0) & (theirs > 0))
    moved = affected.filter((ours > 0) & (theirs > 0))
    if moved.height < LEAST or moved[item].n_unique() < 2:
        return None
    factor = moved.select((theirs / ours).median()).item()
    fits = (ours * factor - theirs).abs() <= tolerance * max(1.0, factor)
    explained = moved.filter(fits).height
    broken = both.filter(~differs(item, tolerance) & ~fits).height
    if moved.filter(fits)[item].n_unique() < 2 or not _enough(explained, broken, affected.height):
        return None
    return Finding(item, Cause.FACTOR, f"{factor:.4f}", explained, affected.height, broken), factor


def _marked(rows: pl.DataFrame, people: pl.DataFrame, cause: Cause, argument: str = "") -> pl.DataFrame:
    """Name a cause for those of the people whose cause is still open."""
    chosen = pl.col("person_id").is_in(people["person_id"].implode()) & (pl.col("cause") == "")
    return rows.with_columns(
        pl.when(chosen).then(pl.lit(str(cause))).otherwise("cause").alias("cause"),
        pl.when(chosen).then(pl.lit(argument)).otherwise("argument").alias("argument"),
    )


def _left(people: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    return people.join(rows.filter(pl.col("cause") == "").select("person_id"), on="person_id", how="semi")


def _closed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(cause=pl.when(pl.col("cause") == "").then(pl.lit(str(Cause.UNKNOWN))).otherwise("cause"))


# -- indicators


def _indicator(case: Case, item: str) -> tuple[pl.DataFrame, list[Finding]]:
    affected = case.both.filter(differs(item, case.tolerances[item]))
    rows = rows_of(affected, item)
    findings: list[Finding] = []
    rule, factor = _rule(case, item, affected), _factor(case, item, affected)
    if rule and (not factor or rule.explained - rule.broken >= factor[0].explained - factor[0].broken):
        rows, findings = _marked(rows, _fitting(case, item, rule.argument), Cause.RULE, rule.argument), [rule]
    elif factor:
        affected = affected.with_columns((pl.col(f"{item}_there") / factor[1]).alias(f"{item}_there"))
        same = affected.filter(~differs(item, case.tolerances[item] * max(1.0, 1 / factor[1])))
        rows, findings = _marked(rows, same, Cause.FACTOR, factor[0].argument), [factor[0]]
    for cause, people in _personal(case, item, _left(affected, rows)):
        rows = _marked(rows, people, cause)
    return _closed(_with_component(rows, affected, item, case.parameters)), findings


def _fitting(case: Case, item: str, rival: str) -> pl.DataFrame:
    values = case.rivals[rival][0].select("subject", pl.col(item).alias("tried"))
    tried = case.both.join(values, on="subject")
    return tried.filter((pl.col("tried") - pl.col(f"{item}_there")).abs() <= case.tolerances[item])


def _personal(case: Case, item: str, people: pl.DataFrame) -> Iterator[tuple[Cause, pl.DataFrame]]:
    """Yield causes with those whose numbers fit them, the surest first."""
    ours, theirs, tolerance = pl.col(item), pl.col(f"{item}_there"), case.tolerances[item]
    components = _components(item, case.parameters)
    yield Cause.EMPTY_THERE, people.filter(theirs.is_null())
    yield Cause.ZERO_THERE, people.filter(ours.is_null() & (theirs <= tolerance))
    yield Cause.NOT_HERE, people.filter(ours.is_null() & (theirs > tolerance))
    proved = pl.any_horizontal(pl.col(f"{one.lower()}_state") == State.KNOWN for one in components)
    lacking = [(theirs - other).abs() <= tolerance for other in _less(item, components, case.parameters)]
    tried = people.join(case.without.select("subject", pl.col(item).alias("less")), on="subject", how="left")
    lacking.append((theirs - pl.col("less").fill_null(0)).abs() <= tolerance)
    yield Cause.NOT_THERE, tried.filter((theirs < ours) & proved & pl.any_horizontal(lacking))
    none = pl.any_horizontal(pl.col(f"{one.lower()}_state") == State.VERIFIED_NONE for one in components)
    yield Cause.NOT_HERE, people.filter((theirs > ours) & none)


def _components(item: str, parameters: Parameters) -> list[Component]:
    return [one for one in parameters.components if INDICATOR_OF[one] is indicator_of(item)]


def _less(item: str, components: Sequence[Component], parameters: Parameters) -> Iterator[pl.Expr]:
    """Yield the indicator's points without each known component, which then earns nothing or what an empty one does."""
    weights = {one: parameters.weighing[one].weight for one in components}
    for one in components:
        known = pl.col(f"{one.lower()}_state") == State.KNOWN
        for points in {0, parameters.weighing[one].none_points}:
            gone = (pl.col(f"{one.lower()}_points") / _MILLION - points) * weights[one] / sum(weights.values())
            yield pl.when(known).then(pl.col(item) - gone)


def _with_component(rows: pl.DataFrame, people: pl.DataFrame, item: str, parameters: Parameters) -> pl.DataFrame:
    """Name the component whose evidence is to be shown: the known one that earns most, else the first."""
    components = _components(item, parameters)
    if not components or rows.is_empty():
        return rows
    earned = {
        one: pl.when(pl.col(f"{one.lower()}_state") == State.KNOWN)
        .then(pl.col(f"{one.lower()}_points") * parameters.weighing[one].weight)
        .otherwise(-1)
        for one in components
    }
    most = pl.concat_list(earned.values()).list.arg_max().cast(pl.Int64)
    names = {place: str(one) for place, one in enumerate(components)}
    named = people.select("person_id", most.replace_strict(names, return_dtype=pl.String).alias("component"))
    return rows.drop("component").join(named, on="person_id", how="left", maintain_order="left").select(rows.columns)


# -- axes and boxes


def _axis(case: Case, axis: Axis, indicators: pl.DataFrame | None) -> tuple[pl.DataFrame, list[Finding]]:
    item = AXIS_COLUMN[axis]
    reading = next(one for one in case.readings if one.axis is axis)
    affected = case.both.filter(differs(item, case.tolerances[item]))
    rows = _one_sided(rows_of(affected, item), affected, item)
    readable = all(column.notation is not Notation.UNDECIDED for column in reading.columns)
    if readable:
        own = _sum(case, reading, _own_shares(case, reading))
        rows = _marked(rows, _differing(affected, reading, indicators).filter(own), Cause.FOLLOWS)
        rows = _marked(rows, affected.filter(own, _partly(reading)), Cause.PARTLY)
        if reading.weights:
            theirs = _sum(case, reading, [column.weight for column in reading.columns])
            rows = _marked(rows, affected.filter(theirs), Cause.WEIGHTS, reading.weights)
    left = _left(affected, rows)
    rule = _rule(case, item, left)
    if rule:
        rows = _marked(rows, _fitting(case, item, rule.argument), Cause.RULE, rule.argument)
    if readable:
        rows = _marked(rows, affected.filter(~own), Cause.SUM)
    return _closed(rows), [rule] if rule else []


def _partly(reading: AxisReading) -> pl.Expr:
    """Tell whether an indicator is empty here; what is known of it counts on our axis all the same."""
    return pl.any_horizontal(pl.col(column.indicator.lower()).is_null() for column in reading.columns)


def _own_shares(case: Case, reading: AxisReading) -> list[float]:
    base = case.parameters.weight_base[reading.axis]
    return [
        sum(case.parameters.weighing[one].weight for one in _components(column.indicator.lower(), case.parameters))
        / base
        for column in reading.columns
    ]


def _sum(case: Case, reading: AxisReading, weights: Sequence[float]) -> pl.Expr:
    """Tell whether their total is the sum of their indicators under these weights."""
    items = [column.indicator.lower() for column in reading.columns]
    total = pl.sum_horizontal(
        pl.col(f"{item}_there").fill_null(0) * weight for item, weight in zip(items, weights, strict=True)
    )
    item = AXIS_COLUMN[reading.axis]
    slack = sum(
        case.tolerances.get(one, 0) * weight
        for one, weight, column in zip(items, weights, reading.columns, strict=True)
        if column.places
    )
    return ((total - pl.col(f"{item}_there")).abs() <= case.tolerances[item] + slack).fill_null(value=False)


def _differing(affected: pl.DataFrame, reading: AxisReading, indicators: pl.DataFrame | None) -> pl.DataFrame:
    if indicators is None:
        return affected.clear()
    items = [column.indicator.lower() for column in reading.columns]
    return affected.join(indicators.filter(pl.col("item").is_in(items)).select("person_id"), on="person_id", how="semi")


def _one_sided(rows: pl.DataFrame, affected: pl.DataFrame, item: str) -> pl.DataFrame:
    rows = _marked(rows, affected.filter(pl.col(item).is_null()), Cause.UNMAPPED)
    return _marked(rows, affected.filter(pl.col(f"{item}_there").is_null()), Cause.EMPTY_THERE)


def _box(case: Case) -> tuple[pl.DataFrame, list[Finding]]:
    affected = case.both.filter(differs(BOX, 0))
    rows = _one_sided(rows_of(affected, BOX), affected, BOX)
    if not all(axis in case.tolerances for axis in AXES):
        return _closed(rows), []
    rows = _marked(rows, affected.filter(_in_their_box(case, case.parameters)), Cause.FOLLOWS)
    left, best = _left(affected, rows), None
    for name, (_values, numbers) in case.rivals.items():
        if (numbers.cutoffs, numbers.box_table) == (case.parameters.cutoffs, case.parameters.box_table):
            continue
        tried = case.both.with_columns(_in_their_box(case, numbers).alias("fits"))
        one = _finding(tried, case, BOX, left, name)
        best = max(filter(None, (best, one)), key=lambda it: (it.explained - it.broken, it.explained), default=None)
    if best:
        fitting = affected.filter(_in_their_box(case, case.rivals[best.argument][1]))
        rows = _marked(rows, fitting, Cause.RULE, best.argument)
    scored = pl.all_horizontal(pl.col(f"{axis}_there").is_not_null() for axis in AXES)
    return _closed(_marked(rows, affected.filter(scored), Cause.CUTOFFS)), [best] if best else []


def _in_their_box(case: Case, numbers: Parameters) -> pl.Expr:
    """Tell whether their box is that of their own axes under these cut-offs, as far as their decimals tell."""
    ways = [
        box_of(_level(case, Axis.PERFORMANCE, up, numbers), _level(case, Axis.POTENTIAL, right, numbers), numbers)
        for up in (-1, 1)
        for right in (-1, 1)
    ]
    return pl.any_horizontal(way == pl.col(f"{BOX}_there") for way in ways).fill_null(value=False)


def _level(case: Case, axis: Axis, side: int, numbers: Parameters) -> pl.Expr:
    item, cutoffs = AXIS_COLUMN[axis], numbers.cutoffs[axis]
    value = pl.col(f"{item}_there") + side * case.tolerances[item]
    return (value >= cutoffs.middle).cast(pl.Int64) + (value >= cutoffs.high).cast(pl.Int64)
