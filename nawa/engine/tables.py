"""The column contract of every table that enters or leaves the engine. See `docs/scoring.md` for what the columns mean.

No table holds a name or a NIP: `subject` is an opaque id. `source` is the row's place (from 0) in its workbook table
sorted by the table's key, so that shuffled rows or another database change nothing; it is shown in explanations and is
in no commitment or hash. Numbers that end in `_e4` are whole ten-thousandths. `ended_before` and `expires_on` are
exclusive ends. Empty is null; no text is the empty text. Tables with a person's rows together are read faster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import polars as pl

from nawa.engine.parameters import Parameters

_TEXT: Final = pl.String()
_DATE: Final = pl.Date()
_INT: Final = pl.Int64()
_TEXTS: Final = pl.List(pl.String())

RECORD_SCHEMAS: Final[Mapping[str, Mapping[str, pl.DataType]]] = MappingProxyType(
    {
        "person": {
            "subject": _TEXT,
            "staff_kind": _TEXT,
            "legal_status": _TEXT,
            "inactive_since": _DATE,
            "tier": _TEXT,  # of the current definitive post
            "position_since": _DATE,
            "standard": _TEXT,  # key into `standard`: the post's code, else `JENJANG:<tier>`, else null
            "post_fields": _TEXTS,  # fields of study the current post asks for, casefolded; null or empty: none stated
        },
        "coverage": {"subject": _TEXT, "register": _TEXT, "complete_on": _DATE},  # no date: verified for this person
        "rating": {
            "subject": _TEXT,
            "source": _INT,
            "year": _INT,
            "period": _TEXT,
            "rating": _TEXT,
            "results": _TEXT,
            "behaviour": _TEXT,
            "former_score_e4": _INT,
        },
        "feedback": {
            "subject": _TEXT,
            "source": _INT,
            "period": _TEXT,
            "relation": _TEXT,
            "aspect": _TEXT,
            "value_e4": _INT,
            "rating": _TEXT,
            "rater_count": _INT,
        },
        "award": {"subject": _TEXT, "source": _INT, "level": _TEXT, "awarded_on": _DATE},
        "team_role": {
            "subject": _TEXT,
            "source": _INT,
            "role": _TEXT,
            "scope": _TEXT,
            "started_on": _DATE,
            "ended_before": _DATE,
        },
        "competency": {
            "subject": _TEXT,
            "source": _INT,
            "assessed_on": _DATE,
            "competency": _TEXT,
            "level_e4": _INT,
            "kind": _TEXT,
        },
        "potential": {
            "subject": _TEXT,
            "source": _INT,
            "assessed_on": _DATE,
            "aspect": _TEXT,
            "value_e4": _INT,
            "kind": _TEXT,
        },
        "assessment_total": {
            "subject": _TEXT,
            "source": _INT,
            "assessed_on": _DATE,
            "job_person_match_e4": _INT,
            "potential_score_e4": _INT,
            "expires_on": _DATE,
        },
        "training": {
            "subject": _TEXT,
            "source": _INT,
            "kind": _TEXT,
            "hours": _INT,
            "completed_on": _DATE,
            "expires_on": _DATE,
        },
        "career": {
            "subject": _TEXT,
            "source": _INT,
            "tier": _TEXT,
            "unit": _TEXT,
            "institution": _TEXT,
            "started_on": _DATE,
            "ended_before": _DATE,
            "assignment": _TEXT,
        },
        "acting": {
            "subject": _TEXT,
            "source": _INT,
            "kind": _TEXT,
            "tier": _TEXT,  # of the acted post; null if unknown
            "started_on": _DATE,
            "ended_before": _DATE,
        },
        "education": {
            "subject": _TEXT,
            "source": _INT,
            "level": _TEXT,
            "field": _TEXT,  # casefolded; the row's own, else by its major in `ref_bidang_ilmu`
            "related_fields": _TEXTS,
        },
        "discipline": {
            "subject": _TEXT,
            "source": _INT,
            "level": _TEXT,
            "started_on": _DATE,
            "ended_before": _DATE,
            "state": _TEXT,
        },
        "standard": {"standard": _TEXT, "competency": _TEXT, "level": _INT, "weight_e4": _INT},
    }
)
"""Tables that enter, with their columns and types. All but `standard` have a `subject`."""

FIELD_GROUPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "post": ("person",),
        "registers": ("coverage",),
        "performance": ("rating",),
        "recognition": ("award", "team_role"),
        "feedback": ("feedback",),
        "assessment": ("competency", "potential", "assessment_total"),
        "learning": ("training", "education"),
        "career": ("career", "acting"),
        "discipline": ("discipline",),
    }
)
"""Which tables are committed to together, per person: a later bundle can withhold a group and still prove the rest."""

SOURCE_TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "rating": "performance_rating",
        "feedback": "feedback",
        "award": "award",
        "team_role": "team_role",
        "competency": "competency_assessment",
        "potential": "potential_assessment",
        "assessment_total": "assessment_result",
        "training": "training",
        "career": "career_entry",
        "acting": "acting_assignment",
        "education": "education",
        "discipline": "discipline",
    }
)
"""The workbook table that an engine table's `source` counts in."""


