"""Policies for the tests, built by hand from the sources and not by the loader: BKN 411/2025, DJBK, variations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm
from random import Random
from types import MappingProxyType
from typing import Any

from nawa.engine.parameters import (
    AXIS_OF,
    Assessment,
    Axis,
    Band,
    Career,
    Component,
    Cutoffs,
    Discipline,
    Error,
    Exact,
    Feedback,
    Learning,
    Normal,
    Parameters,
    Rating,
    Source,
    Steps,
    Weighing,
)

Absent = tuple[tuple[int, float], ...]
"""Points and chances of evidence that was not submitted."""

RATINGS = ("SANGAT_BAIK", "BAIK", "BUTUH_PERBAIKAN", "KURANG", "SANGAT_KURANG")
RATING_POINTS = dict(zip(RATINGS, (100, 80, 60, 40, 20), strict=True))
ASPECTS = (
    "KEMAMPUAN_INTELEKTUAL",
    "KEMAMPUAN_INTERPERSONAL",
    "KESADARAN_DIRI",
    "BERPIKIR_KRITIS_STRATEGIS",
    "MENYELESAIKAN_PERMASALAHAN",
    "KECERDASAN_EMOSIONAL",
    "BELAJAR_CEPAT",
    "MOTIVASI_KOMITMEN",
)
TIER_RANK = {
    "JPT_MADYA": 60,
    "JPT_PRATAMA": 50,
    "JF_AHLI_UTAMA": 50,
    "ADMINISTRATOR": 40,
    "JF_AHLI_MADYA": 40,
    "PENGAWAS": 30,
    "JF_AHLI_MUDA": 30,
    "JF_AHLI_PERTAMA": 20,
    "PELAKSANA": 10,
}
BKN_WEIGHTS = {  # percent of the axis
    Component.RATING: Fraction(60),
    Component.AWARD: Fraction(15),
    Component.TEAM: Fraction(15),
    Component.FEEDBACK: Fraction(10),
    Component.COMPETENCE: Fraction(20),
    Component.TRAINING: Fraction(10, 2),
    Component.CERTIFICATION: Fraction(10, 2),
    Component.TENURE: Fraction(10, 3),
    Component.BREADTH: Fraction(10, 3),
    Component.ACTING: Fraction(10, 3),
    Component.POTENTIAL: Fraction(25),
    Component.EDUCATION: Fraction(10),
    Component.FIELD: Fraction(10),
    Component.DISCIPLINE: Fraction(15),
}
DJBK_WEIGHTS = {  # the assessment total (*Potkom*) is one indicator there; training counts as the whole of development
    Component.RATING: Fraction(100),
    Component.COMPETENCE: Fraction(65),
    Component.EDUCATION: Fraction(5),
    Component.FIELD: Fraction(5),
    Component.TRAINING: Fraction(5),
    Component.TENURE: Fraction(5, 3),
    Component.BREADTH: Fraction(5, 3),
    Component.ACTING: Fraction(5, 3),
    Component.DISCIPLINE: Fraction(15),
}


def weighted(
    percents: Mapping[Component, Fraction],
    errors: Mapping[Component, Error] = MappingProxyType({}),
    absent: Mapping[Component, Absent] = MappingProxyType({}),
) -> dict[str, Any]:
    """`weight_base` and `weighing` from percents of each axis, with errors and distributions of what is missing."""
    bases = {
        axis: lcm(100, *(share.denominator * 100 for one, share in percents.items() if AXIS_OF[one] == axis))
        for axis in Axis
    }
    return {
        "weight_base": bases,
        "weighing": {
            component: Weighing(
                weight=int(percents.get(component, Fraction(0)) / 100 * bases[AXIS_OF[component]]),
                none_points=100 if component == Component.DISCIPLINE else 0,
                error=errors.get(component, Exact()),
                absent=absent.get(component, ((0, 0.25), (50, 0.5), (100, 0.25))),
            )
            for component in Component
        },
    }


def parameters() -> Parameters:
    """The numbers of Keputusan Kepala BKN 411/2025; what the sources leave open is chosen here."""
    return Parameters(
        policy_id="bkn-411-2025",
        policy_version="reference",
        policy_hash="0" * 64,
        stamp=None,
        **weighted(BKN_WEIGHTS),
        talent_weights={Axis.PERFORMANCE: 50, Axis.POTENTIAL: 50},
        cutoffs={Axis.PERFORMANCE: Cutoffs(80, 60), Axis.POTENTIAL: Cutoffs(80, 60)},
        box_table=((1, 3, 6), (2, 5, 8), (4, 7, 9)),
        follow_ups={box: tuple(f"BOX_{box}_{n}" for n in range(box % 3)) for box in range(1, 10)},
        pool_boxes={"JPT_PRATAMA": (7, 8, 9), "ADMINISTRATOR": (7, 8, 9), "PENGAWAS": (7, 8, 9)},
        mapped_staff_kinds=("PNS", "PPPK"),
        candidate_staff_kinds=("PNS",),
        excluded_legal_statuses=("CLTN", "MPP", "DIBERHENTIKAN", "PENSIUN"),
        unknown="floor",
        provisional_completeness=60,
        coverage_months=12,
        rating=Rating(
            points=RATING_POINTS,
            matrix={
                ("DI_ATAS", "DI_BAWAH"): "KURANG",
                ("DI_ATAS", "SESUAI"): "BAIK",
                ("DI_ATAS", "DI_ATAS"): "SANGAT_BAIK",
                ("SESUAI", "DI_BAWAH"): "KURANG",
                ("SESUAI", "SESUAI"): "BAIK",
                ("SESUAI", "DI_ATAS"): "BAIK",
                ("DI_BAWAH", "DI_BAWAH"): "SANGAT_KURANG",
                ("DI_BAWAH", "SESUAI"): "BUTUH_PERBAIKAN",
                ("DI_BAWAH", "DI_ATAS"): "BUTUH_PERBAIKAN",
            },
            former_bands=((110, RATINGS[0]), (90, RATINGS[1]), (70, RATINGS[2]), (50, RATINGS[3]), (0, RATINGS[4])),
            due_month=3,
            years=1,
        ),
        feedback=Feedback(
            points=RATING_POINTS, points_per_value=20, relation_weights={"ATASAN": 60, "REKAN": 20, "BAWAHAN": 20}
        ),
        assessment=Assessment(
            competence_sources=(Source.DETAIL, Source.TOTAL),
            potential_sources=(Source.DETAIL, Source.TOTAL),
            years=3,
            cap_levels=True,
            points_per_match=1,
            potential_aspects=ASPECTS,
            greatest_aspect_value=5,
        ),
        learning=Learning(
            training_measure="COUNT",
            training_bands=(Band(8, 100), Band(6, 75), Band(4, 50), Band(1, 25)),
            training_years=3,
            certification_bands=(Band(3, 100), Band(1, 50)),
            certification_years=5,
        ),
        career=Career(
            tenure_bands=(Band(60, 100), Band(36, 80), Band(0, 60)),
            breadth_points={"CROSS_INSTITUTION": 100, "CROSS_UNIT": 80, "ONE_UNIT": 60},
            acting_points={"PJ": 100, "PLT_HIGHER": 80, "PLT_SAME": 60, "PLH_HIGHER": 40, "PLH_SAME": 20},
            tier_rank=TIER_RANK,
        ),
        discipline=Discipline(points={"RINGAN": 75, "SEDANG": 50, "BERAT": 25}, serving_points=0, years=5),
        award_points={"INTERNASIONAL": 100, "NASIONAL": 75, "LINTAS_INSTANSI": 50, "INSTANSI": 25},
        award_years=5,
        team_points={
            ("KETUA", "LINTAS_INSTANSI"): 100,
            ("KETUA", "INTERNAL"): 75,
            ("ANGGOTA", "LINTAS_INSTANSI"): 50,
            ("ANGGOTA", "INTERNAL"): 25,
        },
        team_years=2,
        education_points={"S3": 100, "S2": 90, "S1": 80, "D4": 80, "D3": 70, "SLTA": 60},
        field_points={"SUITABLE": 100, "RELATED": 75, "UNSUITABLE": 50},
    )


def djbk() -> Parameters:
    """The numbers of Ditjen Bina Konstruksi: performance is the rating alone, 65 percent of potential *Potkom*."""
    p = parameters()
    return replace(p, **weighted(DJBK_WEIGHTS), assessment=replace(p.assessment, competence_sources=(Source.TOTAL,)))


def variation(chance: Random) -> Parameters:
    """Lawful parameters that differ from BKN's here and there, so that no number can hide in the code."""
    p = parameters() if chance.random() < 0.5 else djbk()
    if chance.random() < 0.6:
        p = replace(p, **weighted(_weights(chance), errors=_errors(chance), absent=_absent(chance)))
    if chance.random() < 0.5:
        p = replace(p, **_shape(chance))
    if chance.random() < 0.5:
        p = replace(p, **_scales(chance, p))
    return replace(p, unknown=chance.choice(("floor", "renormalise")), **_periods(chance, p))


