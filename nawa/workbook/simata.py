"""SIMATA's sheet of 18 columns, as the national application hands it out: read tolerantly, taken as it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from nawa.engine.parameters import Indicator
from nawa.workbook.grid import Grid, Limits
from nawa.workbook.headings import HEAD_ROWS, find_heading, label_key
from nawa.workbook.mapsheets import SIMATA
from nawa.workbook.problems import ProblemList, UnreadableFile
from nawa.workbook.reading import WITHHELD_SCHEMA, Reading
from nawa.workbook.rows import ROW
from nawa.workbook.shape import Column, Kind, Sheet
from nawa.workbook.sources import Source, open_source
from nawa.workbook.typed import type_sheet

TABLE: Final = "simata"

_MOST: Final = 1_000
"""Above any scale, so that odd numbers are shown as differences; beyond it a cell is no score."""

_MORE: Final[Mapping[Indicator, tuple[str, ...]]] = {
    Indicator.FEEDBACK: ("Y - Umpan Balik Kinerja 360°", "Umpan Balik 360", "Y - Umpan Balik Kinerja"),
    Indicator.TEAM: ("Tim Kerja", "Y - Tim Kerja"),
    Indicator.DISCIPLINE: ("Disiplin", "X - Rekam Jejak Disiplin"),
    Indicator.EDUCATION: ("Pendidikan Formal", "X - Pendidikan Formal"),
}


def _score(heading: str, name: str, *aliases: str) -> Column:
    return Column(heading, name, Kind.NUMBER, aliases=aliases, least=0, most=_MOST)


def _of_indicator(heading: str, indicator: Indicator) -> Column:
    aliases = (heading.split(" - ", 1)[1], *_MORE.get(indicator, ()))
    return _score(heading, indicator.lower(), *aliases)


def _box_spellings(box: int) -> tuple[str, ...]:
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[box - 1]
    return (f"{box}.0", roman, *(f"{word} {number}" for word in ("Kotak", "Box") for number in (box, roman)))


SHEET: Final = Sheet(
    "simata",
    TABLE,
    (
        Column("NIP", "nip", Kind.NIP, required=True, key=True, aliases=("NIP Baru", "nipBaru", "NIP Pegawai")),
        Column("Nama", "name", aliases=("Nama Pegawai", "Nama Lengkap")),
        Column("Unit Organisasi", "unit", aliases=("Unit Kerja", "Unor", "Nama Unor", "Unit")),
        Column("Jabatan", "position", aliases=("Nama Jabatan",)),
        _score("Nilai X", "potential_axis", "Nilai Sumbu X", "Sumbu X", "Nilai Potensial", "Total X"),
        _score("Nilai Y", "performance_axis", "Nilai Sumbu Y", "Sumbu Y", "Nilai Kinerja", "Total Y"),
        Column(
            "Box",
            "box",
            Kind.CODE,
            codes={str(box): _box_spellings(box) for box in range(1, 10)},
            aliases=("Kotak", "Nomor Kotak", "Kuadran", "9 Box"),
        ),
        *(_of_indicator(heading, indicator) for heading, indicator in SIMATA),
    ),
    aliases=("Peta Talenta", "Hasil Pemetaan"),
)
"""Only the NIP must stand in each row; whatever is empty is not compared."""


def read_simata_here(path: Path, *, limits: Limits) -> Reading:
    """Read the sheet from an xlsx, whatever it is called there, or from a CSV file; without guard.

    Raises:
        UnreadableFile: the file cannot be read, or no sheet of it has a heading row with *NIP* and another column.
    """
    source = open_source(path, limits)
    problems = ProblemList(limits.problems)
    grid = next(_fitting(source), None)
    if grid is None:
        raise UnreadableFile("NO_SIMATA", name=path.name, found=", ".join(source.names)[:300] or "tidak ada")
    typed = type_sheet(SHEET, grid, problems)
    if typed is None:
        raise UnreadableFile("NO_SIMATA", name=path.name, found=", ".join(source.names)[:300])
    return Reading(
        tables={TABLE: typed.frame.drop(ROW)},
        problems=problems.all(),
        rows={TABLE: typed.frame[ROW]},
        rows_in_file={SHEET.name: typed.rows_in_file},
        withheld=typed.withheld.select("nip").with_columns(table=pl.lit(TABLE)).select(*WITHHELD_SCHEMA),
    )


def _fitting(source: Source) -> Iterator[Grid]:
    """Yield the sheets in which the columns are found: first that of the right name, then the others in order."""
    wanted = {label_key(name) for name in (SHEET.name, *SHEET.aliases)}
    for name in sorted(source.names, key=lambda name: label_key(name) not in wanted):
        grid = source.grid(name, SHEET)
        if find_heading(SHEET, grid.head(HEAD_ROWS)) is not None:
            yield grid
