"""The words for every problem by code: reason and remedy, Indonesian and English. `{…}` are gaps to fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Reason and remedy of one code; `severity` is a value of `problems.Severity`."""

    severity: str
    reason: Mapping[Language, str]
    remedy: Mapping[Language, str]


def _says(severity: str, reason: tuple[str, str], remedy: tuple[str, str] = ("", "")) -> Sentence:
    return Sentence(severity, {"id": reason[0], "en": reason[1]}, {"id": remedy[0], "en": remedy[1]})


def _error(reason: tuple[str, str], remedy: tuple[str, str]) -> Sentence:
    return _says("ERROR", reason, remedy)


def _warning(reason: tuple[str, str], remedy: tuple[str, str]) -> Sentence:
    return _says("WARNING", reason, remedy)


def _notice(reason: tuple[str, str], remedy: tuple[str, str] = ("", "")) -> Sentence:
    return _says("NOTICE", reason, remedy)


_CHECK_NIP = (
    "Cocokkan dengan SK CPNS, lalu perbaiki NIP.",
    "Check it against the appointment letter and correct the NIP.",
)
_CHECK_BOTH = (
    "Periksa keduanya; bila NIP memang terbit demikian, biarkan.",
    "Check both; leave them if the NIP was really issued so.",
)
_SEND_WHOLE = (
    "Lengkapi lembar {target}, atau biarkan bila berkas ini memang hanya sebagian.",
    "Add it to sheet {target}, or leave it if this file is partial on purpose.",
)
_ADD_OR_MEND = (
    "Tambahkan ke lembar {target}, atau perbaiki isinya.",
    "Add it to sheet {target}, or correct the value.",
)