@dataclass(frozen=True, slots=True)
class Records:
    """The engine's whole input: one frame per table of `RECORD_SCHEMAS`, in any row order."""

    tables: Mapping[str, pl.DataFrame]

    def __post_init__(self) -> None:
        """Check every table against its contract.

        Raises:
            ValueError: a table is missing, unknown, or has other columns or types.
        """
        if set(self.tables) != set(RECORD_SCHEMAS):
            raise ValueError(f"tables differ from the contract: {sorted(set(self.tables) ^ set(RECORD_SCHEMAS))}")
        for name, frame in self.tables.items():
            if dict(frame.schema) != dict(RECORD_SCHEMAS[name]):
                raise ValueError(f"table {name!r} has {dict(frame.schema)}, wanted {dict(RECORD_SCHEMAS[name])}")

    def __getitem__(self, table: str) -> pl.DataFrame:
        """The frame of one table."""
        return self.tables[table]


CODE_COMPONENTS: Final = ("RATING", "AWARD", "TEAM", "BREADTH", "ACTING", "EDUCATION", "FIELD", "DISCIPLINE")
"""Components whose raw value is a code: the rating, the level, `KETUA_LINTAS_INSTANSI`, `PLT_HIGHER`, `SUITABLE` …"""

NUMBER_COMPONENTS: Final = ("FEEDBACK", "COMPETENCE", "TRAINING", "CERTIFICATION", "TENURE", "POTENTIAL")
"""Components whose raw value is a number: points in millionths before the cap (feedback, competence, potential), counts
or hours, months."""


def component_schema(component: str) -> dict[str, pl.DataType]:
    """The columns of one component in the map, named `<component in lower case>_<what>`; nulls where unknown."""
    raw = _TEXT if component in CODE_COMPONENTS else _INT
    stem = component.lower()
    return {
        f"{stem}_state": _TEXT,  # State
        f"{stem}_raw": raw,
        f"{stem}_points": _INT,  # millionths of a point
        f"{stem}_on": _DATE,  # date of the evidence
        f"{stem}_expires_on": _DATE,  # first day on which it no longer counts
        f"{stem}_table": _TEXT,  # engine table of the evidence shown
        f"{stem}_source": _INT,  # its row; in no hash
    }


MAP_SCHEMA: Final[Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "subject": _TEXT,
        "staff_kind": _TEXT,
        "candidate": pl.Boolean(),
        "status": _TEXT,  # Status
        "performance_score": _INT,  # in 1 / (1,000,000 × weight_base) points; null when not mapped
        "performance_class": _TEXT,  # BELOW, AS_EXPECTED, ABOVE
        "potential_score": _INT,
        "potential_class": _TEXT,  # LOW, MIDDLE, HIGH
        "talent_score_e6": _INT,  # millionths of a point, half up
        "box": _INT,
        "box_lowest": _INT,
        "box_highest": _INT,
        "performance_completeness_e4": _INT,  # ten-thousandths of a percent, half up
        "potential_completeness_e4": _INT,
        "completeness_e4": _INT,
        "missing": _TEXTS,  # components that are unknown, in the order of Component
        "follow_ups": _TEXTS,
        "pool_tiers": _TEXTS,  # target tiers whose pool the lowest box qualifies for; candidates only
        **{f"box_{box}_e9": _INT for box in range(1, 10)},  # probability in billionths; adds to 1,000,000,000
    }
)
"""One row per mapped person, sorted by subject; `map_schema` adds `component_schema` of each component with weight.
Where no box is given (`BELUM_DAPAT_DIPETAKAN`) scores, classes and boxes are null; probabilities are not."""


def map_schema(parameters: Parameters) -> dict[str, pl.DataType]:
    """The columns of a whole map under a profile, in order."""
    components = (component_schema(component) for component in parameters.components)
    return {**MAP_SCHEMA, **{name: dtype for columns in components for name, dtype in columns.items()}}
