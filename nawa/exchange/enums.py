"""Codes of the exchange app: the stages of an upload and the moves between them, and what is decided about its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.db import models

from nawa.audit.enums import Event

KEPT_DAYS: Final = 30
"""Days that an upload's contents are kept after it came or was applied: for the preview, the report, and undoing."""


class Declared(models.TextChoices):
    """What the bringer of a file says of it: does it hold everybody?"""

    PARTIAL = "PARTIAL", "Sebagian pegawai"
    FULL = "FULL", "Seluruh pegawai"


class Stage(models.TextChoices):
    """How far an upload is."""

    UPLOADED = "DIUNGGAH", "Diunggah"
    READY = "SIAP", "Siap ditinjau"
    APPLIED = "DITERAPKAN", "Diterapkan"
    UNDONE = "DIURUNGKAN", "Diurungkan"
    REFUSED = "DITOLAK", "Tidak terbaca"
    CANCELLED = "DIBATALKAN", "Dibatalkan"
    EXPIRED = "KEDALUWARSA", "Kedaluwarsa"


class Deed(models.TextChoices):
    """What a worker is asked to do with an upload."""

    CHECK = "PERIKSA", "Memeriksa"
    APPLY = "TERAPKAN", "Menerapkan"
    UNDO = "URUNGKAN", "Mengurungkan"


@dataclass(frozen=True, slots=True)
class Move:
    """A move to a stage: the deed of the worker by which it comes about (None: somebody's word), and its event."""

    deed: Deed | None
    event: Event | None


_END: Final = Move(None, Event.IMPORT_CANCELLED)
_EXPIRE: Final = Move(None, Event.IMPORT_EXPIRED)

MOVES: Final[Mapping[tuple[Stage, Stage], Move]] = MappingProxyType(
    {
        (Stage.UPLOADED, Stage.READY): Move(Deed.CHECK, None),
        (Stage.READY, Stage.READY): Move(Deed.CHECK, None),  # compared again, after the records have changed
        (Stage.UPLOADED, Stage.REFUSED): Move(Deed.CHECK, Event.IMPORT_REFUSED),
        (Stage.READY, Stage.APPLIED): Move(Deed.APPLY, Event.WORKBOOK_IMPORTED),
        (Stage.APPLIED, Stage.UNDONE): Move(Deed.UNDO, Event.IMPORT_UNDONE),
        (Stage.UPLOADED, Stage.CANCELLED): _END,
        (Stage.READY, Stage.CANCELLED): _END,
        (Stage.UPLOADED, Stage.EXPIRED): _EXPIRE,
        (Stage.READY, Stage.EXPIRED): _EXPIRE,
    }
)
"""The only table of moves, from one stage to another."""


class Mode(models.TextChoices):
    """What is to be written where some rows are bad."""

    GOOD_ROWS = "BARIS_BAIK", "Baris yang baik saja"
    ALL = "SEMUA", "Semua atau tidak sama sekali"


class Change(models.TextChoices):
    """What a row of a file is beside the records."""

    NEW = "BARU", "Baru"
    CHANGED = "BERUBAH", "Berubah"
    UNCHANGED = "TETAP", "Tetap"
    DISAGREES = "BERBEDA", "Berbeda dari fakta terverifikasi"


class Outcome(models.TextChoices):
    """What has become of a disagreement between a verified fact and a source."""

    OPEN = "TERBUKA", "Menunggu keputusan"
    KEPT_OURS = "CATATAN_TETAP", "Catatan dipertahankan"
    TOOK_THEIRS = "SUMBER_DIAMBIL", "Isi sumber diambil"
    AGREED = "SEPAKAT", "Sumber kemudian sama"
    REPLACED = "DIGANTI", "Diganti perbedaan yang lebih baru"
    WITHDRAWN = "DITARIK", "Impornya diurungkan"


class Ground(models.TextChoices):
    """Why records are erased."""

    RETENTION = "RETENSI", "Masa simpan berakhir"
    REQUEST = "PERMINTAAN", "Permintaan pemilik data"
    RULING = "PUTUSAN", "Putusan atau perintah yang berwenang"
    UNFOUNDED = "TANPA_DASAR", "Diproses tanpa dasar hukum"


LAWFUL: Final = (Ground.REQUEST, Ground.RULING, Ground.UNFOUNDED)
"""Grounds on which one person's records are erased, when a second person has confirmed."""


class ErasureState(models.TextChoices):
    """How far an erasure is."""

    ASKED = "DIMINTA", "Menunggu penegasan"
    DONE = "DIHAPUS", "Dihapus"
    DECLINED = "DITOLAK", "Ditolak"
    WITHDRAWN = "DITARIK", "Ditarik"


PERSON: Final = "pegawai"
"""The kind of record that is a person's own row; whoever is erased by it is erased whole."""

KIND_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "award": "penghargaan",
        "team_role": "tim_kerja",
        "training": "diklat",
        "discipline": "disiplin",
        "feedback": "umpan_balik",
        "career_entry": "riwayat_jabatan",
        "acting_assignment": "riwayat_jabatan",
        "rank_entry": "riwayat_jabatan",
        "performance_rating": "kinerja",
        "competency_assessment": "asesmen",
        "potential_assessment": "asesmen",
        "assessment_result": "asesmen",
        "technical_score": "asesmen",
        "competency_test": "asesmen",
        "education": "pendidikan",
        "relative": PERSON,
        "requirement_statement": PERSON,
        "preference": PERSON,
        "earlier_map": PERSON,
        "earlier_pool": PERSON,
        "person": PERSON,
    }
)
"""The kind of record (`nawa.policy.stewardship.RETAINED`) that the rows of each table about people are."""