def _weights(chance: Random) -> dict[Component, Fraction]:
    """Percents that add to 100 on each axis, some of them zero and some odd fractions."""
    percents: dict[Component, Fraction] = {}
    for axis in Axis:
        parts = {component: chance.choice((0, 1, 1, 2, 3, 7)) for component in Component if AXIS_OF[component] == axis}
        if not any(parts.values()):
            parts = dict.fromkeys(parts, 1)
        percents |= {component: Fraction(100 * part, sum(parts.values())) for component, part in parts.items()}
    return percents


def _errors(chance: Random) -> dict[Component, Error]:
    options: Sequence[Error] = (Exact(), Steps(0.1, 0.05), Steps(0.0, 0.3), Normal(4.5), Normal(0.5))
    numbers = (Component.COMPETENCE, Component.POTENTIAL)
    return {
        component: chance.choice([one for one in options if component not in numbers or not isinstance(one, Steps)])
        for component in Component
    }


def _absent(chance: Random) -> dict[Component, Absent]:
    options: Sequence[Absent] = (((0, 1.0),), ((60, 0.7), (80, 0.3)), ((0, 0.2), (25, 0.3), (75, 0.5)))
    return {component: chance.choice(options) for component in Component}


def _shape(chance: Random) -> dict[str, Any]:
    high = chance.randint(2, 100)
    share = chance.randint(0, 100)
    return {
        "cutoffs": {
            Axis.PERFORMANCE: Cutoffs(high, chance.randint(1, high - 1)),
            Axis.POTENTIAL: Cutoffs(chance.choice((80, 81, 90)), chance.choice((60, 59, 79))),
        },
        "talent_weights": {Axis.PERFORMANCE: share, Axis.POTENTIAL: 100 - share},
        "pool_boxes": {"JPT_PRATAMA": (9,), "ADMINISTRATOR": (7, 8, 9), "PENGAWAS": (7, 8, 9)},
        "mapped_staff_kinds": chance.choice((("PNS",), ("PNS", "CPNS", "PPPK", "PPPK_PARUH_WAKTU"))),
        "candidate_staff_kinds": chance.choice((("PNS",), ("PNS", "PPPK"))),
        "excluded_legal_statuses": chance.choice(((), ("CLTN", "TUGAS_BELAJAR"))),
        "provisional_completeness": chance.choice((1, 30, 60, 85, 100)),
    }


