"""Made-up people whose evidence sits on every boundary, drawn from any `Random` (Hypothesis has one that shrinks)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

import polars as pl

from nawa.engine.parameters import Parameters
from nawa.engine.tables import RECORD_SCHEMAS, Records
from tests.reference.days import months_after, years_after
from tests.reference.performance import required_year
from tests.reference.profiles import RATINGS, TIER_RANK

T = TypeVar("T")
NewRow = dict[str, Any]
Tables = dict[str, list[NewRow]]

REFERENCE_DATES = (
    date(2026, 11, 1),
    date(2026, 3, 1),
    date(2026, 2, 28),
    date(2027, 12, 31),
    date(2027, 1, 1),
    date(2028, 2, 29),
    date(2029, 2, 28),
    date(2028, 3, 31),
    date(2026, 12, 1),
    date(2026, 11, 30),
)
REGISTERS = ("penghargaan", "tim_kerja", "umpan_balik", "diklat", "riwayat_jabatan", "disiplin")
COMPETENCIES = ("INTEGRITAS", "KERJA_SAMA", "KOMUNIKASI")
WEIGHTS = {"J1": (None, 20_000), "J2": (10_000, 25_000, 3_333, 0), "JENJANG:PENGAWAS": (0, 0, 10_000)}
STANDARDS = tuple(WEIGHTS)
FIELDS = ("hukum", "akuntansi", "teknik sipil", "kedokteran")
TIERS = (*TIER_RANK, None)
PANELS = (("PLENO",), ("INDIVIDU", "INDIVIDU"), (None,), ("INDIVIDU", "PLENO"), ("PLENO", "PLENO", None))
EXPECTATIONS = ("DI_ATAS", "SESUAI", "DI_BAWAH", None)


def maybe(chance: Random, share: float = 0.5) -> bool:
    """True with that chance; Hypothesis shrinks it to False."""
    return chance.random() > 1 - share


def several(chance: Random, make: Callable[[], T], most: int = 3) -> list[T]:
    """None to `most` of something."""
    return [make() for _ in range(chance.randint(0, most))]


def near(chance: Random, on: date, years: int) -> date:
    """A day on, a day before or after an edge of a window of `years`, a leap day, a month's end, or any day."""
    lately = on - timedelta(days=chance.randint(-40, 366 * (years + 1)))
    leap = date(lately.year - lately.year % 4, 2, 29)
    month_end = lately.replace(day=1) - timedelta(days=1)
    edge = chance.choice((on, years_after(on, -years), lately, leap, month_end))
    return edge + timedelta(days=chance.choice((0, 0, -1, 1)))


def end_after(chance: Random, begin: date, on: date, years: int) -> date | None:
    """An exclusive end of something begun: open, near an edge, or before it began (as careless offices write)."""
    return chance.choice((None, near(chance, on, years), begin, begin + timedelta(days=chance.randint(0, 700))))


def population(chance: Random, p: Parameters, on: date, people: int) -> Tables:
    """That many people with all their rows, and rows of a stranger who is nobody's."""
    tables: Tables = {name: [] for name in RECORD_SCHEMAS}
    tables["standard"] = _standards(chance)
    makers = _makers(chance, p, on)
    subjects = [f"{chance.choice('aAzZ9_')}{number}" for number in range(people)]
    tables["person"] = [{"subject": subject, **_person(chance, on)} for subject in subjects]
    for subject in [*subjects, "stranger"]:
        diligent = maybe(chance)
        for name, make in makers.items():
            rows = make() if diligent or maybe(chance, 0.8) else []
            if diligent and name not in ("rating", "coverage"):
                rows += make()
            if rows and name != "rating" and maybe(chance, 0.4):
                rows.append(_twin(chance, rows))
            tables[name] += [{"subject": subject, **row} for row in rows]
        _link(chance, [row for row in tables["career"] if row["subject"] == subject])
        _enter_duties_twice(chance, tables, subject)
    number_sources(chance, tables)
    return tables


def _twin(chance: Random, rows: list[NewRow]) -> NewRow:
    """A row whose every cell is one of two rows' (or one row's): ties of all sorts."""
    one, other = chance.choice(rows), chance.choice(rows)
    return {column: chance.choice((one, one, other))[column] for column in one}


def _link(chance: Random, career: list[NewRow]) -> None:
    """Let some spells end on the very day that another begins."""
    for row in career:
        if maybe(chance):
            row["ended_before"] = chance.choice(career)["started_on"]


def _enter_duties_twice(chance: Random, tables: Tables, subject: str) -> None:
    """Let some acting duties stand in the career as well, as personnel offices do."""
    for row in [row for row in tables["acting"] if row["subject"] == subject]:
        if maybe(chance, 0.3):
            entry = {**_career(chance, row["started_on"] or date(2020, 1, 1)), **row, "assignment": row["kind"]}
            tables["career"].append({column: entry[column] for column in entry if column != "kind"})