SENTENCES: Final[Mapping[str, Sentence]] = {
    # -- sheets and columns
    "SHEET_MISSING": _error(
        ("Lembar {sheet} tidak ada.", "Sheet {sheet} is missing."),
        (
            "Beri nama {sheet} pada lembar yang memuat NIP dan nama pegawai. Lembar yang ditemukan: {found}.",
            "Name the sheet that holds NIP and names {sheet}. Sheets found: {found}.",
        ),
    ),
    "SHEET_EMPTY": _error(
        (
            "Lembar {sheet} belum berisi satu baris pun yang dapat dibaca.",
            "Sheet {sheet} has no row that could be read.",
        ),
        (
            "Isi sekurang-kurangnya NIP, nama, dan jabatan setiap pegawai.",
            "Fill in at least NIP, name and post of each person.",
        ),
    ),
    "SHEET_IGNORED": _notice(
        ("Lembar ini tidak dikenal dan diabaikan.", "This sheet is not known and was ignored."),
        ("Bila isinya diperlukan, beri nama lembar sesuai templat.", "If it is needed, name it as in the template."),
    ),
    "SHEET_TWICE": _error(
        (
            "Ada dua lembar untuk {sheet}; '{value}' tidak dibaca.",
            "There are two sheets for {sheet}; '{value}' was not read.",
        ),
        ("Gabungkan keduanya menjadi satu lembar.", "Merge them into one sheet."),
    ),
    "HEADING_MISSING": _error(
        (
            "Baris judul tidak ditemukan dalam 10 baris pertama; lembar ini tidak dibaca.",
            "No heading row was found in the first 10 rows; the sheet was not read.",
        ),
        ("Tulis judul kolom {wanted} dalam satu baris.", "Write the headings {wanted} in one row."),
    ),
    "COLUMN_MISSING": _error(
        (
            "Kolom wajib {column} tidak ada; lembar ini tidak dibaca.",
            "Required column {column} is missing; the sheet was not read.",
        ),
        ("Tambahkan kolom {column} dan isi setiap barisnya.", "Add column {column} and fill it in on every row."),
    ),
    "COLUMN_IGNORED": _notice(
        ("Kolom '{column}' tidak dikenal dan diabaikan.", "Column '{column}' is not known and was ignored."),
        ("Bila isinya diperlukan, beri judul sesuai templat.", "If it is needed, name it as in the template."),
    ),
    "COLUMN_TWICE": _warning(
        (
            "Kolom '{column}' muncul lebih dari sekali; hanya yang pertama dibaca.",
            "Column '{column}' appears more than once; only the first was read.",
        ),
        ("Hapus kolom yang berlebih.", "Delete the surplus column."),
    ),
    "MACROS_IGNORED": _notice(
        ("Berkas memuat makro; makro tidak dijalankan.", "The file holds macros; they were not run."),
        ("Sebaiknya simpan sebagai .xlsx.", "Better save it as .xlsx."),
    ),
    "DISABILITY_GIVEN": _notice(
        (
            "Kolom ini berisi data pribadi yang spesifik; hitungan tidak memakainya, dan basis data hanya "
            "menyimpannya bila instansi menyalakannya.",
            "This column holds specific personal data; no computation uses it, and the database keeps it only where "
            "the institution has turned it on.",
        ),
        (
            "Kosongkan bila tidak diperlukan, atau nyalakan dengan NAWA_DISABILITY=1.",
            "Empty it where it is not needed, or turn it on with NAWA_DISABILITY=1.",
        ),
    ),
    "MORE_LIKE_THIS": _notice(
        (
            "Masih ada {count} masalah {like} lagi di sini.",
            "There are {count} more problems {like} here.",
        ),
        ("Perbaiki yang disebut, lalu periksa lagi.", "Mend those named, then check again."),
    ),
    # -- cells
    "REQUIRED_EMPTY": _error(
        ("Kolom wajib ini kosong.", "This required cell is empty."), ("Isi {column}.", "Fill in {column}.")
    ),
    "CELL_ERROR": _error(
        ("Sel berisi galat Excel {value}.", "The cell holds the Excel error {value}."),
        ("Perbaiki rumusnya atau ketik nilainya.", "Mend the formula or type the value."),
    ),
    "FORMULA_UNSAVED": _error(
        ("Sel berisi rumus yang hasilnya belum tersimpan.", "The cell holds a formula whose result was never saved."),
        ("Buka di Excel lalu simpan, atau ketik nilainya.", "Open and save it in Excel, or type the value."),
    ),
    "TEXT_TOO_LONG": _error(
        ("Isi sel lebih dari {limit} huruf.", "The cell is longer than {limit} characters."),
        ("Persingkat isinya.", "Shorten it."),
    ),
    "DIGITS_LOST": _error(
        (
            "'{value}' disimpan sebagai angka sehingga digit terakhirnya hilang (Excel hanya menyimpan 15).",
            "'{value}' was stored as a number and lost its last digits (Excel keeps 15).",
        ),
        (
            "Ubah format kolom menjadi Teks, lalu ketik ulang dari sumbernya.",
            "Format the column as Text and enter it again from the source.",
        ),
    ),
    "NIP_FORM": _error(
        ("'{value}' bukan NIP: NIP terdiri atas 18 angka.", "'{value}' is not a NIP, which has 18 digits."),
        ("Tulis 18 angka lengkap sebagai teks.", "Write all 18 digits as text."),
    ),
    "NIP_BIRTH": _error(
        (
            "NIP '{value}' diawali tanggal lahir yang tidak ada.",
            "NIP '{value}' begins with a birth date that does not exist.",
        ),
        _CHECK_NIP,
    ),
    "NIP_MONTH": _error(
        (
            "Angka ke-13–14 NIP '{value}' bukan bulan TMT CPNS (01–12).",
            "Digits 13–14 of NIP '{value}' are not a month (01–12).",
        ),
        _CHECK_NIP,
    ),
    "NIP_SEX": _error(
        (
            "Angka ke-15 NIP '{value}' bukan 1 (pria) atau 2 (wanita).",
            "Digit 15 of NIP '{value}' is neither 1 (male) nor 2 (female).",
        ),
        _CHECK_NIP,
    ),
    "NIP_SERIAL": _error(
        (
            "Nomor urut NIP '{value}' adalah 000; mungkin digit aslinya hilang.",
            "The serial of NIP '{value}' is 000; its digits may be lost.",
        ),
        _CHECK_NIP,
    ),
    "NIP_BIRTH_DIFFERS": _warning(
        (
            "NIP memuat tanggal lahir {inside}, kolom tanggal_lahir {value}.",
            "The NIP holds birth date {inside}, tanggal_lahir says {value}.",
        ),
        _CHECK_BOTH,
    ),
    "NIP_SEX_DIFFERS": _warning(
        (
            "Angka ke-15 NIP menunjuk {inside}, kolom jenis_kelamin {value}.",
            "Digit 15 of the NIP says {inside}, jenis_kelamin says {value}.",
        ),
        _CHECK_BOTH,
    ),
    "NIP_TOO_YOUNG": _warning(
        (
            "Menurut NIP, pegawai diangkat sebelum berumur 18 tahun.",
            "By the NIP this person was appointed before the age of 18.",
        ),
        _CHECK_NIP,
    ),
    "NIP_LATE": _warning(
        (
            "Menurut NIP, pegawai diangkat setelah berumur 35 tahun.",
            "By the NIP this person was appointed after the age of 35.",
        ),
        ("Biarkan bila benar (honorer, dokter).", "Leave it if that is right (former contract staff, doctors)."),
    ),
    "NIP_FUTURE": _warning(
        (
            "Menurut NIP, pengangkatan terjadi setelah tanggal acuan.",
            "By the NIP the appointment is after the reference date.",
        ),
        _CHECK_NIP,
    ),
    "NIP_PPPK": _warning(
        ("Angka ke-13–14 NI PPPK ini bukan 21.", "Digits 13–14 of this PPPK number are not 21."),
        ("Periksa jenis_pegawai dan NI PPPK.", "Check jenis_pegawai and the number."),
    ),
    "DATE_FORM": _error(
        ("'{value}' tidak dapat dibaca sebagai tanggal.", "'{value}' cannot be read as a date."),
        (
            "Tulis seperti 2020-01-31, 31-01-2020, atau 31 Januari 2020.",
            "Write it as 2020-01-31, 31-01-2020 or 31 Januari 2020.",
        ),
    ),
    "DATE_IMPOSSIBLE": _error(
        ("'{value}' bukan tanggal yang ada.", "'{value}' is a date that does not exist."),
        ("Perbaiki tanggalnya (hari-bulan-tahun).", "Correct the date (day-month-year)."),
    ),
    "DATE_SHORT_YEAR": _error(
        ("Tahun pada '{value}' hanya dua angka.", "'{value}' has a year of two digits."),
        ("Tulis tahun dengan empat angka.", "Write the year with four digits."),
    ),
    "DATE_RANGE": _error(
        ("Tanggal '{value}' di luar tahun 1900–2100.", "Date '{value}' lies outside 1900–2100."),
        ("Perbaiki tahunnya.", "Correct the year."),
    ),
    "NUMBER_FORM": _error(
        ("'{value}' bukan angka.", "'{value}' is not a number."),
        ("Tulis angka saja, seperti 87,5 atau 87.5.", "Write only a number, as 87,5 or 87.5."),
    ),
    "NUMBER_AMBIGUOUS": _error(
        ("'{value}' dapat berarti ribuan atau pecahan.", "'{value}' may mean thousands or a fraction."),
        (
            "Tulis tanpa titik untuk ribuan, atau dengan koma untuk pecahan.",
            "Write thousands without a dot, or a fraction with a comma.",
        ),
    ),
    "NUMBER_WHOLE": _error(
        ("'{value}' bukan bilangan bulat.", "'{value}' is not a whole number."),
        ("Tulis bilangan bulat tanpa pecahan.", "Write a whole number."),
    ),
    "NUMBER_RANGE": _error(
        ("'{value}' di luar batas {limits}.", "'{value}' lies outside {limits}."),
        ("Perbaiki nilainya.", "Correct the value."),
    ),
    "BOOLEAN_FORM": _error(
        ("'{value}' bukan ya atau tidak.", "'{value}' is neither yes nor no."),
        ("Tulis ya atau tidak.", "Write ya or tidak."),
    ),
    "CODE_UNKNOWN": _error(
        ("'{value}' tidak dikenal untuk {column}.", "'{value}' is not known for {column}."),
        ("Pilih salah satu: {codes}.", "Choose one of: {codes}."),
    ),
    # -- rows
    "ONE_OF_EMPTY": _error(
        ("Tidak satu pun dari {columns} terisi.", "None of {columns} is filled in."),
        ("Isi salah satunya.", "Fill in one of them."),
    ),
    "ENDS_BEFORE_START": _error(
        (
            "{column} {value} lebih awal daripada {start_column} {start}.",
            "{column} {value} is earlier than {start_column} {start}.",
        ),
        ("Perbaiki salah satu tanggalnya.", "Correct one of the dates."),
    ),
    "ROW_TWICE": _notice(
        (
            "Baris ini sama persis dengan baris {other}; dibaca sekali.",
            "This row equals row {other}; it was read once.",
        ),
        ("Tidak perlu tindakan.", "Nothing needs to be done."),
    ),
    "ROW_CONFLICT": _error(
        (
            "Kunci ({key}) sudah dipakai baris {other} dengan isi berbeda ({differs}); baris {other} yang dipakai.",
            "Its key ({key}) is already used by row {other} with other contents ({differs}); row {other} was taken.",
        ),
        ("Sisakan satu baris yang benar.", "Keep only the row that is right."),
    ),
    "RATERS_COMBINED": _notice(
        (
            "Nilai dari {count} penilai digabung menjadi rata-ratanya; NIP penilai tidak disimpan.",
            "The values of {count} raters were combined into their mean; the raters' NIP are not kept.",
        ),
    ),
    # -- across sheets
    "PERSON_UNKNOWN": _warning(
        ("NIP '{value}' tidak ada di lembar pegawai.", "NIP '{value}' is not in sheet pegawai."), _SEND_WHOLE
    ),
    "UNIT_UNKNOWN": _warning(
        ("Unit '{value}' tidak ada di lembar unit.", "Unit '{value}' is not in sheet unit."), _SEND_WHOLE
    ),
    "POSITION_UNKNOWN": _warning(
        ("Jabatan '{value}' tidak ada di lembar jabatan.", "Position '{value}' is not in sheet jabatan."), _SEND_WHOLE
    ),
    "UNIT_LOOP": _error(
        ("Unit '{value}' menjadi induk bagi dirinya sendiri: {loop}.", "Unit '{value}' is its own parent: {loop}."),
        ("Perbaiki induk_kode.", "Correct induk_kode."),
    ),
    "RATING_DIFFERS": _warning(
        (
            "Predikat {value} tidak sesuai dengan hasil kerja {results} dan perilaku {behaviour} (matriks: {matrix}); "
            "predikat yang dipakai.",
            "Rating {value} disagrees with results {results} and behaviour {behaviour} (matrix: {matrix}); "
            "the rating was taken.",
        ),
        ("Cocokkan dengan dokumen evaluasi kinerja.", "Check it against the evaluation document."),
    ),
    # -- against the database, on import
    "PERSON_NOT_HELD": _error(
        (
            "NIP '{value}' tidak ada di berkas ini maupun di basis data.",
            "NIP '{value}' is neither in this file nor in the database.",
        ),
        _ADD_OR_MEND,
    ),
    "UNIT_NOT_HELD": _error(
        (
            "Unit '{value}' tidak ada di berkas ini maupun di basis data.",
            "Unit '{value}' is neither in this file nor in the database.",
        ),
        _ADD_OR_MEND,
    ),
    "POSITION_NOT_HELD": _error(
        (
            "Jabatan '{value}' tidak ada di berkas ini maupun di basis data.",
            "Position '{value}' is neither in this file nor in the database.",
        ),
        _ADD_OR_MEND,
    ),
    "OWN_RELATIVE": _error(
        (
            "Pegawai disebut sebagai kerabat dirinya sendiri.",
            "An employee is named as a relative of their own.",
        ),
        ("Perbaiki nip_kerabat.", "Correct nip_kerabat."),
    ),
    "ORDER_STORED": _error(
        (
            "Bersama yang sudah tersimpan, masa ini berakhir ({end}) sebelum mulai ({start}).",
            "Together with what is stored, this ends ({end}) before it starts ({start}).",
        ),
        ("Isi kedua tanggalnya di berkas.", "Give both dates in the file."),
    ),
    "RULE_BROKEN": _error(
        ("Basis data menolak isi berkas: {rule}", "The database refuses what the file says: {rule}"),
        ("Perbaiki barisnya, lalu impor lagi.", "Correct the row and import again."),
    ),
}


