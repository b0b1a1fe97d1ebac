"""Tables of the establishment: units, posts, their requirements and standards, critical posts, fields of study."""

from __future__ import annotations

from typing import Final

import polars as pl

from nawa.demo.chance import Chance
from nawa.demo.posts import TIERS, Post
from nawa.demo.seating import Organisation
from nawa.demo.studies import reference_rows
from nawa.demo.tables import table_of_rows
from nawa.demo.units import Unit
from nawa.workbook.codes import COMPETENCIES

_LEVEL_OF_TIER: Final = {
    "JPT_PRATAMA": 4,
    "ADMINISTRATOR": 3,
    "PENGAWAS": 2,
    "JF_AHLI_UTAMA": 4,
    "JF_AHLI_MADYA": 3,
    "JF_AHLI_MUDA": 2,
    "JF_PENYELIA": 2,
}
"""Required level by tier (practice of PermenPANRB 38/2017); others ask for 2 in serving the public, for 1 elsewhere."""
_BASIC: Final = frozenset({"INTEGRITAS", "KERJA_SAMA", "KOMUNIKASI", "PELAYANAN_PUBLIK"})
_LEADING: Final = frozenset({"PENGAMBILAN_KEPUTUSAN", "MENGELOLA_PERUBAHAN", "PEREKAT_BANGSA"})

_APPROVALS: Final = {
    "SETDA-H1": ("KOORDINASI_GUBERNUR", "Gubernur Jawa Tengah", "UU 23/2014; PP 11/2017 jo. PP 17/2020"),
    "INSP-H1": ("KONSULTASI_GUBERNUR", "Gubernur Jawa Tengah", "PP 72/2019"),
    "SETWAN-H1": ("PERSETUJUAN_DPRD", "Pimpinan DPRD", "PP 18/2016 jo. PP 72/2019"),
    "DUKCAPIL-H1": ("PENETAPAN_MENDAGRI", "Menteri Dalam Negeri", "UU 24/2013"),
}
_CRITERIA: Final = ("STRATEGIS", "SULIT_DIISI", "DAMPAK_KEKOSONGAN", "KEKHUSUSAN_KOMPETENSI", "RISIKO_INTEGRITAS")


def tables(organisation: Organisation, chance: Chance) -> dict[str, pl.DataFrame]:
    """The six tables that describe the institution and not its people."""
    posts = organisation.posts
    return {
        "unit": table_of_rows("unit", map(_unit_row, organisation.units)),
        "position": table_of_rows("position", map(_position_row, posts)),
        "position_requirement": table_of_rows("position_requirement", _requirements(posts)),
        "competency_standard": table_of_rows("competency_standard", _standards(posts, chance)),
        "critical_position_criterion": table_of_rows("critical_position_criterion", _criteria(posts, chance)),
        "field_of_study": table_of_rows("field_of_study", reference_rows()),
    }


def _unit_row(unit: Unit) -> dict[str, object]:
    return {
        "code": unit.code,
        "name": unit.name,
        "parent_code": unit.parent,
        "kind": unit.kind,
        "area": unit.area,
        "valid_from": unit.valid_from,
        "valid_through": unit.valid_through,
        "successor_code": unit.successor,
    }


def _position_row(post: Post) -> dict[str, object]:
    return {
        "code": post.code,
        "name": post.name,
        "unit_code": post.unit,
        "tier": post.tier,
        "echelon": post.echelon,
        "job_class": post.job_class,
        "family": post.family,
        "work_field": post.work_field,
        "seats": post.seats,
        "critical": post.critical,
        "least_education": post.least_education,
        "fields_of_study": list(post.fields) or None,
        "least_rank": post.least_rank,
        "retirement_age": post.retirement_age,
        "valid_from": post.valid_from,
        "valid_through": post.valid_through,
        "successor_code": post.successor,
    }


def _requirements(posts: list[Post]) -> list[dict[str, object]]:
    """Posts that need somebody else's word before appointment, and camat's schooling in government."""
    rows: list[dict[str, object]] = []
    for post in posts:
        if post.code in _APPROVALS:
            name, party, basis = _APPROVALS[post.code]
            rows.append(_requirement(post, name, "WAJIB", basis, party))
        if post.name.startswith("Camat "):
            rows.append(
                _requirement(post, "PENDIDIKAN_PEMERINTAHAN", "Ilmu Pemerintahan", "UU 23/2014 Pasal 224", None)
            )
        if post.name.startswith("Inspektur Pembantu"):
            rows.append(_requirement(post, "KONSULTASI_GUBERNUR", "WAJIB", "PP 72/2019", "Gubernur Jawa Tengah"))
        if post.name == "Kepala Satuan Polisi Pamong Praja":
            rows.append(_requirement(post, "DIKLAT_DASAR_POL_PP", "WAJIB", "PP 16/2018", None))
        if post.name.startswith("Direktur RSUD"):
            rows.append(_requirement(post, "TENAGA_MEDIS", "WAJIB", "UU 17/2023", None))
    return rows


def _requirement(post: Post, name: str, value: str, basis: str, party: str | None) -> dict[str, object]:
    return {
        "position_code": post.code,
        "requirement": name,
        "value": value,
        "legal_basis": basis,
        "approving_party": party,
    }


def _standards(posts: list[Post], chance: Chance) -> list[dict[str, object]]:
    """One standard per tier; posts of JPT and some administrators have their own, weighted, higher where they lead."""
    rows = [
        {"position_code": f"JENJANG:{tier}", "competency": competency, "level": _level(tier, competency)}
        for tier in TIERS
        for competency in COMPETENCIES
    ]
    own = [post for post in posts if post.tier == "JPT_PRATAMA" or (post.tier == "ADMINISTRATOR" and post.critical)]
    raised = chance.happens(0.25, len(own) * len(COMPETENCIES)).reshape(len(own), -1).tolist()
    for post, raises in zip(own, raised, strict=True):
        for competency, raise_it in zip(COMPETENCIES, raises, strict=True):
            higher = raise_it and post.tier == "JPT_PRATAMA" and competency in _LEADING
            rows.append(
                {
                    "position_code": post.code,
                    "competency": competency,
                    "level": _level(post.tier, competency) + higher,
                    "weight": 20_000 if competency in _LEADING else 10_000,
                }
            )
    return rows


def _level(tier: str, competency: str) -> int:
    return _LEVEL_OF_TIER.get(tier, 2 if competency in _BASIC else 1)


def _criteria(posts: list[Post], chance: Chance) -> list[dict[str, object]]:
    critical = [post for post in posts if post.critical]
    marks = (3 + chance.below(3, len(critical) * len(_CRITERIA))).reshape(len(critical), -1).tolist()
    return [
        {
            "position_code": post.code,
            "criterion": criterion,
            "value": mark,
            "reason": f"Penilaian peta jabatan {post.work_field.lower()}" if mark == 5 else None,
        }
        for post, row in zip(critical, marks, strict=True)
        for criterion, mark in zip(_CRITERIA, row, strict=True)
    ]
