"""The four components of the performance axis, row by row (`docs/scoring.md` §5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from nawa.engine.parameters import Parameters
from tests.reference.days import in_window, years_after
from tests.reference.findings import UNKNOWN, Finding, Row, Rows, best, by_source, known, mean, measured

Mine = Mapping[str, Rows]
"""One person's rows by engine table; `person` holds one row, `standard` the rows of the person's standard."""


def required_year(p: Parameters, on: date) -> int:
    """The latest year whose rating is due on `on`."""
    return on.year - 1 if on >= due_on(p, on.year - 1) else on.year - 2


def due_on(p: Parameters, year: int) -> date:
    """The day on which the rating of `year` is due."""
    return date(year + 1, p.rating.due_month, 1)


def rating_code(p: Parameters, row: Row) -> str | None:
    """A rating row's code: as given, else by the matrix, else by the former score."""
    if row["rating"] is not None:
        return str(row["rating"])
    by_matrix = p.rating.matrix.get((row["results"], row["behaviour"]))
    if by_matrix is not None or row["former_score_e4"] is None:
        return by_matrix
    for least, code in sorted(p.rating.former_bands, reverse=True):
        if row["former_score_e4"] >= least * 10_000:
            return code
    return None


def rating(mine: Mine, p: Parameters, on: date) -> Finding:
    """RATING: the annual rating of the required year, or the mean of it and the years before."""
    required = required_year(p, on)
    annual = {row["year"]: row for row in mine["rating"] if row["period"] is None}
    codes = [rating_code(p, annual[year]) if year in annual else None for year in _years(p, required)]
    points = [p.rating.points[code] for code in codes if code is not None and code in p.rating.points]
    if len(points) < p.rating.years:
        return UNKNOWN
    shown = measured(mean(points), "rating", annual[required], date(required, 12, 31), due_on(p, required + 1))
    return Finding(shown.state, codes[0], shown.points, shown.on, shown.expires_on, shown.table, shown.source)


def _years(p: Parameters, required: int) -> range:
    return range(required, required - p.rating.years, -1)


def award(mine: Mine, p: Parameters, on: date) -> Finding:
    """AWARD: the highest level inside the window."""
    return best(
        known(
            row["level"],
            p.award_points[row["level"]],
            "award",
            row,
            row["awarded_on"],
            years_after(row["awarded_on"], p.award_years),
        )
        for row in mine["award"]
        if row["level"] in p.award_points and in_window(row["awarded_on"], p.award_years, on)
    )


def team(mine: Mine, p: Parameters, on: date) -> Finding:
    """TEAM: the highest role, until some years after its end."""
    findings = []
    for row in mine["team_role"]:
        place, began = (row["role"], row["scope"]), row["started_on"]
        if place not in p.team_points or began is None:
            continue
        expires_on = years_after(row["ended_before"] or began, p.team_years)
        if began <= on < expires_on:
            findings.append(known("_".join(place), p.team_points[place], "team_role", row, began, expires_on))
    return best(findings)


def feedback(mine: Mine, p: Parameters, on: date) -> Finding:
    """FEEDBACK: the latest period inside the window, relations averaged by their weights."""
    counting = [row for row in mine["feedback"] if _feedback_counts(row, p, on)]
    if not counting:
        return UNKNOWN
    period = max(row["period"] for row in counting)
    latest = [row for row in counting if row["period"] == period]
    combined = [row for row in latest if _relation(row) == "GABUNGAN"]
    used = combined or latest
    expires_on = due_on(p, int(period[:4]) + 1)
    return measured(_feedback_mean(used, p), "feedback", min(used, key=by_source), None, expires_on)


def _relation(row: Row) -> str:
    return str(row["relation"] or "GABUNGAN")


def _feedback_counts(row: Row, p: Parameters, on: date) -> bool:
    relation, period = _relation(row), re.match(r"[0-9]{4}", row["period"] or "")
    return (
        period is not None
        and required_year(p, on) <= int(period.group()) <= on.year
        and relation != "DIRI"
        and (relation == "GABUNGAN" or p.feedback.relation_weights.get(relation, 0) > 0)
        and _feedback_points(row, p) is not None
    )


def _feedback_points(row: Row, p: Parameters) -> Fraction | None:
    if row["value_e4"] is not None:
        return Fraction(row["value_e4"] * p.feedback.points_per_value, 10_000)
    points = p.feedback.points.get(row["rating"])
    return None if points is None else Fraction(points)


def _feedback_mean(rows: Rows, p: Parameters) -> Fraction:
    by_relation: dict[str, list[Fraction]] = {}
    for row in rows:
        points = _feedback_points(row, p)
        if points is not None:
            by_relation.setdefault(_relation(row), []).append(points)
    if set(by_relation) == {"GABUNGAN"}:
        return mean(by_relation["GABUNGAN"])
    weights = {relation: p.feedback.relation_weights[relation] for relation in by_relation}
    total = sum((mean(values) * weights[relation] for relation, values in by_relation.items()), Fraction(0))
    return total / sum(weights.values())
