"""The result workbook: the talent map, SIMATA's sheet, what the run depended on, and the problems found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final, Literal

import polars as pl
import xlsxwriter

from nawa.engine.parameters import Parameters, Status
from nawa.engine.trace import RunRecord
from nawa.workbook.frames import FrameWorksheet, guarded, guarded_text, widths
from nawa.workbook.mapsheets import BOX_STRENGTH, map_sheet, simata_sheet
from nawa.workbook.posts import posts_of, table
from nawa.workbook.problems import Problem, Severity
from nawa.workbook.sheets import Tables
from nawa.workbook.write import CREATED

Words = Callable[[str, str], str]
"""The words for a code: group (`classes`, `components`, `follow_ups`, `raw_codes`) and code → Indonesian."""

_SHADES: Final = ("#EEF3FA", "#D3E0F2", "#A9C3E6", "#6F98D0", "#2F5FA8")  # one hue, from quiet to strong
_ABOVE, _BELOW = range(2, -1, -1), range(3)


def people_of(tables: Tables, nips: Mapping[str, str]) -> pl.DataFrame:
    """Who stands behind each subject: `subject, nip, name, unit, position, tier`. `nips` gives each subject its NIP."""
    units = table(tables, "unit").select(pl.col("code").alias("unit_code"), pl.col("name").alias("unit"))
    named = pl.DataFrame(
        {"subject": list(nips), "nip": list(nips.values())}, schema={"subject": pl.String, "nip": pl.String}
    )
    people = (
        table(tables, "person").drop("position_code").join(named, on="nip").join(posts_of(tables), on="nip", how="left")
    )
    people = people.with_columns(pl.coalesce("unit_code", "post_unit").alias("unit_code")).join(
        units, on="unit_code", how="left"
    )
    return people.select(
        "subject",
        "nip",
        "name",
        pl.coalesce("unit", "unit_code").alias("unit"),
        pl.coalesce("post_name", "position_name", "position_code").alias("position"),
        "tier",
    )


def write_results(
    path: Path,
    result: pl.DataFrame,
    *,
    people: pl.DataFrame,
    parameters: Parameters,
    record: RunRecord,
    result_hash: str,
    words: Words,
    problems: Sequence[Problem] = (),
) -> None:
    """Write a map (`nawa.engine.tables.map_schema`) with its people (`people_of`), sorted by unit and name.

    The same run gives the same bytes. Texts are never formulas, not even after a detour through CSV.
    """
    rows = people.join(result, on="subject").sort("unit", "name", "nip", nulls_last=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "Peta talenta", "created": CREATED})
        _write_map(book, map_sheet(rows, parameters, record, words))
        _write_frame(book, "simata", simata_sheet(rows, parameters), frozen=2)
        _write_summary(book, result, people, parameters, record, result_hash, problems)
        _write_frame(book, "masalah", _problem_sheet(problems), frozen=0)


def write_sheet(target: IO[bytes], frame: pl.DataFrame, *, name: str, file_format: Literal["xlsx", "csv"]) -> None:
    """Write one table as a workbook of one sheet, or as CSV as Excel with Indonesian settings reads it."""
    if file_format == "csv":
        target.write(b"\xef\xbb\xbf")  # without it Excel takes UTF-8 for an older code
        plain = frame.with_columns(guarded(pl.col(pl.String)))
        plain.write_csv(target, separator=";", decimal_comma=True)
        return
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        _write_frame(book, name[:31], frame, frozen=1)


def _write_frame(book: xlsxwriter.Workbook, name: str, frame: pl.DataFrame, *, frozen: int) -> FrameWorksheet:
    """A sheet with a frozen, filterable head; numbers with up to four decimals, dates as dates."""
    page: FrameWorksheet = book.add_worksheet(name, worksheet_class=FrameWorksheet)
    heading = book.add_format({"bold": True, "bg_color": "#1F3B64", "font_color": "#FFFFFF", "text_wrap": True})
    number, share = book.add_format({"num_format": "0.00##"}), book.add_format({"num_format": "0.0%"})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "d mmmm yyyy"})
    formats = {
        column: share
        if column.startswith("peluang_")
        else {pl.Float64(): number, pl.String(): text, pl.Date(): day}.get(dtype)
        for column, dtype in frame.schema.items()
    }
    for place, (column, width) in enumerate(zip(frame.columns, widths(frame.columns, frame), strict=True)):
        page.set_column(place, place, width, formats[column])
        page.write_string(0, place, column, heading)
    page.put_frame(frame, formats=formats)
    page.freeze_panes(1, frozen)
    page.autofilter(0, 0, frame.height, frame.width - 1)
    return page


def _write_map(book: xlsxwriter.Workbook, frame: pl.DataFrame) -> None:
    """The map; boxes are shaded from quiet to strong besides their number, and *at least* where provisional."""
    page = _write_frame(book, "peta_talenta", frame, frozen=2)
    box, status = frame.columns.index("kotak"), frame.columns.index("status")
    last = max(frame.height, 1)
    letter = xlsxwriter.utility.xl_col_to_name(status)
    at_least = book.add_format({"num_format": '"≥ "0'})
    provisional = {"type": "formula", "criteria": f'=${letter}2="{Status.SEMENTARA}"', "format": at_least}
    page.conditional_format(1, box, last, box, provisional)
    for number, strength in BOX_STRENGTH.items():
        shade = book.add_format({"bg_color": _SHADES[strength], "font_color": "#FFFFFF" if strength > 3 else "#10243F"})
        page.conditional_format(1, box, last, box, {"type": "cell", "criteria": "==", "value": number, "format": shade})


def _problem_sheet(problems: Sequence[Problem]) -> pl.DataFrame:
    severities = {Severity.ERROR: "kesalahan", Severity.WARNING: "peringatan", Severity.NOTICE: "catatan"}
    rows = [
        (p.sheet, p.row, p.column, p.value, severities[p.severity], p.reason(), p.remedy(), p.consequence())
        for p in problems
    ]
    columns = ("lembar", "baris", "kolom", "nilai", "tingkat", "sebab", "cara_memperbaiki", "akibat")
    schema = {column: pl.Int64() if column == "baris" else pl.String() for column in columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


# -- the summary


def _write_summary(
    book: xlsxwriter.Workbook,
    result: pl.DataFrame,
    people: pl.DataFrame,
    parameters: Parameters,
    record: RunRecord,
    result_hash: str,
    problems: Sequence[Problem],
) -> None:
    """What the run depended on, how many people are where, and how the columns are to be read."""
    page = book.add_worksheet("ringkasan")
    bold, text = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 34)
    page.set_column(1, 9, 22)
    page.hide_gridlines(2)
    lines = [*_run_lines(parameters, record, result_hash), *_count_lines(result, people, problems)]
    for row, (label, value) in enumerate(lines):
        page.write_string(row, 0, label, bold)
        if isinstance(value, int):
            page.write_number(row, 1, value)
        else:
            page.write_string(row, 1, guarded_text(value))
    row = _write_boxes(book, page, result, len(lines) + 1)
    for offset, note in enumerate(_NOTES):
        page.merge_range(row + offset, 0, row + offset, 5, "", text)
        page.write_string(row + offset, 0, note, text)
        page.set_row(row + offset, 32)


def _run_lines(parameters: Parameters, record: RunRecord, result_hash: str) -> list[tuple[str, str | int]]:
    stamp: list[tuple[str, str | int]] = [("Catatan kebijakan", parameters.stamp)] if parameters.stamp else []
    return [
        ("Kebijakan", record.policy_id),
        ("Versi kebijakan", record.policy_version),
        ("Hash kebijakan", record.policy_hash),
        *stamp,
        ("Tanggal acuan", record.on.isoformat()),
        ("Versi mesin", record.engine_version),
        ("Benih acak", record.seed),
        ("Komitmen masukan", record.input_commitment),
        ("Hash hasil", result_hash),
        ("", ""),
    ]


def _count_lines(
    result: pl.DataFrame, people: pl.DataFrame, problems: Sequence[Problem]
) -> list[tuple[str, str | int]]:
    """How many people, by status and kind of staff: each kind is held against its own number."""
    groups = result.group_by(pl.col("staff_kind").fill_null("belum diketahui"), "status").len()
    found = {(kind, status): count for kind, status, count in groups.iter_rows()}
    kinds = sorted({kind for kind, _ in found})
    by_kind = [(f"{kind}: {status}", found.get((kind, status.value), 0)) for kind in kinds for status in Status]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return [
        ("Orang dalam masukan", people.height),
        ("Orang yang dipetakan", result.height),
        *by_kind,
        ("Masalah dalam masukan", len(problems)),
        ("di antaranya kesalahan", errors),
    ]


def _write_boxes(book: xlsxwriter.Workbook, page: Any, result: pl.DataFrame, row: int) -> int:
    """The nine boxes with their counts, performance upwards, potential to the right; the next free row."""
    counts = dict(result.drop_nulls("box").group_by("box").len().rows())
    bold = book.add_format({"bold": True, "valign": "vcenter"})
    page.write_string(row, 0, "Kinerja ↑ / Potensial →", bold)
    for place, label in enumerate(("rendah", "menengah", "tinggi")):
        page.write_string(row, place + 1, label, bold)
    for line, (label, boxes) in enumerate(_GRID):
        page.set_row(row + 1 + line, 40)
        page.write_string(row + 1 + line, 0, label, bold)
        for place, box in enumerate(boxes):
            strength = BOX_STRENGTH[box]
            look = {"bg_color": _SHADES[strength], "font_color": "#FFFFFF" if strength > 3 else "#10243F", "border": 1}
            cell = book.add_format(
                {**look, "align": "center", "valign": "vcenter", "num_format": f'"Kotak {box}:" #,##0'}
            )
            page.write_number(row + 1 + line, place + 1, counts.get(box, 0), cell)
    return row + 5


_GRID: Final = (("di atas ekspektasi", (4, 7, 9)), ("sesuai ekspektasi", (2, 5, 8)), ("di bawah ekspektasi", (1, 3, 6)))
_NOTES: Final = (
    "SEMENTARA: sebagian bukti belum diketahui. Kotak yang tertera adalah sekurang-kurangnya (≥); "
    "kotak_tertinggi adalah yang masih mungkin dicapai dengan bukti yang kurang.",
    "BELUM_DAPAT_DIPETAKAN: bukti yang diketahui belum cukup; tidak ada kotak. Belum diketahui bukan nol.",
    "Peluang kotak adalah perkiraan untuk perencanaan dan tidak menentukan hasil resmi; kedua sumbu dianggap bebas.",
    "Kompetensi dan bidang ilmu dibandingkan dengan jabatan sekarang (bila jabatan tidak punya standar, dengan standar "
    "jenjangnya); jabatan tanpa bidang ilmu: belum diketahui.",
    "Kolom _bukti memuat data mentah, _poin nilainya (0–100), _bobot bagiannya dari sumbu dalam persen. "
    "lama_jabatan dalam bulan; pelatihan dan sertifikasi dalam jumlah atau JP menurut kebijakan.",
    "Lembar simata mengikuti urutan 18 kolom SIMATA; indikator yang belum diketahui dibiarkan kosong.",
)