def number_sources(chance: Random, tables: Tables) -> None:
    """Give every row its place in its table, in no particular order."""
    for name, rows in tables.items():
        if "source" in RECORD_SCHEMAS[name]:
            for place, row in zip(chance.sample(range(len(rows)), len(rows)), rows, strict=True):
                row["source"] = place


def records(tables: Tables) -> Records:
    """The engine's input."""
    return Records(
        {
            name: pl.DataFrame([[row[column] for column in schema] for row in tables[name]], dict(schema), orient="row")
            for name, schema in RECORD_SCHEMAS.items()
        }
    )


def _makers(chance: Random, p: Parameters, on: date) -> dict[str, Callable[[], list[NewRow]]]:
    def rows(make: Callable[[Random, Parameters, date], NewRow], most: int) -> Callable[[], list[NewRow]]:
        return lambda: several(chance, lambda: make(chance, p, on), most)

    return {
        "coverage": lambda: _coverage(chance, p, on),
        "rating": lambda: _ratings(chance, p, on),
        "feedback": rows(_feedback, 5),
        "award": rows(_award, 3),
        "team_role": rows(_team_role, 3),
        "competency": lambda: _assessments(chance, p, on, "competency", "level_e4", COMPETENCIES),
        "potential": lambda: _assessments(chance, p, on, "aspect", "value_e4", p.assessment.potential_aspects),
        "assessment_total": rows(_total, 3),
        "training": rows(_training, chance.choice((3, 10))),
        "career": lambda: several(chance, lambda: _career(chance, on), 4),
        "acting": rows(_acting, 2),
        "education": rows(_education, 3),
        "discipline": rows(_discipline, 2),
    }


def _person(chance: Random, on: date) -> NewRow:
    return {
        "staff_kind": chance.choice((*["PNS"] * 8, "PPPK", "PPPK", "CPNS", "PPPK_PARUH_WAKTU", None)),
        "legal_status": chance.choice((*["AKTIF", None] * 6, "CLTN", "TUGAS_BELAJAR")),
        "inactive_since": near(chance, on, 1) if maybe(chance, 0.1) else None,
        "tier": chance.choice((*["PENGAWAS"] * 6, *TIERS)),
        "position_since": near(chance, on, chance.choice((3, 5))) if maybe(chance, 0.7) else None,
        "standard": chance.choice((*STANDARDS, *STANDARDS, "NONE", None)),
        "post_fields": chance.choice((None, [], ["hukum"], ["hukum"], ["hukum", "akuntansi"], ["teknik sipil"])),
    }


def _standards(chance: Random) -> list[NewRow]:
    return [
        {
            "standard": standard,
            "competency": competency,
            "level": chance.randint(1, 5),
            "weight_e4": chance.choice(WEIGHTS[standard]),
        }
        for standard in STANDARDS
        for competency in COMPETENCIES[: chance.randint(1, 3)]
    ]


def _coverage(chance: Random, p: Parameters, on: date) -> list[NewRow]:
    def until_edge() -> date | None:
        edge = months_after(on, -p.coverage_months)
        return chance.choice((None, edge, edge + timedelta(days=1), edge - timedelta(days=1), on, near(chance, on, 1)))

    return [
        {"register": register, "complete_on": until_edge()}
        for register in REGISTERS
        for _ in range(chance.choice((0, 1, 1, 2)))
    ]


def _ratings(chance: Random, p: Parameters, on: date) -> list[NewRow]:
    required = required_year(p, on)
    years = [year for year in range(required - 3, required + 3) if maybe(chance, 0.85)]
    parts = [(required + chance.randint(-1, 1), chance.choice(("S1", "01"))) for _ in range(chance.randint(0, 2))]
    return [_rating(chance, year, period) for year, period in [*((year, None) for year in years), *parts]]


def _rating(chance: Random, year: int, period: str | None) -> NewRow:
    scores = (1_200_000, 1_100_000, 1_099_999, 900_000, 899_999, 700_000, 500_000, 499_999, 0, None)
    return {
        "year": year,
        "period": period,
        "rating": chance.choice((*RATINGS, None, None)),
        "results": chance.choice(EXPECTATIONS),
        "behaviour": chance.choice(EXPECTATIONS),
        "former_score_e4": chance.choice(scores),
    }


def _feedback(chance: Random, p: Parameters, on: date) -> NewRow:
    year = chance.choice((on.year, required_year(p, on))) + chance.choice((0, 0, 0, -1, 1))
    return {
        "period": chance.choice((f"{year}", f"{year}", f"{year}-S1", f"{year}-S2", f"S1-{year}", None)),
        "relation": chance.choice(("ATASAN", "REKAN", "BAWAHAN", "ATASAN", "REKAN", "DIRI", "GABUNGAN", None)),
        "aspect": chance.choice(("AKUNTABEL", None)),
        "value_e4": chance.choice((None, 10_000, 50_000, 33_333, 41_250, chance.randint(10_000, 50_000))),
        "rating": chance.choice((*RATINGS, None)),
        "rater_count": chance.choice((None, 1, 9)),
    }