BY_A_PERSON: Final = (Outcome.KEPT_OURS, Outcome.TOOK_THEIRS)
"""Outcomes that somebody decides upon; the others come with a file."""


class About(models.TextChoices):
    """What a decision is about."""

    ABSENT = "TIDAK_ADA", "Pegawai yang tidak ada di berkas"
    TWIN = "KEMBAR", "Baris baru yang mungkin koreksi"


class Absence(models.TextChoices):
    """Why somebody is absent from a file that holds everybody."""

    RETIRED = "PENSIUN", "Pensiun"
    DIED = "MENINGGAL", "Meninggal"
    MOVED = "PINDAH", "Pindah instansi"
    PREPARING = "MPP", "Masa persiapan pensiun"
    STILL_HERE = "MASIH_AKTIF", "Masih aktif"


class Twin(models.TextChoices):
    """What a new row is that differs from a stored one by its date alone."""

    CORRECTION = "KOREKSI", "Koreksi tanggal"
    ADDITION = "TAMBAHAN", "Data tambahan"


class Step(models.TextChoices):
    """What a worker is doing."""

    READ = "BACA_BERKAS", "Membaca berkas"
    COMPARE = "BANDINGKAN", "Membandingkan dengan catatan"
    MARK = "TANDAI", "Menandai yang keliru"
    PREPARE = "SIAPKAN", "Menyiapkan perubahan"
    WRITE = "TULIS", "Menulis catatan"


PROGRESS: Final[Mapping[Step, int]] = MappingProxyType(
    {Step.READ: 5, Step.COMPARE: 45, Step.MARK: 70, Step.PREPARE: 10, Step.WRITE: 60}
)
"""Percent done when a step begins, as measured on the demo city."""


class Cause(models.TextChoices):
    """Why a value of SIMATA's sheet is likely another than ours; nothing is said that does not fit the numbers."""

    RULE = "ATURAN_LAIN", "Aturan lain"
    FACTOR = "FAKTOR", "Faktor tetap"
    WEIGHTS = "BOBOT_LAIN", "Bobot lain"
    NOT_THERE = "BUKTI_BELUM_DI_SANA", "Bukti belum ada di sana"
    EMPTY_THERE = "KOSONG_DI_SANA", "Kosong di sana"
    ZERO_THERE = "NOL_DI_SANA", "Nol di sana, belum diketahui di sini"
    NOT_HERE = "BUKTI_TIDAK_ADA_DI_SINI", "Bukti tidak ada di sini"
    FOLLOWS = "AKIBAT", "Akibat selisih lain"
    PARTLY = "SEBAGIAN", "Indikator yang baru sebagian diketahui"
    SUM = "JUMLAH_DI_SANA", "Bukan jumlah indikatornya"
    CUTOFFS = "BATAS_DI_SANA", "Tidak menurut batas kelas"
    UNMAPPED = "BELUM_DIPETAKAN", "Belum dapat dipetakan di sini"
    ONLY_HERE = "HANYA_DI_SINI", "Hanya di sini"
    ONLY_THERE = "HANYA_DI_SANA", "Hanya di sana"
    NOT_ON_MAP = "TIDAK_DI_PETA", "Pegawai tidak di peta ini"
    TWICE = "DUA_KALI", "NIP dua kali"
    BAD_NIP = "NIP_KELIRU", "NIP keliru"
    UNKNOWN = "BELUM_DIKETAHUI", "Belum diketahui"


class ComparingStep(models.TextChoices):
    """What a worker is doing with SIMATA's sheet."""

    READ = "BACA_LEMBAR", "Membaca lembar"
    MAP = "BACA_PETA", "Membaca peta"
    RIVALS = "UJI_ATURAN", "Menguji aturan lain"
    COMPARE = "CARI_SELISIH", "Mencari selisih"


COMPARING: Final[Mapping[ComparingStep, int]] = MappingProxyType(
    {ComparingStep.READ: 5, ComparingStep.MAP: 20, ComparingStep.RIVALS: 40, ComparingStep.COMPARE: 85}
)
"""Percent done when a step begins, as measured on the demo city."""


class Failure(models.TextChoices):
    """Why a worker's deed came to nothing."""

    STALE = "CATATAN_BERUBAH", "Catatan berubah sejak pratinjau"
    NEWER = "ADA_YANG_LEBIH_BARU", "Ada baris yang berubah sesudah impor ini"
    RULE = "ATURAN_DATA", "Basis data menolak isi berkas"
    DATABASE = "BASIS_DATA", "Basis data menolak atau tidak terjangkau"
    MEMORY = "MEMORI", "Memori server tidak cukup"
    UNREADABLE = "TIDAK_TERBACA", "Lembarnya tidak terbaca"
    UNFORESEEN = "TAK_TERDUGA", "Berhenti karena kesalahan yang tidak terduga"
    ABANDONED = "TERPUTUS", "Proses terputus tiga kali"
