"""Jobs without a managerial seat: functional tiers and staff, where they sit and how many of each the city has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nawa.demo.units import Unit

_SCHOOLS: Final = ("PRIMARY_SCHOOL", "SECONDARY_SCHOOL")
_CLINICS: Final = ("CLINIC", "HOSPITAL")
_BACK_OFFICES: Final = ("SECRETARIAT", "SECTION", "COUNCIL_SECTION", "DISTRICT_SECRETARIAT")
_LINE_OFFICES: Final = ("DIVISION", "SECTION", "TECHNICAL_UNIT")
_ANYWHERE: Final = (*_BACK_OFFICES, *_LINE_OFFICES, "DISTRICT", "VILLAGE")
_ANY_WORK: Final[tuple[str, ...]] = ()

_WORDS: Final = {
    "PELAKSANA": "",
    "JF_PEMULA": "Pemula",
    "JF_TERAMPIL": "Terampil",
    "JF_MAHIR": "Mahir",
    "JF_PENYELIA": "Penyelia",
    "JF_AHLI_PERTAMA": "Ahli Pertama",
    "JF_AHLI_MUDA": "Ahli Muda",
    "JF_AHLI_MADYA": "Ahli Madya",
    "JF_AHLI_UTAMA": "Ahli Utama",
}
_CLASS: Final = {
    "JF_PEMULA": 5,
    "JF_TERAMPIL": 6,
    "JF_MAHIR": 7,
    "JF_PENYELIA": 8,
    "JF_AHLI_PERTAMA": 8,
    "JF_AHLI_MUDA": 9,
    "JF_AHLI_MADYA": 11,
    "JF_AHLI_UTAMA": 13,
}
_SKILLED: Final = frozenset({"JF_PEMULA", "JF_TERAMPIL", "JF_MAHIR", "JF_PENYELIA"})
_HOSPITAL_SIZE: Final = 12  # a hospital employs as many as so many clinics


@dataclass(frozen=True, slots=True)
class Job:
    """A job title in one tier; `permanent` and `contract` are its weights among PNS and among PPPK."""

    name: str
    tier: str
    family: str
    stream: str
    roles: tuple[str, ...]
    work_fields: tuple[str, ...]
    fields: tuple[str, ...]
    least_education: str
    permanent: float
    contract: float
    part_time: float

    @property
    def retirement_age(self) -> int:
        """The age of retirement: teachers and ahli madya 60, ahli utama 65, the rest 58 (UU 20/2023, PP 11/2017)."""
        if self.tier == "JF_AHLI_UTAMA":
            return 65
        return 60 if self.tier == "JF_AHLI_MADYA" or self.stream == "TEACHER" else 58

    @property
    def job_class(self) -> int:
        """The job class; staff by their education."""
        return _CLASS.get(self.tier) or {"S1": 7, "D3": 6}.get(self.least_education, 5)


@dataclass(frozen=True, slots=True)
class _Line:
    """A family of functional jobs with the weights of its tiers among PNS and PPPK."""

    family: str
    stream: str
    roles: tuple[str, ...]
    work_fields: tuple[str, ...]
    fields: tuple[str, ...]
    permanent: dict[str, float]
    contract: dict[str, float]
    part_time: float = 0.0


_HEALTH_FIELDS: Final = ("Kesehatan Masyarakat",)
_LINES: Final = (
    _Line(
        "Guru",
        "TEACHER",
        _SCHOOLS,
        _ANY_WORK,
        ("Pendidikan",),
        {"JF_AHLI_PERTAMA": 560, "JF_AHLI_MUDA": 1050, "JF_AHLI_MADYA": 1000},
        {"JF_AHLI_PERTAMA": 2000},
        0.12,
    ),
    _Line(
        "Pengawas Sekolah",
        "TEACHER",
        ("DIVISION",),
        ("Pendidikan dan kebudayaan",),
        ("Pendidikan",),
        {"JF_AHLI_MADYA": 40, "JF_AHLI_UTAMA": 4},
        {},
    ),
    _Line(
        "Dokter",
        "DOCTOR",
        _CLINICS,
        _ANY_WORK,
        ("Kedokteran",),
        {"JF_AHLI_PERTAMA": 60, "JF_AHLI_MUDA": 70, "JF_AHLI_MADYA": 60, "JF_AHLI_UTAMA": 3},
        {"JF_AHLI_PERTAMA": 40},
    ),
    _Line(
        "Perawat",
        "HEALTH",
        _CLINICS,
        _ANY_WORK,
        ("Keperawatan",),
        {"JF_TERAMPIL": 80, "JF_MAHIR": 120, "JF_PENYELIA": 90, "JF_AHLI_PERTAMA": 60, "JF_AHLI_MUDA": 60},
        {"JF_TERAMPIL": 250, "JF_AHLI_PERTAMA": 100},
    ),
    _Line(
        "Bidan",
        "HEALTH",
        _CLINICS,
        _ANY_WORK,
        ("Kebidanan",),
        {"JF_TERAMPIL": 50, "JF_MAHIR": 80, "JF_PENYELIA": 70, "JF_AHLI_MUDA": 20},
        {"JF_TERAMPIL": 150},
    ),
    _Line(
        "Apoteker",
        "HEALTH",
        _CLINICS,
        _ANY_WORK,
        ("Farmasi",),
        {"JF_AHLI_PERTAMA": 25, "JF_AHLI_MUDA": 25},
        {"JF_AHLI_PERTAMA": 20},
    ),
    _Line(
        "Tenaga Sanitasi Lingkungan",
        "HEALTH",
        _CLINICS,
        _ANY_WORK,
        _HEALTH_FIELDS,
        {"JF_MAHIR": 30, "JF_AHLI_PERTAMA": 30, "JF_AHLI_MUDA": 25},
        {"JF_AHLI_PERTAMA": 40},
    ),
    _Line(
        "Perencana",
        "EXPERT",
        ("SECRETARIAT", "DIVISION"),
        ("Perencanaan", "Pekerjaan umum", "Keuangan", "Perekonomian"),
        ("Perencanaan Wilayah", "Ekonomi", "Statistika"),
        {"JF_AHLI_PERTAMA": 25, "JF_AHLI_MUDA": 60, "JF_AHLI_MADYA": 25},
        {},
    ),
    _Line(
        "Analis Kebijakan",
        "EXPERT",
        _LINE_OFFICES,
        _ANY_WORK,
        ("Administrasi Publik", "Ilmu Pemerintahan", "Hukum"),
        {"JF_AHLI_MUDA": 120, "JF_AHLI_MADYA": 30},
        {},
    ),
    _Line(
        "Auditor",
        "EXPERT",
        ("AUDIT_AREA", "INSPECTORATE"),
        _ANY_WORK,
        ("Akuntansi", "Hukum", "Ekonomi"),
        {"JF_AHLI_PERTAMA": 20, "JF_AHLI_MUDA": 30, "JF_AHLI_MADYA": 25},
        {},
    ),
    _Line(
        "Analis SDM Aparatur",
        "EXPERT",
        _BACK_OFFICES,
        _ANY_WORK,
        ("Administrasi Publik", "Manajemen", "Psikologi", "Hukum"),
        {"JF_AHLI_PERTAMA": 20, "JF_AHLI_MUDA": 35, "JF_AHLI_MADYA": 12},
        {},
    ),
    _Line(
        "Pranata Komputer",
        "EXPERT",
        ("DIVISION", "SECRETARIAT"),
        ("Komunikasi dan informatika", "Keuangan", "Pemerintahan umum"),
        ("Informatika", "Statistika"),
        {"JF_TERAMPIL": 10, "JF_AHLI_PERTAMA": 30, "JF_AHLI_MUDA": 25},
        {"JF_AHLI_PERTAMA": 60},
    ),
    _Line(
        "Penyuluh Pertanian",
        "EXPERT",
        _LINE_OFFICES,
        ("Pertanian dan pangan",),
        ("Pertanian", "Perikanan"),
        {"JF_AHLI_PERTAMA": 20, "JF_AHLI_MUDA": 30, "JF_AHLI_MADYA": 18},
        {"JF_AHLI_PERTAMA": 30},
    ),
    _Line(
        "Pekerja Sosial",
        "EXPERT",
        _LINE_OFFICES,
        ("Sosial",),
        ("Kesejahteraan Sosial", "Psikologi"),
        {"JF_AHLI_PERTAMA": 15, "JF_AHLI_MUDA": 20},
        {},
    ),
    _Line(
        "Penata Kelola Bangunan Gedung dan Kawasan Permukiman",
        "EXPERT",
        _LINE_OFFICES,
        ("Pekerjaan umum",),
        ("Teknik Sipil", "Arsitektur", "Teknik Lingkungan"),
        {"JF_AHLI_PERTAMA": 40, "JF_AHLI_MUDA": 60, "JF_AHLI_MADYA": 18},
        {},
    ),
    _Line(
        "Arsiparis",
        "SKILLED",
        _BACK_OFFICES,
        _ANY_WORK,
        ("Perpustakaan", "Administrasi Publik"),
        {"JF_TERAMPIL": 20, "JF_MAHIR": 15, "JF_PENYELIA": 10},
        {},
    ),
    _Line(
        "Polisi Pamong Praja",
        "SKILLED",
        _LINE_OFFICES,
        ("Ketertiban dan penanggulangan bencana",),
        ("Ilmu Pemerintahan", "Hukum", "Umum"),
        {"JF_PEMULA": 15, "JF_TERAMPIL": 40, "JF_MAHIR": 50, "JF_PENYELIA": 20, "JF_AHLI_PERTAMA": 15},
        {"JF_TERAMPIL": 60},
    ),
    _Line(
        "Pemadam Kebakaran",
        "SKILLED",
        _LINE_OFFICES,
        ("Ketertiban dan penanggulangan bencana",),
        ("Teknik Mesin", "Umum"),
        {"JF_PEMULA": 15, "JF_TERAMPIL": 40, "JF_MAHIR": 40, "JF_PENYELIA": 15},
        {"JF_PEMULA": 60},
    ),
)

_STAFF: Final = (
    ("Penelaah Teknis Kebijakan", "S1", 420, 180, 0.15),
    ("Pengolah Data dan Informasi", "D3", 230, 330, 0.35),
    ("Pengadministrasi Perkantoran", "SLTA", 350, 700, 0.55),
    ("Operator Layanan Operasional", "SMP", 60, 1000, 0.75),
)


def _functional() -> Iterator[Job]:
    for line in _LINES:
        for tier in _WORDS:
            if tier in line.permanent or tier in line.contract:
                skilled = "SLTA" if tier == "JF_PEMULA" or line.stream == "SKILLED" else "D3"
                yield Job(
                    f"{line.family} {_WORDS[tier]}",
                    tier,
                    line.family,
                    line.stream,
                    line.roles,
                    line.work_fields,
                    line.fields,
                    skilled if tier in _SKILLED else "S1",
                    line.permanent.get(tier, 0),
                    line.contract.get(tier, 0),
                    line.part_time,
                )


def _staff() -> Iterator[Job]:
    for name, education, permanent, contract, part_time in _STAFF:
        yield Job(
            name, "PELAKSANA", "Pelaksana", "STAFF", _ANYWHERE, _ANY_WORK, (), education, permanent, contract, part_time
        )


JOBS: Final[tuple[Job, ...]] = (*_functional(), *_staff())


def places_for(job: Job, units: Sequence[Unit]) -> list[int]:
    """Units where the job is done, a hospital once per clinic of its size; secretariats where a small city has none."""
    places = [
        place
        for place, unit in enumerate(units)
        if unit.role in job.roles and (not job.work_fields or unit.work_field in job.work_fields)
        for _ in range(_HOSPITAL_SIZE if unit.role == "HOSPITAL" else 1)
    ]
    return places or [place for place, unit in enumerate(units) if unit.role == "SECRETARIAT"]