def _award(chance: Random, p: Parameters, on: date) -> NewRow:
    return {
        "level": chance.choice((*p.award_points, "INSTANSI", "INSTANSI", None)),
        "awarded_on": near(chance, on, p.award_years) if maybe(chance, 0.95) else None,
    }


def _team_role(chance: Random, p: Parameters, on: date) -> NewRow:
    began = near(chance, on, p.team_years)
    return {
        "role": chance.choice(("KETUA", "ANGGOTA", "ANGGOTA", None)),
        "scope": chance.choice(("LINTAS_INSTANSI", "INTERNAL", "INTERNAL", None)),
        "started_on": began if maybe(chance, 0.95) else None,
        "ended_before": end_after(chance, began, on, p.team_years),
    }


def _assessments(
    chance: Random, p: Parameters, on: date, column: str, value: str, whole: Sequence[str]
) -> list[NewRow]:
    """Whole and partial assessments of up to three dates, by several assessors, with and without a plenary."""
    rows = []
    for _ in range(chance.randint(0, 3)):
        assessed_on = near(chance, on, p.assessment.years) if maybe(chance, 0.97) else None
        skipped = chance.choice((None, None, None, *whole))
        kinds = chance.choice(PANELS)
        for what in whole:
            levels = (None if maybe(chance, 0.03) else _level(chance) for _ in kinds)
            given = [{value: level, "kind": kind} for level, kind in zip(levels, kinds, strict=True)]
            rows += [{"assessed_on": assessed_on, column: what, **row} for row in given if what != skipped]
    extra = {"assessed_on": on, column: "LAINNYA", value: 50_000, "kind": "PLENO"}
    return [*rows, extra] if maybe(chance, 0.1) else rows


def _level(chance: Random) -> int:
    return chance.choice((0, 10_000, 20_000, 30_000, 40_000, 50_000, 25_000, 33_333, chance.randint(0, 50_000)))


def _total(chance: Random, p: Parameters, on: date) -> NewRow:
    assessed_on = near(chance, on, p.assessment.years) if maybe(chance, 0.95) else None
    return {
        "assessed_on": assessed_on,
        "job_person_match_e4": chance.choice((None, 800_000, 799_999, 1_388_889, chance.randint(0, 2_000_000))),
        "potential_score_e4": chance.choice((None, 800_000, 599_999, 1_000_000, chance.randint(0, 1_000_000))),
        "expires_on": chance.choice(
            (None, None, near(chance, on, 1), on + timedelta(days=chance.choice((1, 2, 90, 900))))
        ),
    }


def _training(chance: Random, p: Parameters, on: date) -> NewRow:
    years = chance.choice((p.learning.training_years, p.learning.certification_years))
    return {
        "kind": chance.choice(("SERTIFIKASI", "SERTIFIKASI", "TEKNIS", "STRUKTURAL", None)),
        "hours": chance.choice((None, 0, 1, 4, 5, 9, 10, 19, 20, 40)),
        "completed_on": near(chance, on, years) if maybe(chance, 0.97) else None,
        "expires_on": chance.choice(
            (None, None, near(chance, on, 1), on + timedelta(days=chance.choice((1, 2, 90, 900))))
        ),
    }


def _career(chance: Random, on: date) -> NewRow:
    began = near(chance, on, chance.choice((1, 3, 5, 12)))
    return {
        "tier": chance.choice((*["PENGAWAS"] * 6, *TIERS)),
        "unit": chance.choice((None, "Bagian Umum", " bagian UMUM ", "Bagian Hukum", " ")),
        "institution": chance.choice((None, "Kota Semarang", "KOTA SEMARANG ", "Kota Semarang", "Kab. Demak", " ")),
        "started_on": began if maybe(chance, 0.95) else None,
        "ended_before": end_after(chance, began, on, chance.choice((1, 3))),
        "assignment": chance.choice((*["D", None] * 3, "PLT", "PLH", "PJ", "TT")),
    }


def _acting(chance: Random, p: Parameters, on: date) -> NewRow:
    began = near(chance, on, chance.choice((1, 3, 5)))
    return {
        "kind": chance.choice(("PLT", "PLT", "PLH", "PLH", "PJ", "TT")),
        "tier": chance.choice(("ADMINISTRATOR", *TIERS)),
        "started_on": began if maybe(chance, 0.95) else None,
        "ended_before": end_after(chance, began, on, 1),
    }


def _education(chance: Random, p: Parameters, on: date) -> NewRow:
    return {
        "level": chance.choice((*p.education_points, "S1", "SD", "D1", None)),
        "field": chance.choice((None, *FIELDS)),
        "related_fields": chance.choice((None, [], ["hukum"], ["akuntansi", "teknik sipil"])),
    }


def _discipline(chance: Random, p: Parameters, on: date) -> NewRow:
    began = near(chance, on, p.discipline.years)
    return {
        "level": chance.choice(("RINGAN", "SEDANG", "BERAT", None)),
        "started_on": began if maybe(chance, 0.95) else None,
        "ended_before": end_after(chance, began, on, p.discipline.years),
        "state": chance.choice((None, "BERJALAN", "SELESAI", "SELESAI", "PROSES", "BATAL")),
    }
