"""Synthetic engine records in bulk, for measuring only: the right shapes and sizes, no meaning; 27 rows a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from nawa.engine import codes
from nawa.engine.tables import RECORD_SCHEMAS, Records

ROWS_PER_PERSON = {
    "coverage": 1.5,
    "rating": 3.0,
    "feedback": 7.0,
    "award": 0.2,
    "team_role": 0.5,
    "competency": 2.25,
    "potential": 2.0,
    "assessment_total": 0.1,
    "training": 5.0,
    "career": 4.0,
    "acting": 0.1,
    "education": 1.5,
    "discipline": 0.02,
}
_COMPETENCIES = [f"KOMPETENSI_{number}" for number in range(9)]
_FIELDS = [f"bidang {number}" for number in range(12)]


class _Draw:
    """Columns of one table: `rows` draws over `people` persons."""

    def __init__(self, people: pl.Series, rows: int, seed: int) -> None:
        self.people, self.rows = people, rows
        self.chance = np.random.default_rng(seed)

    def subject(self) -> pl.Series:
        """Somebody for each row; the rows of one person stand together, as a table sorted by its key has them."""
        return self.people.gather(pl.Series(np.sort(self.chance.integers(0, len(self.people), self.rows))))

    def whole(self, least: int, most: int) -> pl.Series:
        return pl.Series(self.chance.integers(least, most + 1, self.rows))

    def code(self, known: Sequence[str | None]) -> pl.Series:
        return pl.Series(list(known), dtype=pl.String).gather(self.whole(0, len(known) - 1))

    def day(self, first: int, last: int) -> pl.Series:
        start = date(first, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
        return self.whole(start, start + 365 * (last - first)).cast(pl.Int32).cast(pl.Date)

    def fields(self) -> pl.Series:
        return self.code(_FIELDS).reshape((self.rows, 1)).arr.to_list()


def _blocks(draw: _Draw, names: Sequence[str]) -> dict[str, Any]:
    """One assessment after another: each person of a quarter has every name on one day."""
    people = draw.rows // len(names)
    days = draw.day(2023, 2026)[:people]
    place = pl.Series(np.repeat(np.arange(people), len(names)))
    return {
        "subject": draw.people.gather(place),
        "assessed_on": days.gather(place),
        "name": pl.Series(list(names) * people, dtype=pl.String),
        "value": pl.Series(draw.chance.integers(10, 51, people * len(names)) * 1000),
    }


def _performance(table: str, draw: _Draw) -> dict[str, Any] | None:
    match table:
        case "rating":
            return {"year": draw.whole(2023, 2025), "rating": draw.code(codes.RATINGS)}
        case "feedback":
            relation = draw.code(("ATASAN", "REKAN", "BAWAHAN", "DIRI"))
            return {"period": draw.code(("2024", "2025")), "relation": relation, "value_e4": draw.whole(2, 5) * 10_000}
        case "award":
            return {"level": draw.code(codes.AWARD_LEVELS), "awarded_on": draw.day(2018, 2026)}
        case "team_role":
            role, scope = draw.code(codes.TEAM_ROLES), draw.code(codes.TEAM_SCOPES)
            return {"role": role, "scope": scope, "started_on": draw.day(2022, 2026)}
    return None


def _assessment(table: str, draw: _Draw) -> dict[str, Any] | None:
    match table:
        case "competency":
            block = _blocks(draw, _COMPETENCIES)
            return {**block, "competency": block["name"], "level_e4": block["value"]}
        case "potential":
            block = _blocks(draw, codes.POTENTIAL_ASPECTS)
            return {**block, "aspect": block["name"], "value_e4": block["value"]}
        case "assessment_total":
            return {"assessed_on": draw.day(2022, 2026), "job_person_match_e4": draw.whole(500_000, 1_000_000)}
    return None


def _potential(table: str, draw: _Draw) -> dict[str, Any]:
    match table:
        case "training":
            return {"kind": draw.code(("TEKNIS", "FUNGSIONAL", "SERTIFIKASI")), "completed_on": draw.day(2018, 2026)}
        case "career":
            return {
                "tier": draw.code(codes.TIERS),
                "unit": draw.code([f"Unit {number}" for number in range(500)]),
                "institution": draw.code(["Kota", "Kota", "Kota", "Provinsi"]),
                "started_on": draw.day(2000, 2024),
                "ended_before": draw.day(2010, 2026),
                "assignment": draw.code((None, *["D"] * 18, "PLT")),
            }
        case "acting":
            kind, tier = draw.code(("PLT", "PLH")), draw.code(codes.TIERS)
            return {"kind": kind, "tier": tier, "started_on": draw.day(2015, 2026)}
        case "education":
            level, field = draw.code(codes.EDUCATION_LEVELS), draw.code(_FIELDS)
            return {"level": level, "field": field, "related_fields": draw.fields()}
        case "coverage":
            return {"register": draw.code(("penghargaan", "tim_kerja", "diklat", "disiplin", "riwayat_jabatan"))}
        case _:
            level, state = draw.code(codes.DISCIPLINE_LEVELS), draw.code(("SELESAI",))
            return {"level": level, "started_on": draw.day(2015, 2026), "state": state}


def _table(table: str, draw: _Draw) -> dict[str, Any]:
    return _performance(table, draw) or _assessment(table, draw) or _potential(table, draw)


def synthetic_records(people: int, *, seed: int) -> Records:
    """Return records of so many people; the same arguments give the same records."""
    subjects = pl.Series(range(people)).cast(pl.String).str.zfill(12)
    subjects = pl.Series([f"{seed:04x}"]).new_from_index(0, people) + subjects + "f" * 16
    draw = _Draw(subjects, people, seed)
    tier = draw.code(codes.TIERS)
    person = {
        "subject": subjects,
        "staff_kind": draw.code(("PNS", "PNS", "PPPK")),
        "tier": tier,
        "position_since": draw.day(2010, 2026),
        "standard": "JENJANG:" + tier,
        "post_fields": draw.fields(),
    }
    standard = {
        "standard": [f"JENJANG:{tier}" for tier in codes.TIERS for _ in _COMPETENCIES],
        "competency": _COMPETENCIES * len(codes.TIERS),
        "level": [3] * len(codes.TIERS) * len(_COMPETENCIES),
    }
    tables = {"person": _shaped("person", person), "standard": _shaped("standard", standard)}
    for place, (table, rate) in enumerate(ROWS_PER_PERSON.items()):
        rows = _Draw(subjects, int(people * rate), seed * 100 + place)
        tables[table] = _shaped(table, {"subject": rows.subject(), **_table(table, rows)})
    return Records(tables)


def _shaped(table: str, columns: dict[str, Any]) -> pl.DataFrame:
    schema = RECORD_SCHEMAS[table]
    height = len(next(iter(columns.values())))
    if "subject" in columns and len(columns["subject"]) > (height := min(map(len, columns.values()))):
        columns["subject"] = columns["subject"][:height]
    given = {name: pl.Series(columns[name]) for name in schema if name in columns}
    frame = pl.DataFrame(given).with_row_index("place")
    missing = [pl.lit(None).cast(dtype).alias(name) for name, dtype in schema.items() if name not in given]
    if "source" in schema:
        missing = [expr for expr in missing if expr.meta.output_name() != "source"]
        missing.append(pl.col("place").cast(pl.Int64).alias("source"))
    return frame.with_columns(missing).select(pl.col(name).cast(dtype) for name, dtype in schema.items())