def _periods(chance: Random, p: Parameters) -> dict[str, Any]:
    return {
        "coverage_months": chance.choice((1, 6, 12, 13)),
        "award_years": chance.choice((1, 5)),
        "team_years": chance.choice((1, 2, 4)),
        "rating": replace(p.rating, years=chance.choice((1, 1, 2, 3)), due_month=chance.choice((1, 3, 12))),
        "assessment": replace(
            p.assessment,
            competence_sources=_sources(chance),
            potential_sources=_sources(chance),
            years=chance.choice((1, 3)),
            cap_levels=chance.random() < 0.5,
            points_per_match=chance.choice((1, 1, 2)),
            potential_aspects=chance.choice((ASPECTS, ASPECTS[:7], ASPECTS[2:5])),
            greatest_aspect_value=chance.choice((5, 5, 3)),
        ),
        "learning": replace(p.learning, **_learning(chance)),
        "discipline": replace(p.discipline, years=chance.choice((1, 2, 5))),
    }


def _sources(chance: Random) -> tuple[Source, ...]:
    options = ((Source.DETAIL, Source.TOTAL), (Source.TOTAL, Source.DETAIL), (Source.DETAIL,), (Source.TOTAL,))
    return chance.choice(options)


def _learning(chance: Random) -> dict[str, Any]:
    years = {"training_years": chance.choice((1, 3, 5)), "certification_years": chance.choice((1, 3))}
    if chance.random() < 0.5:
        return years
    hours = (Band(20, 100), Band(10, 80), Band(5, 60), Band(1, 40))
    return {**years, "training_measure": "HOURS", "training_bands": hours}


def _scales(chance: Random, p: Parameters) -> dict[str, Any]:
    rival = dict(zip(RATINGS, (100, 100, 80, 60, 40), strict=True))
    acting = {"PJ": 100, "PLT_HIGHER": 80, "PLT_SAME": 60, "PLH_HIGHER": 60, "PLH_SAME": 40}
    ranks = {tier: rank for tier, rank in TIER_RANK.items() if tier != "JF_AHLI_MUDA"}
    return {
        "rating": replace(p.rating, points=rival),
        "feedback": replace(
            p.feedback,
            points=chance.choice((rival, {"SANGAT_BAIK": 100, "BAIK": 85})),
            points_per_value=chance.choice((20, 25, 7)),
            relation_weights=chance.choice(({"ATASAN": 1, "REKAN": 1, "BAWAHAN": 1}, {"ATASAN": 3, "REKAN": 7})),
        ),
        "award_points": {"INTERNASIONAL": 100, "NASIONAL": 85, "LINTAS_INSTANSI": 50, "INSTANSI": 50},
        "team_points": {("KETUA", "LINTAS_INSTANSI"): 100, ("KETUA", "INTERNAL"): 85, ("ANGGOTA", "INTERNAL"): 50},
        "career": replace(
            p.career,
            acting_points=acting,
            tier_rank=ranks,
            tenure_bands=(Band(60, 100), Band(24, 80), Band(2, 60)),
        ),
        "discipline": replace(
            p.discipline, points={"RINGAN": 75, "SEDANG": 50, "BERAT": 50}, serving_points=chance.choice((0, 10, 60))
        ),
        "education_points": {"S3": 100, "SPESIALIS": 100, "S2": 90, "S1": 80, "D3": 70, "SMP": 40, "SD": 40},
        "field_points": {"SUITABLE": 100, "RELATED": chance.choice((50, 75)), "UNSUITABLE": 50},
    }
