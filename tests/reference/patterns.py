"""One person for every pattern of missing evidence: each counted component with plain evidence, or without any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from nawa.engine.parameters import Component, Parameters
from nawa.engine.tables import RECORD_SCHEMAS
from tests.reference.days import months_after
from tests.reference.engine import REGISTER
from tests.reference.people import COMPETENCIES, NewRow, Tables
from tests.reference.performance import required_year

NOBODY: NewRow = {
    "staff_kind": "PNS",
    "legal_status": "AKTIF",
    "inactive_since": None,
    "tier": None,
    "position_since": None,
    "standard": None,
    "post_fields": None,
}


def every_pattern(p: Parameters, on: date) -> Tables:
    """2^14 people: person n has evidence of component k where bit k is set; registers are covered or not in turn."""
    tables: Tables = {name: [] for name in RECORD_SCHEMAS}
    tables["standard"] = [{"standard": "J1", "competency": "INTEGRITAS", "level": 4, "weight_e4": None}]
    for number in range(2 ** len(Component)):
        subject = f"{number:05}"
        wanted = [component for bit, component in enumerate(Component) if number >> bit & 1]
        person = {"subject": subject, **NOBODY}
        if Component.TENURE in wanted:
            person |= {"tier": "PENGAWAS", "position_since": on.replace(year=on.year - 4)}
        if Component.FIELD in wanted:
            person |= {"post_fields": ["hukum"]}
        if Component.COMPETENCE in wanted:
            person |= {"standard": "J1"}
        tables["person"].append(person)
        for component in wanted:
            for name, row in EVIDENCE[component](p, on):
                add(tables, name, subject, row)
        for register, complete_on in _coverage(number, p, on):
            add(tables, "coverage", subject, {"register": register, "complete_on": complete_on})
    return tables


def add(tables: Tables, name: str, subject: str, row: NewRow) -> None:
    """Put one row into its table; what is not given is null, and the source is the next free place."""
    whole = dict.fromkeys(RECORD_SCHEMAS[name]) | {"subject": subject} | row
    if "source" in RECORD_SCHEMAS[name]:
        whole["source"] = len(tables[name])
    tables[name].append(whole)


def _coverage(number: int, p: Parameters, on: date) -> list[tuple[str, date | None]]:
    """By turns no register, all registers, expired letters, and a register each."""
    registers = sorted(set(REGISTER.values()))
    edge = months_after(on, -p.coverage_months)
    turns: tuple[list[tuple[str, date | None]], ...] = (
        [],
        [(register, None) for register in registers],
        [(register, edge - timedelta(days=1)) for register in registers],
        [(registers[number // 5 % len(registers)], on)],
        [(register, edge + timedelta(days=2)) for register in registers[::2]],
    )
    return turns[number % 5]


Evidence = Callable[[Parameters, date], list[tuple[str, NewRow]]]


def _lately(on: date) -> date:
    return on - timedelta(days=30)


def _plenary(on: date, value: str) -> NewRow:
    return {"assessed_on": _lately(on), "kind": "PLENO", value: 33_333}


EVIDENCE: dict[Component, Evidence] = {
    Component.RATING: lambda p, on: [
        ("rating", {"year": required_year(p, on) - back, "rating": "BAIK"}) for back in range(p.rating.years)
    ],
    Component.AWARD: lambda p, on: [("award", {"level": "NASIONAL", "awarded_on": _lately(on)})],
    Component.TEAM: lambda p, on: [
        ("team_role", {"role": "KETUA", "scope": "INTERNAL", "started_on": _lately(on)}),
    ],
    Component.FEEDBACK: lambda p, on: [("feedback", {"period": str(on.year), "value_e4": 43_333})],
    Component.COMPETENCE: lambda p, on: [
        ("assessment_total", {"assessed_on": _lately(on), "job_person_match_e4": 791_234}),
        *[("competency", {"competency": one, **_plenary(on, "level_e4")}) for one in COMPETENCIES],
    ],
    Component.TRAINING: lambda p, on: [("training", {"hours": 12, "completed_on": _lately(on)})],
    Component.CERTIFICATION: lambda p, on: [("training", {"kind": "SERTIFIKASI", "completed_on": _lately(on)})],
    Component.TENURE: lambda p, on: [],  # the person's own row
    Component.BREADTH: lambda p, on: [("career", {"unit": "Bagian Umum", "started_on": _lately(on)})],
    Component.ACTING: lambda p, on: [("acting", {"kind": "PLT", "tier": "ADMINISTRATOR", "started_on": _lately(on)})],
    Component.POTENTIAL: lambda p, on: [
        ("assessment_total", {"assessed_on": _lately(on), "potential_score_e4": 700_001}),
        *[("potential", {"aspect": one, **_plenary(on, "value_e4")}) for one in p.assessment.potential_aspects],
    ],
    Component.EDUCATION: lambda p, on: [("education", {"level": "S2"})],
    Component.FIELD: lambda p, on: [("education", {"level": "D1", "field": "hukum"})],
    Component.DISCIPLINE: lambda p, on: [
        ("discipline", {"level": "SEDANG", "started_on": _lately(on), "state": "SELESAI"}),
    ],
}
"""Rows that make a component known, and no other (the post's facts are on the person)."""
