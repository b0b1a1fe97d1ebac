"""Workbooks as offices make them, for tests: rows of cells in, a reading out."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from nawa.workbook.problems import Problem
from nawa.workbook.reading import Reading, read_here
from nawa.workbook.sheets import BY_NAME, BY_TABLE, Tables

BUDI = "197806262002041002"
SITI = "198503172010012004"
RUDI = "199001152020121001"
PPPK = "199206102024211003"

Rows = Sequence[Sequence[Any]]
STAFF: Rows = (("nip", "nama", "jabatan_kode"), (BUDI, "Budi Santoso", "J1"), (SITI, "Siti Aminah", "J2"))


def write_book(path: Path, **sheets: Rows) -> Path:
    """Write rows as they are, `pegawai` added where it is not given."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in ({"pegawai": STAFF} | sheets).items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def read_book(folder: Path, *, on: date | None = None, **sheets: Rows) -> Reading:
    """What is read from these rows, in this process."""
    return read_here(write_book(folder / "buku.xlsx", **sheets), on=on)


def read_cells(folder: Path, sheet: str, heading: str, *values: Any) -> list[Any]:
    """What the cells under one heading become, in a sheet whose other required columns are filled in."""
    columns = [c for c in BY_NAME[sheet].columns if (c.required or c.key) and c.heading != heading]
    filled = [_FILLED.get(column.heading, "x") for column in columns]
    rows = [[*(column.heading for column in columns), heading, "catatan"]]
    for place, value in enumerate(values):
        own = {BUDI: f"{BUDI[:15]}{place + 1:03d}", "x": f"x{place}"}
        rows.append([*(own.get(cell, cell) for cell in filled), value, "x"])
    reading = read_book(folder, **{sheet: rows})
    column = next(column for column in BY_NAME[sheet].columns if column.heading == heading)
    return reading.tables[BY_NAME[sheet].table][column.name].to_list()


_FILLED = {"nip": BUDI, "tahun": 2025, "tanggal": "2025-01-31", "level": 3, "jenjang": "PELAKSANA"}


def codes(reading: Reading, sheet: str | None = None) -> list[str]:
    """The codes of the problems found, in order."""
    return [problem.code for problem in reading.problems if sheet in (None, problem.sheet)]


def only(reading: Reading, code: str) -> Problem:
    """The one problem of this code."""
    (found,) = [problem for problem in reading.problems if problem.code == code]
    return found


def rows_of(table: str, *rows: Mapping[str, Any]) -> pl.DataFrame:
    """A typed table with these rows, other columns empty."""
    schema = BY_TABLE[table].schema
    return pl.DataFrame({name: pl.Series([row.get(name) for row in rows], dtype=kind) for name, kind in schema.items()})


def small_city() -> Tables:
    """A few facts of every kind of column, in the form that reading gives."""
    return {
        "unit": rows_of("unit", {"code": "U1", "name": "Dinas"}, {"code": "U2", "name": "Bidang", "parent_code": "U1"}),
        "position": rows_of(
            "position",
            {
                "code": "J1",
                "name": "Kepala Bidang",
                "unit_code": "U2",
                "tier": "ADMINISTRATOR",
                "echelon": "III.b",
                "seats": 1,
                "critical": True,
                "fields_of_study": ["hukum", "ekonomi"],
                "valid_from": date(2021, 1, 1),
            },
            {"code": "J2", "name": "=Guru; <b>&", "unit_code": "U1", "tier": "JF_AHLI_MUDA", "seats": 12},
        ),
        "person": rows_of(
            "person",
            {
                "nip": BUDI,
                "name": "Budi Santoso",
                "front_title": "Dr.",
                "back_title": "S.Kom., M.T.",
                "staff_kind": "PNS",
                "sex": "L",
                "born_on": date(1978, 6, 26),
                "rank": "III/d",
                "position_code": "J1",
                "unit_code": "U2",
                "legal_status": "AKTIF",
                "phone": "+62812",
                "verified_none": ["penghargaan", "disiplin"],
            },
            {"nip": SITI, "name": "-Siti @ Aminah", "position_code": "J2", "unit_code": "U1", "disability": False},
        ),
        "performance_rating": rows_of(
            "performance_rating",
            {"nip": BUDI, "year": 2025, "results": "DI_ATAS", "behaviour": "DI_ATAS", "rating": "SANGAT_BAIK"},
            {"nip": SITI, "year": 2025, "period": "TW1", "former_score": Decimal("93.47")},
        ),
        "feedback": rows_of(
            "feedback",
            {"nip": BUDI, "period": "2025", "relation": "ATASAN", "rater_nip": SITI, "value": Decimal("4.3333")},
            {"nip": BUDI, "period": "2025", "relation": "GABUNGAN", "rating": "BAIK", "rater_count": 7},
        ),
    }  # fmt: skip
