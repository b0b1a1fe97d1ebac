"""The empty workbook to fill in: headings, drop-downs, notes, text formats that keep a NIP whole, and examples."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import xlsxwriter

from nawa.workbook.examples import EXAMPLES
from nawa.workbook.frames import FrameWorksheet
from nawa.workbook.shape import Column, Kind, Sheet
from nawa.workbook.sheets import SHEETS
from nawa.workbook.write import CREATED, DataFormats, lay_out

_ROWS_TO_FILL: Final = 20_000
_CODES_SHEET: Final = "daftar_kode"
_TABS: Final = {"pegawai": "#1F3B64", "kinerja": "#1F3B64"}

_GUIDE: Final = (
    ("Buku Kerja Talenta", ""),
    ("", ""),
    (
        "Apa ini",
        "Berkas untuk menyerahkan data instansi kepada Nawa. "
        "Yang wajib hanya lembar pegawai; lembar lain boleh kosong.",
    ),
    ("Langkah 1", "Isi lembar pegawai: NIP, nama, dan jabatan setiap orang (jabatan_kode atau jabatan_nama)."),
    (
        "Langkah 2",
        "Isi lembar bukti yang Anda miliki: "
        "kinerja, penghargaan, tim_kerja, diklat, asesmen, pendidikan, riwayat_jabatan, disiplin.",
    ),
    (
        "Langkah 3",
        "Periksa: nawa check BERKAS.xlsx. Setiap masalah disebut lembar, baris, kolom, dan cara memperbaikinya.",
    ),
    ("Langkah 4", "Petakan: nawa map BERKAS.xlsx -o HASIL.xlsx."),
    ("", ""),
    (
        "Kosong",
        "Sel kosong berarti belum diketahui, bukan nol. Bila suatu register memang tidak berisi apa pun bagi "
        "seorang pegawai, sebutkan di nihil_terverifikasi; bila lengkap untuk satu unit, isi lembar cakupan.",
    ),
    (
        "Judul",
        "Judul berlatar gelap dan bertanda * wajib diisi. Urutan kolom bebas; kolom tambahan diabaikan dan disebutkan.",
    ),
    ("NIP dan kode", "Kolomnya berformat teks. Jangan ubah menjadi angka: Excel hanya menyimpan 15 digit."),
    ("Tanggal", "31-01-2020, 31/01/2020, 2020-01-31, 31 Januari 2020, atau tanggal Excel."),
    ("Angka", "1.234,56 atau 1234.56."),
    ("Pilihan", "Kolom berpilihan menampilkan daftar saat diklik. Kata atau kode SIASN juga dikenali."),
    ("Beberapa isi", "Pisahkan dengan titik koma (;)."),
    (
        "Contoh",
        "Lembar contoh memperlihatkan satu baris untuk setiap lembar. "
        "Lembar petunjuk, contoh, dan daftar_kode tidak dibaca.",
    ),
)


def write_template(path: Path) -> None:
    """Write an empty workbook with every sheet of `SHEETS`; read back, it holds nothing but its headings."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "Buku Kerja Talenta", "created": CREATED})
        formats = DataFormats(book)
        _write_guide(book)
        pages = {sheet.name: book.add_worksheet(sheet.name, worksheet_class=FrameWorksheet) for sheet in SHEETS}
        lists = _write_code_lists(book)
        for sheet in SHEETS:
            _write_sheet(pages[sheet.name], sheet, formats, lists)
        _write_examples(book, formats)


def _write_guide(book: xlsxwriter.Workbook) -> None:
    page = book.add_worksheet("petunjuk")
    title = book.add_format({"bold": True, "font_size": 18})
    bold = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 100)
    page.hide_gridlines(2)
    for row, (head, words) in enumerate(_GUIDE):
        page.write_string(row, 0, head, bold if row else title)
        page.write_string(row, 1, words, text)
    page.activate()


def _write_sheet(page: FrameWorksheet, sheet: Sheet, formats: DataFormats, lists: dict[str, str]) -> None:
    lay_out(page, sheet, formats, [max(len(column.heading) + 5, 14) for column in sheet.columns])
    if sheet.name in _TABS:
        page.set_tab_color(_TABS[sheet.name])
    for place, column in enumerate(sheet.columns):
        if column.required:
            page.write_string(0, place, f"{column.heading} *", formats.required)
        page.write_comment(0, place, _note(sheet, column), {"x_scale": 2, "y_scale": 1.2})
        rule = _rule(column, lists)
        if rule:
            page.data_validation(1, place, _ROWS_TO_FILL, place, rule)


