"""A small office, made by hand: three units, three posts, and three people of whom all, enough and little is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from nawa.demo.tables import table_of_rows
from nawa.workbook.codes import POTENTIAL_ASPECTS, REGISTERS
from nawa.workbook.sheets import Tables

HEAD, STAFF, TEACHER = "197001011995031001", "198505052010012002", "199009092022211003"
ASSESSED = date(2025, 3, 1)


def rows(table: str, *given: dict[str, Any]) -> pl.DataFrame:
    """The table of these rows; columns not named are empty."""
    return table_of_rows(table, given)


def office() -> Tables:
    """Every call gives new tables, to be changed at will."""
    return {
        "unit": rows(
            "unit",
            {"code": "DINAS", "name": "Dinas Pendidikan", "parent_code": "KOTA", "kind": "OPD"},
            {"code": "KOTA", "name": "Kota", "kind": "LAINNYA"},
            {"code": "SD1", "name": "SD Satu", "parent_code": "DINAS", "kind": "SEKOLAH"},
        ),
        "position": rows(
            "position",
            {"code": "KADIN", "name": "Kepala Dinas", "unit_code": "DINAS", "tier": "JPT_PRATAMA", "seats": 1}
            | {"fields_of_study": ["Pendidikan", "Manajemen"]},
            {"code": "SEKDIN", "name": "Sekretaris", "unit_code": "DINAS", "tier": "ADMINISTRATOR", "seats": 1},
            {"code": "GURU", "name": "Guru", "unit_code": "SD1", "tier": "JF_AHLI_PERTAMA", "seats": 5},
        ),
        "competency_standard": rows(
            "competency_standard",
            {"position_code": "KADIN", "competency": "INTEGRITAS", "level": 4},
            {"position_code": "JENJANG:ADMINISTRATOR", "competency": "INTEGRITAS", "level": 3},
        ),
        "person": rows("person", *people()),
        "education": rows(
            "education",
            {"nip": HEAD, "level": "S2", "major": "Manajemen Pendidikan", "field": "Pendidikan", "graduated_in": 2004},
            {"nip": STAFF, "level": "S1", "major": "Administrasi Negara", "graduated_in": 2008},
        ),
        "career_entry": rows(
            "career_entry",
            {"nip": HEAD, "title": "Sekretaris", "unit": "Dinas Pendidikan", "started_on": date(2015, 1, 2)},
            {"nip": HEAD, "title": "Kepala Bagian", "unit": "Sekretariat Daerah", "started_on": date(2012, 1, 2)},
        ),
        "performance_rating": rows(
            "performance_rating",
            {"nip": HEAD, "year": 2025, "rating": "SANGAT_BAIK"},
            {"nip": STAFF, "year": 2025, "rating": "BAIK"},
        ),
        "competency_assessment": rows(
            "competency_assessment",
            {"nip": HEAD, "assessed_on": ASSESSED, "competency": "INTEGRITAS", "level": 3_5000, "assessor": "A"},
            {"nip": HEAD, "assessed_on": ASSESSED, "competency": "INTEGRITAS", "level": 4_0000, "assessor": "B"},
        ),
        "potential_assessment": rows(
            "potential_assessment",
            *(
                {"nip": nip, "assessed_on": ASSESSED, "aspect": aspect, "value": 3_2500}
                for nip in (HEAD, STAFF)
                for aspect in POTENTIAL_ASPECTS
            ),
        ),
        "training": rows(
            "training",
            {"nip": STAFF, "name": "Diklat Arsip", "kind": "TEKNIS", "hours": 20, "completed_on": ASSESSED},
        ),
        "preference": rows("preference", {"nip": STAFF, "position_code": "SEKDIN", "order": 1}),
    }


def people() -> list[dict[str, Any]]:
    """The head, a member of staff without a post of their own, and a teacher without a unit of their own."""
    none_else = {"staff_kind": "PNS", "verified_none": [*REGISTERS]}
    return [
        {"nip": HEAD, "name": "Kepala", "position_code": "KADIN", "unit_code": "DINAS", **none_else}
        | {"position_since": date(2021, 3, 1)},
        {"nip": STAFF, "name": "Staf", "position_name": "Pengadministrasi", "unit_code": "KOTA", **none_else},
        {"nip": TEACHER, "name": "Guru", "staff_kind": "PPPK", "position_code": "GURU", "superior_nip": HEAD},
    ]
