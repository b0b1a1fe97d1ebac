"""The components of the potential axis that come from a person's record (`docs/scoring.md` §5)."""

from __future__ import annotations

from datetime import date

from nawa.engine.parameters import Band, Component, Parameters
from tests.reference.days import begun, in_window, whole_months, years_after
from tests.reference.findings import UNKNOWN, Finding, Row, Rows, banded, best, by_source, known
from tests.reference.performance import Mine


def training(mine: Mine, p: Parameters, on: date) -> Finding:
    """TRAINING: how many courses, or how many hours of them, inside the window."""
    years, hourly = p.learning.training_years, p.learning.training_measure == "HOURS"
    counting = [
        (row, years_after(row["completed_on"], years))
        for row in mine["training"]
        if row["kind"] != "SERTIFIKASI"
        and in_window(row["completed_on"], years, on)
        and not (hourly and row["hours"] is None)
    ]
    number = sum(row["hours"] for row, _ in counting) if hourly else len(counting)
    return _numbered(number, counting, p.learning.training_bands, p.weighing[Component.TRAINING].none_points)


def certification(mine: Mine, p: Parameters, on: date) -> Finding:
    """CERTIFICATION: how many certificates hold."""
    counting = []
    for row in mine["training"]:
        if row["kind"] == "SERTIFIKASI" and begun(row["completed_on"], on):
            expires_on = row["expires_on"] or years_after(row["completed_on"], p.learning.certification_years)
            if on < expires_on:
                counting.append((row, expires_on))
    below = p.weighing[Component.CERTIFICATION].none_points
    return _numbered(len(counting), counting, p.learning.certification_bands, below)


def _numbered(number: int, counting: list[tuple[Row, date]], bands: tuple[Band, ...], below: int) -> Finding:
    if not counting:
        return UNKNOWN
    row, expires_on = max(counting, key=lambda held: (held[0]["completed_on"], held[1], -held[0]["source"]))
    return known(number, banded(number, bands, below), "training", row, row["completed_on"], expires_on)


def tenure(mine: Mine, p: Parameters, on: date) -> Finding:
    """TENURE: months in the current tier, spells merged."""
    (person,) = mine["person"]
    career = [
        row
        for row in _definitive(mine["career"], on)
        if row["tier"] == person["tier"] and (row["ended_before"] or date.max) > row["started_on"]
    ]
    spells = [(row["started_on"], min(on, row["ended_before"] or on)) for row in career]
    in_post = begun(person["position_since"], on)
    if in_post:
        spells.append((person["position_since"], on))
    if person["tier"] is None or not spells:
        return UNKNOWN
    months = _months(_merged(spells))
    points = banded(months, p.career.tenure_bands, p.weighing[Component.TENURE].none_points)
    if in_post:
        return known(months, points, "person", person, person["position_since"])
    latest = _latest(career)
    return known(months, points, "career", latest, latest["started_on"])


def _definitive(career: Rows, on: date) -> list[Row]:
    return [row for row in career if row["assignment"] in (None, "D") and begun(row["started_on"], on)]


def _latest(career: Rows) -> Row:
    return max(career, key=lambda row: (row["started_on"], -row["source"]))


def _merged(spells: list[tuple[date, date]]) -> list[tuple[date, date]]:
    merged: list[tuple[date, date]] = []
    for begin, end in sorted(spells):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _months(spells: list[tuple[date, date]]) -> int:
    parts = [whole_months(begin, end) for begin, end in spells]
    return sum(months for months, _ in parts) + sum(days for _, days in parts) // 30


def breadth(mine: Mine, p: Parameters, on: date) -> Finding:
    """BREADTH: across institutions, across units, or within one."""
    definitive = _definitive(mine["career"], on)
    institutions = {name for row in definitive if (name := _name(row["institution"]))}
    units = {name for row in definitive if (name := _name(row["unit"]))}
    naming = [row for row in definitive if _name(row["institution"]) or _name(row["unit"])]
    if not naming:
        return UNKNOWN
    code = "CROSS_INSTITUTION" if len(institutions) > 1 else "CROSS_UNIT" if len(units) > 1 else "ONE_UNIT"
    latest = _latest(naming)
    return known(code, p.career.breadth_points[code], "career", latest, latest["started_on"])


def _name(text: str | None) -> str:
    return (text or "").strip().casefold()


def acting(mine: Mine, p: Parameters, on: date) -> Finding:
    """ACTING: the duty as acting holder that earns most, higher or same against the definitive tier of its day."""
    findings = []
    for table, kind_column in (("acting", "kind"), ("career", "assignment")):
        for row in mine[table]:
            kind = row[kind_column]
            if kind not in ("PLT", "PLH", "PJ") or not begun(row["started_on"], on):
                continue
            code = kind if kind == "PJ" else f"{kind}_{_height(row, mine, p)}"
            if code in p.career.acting_points:
                findings.append(known(code, p.career.acting_points[code], table, row, row["started_on"]))
    return best(findings)


def _height(duty: Row, mine: Mine, p: Parameters) -> str:
    rank = p.career.tier_rank
    held = [
        (row["started_on"], rank[row["tier"]])
        for row in _definitive(mine["career"], duty["started_on"])
        if row["tier"] in rank
    ]
    own = max(held)[1] if held else rank.get(mine["person"][0]["tier"])
    acted = rank.get(duty["tier"])
    return "HIGHER" if own is not None and acted is not None and acted > own else "SAME"


def education(mine: Mine, p: Parameters, on: date) -> Finding:
    """EDUCATION: the highest level."""
    return best(
        known(row["level"], p.education_points[row["level"]], "education", row)
        for row in mine["education"]
        if row["level"] in p.education_points
    )


def field(mine: Mine, p: Parameters, on: date) -> Finding:
    """FIELD: the person's fields of study against those that the current post asks for."""
    wanted = set(mine["person"][0]["post_fields"] or ())
    asked = sorted((row for row in mine["education"] if row["field"] is not None), key=by_source)
    if not wanted or not asked:
        return UNKNOWN
    suitable = [row for row in asked if row["field"] in wanted]
    related = [row for row in asked if wanted & set(row["related_fields"] or ())]
    for code, rows in (("SUITABLE", suitable), ("RELATED", related), ("UNSUITABLE", asked)):
        if rows:
            return known(code, p.field_points[code], "education", rows[0])
    return UNKNOWN


def discipline(mine: Mine, p: Parameters, on: date) -> Finding:
    """DISCIPLINE: serving a sanction now, else the heaviest that the window still holds."""
    serving, past = [], []
    for row in mine["discipline"]:
        if row["state"] in ("PROSES", "BATAL") or not begun(row["started_on"], on):
            continue
        ended = row["ended_before"]
        open_ended = ended is None and row["state"] != "SELESAI"
        expires_on = None if open_ended else years_after(ended or row["started_on"], p.discipline.years)
        if open_ended or (ended is not None and on < ended):
            points = p.discipline.serving_points
            serving.append(known("SERVING", points, "discipline", row, row["started_on"], expires_on))
        elif expires_on is not None and on < expires_on and row["level"] in p.discipline.points:
            points = p.discipline.points[row["level"]]
            past.append(known(row["level"], points, "discipline", row, row["started_on"], expires_on))
    return best(serving or past, lowest=True)
