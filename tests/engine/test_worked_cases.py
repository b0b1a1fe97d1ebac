"""Cases worked out by hand in the domain notes: two candidates of DJBK, and what awards and teams decide under BKN."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.engine.parameters import Axis, Parameters
from tests.engine.build import BKN, DJBK, Row, bkn, mapped
from tests.engine.whole import DAY, whole_person


def _points(row: Row, axis: Axis, parameters: Parameters) -> float:
    """The axis score in points, to four decimals."""
    return round(row[f"{axis.lower()}_score"] / 1_000_000 / parameters.weight_base[axis], 4)


def _candidate(predikat: str, match_e4: int, since: date, *places: tuple[str, str], **others: list[Row]) -> Row:
    """A candidate of the DJBK workbook: S2, fitting field, eight trainings, no acting duty."""
    career = [
        {"tier": "PENGAWAS", "unit": unit, "institution": institution, "started_on": since}
        for unit, institution in places
    ]
    return mapped(
        parameters=DJBK,
        person=[{"staff_kind": "PNS", "tier": "PENGAWAS", "position_since": since, "post_fields": ["sipil"]}],
        rating=[{"year": 2025, "rating": predikat}],
        assessment_total=[{"assessed_on": DAY, "job_person_match_e4": match_e4}],
        education=[{"level": "S2", "field": "sipil"}],
        training=[{"kind": "TEKNIS", "completed_on": DAY}] * 8,
        career=career,
        coverage=[{"register": "riwayat_jabatan"}, {"register": "disiplin"}],
        **others,
    )


def test_candidate_a_stands_in_box_9() -> None:
    row = _candidate("BAIK", 934_700, date(2020, 1, 1), ("Bidang", "Kementerian"), ("Bidang", "Kota"))
    assert _points(row, Axis.PERFORMANCE, DJBK) == 80
    assert _points(row, Axis.POTENTIAL, DJBK) == 93.5888
    assert row["talent_score_e6"] == 86_794_417
    assert (row["box"], row["status"]) == (9, "LENGKAP")


def test_candidate_b_stands_in_box_7_although_the_talent_score_is_higher() -> None:
    sanction = {"level": "SEDANG", "started_on": date(2023, 1, 1), "ended_before": date(2024, 1, 1), "state": "SELESAI"}
    places = ("Bidang", "Kementerian"), ("Bagian", "Kementerian")
    row = _candidate("SANGAT_BAIK", 760_400, date(2023, 1, 1), *places, discipline=[sanction])
    assert _points(row, Axis.PERFORMANCE, DJBK) == 100
    assert _points(row, Axis.POTENTIAL, DJBK) == 74.0927
    assert row["talent_score_e6"] == 87_046_333
    assert (row["box"], row["status"]) == (7, "LENGKAP")


def _reinforced(predikat: str, award: str | None, team: str | None, feedback: int, parameters: Parameters = BKN) -> Row:
    """A person of whom everything is known, with this performance."""
    tables = whole_person()
    tables["rating"] = [{"year": 2025, "rating": predikat}]
    tables["award"] = [{"level": award, "awarded_on": DAY}] if award else []
    role, _, scope = (team or "").partition(" ")
    tables["team_role"] = [{"role": role, "scope": scope, "started_on": DAY}] if team else []
    tables["feedback"] = [{"period": "2025", "value_e4": feedback * 500}]
    tables["coverage"] = [*tables["coverage"], {"register": "penghargaan"}, {"register": "tim_kerja"}]
    return mapped(parameters=parameters, **tables)


@pytest.mark.parametrize(
    ("predikat", "award", "team", "feedback", "score", "level"),
    [
        ("BAIK", None, None, 80, 56.00, "BELOW"),
        ("BAIK", "INSTANSI", None, 80, 59.75, "BELOW"),
        ("BAIK", "INSTANSI", "ANGGOTA INTERNAL", 80, 63.50, "AS_EXPECTED"),
        ("BAIK", "NASIONAL", "KETUA INTERNAL", 100, 80.50, "ABOVE"),
        ("SANGAT_BAIK", None, None, 100, 70.00, "AS_EXPECTED"),
        ("BAIK", "INTERNASIONAL", "KETUA LINTAS_INSTANSI", 100, 88.00, "ABOVE"),
        ("SANGAT_BAIK", "INSTANSI", "ANGGOTA LINTAS_INSTANSI", 100, 81.25, "ABOVE"),
        ("BUTUH_PERBAIKAN", "INTERNASIONAL", "KETUA LINTAS_INSTANSI", 100, 76.00, "AS_EXPECTED"),
    ],
)
def test_reinforcing_evidence_decides_the_class_of_most_people(
    predikat: str, award: str | None, team: str | None, feedback: int, score: float, level: str
) -> None:
    row = _reinforced(predikat, award, team, feedback)
    assert (_points(row, Axis.PERFORMANCE, BKN), row["performance_class"]) == (score, level)
    assert row["status"] == "LENGKAP"


def test_under_the_rival_scale_the_first_case_is_as_expected() -> None:
    rival = bkn("predikat-110")
    row = _reinforced("BAIK", None, None, 80, rival)
    assert (_points(row, Axis.PERFORMANCE, rival), row["performance_class"]) == (68, "AS_EXPECTED")
