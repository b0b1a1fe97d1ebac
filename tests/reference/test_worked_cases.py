"""Cases worked by hand: two real candidates, what decides the performance class, scores on a cut-off, odd calendars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nawa.engine.parameters import Axis, Parameters
from nawa.engine.tables import RECORD_SCHEMAS
from tests.reference.compare import fast, slow
from tests.reference.days import whole_months, years_after
from tests.reference.patterns import NOBODY, add
from tests.reference.people import NewRow, Tables
from tests.reference.profiles import RATING_POINTS, djbk, parameters

ON = date(2026, 11, 1)
Engine = Callable[[Tables, Parameters, date], list[dict[str, Any]]]


@pytest.fixture(params=[slow, fast], ids=["slow", "fast"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    engine: Engine = request.param
    return engine


def somebody(*rows: tuple[str, NewRow], **person: Any) -> Tables:
    """One person, her rows and her verified registers."""
    tables: Tables = {name: [] for name in RECORD_SCHEMAS}
    tables["person"] = [{"subject": "a", **NOBODY, **person}]
    for name, row in rows:
        add(tables, name, "a", row)
    return tables


def covered(*registers: str) -> list[tuple[str, NewRow]]:
    """Registers verified for this person."""
    return [("coverage", {"register": register}) for register in registers]


def points(score: int, p: Parameters, axis: Axis) -> Decimal:
    """A reported axis score in points."""
    return Decimal(score) / (1_000_000 * p.weight_base[axis])


def candidate(rating: str, match_e4: int, since: date, institution: str, discipline: list[NewRow]) -> Tables:
    """A candidate of the DJBK workbook: S2, suitable field, all training, no acting duty."""
    return somebody(
        ("rating", {"year": 2025, "rating": rating}),
        ("assessment_total", {"assessed_on": date(2025, 6, 1), "job_person_match_e4": match_e4}),
        ("education", {"level": "S2", "field": "teknik sipil"}),
        *[("training", {"kind": "TEKNIS", "completed_on": date(2026, 1, day)}) for day in range(1, 9)],
        *[("career", {"institution": "PU", "unit": f"Balai {n}", "started_on": date(2010 + n, 1, 1)}) for n in (1, 2)],
        ("career", {"institution": institution, "started_on": date(2012, 1, 1)}),
        *[("discipline", row) for row in discipline],
        *covered("riwayat_jabatan", "disiplin"),
        tier="ADMINISTRATOR",
        position_since=since,
        post_fields=["teknik sipil"],
    )


def test_candidate_a_of_the_djbk_workbook_is_in_box_9(engine: Engine) -> None:
    [row] = engine(candidate("BAIK", 934_700, date(2020, 1, 1), "Setneg", []), djbk(), ON)
    assert points(row["performance_score"], djbk(), Axis.PERFORMANCE) == 80
    assert round(points(row["potential_score"], djbk(), Axis.POTENTIAL), 5) == Decimal("93.58883")
    assert (row["talent_score_e6"], row["box"], row["status"]) == (86_794_417, 9, "LENGKAP")


def test_candidate_b_beats_her_on_talent_score_but_is_in_box_7(engine: Engine) -> None:
    sedang = {"level": "SEDANG", "started_on": date(2023, 1, 1), "ended_before": date(2024, 1, 1), "state": "SELESAI"}
    [row] = engine(candidate("SANGAT_BAIK", 760_400, date(2022, 11, 1), "PU", [sedang]), djbk(), ON)
    assert points(row["performance_score"], djbk(), Axis.PERFORMANCE) == 100
    assert round(points(row["potential_score"], djbk(), Axis.POTENTIAL), 5) == Decimal("74.09267")
    assert (row["talent_score_e6"], row["box"], row["status"]) == (87_046_333, 7, "LENGKAP")


def reinforced(rating: str, award: str | None, team: tuple[str, str] | None, feedback_e4: int) -> Tables:
    """A person whose performance evidence is complete, and whose potential is known well enough to be mapped."""
    return somebody(
        ("rating", {"year": 2025, "rating": rating}),
        *([("award", {"level": award, "awarded_on": date(2025, 1, 1)})] if award else []),
        *([("team_role", {"role": team[0], "scope": team[1], "started_on": date(2026, 1, 1)})] if team else []),
        ("feedback", {"period": "2025", "value_e4": feedback_e4}),
        ("assessment_total", {"assessed_on": ON, "job_person_match_e4": 800_000, "potential_score_e4": 800_000}),
        ("education", {"level": "S1"}),
        *covered("penghargaan", "tim_kerja", "disiplin"),
    )


ALL_100 = ("INTERNASIONAL", ("KETUA", "LINTAS_INSTANSI"), 50_000)


@pytest.mark.parametrize(
    ("rating", "award", "team", "feedback_e4", "score", "performance_class"),
    [
        ("BAIK", None, None, 40_000, "56.00", "BELOW"),
        ("BAIK", "INSTANSI", None, 40_000, "59.75", "BELOW"),
        ("BAIK", "INSTANSI", ("ANGGOTA", "INTERNAL"), 40_000, "63.50", "AS_EXPECTED"),
        ("BAIK", "NASIONAL", ("KETUA", "INTERNAL"), 50_000, "80.50", "ABOVE"),
        ("SANGAT_BAIK", None, None, 50_000, "70.00", "AS_EXPECTED"),
        ("BAIK", *ALL_100, "88.00", "ABOVE"),
        ("SANGAT_BAIK", "INSTANSI", ("ANGGOTA", "LINTAS_INSTANSI"), 50_000, "81.25", "ABOVE"),
        ("BUTUH_PERBAIKAN", *ALL_100, "76.00", "AS_EXPECTED"),
    ],
)
def test_reinforcing_evidence_decides_the_performance_class(
    engine: Engine,
    rating: str,
    award: str | None,
    team: tuple[str, str] | None,
    feedback_e4: int,
    score: str,
    performance_class: str,
) -> None:
    [row] = engine(reinforced(rating, award, team, feedback_e4), parameters(), ON)
    assert points(row["performance_score"], parameters(), Axis.PERFORMANCE) == Decimal(score)
    assert row["performance_class"] == performance_class


def test_with_the_rival_scale_a_good_rating_alone_is_as_expected(engine: Engine) -> None:
    p = parameters()
    p = replace(p, rating=replace(p.rating, points={**RATING_POINTS, "BAIK": 100}))
    [row] = engine(reinforced("BAIK", None, None, 40_000), p, ON)
    assert points(row["performance_score"], p, Axis.PERFORMANCE) == 68
    assert row["performance_class"] == "AS_EXPECTED"


def on_the_line(feedback_e4: int, match_e4: int) -> Tables:
    """Everything known; with 4.75 from raters and a match of 77.5 both axes stand at 80 exactly."""
    return somebody(
        ("rating", {"year": 2025, "rating": "BAIK"}),
        ("award", {"level": "NASIONAL", "awarded_on": date(2025, 1, 1)}),
        ("team_role", {"role": "KETUA", "scope": "INTERNAL", "started_on": date(2026, 1, 1)}),
        ("feedback", {"period": "2026", "value_e4": feedback_e4}),
        ("assessment_total", {"assessed_on": ON, "job_person_match_e4": match_e4, "potential_score_e4": 700_000}),
        *[("training", {"kind": "TEKNIS", "completed_on": date(2026, 1, day)}) for day in range(1, 5)],
        ("training", {"kind": "SERTIFIKASI", "completed_on": date(2026, 1, 1)}),
        ("career", {"unit": "Bagian Umum", "started_on": date(2021, 11, 1), "tier": "PENGAWAS"}),
        ("acting", {"kind": "PLT", "tier": "ADMINISTRATOR", "started_on": date(2022, 1, 1)}),
        ("education", {"level": "S2", "field": "hukum"}),
        *covered("disiplin"),
        tier="PENGAWAS",
        post_fields=["hukum"],
    )


@pytest.mark.parametrize(
    ("feedback_e4", "match_e4", "box"),
    [(47_500, 775_000, 9), (47_499, 775_000, 8), (47_500, 774_999, 7), (47_499, 774_999, 5)],
)
def test_a_score_on_the_cutoff_is_in_the_higher_class_and_one_step_below_is_not(
    engine: Engine, feedback_e4: int, match_e4: int, box: int
) -> None:
    [row] = engine(on_the_line(feedback_e4, match_e4), parameters(), ON)
    assert (row["box"], row["status"], row[f"box_{box}_e9"]) == (box, "LENGKAP", 1_000_000_000)


@pytest.mark.parametrize(
    ("spells", "months"),
    [
        ([("2025-02-10", "2025-03-01"), ("2025-03-01", "2025-03-10")], 1),  # touching: one spell of a month
        ([("2025-02-10", "2025-03-01"), ("2025-03-02", "2025-03-10")], 0),  # a day between: 19 and 8 days
        ([("2025-02-10", "2025-03-05"), ("2025-02-20", "2025-03-10")], 1),  # overlapping
        ([("2024-01-31", "2024-02-29"), ("2025-01-01", "2025-01-31")], 2),  # a saturated month, and 30 days
        ([("2026-11-01", None)], 0),  # begun today
        ([("2025-12-01", "2025-12-01"), ("2026-09-30", None)], 1),  # ended as it began: no spell
    ],
)
def test_spells_in_the_tier_are_merged_and_counted_in_calendar_months(
    engine: Engine, spells: list[tuple[str, str | None]], months: int
) -> None:
    rows = [
        (
            "career",
            {
                "tier": "PENGAWAS",
                "started_on": date.fromisoformat(begin),
                "ended_before": end and date.fromisoformat(end),
            },
        )
        for begin, end in spells
    ]
    [row] = engine(somebody(*rows, tier="PENGAWAS"), parameters(), ON)
    assert (row["tenure_state"], row["tenure_raw"]) == ("KNOWN", months)


@pytest.mark.parametrize("certificates", [(1, 1), (1, 2), (3, 3), (0, 0), (0, 1, 1)])
def test_people_who_all_stand_in_one_band_are_mapped(engine: Engine, certificates: tuple[int, ...]) -> None:
    tables = somebody()
    tables["person"] = [{"subject": f"{number}", **NOBODY} for number in range(len(certificates))]
    for subject, count in enumerate(certificates):
        for day in range(1, count + 1):
            add(tables, "training", f"{subject}", {"kind": "SERTIFIKASI", "completed_on": date(2026, 1, day)})
    points_of = {0: None, 1: 50_000_000, 2: 50_000_000, 3: 100_000_000}
    rows = engine(tables, parameters(), ON)
    assert [row["certification_points"] for row in rows] == [points_of[count] for count in certificates]


def test_the_reference_calendar_saturates_at_month_ends() -> None:
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_after(date(2024, 2, 29), -4) == date(2020, 2, 29)
    assert whole_months(date(2024, 1, 31), date(2024, 2, 29)) == (1, 0)
    assert whole_months(date(2025, 1, 31), date(2025, 3, 30)) == (1, 30)
    assert whole_months(date(2025, 3, 15), date(2025, 3, 15)) == (0, 0)
