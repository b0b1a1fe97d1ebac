"""A person of whom everything is known: evidence for all fourteen components, to change piece by piece."""

from __future__ import annotations

from datetime import date

from nawa.engine.codes import POTENTIAL_ASPECTS
from tests.engine.build import Row

DAY = date(2026, 1, 1)


def whole_person(**person: object) -> dict[str, list[Row]]:
    """All tables of one PNS with everything known: Y = 63.5 (box row 'as expected'), X between 60 and 80."""
    tier = {"tier": "PENGAWAS", "position_since": date(2022, 1, 1)}
    return {
        "person": [{"staff_kind": "PNS", "standard": "P", "post_fields": ["hukum"], **tier, **person}],
        "rating": [{"year": 2025, "rating": "BAIK"}],
        "award": [{"level": "INSTANSI", "awarded_on": DAY}],
        "team_role": [{"role": "ANGGOTA", "scope": "INTERNAL", "started_on": DAY}],
        "feedback": [{"period": "2025", "relation": "ATASAN", "value_e4": 40_000}],
        "competency": [{"assessed_on": DAY, "competency": "INTEGRITAS", "level_e4": 30_000}],
        "standard": [{"standard": "P", "competency": "INTEGRITAS", "level": 4}],
        "potential": [{"assessed_on": DAY, "aspect": aspect, "value_e4": 30_000} for aspect in POTENTIAL_ASPECTS],
        "training": [{"kind": "TEKNIS", "completed_on": DAY}],
        "career": [{"tier": "PENGAWAS", "unit": "Bappeda", "started_on": date(2022, 1, 1)}],
        "education": [{"level": "S1", "field": "hukum"}],
        "coverage": [{"register": register} for register in ("diklat", "riwayat_jabatan", "disiplin")],
    }


EVIDENCE = ("rating", "award", "team_role", "feedback", "competency", "potential", "training", "education")
"""Tables that can be withheld whole."""
