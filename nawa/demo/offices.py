"""The offices of the city as data: the shape of a kota's apparatus under PP 18/2016, by Semarang's public names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Office:
    """A dinas or badan, its line of work, and the divisions under its secretariat."""

    code: str
    name: str
    work_field: str
    divisions: tuple[str, ...]


GENERAL_GOVERNMENT: Final = "Pemerintahan umum"

FIELDS_OF_WORK: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        GENERAL_GOVERNMENT: ("Ilmu Pemerintahan", "Administrasi Publik", "Hukum", "Manajemen"),
        "Pengawasan": ("Akuntansi", "Hukum", "Ekonomi", "Administrasi Publik"),
        "Pendidikan dan kebudayaan": ("Pendidikan", "Administrasi Publik", "Manajemen", "Pariwisata", "Perpustakaan"),
        "Kesehatan": ("Kesehatan Masyarakat", "Kedokteran", "Keperawatan", "Kebidanan", "Farmasi"),
        "Pekerjaan umum": ("Teknik Sipil", "Arsitektur", "Perencanaan Wilayah", "Teknik Lingkungan", "Teknik Mesin"),
        "Perekonomian": ("Ekonomi", "Manajemen", "Akuntansi", "Administrasi Publik"),
        "Pertanian dan pangan": ("Pertanian", "Perikanan", "Ekonomi"),
        "Sosial": ("Kesejahteraan Sosial", "Psikologi", "Ilmu Pemerintahan", "Administrasi Publik"),
        "Keuangan": ("Akuntansi", "Ekonomi", "Manajemen"),
        "Perencanaan": ("Perencanaan Wilayah", "Ekonomi", "Statistika", "Teknik Sipil"),
        "Kepegawaian": ("Administrasi Publik", "Manajemen", "Hukum", "Psikologi"),
        "Komunikasi dan informatika": ("Informatika", "Komunikasi", "Statistika"),
        "Ketertiban dan penanggulangan bencana": (
            "Ilmu Pemerintahan",
            "Hukum",
            "Administrasi Publik",
            "Teknik Lingkungan",
        ),
    }
)
"""Fields of study that suit each line of work."""


def _office(code: str, name: str, work_field: str, divisions: str) -> Office:
    return Office(code, name, work_field, tuple(divisions.split("; ")))


_SCHOOLING, _HEALTH, _WORKS, _ECONOMY, _FOOD, _SOCIAL, _FINANCE, _PLANNING, _STAFF, _MEDIA, _ORDER = (
    "Pendidikan dan kebudayaan",
    "Kesehatan",
    "Pekerjaan umum",
    "Perekonomian",
    "Pertanian dan pangan",
    "Sosial",
    "Keuangan",
    "Perencanaan",
    "Kepegawaian",
    "Komunikasi dan informatika",
    "Ketertiban dan penanggulangan bencana",
)

OFFICES: Final = (
    _office(
        "DISDIK",
        "Dinas Pendidikan",
        _SCHOOLING,
        "Pembinaan Sekolah Dasar; Pembinaan Sekolah Menengah Pertama; Pembinaan PAUD dan Pendidikan Masyarakat; "
        "Guru dan Tenaga Kependidikan",
    ),
    _office(
        "DINKES",
        "Dinas Kesehatan",
        _HEALTH,
        "Kesehatan Masyarakat; Pencegahan dan Pengendalian Penyakit; Pelayanan Kesehatan; Sumber Daya Kesehatan",
    ),
    _office(
        "BAPPEDA",
        "Badan Perencanaan Pembangunan Daerah",
        _PLANNING,
        "Perencanaan dan Evaluasi; Pemerintahan dan Sosial Budaya; Perekonomian; Infrastruktur dan Wilayah",
    ),
    _office(
        "BKPP",
        "Badan Kepegawaian, Pendidikan dan Pelatihan",
        _STAFF,
        "Mutasi dan Promosi; Pengembangan Kompetensi; Penilaian Kinerja dan Penghargaan; Data Kepegawaian",
    ),
    _office(
        "BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah", _FINANCE, "Anggaran; Perbendaharaan; Akuntansi; Aset"
    ),
    _office(
        "DUKCAPIL",
        "Dinas Kependudukan dan Pencatatan Sipil",
        GENERAL_GOVERNMENT,
        "Pelayanan Pendaftaran Penduduk; Pelayanan Pencatatan Sipil; Pengelolaan Informasi Administrasi Kependudukan; "
        "Pemanfaatan Data dan Inovasi Pelayanan",
    ),
    _office(
        "DPU",
        "Dinas Pekerjaan Umum",
        _WORKS,
        "Bina Marga; Sumber Daya Air dan Drainase; Penerangan Jalan; Pemeliharaan dan Peralatan",
    ),
    _office(
        "BAPENDA",
        "Badan Pendapatan Daerah",
        _FINANCE,
        "Pendaftaran dan Pendataan; Penetapan; Penagihan; Pengembangan Pendapatan",
    ),
    _office(
        "DISKOMINFO",
        "Dinas Komunikasi, Informatika, Statistik dan Persandian",
        _MEDIA,
        "Komunikasi Publik; Aplikasi Informatika; Infrastruktur Teknologi Informasi; Statistik dan Persandian",
    ),
    _office(
        "DINSOS",
        "Dinas Sosial",
        _SOCIAL,
        "Pemberdayaan Sosial; Rehabilitasi Sosial; Perlindungan dan Jaminan Sosial; Penanganan Fakir Miskin",
    ),
    _office(
        "SATPOLPP",
        "Satuan Polisi Pamong Praja",
        _ORDER,
        "Ketertiban Umum; Penegakan Peraturan; Perlindungan Masyarakat; Sumber Daya Aparatur",
    ),
    _office(
        "PMPTSP",
        "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        _ECONOMY,
        "Promosi Penanaman Modal; Pelayanan Perizinan Usaha; Pelayanan Nonperizinan; Pengendalian Penanaman Modal",
    ),
    _office(
        "DISTANI",
        "Dinas Pertanian",
        _FOOD,
        "Tanaman Pangan dan Hortikultura; Peternakan; Penyuluhan; Prasarana Pertanian",
    ),
    _office("DISTARU", "Dinas Penataan Ruang", _WORKS, "Tata Ruang; Tata Bangunan; Pertanahan; Pengawasan Bangunan"),
    _office(
        "DISPERKIM",
        "Dinas Perumahan dan Kawasan Permukiman",
        _WORKS,
        "Perumahan; Kawasan Permukiman; Pertamanan; Pemakaman",
    ),
    _office(
        "DLH",
        "Dinas Lingkungan Hidup",
        _WORKS,
        "Penataan Lingkungan; Pengelolaan Sampah; Pengendalian Pencemaran; Konservasi",
    ),
    _office("DISHUB", "Dinas Perhubungan", _WORKS, "Lalu Lintas; Angkutan; Prasarana; Pengendalian dan Perparkiran"),
    _office(
        "DISDAG",
        "Dinas Perdagangan",
        _ECONOMY,
        "Pengembangan Perdagangan; Penataan Pasar; Pedagang Kaki Lima; Kemetrologian",
    ),
    _office(
        "DISPERIN", "Dinas Perindustrian", _ECONOMY, "Industri Agro; Industri Logam dan Elektronika; Industri Kreatif"
    ),
    _office(
        "DISKOPUM",
        "Dinas Koperasi dan Usaha Mikro",
        _ECONOMY,
        "Kelembagaan Koperasi; Usaha Koperasi; Usaha Mikro; Pembiayaan",
    ),
    _office(
        "DISNAKER",
        "Dinas Tenaga Kerja",
        _ECONOMY,
        "Pelatihan dan Produktivitas; Penempatan Tenaga Kerja; Hubungan Industrial; Kesejahteraan Pekerja",
    ),
    _office(
        "DISBUDPAR",
        "Dinas Kebudayaan dan Pariwisata",
        _SCHOOLING,
        "Kebudayaan; Industri Pariwisata; Pemasaran Pariwisata; Kelembagaan",
    ),
    _office(
        "DISPORA",
        "Dinas Kepemudaan dan Olahraga",
        _SCHOOLING,
        "Kepemudaan; Olahraga Prestasi; Olahraga Masyarakat; Sarana",
    ),
    _office(
        "ARPUS", "Dinas Arsip dan Perpustakaan", _SCHOOLING, "Pengelolaan Arsip; Pembinaan Arsip; Layanan Perpustakaan"
    ),
    _office(
        "DISKETAPANG",
        "Dinas Ketahanan Pangan",
        _FOOD,
        "Ketersediaan Pangan; Distribusi Pangan; Konsumsi dan Keamanan Pangan",
    ),
    _office("DISKAN", "Dinas Perikanan", _FOOD, "Perikanan Tangkap; Perikanan Budi Daya; Pengolahan Hasil Perikanan"),
    _office(
        "DP3A",
        "Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
        _SOCIAL,
        "Pengarusutamaan Gender; Perlindungan Perempuan; Perlindungan Anak; Data dan Informasi Gender",
    ),
    _office(
        "DISDALDUK",
        "Dinas Pengendalian Penduduk dan Keluarga Berencana",
        _SOCIAL,
        "Pengendalian Penduduk; Keluarga Berencana; Ketahanan Keluarga",
    ),
    _office(
        "DAMKAR", "Dinas Pemadam Kebakaran", _ORDER, "Pencegahan Kebakaran; Operasional Pemadaman; Sarana dan Prasarana"
    ),
    _office(
        "BPBD", "Badan Penanggulangan Bencana Daerah", _ORDER, "Pencegahan dan Kesiapsiagaan; Kedaruratan; Rehabilitasi"
    ),
    _office(
        "KESBANGPOL",
        "Badan Kesatuan Bangsa dan Politik",
        GENERAL_GOVERNMENT,
        "Ideologi dan Wawasan Kebangsaan; Politik Dalam Negeri; Ketahanan Ekonomi dan Sosial; Kewaspadaan Nasional",
    ),
)
"""Dinas and badan, the indispensable first: a smaller city keeps the first ones."""

ASSISTANTS: Final = (
    ("Asisten Pemerintahan dan Kesejahteraan Rakyat", ("Tata Pemerintahan", "Kesejahteraan Rakyat", "Hukum")),
    ("Asisten Perekonomian dan Pembangunan", ("Perekonomian", "Administrasi Pembangunan", "Pengadaan Barang dan Jasa")),
    ("Asisten Administrasi Umum", ("Organisasi", "Umum", "Protokol dan Komunikasi Pimpinan")),
)
"""The assistants of the Sekda and the bagian that each leads."""

EXPERT_STAFF: Final = (
    "Staf Ahli Bidang Pemerintahan, Hukum dan Politik",
    "Staf Ahli Bidang Ekonomi, Keuangan dan Pembangunan",
    "Staf Ahli Bidang Kemasyarakatan dan Sumber Daya Manusia",
)

COUNCIL_SECTIONS: Final = (
    "Umum",
    "Keuangan",
    "Persidangan dan Perundang-undangan",
    "Fasilitasi Penganggaran dan Pengawasan",
)

TECHNICAL_UNITS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "DINKES": ("Instalasi Farmasi", "Laboratorium Kesehatan", "Ambulan Hebat"),
        "DISDIK": ("Sanggar Kegiatan Belajar",),
        "DPU": tuple(f"Pemeliharaan Wilayah {name}" for name in ("Barat", "Tengah", "Timur", "Selatan", "Utara")),
        "BAPENDA": tuple(f"Pajak Daerah Wilayah {name}" for name in ("Barat", "Timur", "Selatan")),
        "DUKCAPIL": tuple(f"Pelayanan Kependudukan Wilayah {name}" for name in ("Barat", "Timur", "Selatan")),
        "DLH": (
            "Tempat Pemrosesan Akhir",
            "Laboratorium Lingkungan",
            "Persampahan Wilayah I",
            "Persampahan Wilayah II",
        ),
        "DISHUB": ("Pengujian Kendaraan Bermotor", "Trans Semarang", "Terminal", "Parkir"),
        "DISDAG": tuple(f"Pasar Wilayah {name}" for name in ("Johar", "Karimata", "Bulu", "Pedurungan", "Karangayu")),
        "DISPERKIM": ("Rumah Susun", "Pemakaman", "Pertamanan Wilayah I", "Pertamanan Wilayah II"),
        "DISNAKER": ("Balai Latihan Kerja",),
        "DINSOS": ("Panti Rehabilitasi Among Jiwo", "Rumah Perlindungan Sosial"),
        "DISTANI": ("Kebun Dinas", "Rumah Potong Hewan", "Pusat Kesehatan Hewan"),
        "DISKAN": ("Balai Benih Ikan", "Tempat Pelelangan Ikan"),
        "DISBUDPAR": ("Museum Kota", "Taman Budaya", "Kebun Binatang"),
        "DISPORA": ("Gelanggang Olahraga",),
        "DAMKAR": tuple(f"Pos Wilayah {name}" for name in ("Barat", "Timur", "Selatan")),
        "DP3A": ("Perlindungan Perempuan dan Anak",),
        "DISKOPUM": ("Pusat Layanan Usaha Terpadu",),
        "DISPERIN": ("Kawasan Industri Kecil",),
    }
)
"""Technical units (UPTD) by office."""
