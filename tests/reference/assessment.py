"""Competence and potential, from an assessment's details or a report's total (`docs/scoring.md` §5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from nawa.engine.parameters import Parameters, Source
from tests.reference.days import begun, in_window, years_after
from tests.reference.findings import UNKNOWN, Finding, Row, Rows, by_source, capped, mean, measured
from tests.reference.performance import Mine


def competence(mine: Mine, p: Parameters, on: date) -> Finding:
    """COMPETENCE: job-person match, from the first source that gives it."""
    for source in p.assessment.competence_sources:
        if source == Source.DETAIL:
            finding = _competence_detail(mine, p, on)
        else:
            finding = _total(mine, "job_person_match_e4", p, on)
        if isinstance(finding.raw, int):
            return replace(finding, points=capped(finding.raw * p.assessment.points_per_match))
    return UNKNOWN


def potential(mine: Mine, p: Parameters, on: date) -> Finding:
    """POTENTIAL: the aspects of one assessment, or a report's total."""
    for source in p.assessment.potential_sources:
        if source == Source.DETAIL:
            finding = _potential_detail(mine, p, on)
        else:
            finding = _total(mine, "potential_score_e4", p, on)
        if finding is not UNKNOWN:
            return finding
    return UNKNOWN


def _competence_detail(mine: Mine, p: Parameters, on: date) -> Finding:
    standard = {row["competency"]: row for row in mine["standard"]}
    rows = [{**row, "what": row["competency"], "value": row["level_e4"]} for row in mine["competency"]]

    weights = _standard_weights(mine["standard"])

    def match(levels: dict[str, Fraction]) -> Fraction:
        reached = wanted = Fraction(0)
        for what, row in standard.items():
            level = min(levels[what], row["level"]) if p.assessment.cap_levels else levels[what]
            reached += level * weights[what]
            wanted += row["level"] * weights[what]
        return 100 * reached / wanted

    return _detail(rows, tuple(standard), "competency", match, p, on)


def _standard_weights(standard: Rows) -> dict[str, Fraction]:
    weights = {row["competency"]: row["weight_e4"] for row in standard}
    if None in weights.values() or not any(weights.values()):
        return {what: Fraction(1) for what in weights}
    return {what: Fraction(weight, 10_000) for what, weight in weights.items()}


def _potential_detail(mine: Mine, p: Parameters, on: date) -> Finding:
    rows = [{**row, "what": row["aspect"], "value": row["value_e4"]} for row in mine["potential"]]
    aspects, greatest = p.assessment.potential_aspects, p.assessment.greatest_aspect_value

    def share(values: dict[str, Fraction]) -> Fraction:
        reached = sum((min(value, greatest) for value in values.values()), Fraction(0))
        return reached / (len(aspects) * greatest) * 100

    return _detail(rows, aspects, "potential", share, p, on)


def _detail(
    rows: Rows,
    wanted: Sequence[str],
    table: str,
    result: Callable[[dict[str, Fraction]], Fraction],
    p: Parameters,
    on: date,
) -> Finding:
    """The result of the latest assessment date in the window that has a value for everything wanted."""
    usable = [row for row in rows if row["value"] is not None and in_window(row["assessed_on"], p.assessment.years, on)]
    for assessed_on in sorted({row["assessed_on"] for row in usable}, reverse=True):
        used = {what: _spoken_for(usable, assessed_on, what) for what in wanted}
        if wanted and all(used.values()):
            values = {what: mean([Fraction(row["value"], 10_000) for row in used[what]]) for what in wanted}
            first = min((row for what in wanted for row in used[what]), key=by_source)
            return measured(result(values), table, first, assessed_on, years_after(assessed_on, p.assessment.years))
    return UNKNOWN


def _spoken_for(rows: Rows, assessed_on: date, what: str) -> list[Row]:
    """The rows of one competency or aspect on one date: those of the plenary if there are any, else the others."""
    these = [row for row in rows if row["assessed_on"] == assessed_on and row["what"] == what]
    return [row for row in these if row["kind"] == "PLENO"] or these


def _total(mine: Mine, column: str, p: Parameters, on: date) -> Finding:
    holding = []
    for row in mine["assessment_total"]:
        if row[column] is None or not begun(row["assessed_on"], on):
            continue
        expires_on = row["expires_on"] or years_after(row["assessed_on"], p.assessment.years)
        if on < expires_on:
            holding.append((row["assessed_on"], expires_on, -row["source"], row))
    if not holding:
        return UNKNOWN
    assessed_on, expires_on, _, row = max(holding, key=lambda held: held[:3])
    return measured(Fraction(row[column], 10_000), "assessment_total", row, assessed_on, expires_on)
