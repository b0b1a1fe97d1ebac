"""Fields of study: majors, the degrees they give, and which fields are related."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

GENERAL: Final = "Umum"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of study. The titles are those of diploma three, bachelor and master."""

    name: str
    majors: tuple[str, ...]
    school_majors: tuple[str, ...]
    titles: tuple[str, str, str]
    related: tuple[str, ...]


def _field(name: str, majors: str, titles: str, related: str = "", school: str = "") -> Field:
    diploma, bachelor, master = titles.split("|")
    return Field(name, tuple(majors.split(", ")), _listed(school), (diploma, bachelor, master), _listed(related))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


FIELDS: Final[tuple[Field, ...]] = (
    _field(
        "Pendidikan",
        "Pendidikan Guru Sekolah Dasar, Pendidikan Matematika, Pendidikan Bahasa Indonesia, Pendidikan Bahasa Inggris, "
        "Pendidikan IPA, Pendidikan IPS, Pendidikan Jasmani, Bimbingan dan Konseling, Manajemen Pendidikan",
        "A.Md.|S.Pd.|M.Pd.",
        "Psikologi",
    ),
    _field("Kedokteran", "Pendidikan Dokter, Kedokteran Gigi", "|S.Ked.|M.Kes.", "Kesehatan Masyarakat"),
    _field("Keperawatan", "Keperawatan", "A.Md.Kep.|S.Kep., Ns.|M.Kep.", "Kesehatan Masyarakat, Kebidanan"),
    _field("Kebidanan", "Kebidanan", "A.Md.Keb.|S.Tr.Keb.|M.Keb.", "Kesehatan Masyarakat, Keperawatan"),
    _field("Farmasi", "Farmasi", "A.Md.Farm.|S.Farm.|M.Farm.", "Kesehatan Masyarakat", "Farmasi Klinis dan Komunitas"),
    _field(
        "Kesehatan Masyarakat",
        "Kesehatan Masyarakat, Gizi, Kesehatan Lingkungan, Administrasi Rumah Sakit",
        "A.Md.Kes.|S.K.M.|M.Kes.",
        "Keperawatan, Kebidanan, Farmasi, Kedokteran",
    ),
    _field("Ekonomi", "Ekonomi Pembangunan, Ilmu Ekonomi", "A.Md.|S.E.|M.Si.", "Manajemen, Akuntansi, Statistika"),
    _field("Akuntansi", "Akuntansi, Perpajakan", "A.Md.Ak.|S.E.|M.Ak.", "Ekonomi, Manajemen", "Akuntansi"),
    _field(
        "Manajemen", "Manajemen, Administrasi Bisnis", "A.Md.|S.E.|M.M.", "Ekonomi, Administrasi Publik", "Pemasaran"
    ),
    _field("Hukum", "Ilmu Hukum", "|S.H.|M.H.", "Ilmu Pemerintahan, Administrasi Publik"),
    _field(
        "Administrasi Publik",
        "Administrasi Publik, Administrasi Negara",
        "A.Md.|S.A.P.|M.A.P.",
        "Ilmu Pemerintahan, Manajemen, Hukum",
        "Administrasi Perkantoran, Otomatisasi Tata Kelola Perkantoran",
    ),
    _field(
        "Ilmu Pemerintahan",
        "Ilmu Pemerintahan, Kebijakan Publik",
        "|S.IP.|M.Si.",
        "Administrasi Publik, Hukum, Ilmu Politik",
    ),
    _field("Ilmu Politik", "Ilmu Politik, Hubungan Internasional", "|S.IP.|M.IP.", "Ilmu Pemerintahan, Komunikasi"),
    _field(
        "Teknik Sipil",
        "Teknik Sipil, Teknik Pengairan",
        "A.Md.T.|S.T.|M.T.",
        "Arsitektur, Perencanaan Wilayah, Teknik Lingkungan",
        "Teknik Gambar Bangunan",
    ),
    _field("Arsitektur", "Arsitektur", "|S.T.|M.Ars.", "Teknik Sipil, Perencanaan Wilayah"),
    _field(
        "Perencanaan Wilayah", "Perencanaan Wilayah dan Kota", "|S.T.|M.P.W.K.", "Arsitektur, Teknik Sipil, Ekonomi"
    ),
    _field("Teknik Lingkungan", "Teknik Lingkungan, Ilmu Lingkungan", "|S.T.|M.Ling.", "Teknik Sipil, Pertanian"),
    _field(
        "Teknik Mesin", "Teknik Mesin, Teknik Elektro", "A.Md.T.|S.T.|M.T.", "Teknik Sipil", "Teknik Kendaraan Ringan"
    ),
    _field(
        "Informatika",
        "Teknik Informatika, Sistem Informasi",
        "A.Md.Kom.|S.Kom.|M.Kom.",
        "Statistika, Komunikasi",
        "Teknik Komputer dan Jaringan, Rekayasa Perangkat Lunak",
    ),
    _field("Statistika", "Statistika, Matematika", "A.Md.Stat.|S.Si.|M.Si.", "Informatika, Ekonomi"),
    _field(
        "Pertanian", "Agribisnis, Agroteknologi, Peternakan", "A.Md.P.|S.P.|M.P.", "Perikanan", "Agribisnis Tanaman"
    ),
    _field("Perikanan", "Budidaya Perairan, Ilmu Kelautan", "|S.Pi.|M.Si.", "Pertanian"),
    _field("Kesejahteraan Sosial", "Kesejahteraan Sosial, Sosiologi", "|S.Sos.|M.Si.", "Psikologi, Ilmu Pemerintahan"),
    _field("Komunikasi", "Ilmu Komunikasi", "A.Md.I.Kom.|S.I.Kom.|M.I.Kom.", "Ilmu Politik, Informatika", "Multimedia"),
    _field("Psikologi", "Psikologi", "|S.Psi.|M.Psi.", "Kesejahteraan Sosial, Pendidikan"),
    _field("Perpustakaan", "Ilmu Perpustakaan, Kearsipan", "A.Md.Lib.|S.Hum.|M.Hum.", "Administrasi Publik"),
    _field(
        "Pariwisata",
        "Pariwisata, Sejarah",
        "A.Md.Par.|S.Par.|M.Par.",
        "Manajemen, Komunikasi",
        "Usaha Perjalanan Wisata",
    ),
    _field(GENERAL, "Ilmu Pengetahuan Terapan", "A.Md.|S.Tr.|M.Tr.", "", "IPA, IPS, Bahasa"),
)
FIELD: Final[Mapping[str, Field]] = MappingProxyType({field.name: field for field in FIELDS})

LEVELS: Final = ("SD", "SMP", "SLTA", "D3", "D4", "S1", "PROFESI", "S2", "SPESIALIS", "S3")
"""Levels that the city's people reach, lowest first."""
LEVEL: Final[Mapping[str, int]] = MappingProxyType({level: place for place, level in enumerate(LEVELS)})

UNIVERSITIES: Final = (
    "Universitas Negeri Pantai Utara",
    "Universitas Bahari Semarang",
    "Universitas Kota Lama",
    "Institut Teknologi Ungaran",
    "Universitas Terbuka",
    "Politeknik Tugu Muda",
    "Universitas Muria Raya",
    "Universitas Merapi",
)
"""Mostly invented names, so that no real institution is spoken for."""


def reference_rows() -> list[dict[str, object]]:
    """Rows of `field_of_study`: every major with its field and the related fields."""
    return [
        {"major": major, "field": field.name, "related_fields": list(field.related) or None}
        for field in FIELDS
        for major in (*field.majors, *(m for m in field.school_majors if m not in field.majors))
    ]