def _plainly(id_: str, en: str) -> Mapping[Language, str]:
    return {"id": id_, "en": en}


UNREADABLE: Final[Mapping[str, Mapping[Language, str]]] = {
    "NOT_FOUND": _plainly(
        "'{name}' tidak ditemukan. Periksa nama dan letaknya.", "'{name}' was not found. Check its name and place."
    ),
    "NOT_REGULAR": _plainly(
        "'{name}' bukan berkas atau folder biasa (tautan, pipa, atau perangkat). Salin isinya ke berkas biasa.",
        "'{name}' is not a regular file or folder (a link, pipe or device). Copy it to a regular file.",
    ),
    "NOT_ALLOWED": _plainly(
        "'{name}' tidak boleh dibaca oleh akun ini. Periksa izinnya.",
        "This account may not read '{name}'. Check its permissions.",
    ),
    "EMPTY": _plainly(
        "'{name}' kosong (0 bita). Simpan ulang dari Excel.", "'{name}' is empty (0 bytes). Save it again from Excel."
    ),
    "LOCKED": _plainly(
        "'{name}' terkunci kata sandi. Buka di Excel, hapus kata sandinya, lalu simpan ulang.",
        "'{name}' is locked by a password. Open it in Excel, remove the password and save it again.",
    ),
    "OLD_EXCEL": _plainly(
        "'{name}' berformat Excel lama (.xls). Buka di Excel, lalu simpan sebagai .xlsx.",
        "'{name}' is in the old Excel format (.xls). Open it in Excel and save it as .xlsx.",
    ),
    "OTHER_SPREADSHEET": _plainly(
        "'{name}' berformat {kind}. Simpan ulang sebagai .xlsx.", "'{name}' is a {kind} file. Save it again as .xlsx."
    ),
    "WRONG_TYPE": _plainly(
        "'{name}' bukan buku kerja Excel (isinya {kind}). "
        "Yang dapat dibaca: .xlsx, atau folder berisi .csv atau .parquet.",
        "'{name}' is not an Excel workbook (it holds {kind}). Readable: .xlsx, or a folder of .csv or .parquet files.",
    ),
    "BROKEN": _plainly(
        "'{name}' rusak atau terpotong sehingga tidak dapat dibaca. "
        "Salin ulang dari sumbernya, atau buka dan simpan ulang di Excel.",
        "'{name}' is damaged or cut off and cannot be read. "
        "Copy it again from its source, or open and save it in Excel.",
    ),
    "TOO_LARGE": _plainly(
        "'{name}' terlalu besar: {what} melampaui batas {limit}. "
        "Hapus lembar, baris, dan gambar yang tidak perlu, atau pecah berkasnya.",
        "'{name}' is too large: {what} exceeds the limit of {limit}. "
        "Remove sheets, rows and pictures that are not needed, or split it.",
    ),
    "TOO_MANY_ROWS": _plainly(
        "Lembar {sheet} di '{name}' berisi {rows} baris, lebih dari batas {limit}. "
        "Hapus baris kosong di bawah data, atau pecah berkasnya.",
        "Sheet {sheet} in '{name}' has {rows} rows, more than the limit of {limit}. "
        "Remove empty rows below the data, or split the file.",
    ),
    "NOT_ONLY_CSV": _plainly(
        "'{name}' berisi '{found}', yang bukan berkas CSV. Isi zip hanya berkas .csv yang bernama seperti lembarnya.",
        "'{name}' holds '{found}', which is not a CSV file. Put only .csv files named as the sheets into the zip.",
    ),
    "BOMB": _plainly(
        "'{name}' mengembang tidak wajar saat dibuka ({part}) dan ditolak. Simpan ulang dari Excel.",
        "'{name}' expands beyond reason when opened ({part}) and was refused. Save it again from Excel.",
    ),
    "TOO_MUCH_MEMORY": _plainly(
        "'{name}' memerlukan memori melebihi batas {limit}. Pecah berkasnya, atau buka dan simpan ulang di Excel.",
        "'{name}' needs more memory than the limit of {limit}. Split it, or open and save it again in Excel.",
    ),
    "TOO_SLOW": _plainly(
        "'{name}' tidak selesai dibaca dalam {limit} detik dan dihentikan. "
        "Pecah berkasnya, atau buka dan simpan ulang di Excel.",
        "'{name}' was not read within {limit} seconds and was stopped. Split it, or open and save it again in Excel.",
    ),
    "FAILED": _plainly(
        "'{name}' tidak dapat dibaca karena isinya tidak terduga. Buka dan simpan ulang di Excel; "
        "bila tetap gagal, laporkan kepada pengelola Nawa.",
        "'{name}' cannot be read because of something unforeseen in it. Open and save it again in Excel; "
        "if it still fails, report it to those who run Nawa.",
    ),
    "NO_SHEETS": _plainly(
        "'{name}' tidak memuat satu pun lembar yang dikenal. Ditemukan: {found}. Mulailah dari templat: nawa template.",
        "'{name}' holds no sheet that is known. Found: {found}. Start from the template: nawa template.",
    ),
    "NO_SIMATA": _plainly(
        "'{name}' tidak memuat lembar SIMATA: tidak ada baris judul dengan NIP dan kolom lain yang dikenal. "
        "Lembar yang ditemukan: {found}. Unggah berkas 18 kolom dari SIMATA apa adanya.",
        "'{name}' holds no sheet of SIMATA: no heading row with NIP and another known column. "
        "Sheets found: {found}. Upload the file of 18 columns from SIMATA as it is.",
    ),
}
"""Messages of `problems.UnreadableFile` by code."""