def _rule(column: Column, lists: dict[str, str]) -> dict[str, object] | None:
    """A drop-down for codes and yes or no. It warns and does not stop: words and SIASN codes are understood as well."""
    if column.kind is Kind.CODE:
        source: object = f"={lists[_list_key(column)]}"
    elif column.kind is Kind.BOOLEAN:
        source = ["ya", "tidak"]
    else:
        return None
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "Di luar daftar",
        "error_message": "Isian ini tidak ada dalam daftar. Lanjutkan hanya bila berupa kata atau kode SIASN.",
    }


def _list_key(column: Column) -> str:
    return ";".join(column.codes)


def _write_code_lists(book: xlsxwriter.Workbook) -> dict[str, str]:
    """Each list of codes once, in a sheet of its own; where each stands."""
    page = book.add_worksheet(_CODES_SHEET)
    bold = book.add_format({"bold": True})
    places: dict[str, str] = {}
    coded = [(sheet, column) for sheet in SHEETS for column in sheet.columns if column.kind is Kind.CODE]
    for sheet, column in coded:
        key = _list_key(column)
        if key not in places:
            place = len(places)
            page.write_string(0, place, f"{sheet.name}.{column.heading}", bold)
            page.write_column(1, place, list(column.codes))
            page.set_column(place, place, 24)
            letter = xlsxwriter.utility.xl_col_to_name(place)
            places[key] = f"{_CODES_SHEET}!${letter}$2:${letter}${len(column.codes) + 1}"
    page.freeze_panes(1, 0)
    return places


def _write_examples(book: xlsxwriter.Workbook, formats: DataFormats) -> None:
    """For each sheet its headings and one filled row, in a sheet that is never read."""
    page = book.add_worksheet("contoh")
    bold = book.add_format({"bold": True, "font_size": 13})
    row = 0
    for sheet in SHEETS:
        page.write_string(row, 0, sheet.name, bold)
        for place, column in enumerate(sheet.columns):
            page.write_string(row + 1, place, column.heading, formats.required if column.required else formats.heading)
            page.write_string(row + 2, place, EXAMPLES[sheet.name].get(column.heading, ""))
        row += 4
    page.set_column(0, max(len(sheet.columns) for sheet in SHEETS), 20)


def _note(sheet: Sheet, column: Column) -> str:
    """What belongs into a column, in a few lines."""
    lines = ["Wajib diisi." if column.required else "Boleh kosong (belum diketahui)."]
    if column.name in sheet.one_of:
        headings = [other.heading for other in sheet.columns if other.name in sheet.one_of]
        lines = [f"Isi sekurang-kurangnya satu dari: {', '.join(headings)}."]
    if column.default is not None:
        lines = [f"Kosong berarti {column.default}."]
    if column.name == "disability":
        lines.append("Hanya disimpan bila instansi menyalakannya; hitungan tidak memakainya.")
    lines.append(_KINDS[column.kind])
    if column.codes:
        lines.append("Pilihan: " + ", ".join(column.codes) + ".")
    if column.least is not None or column.most is not None:
        low, high = ("…" if limit is None else str(limit) for limit in (column.least, column.most))
        lines.append(f"Dari {low} sampai {high}.")
    if column.key:
        lines.append("Bagian dari kunci: isian yang sama berarti fakta yang sama.")
    example = EXAMPLES[sheet.name].get(column.heading)
    return "\n".join([*lines, f"Contoh: {example}"] if example else lines)


_KINDS: Final = {
    Kind.TEXT: "Teks.",
    Kind.NIP: "18 angka, sebagai teks.",
    Kind.CODE: "Satu pilihan; kata atau kode SIASN juga dikenali.",
    Kind.CODES: "Boleh beberapa pilihan, dipisah titik koma (;).",
    Kind.TEXTS: "Boleh beberapa, dipisah titik koma (;).",
    Kind.DATE: "Tanggal, misalnya 31-01-2020.",
    Kind.INTEGER: "Bilangan bulat.",
    Kind.NUMBER: "Angka, misalnya 87,5.",
    Kind.BOOLEAN: "ya atau tidak.",
}
