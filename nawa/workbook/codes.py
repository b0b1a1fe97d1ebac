"""The codes of every enumerated column, each with the other spellings that files use for it: words and SIASN codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def codes(*plain: str, **spelled: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Codes without another spelling, then codes with theirs."""
    return MappingProxyType(dict.fromkeys(plain, ()) | spelled)


UNIT_KINDS: Final = codes(
    "OPD", "BAGIAN", "BIDANG", "SEKSI", "KECAMATAN", "KELURAHAN", "UPTD", "SEKOLAH", "PUSKESMAS", "LAINNYA"
)
TIERS: Final = codes(
    JPT_MADYA=("PIMPINAN TINGGI MADYA", "JABATAN PIMPINAN TINGGI MADYA"),
    JPT_PRATAMA=("PIMPINAN TINGGI PRATAMA", "JABATAN PIMPINAN TINGGI PRATAMA"),
    ADMINISTRATOR=("JABATAN ADMINISTRATOR",),
    PENGAWAS=("JABATAN PENGAWAS",),
    PELAKSANA=("JABATAN PELAKSANA",),
    JF_AHLI_UTAMA=("AHLI UTAMA",),
    JF_AHLI_MADYA=("AHLI MADYA",),
    JF_AHLI_MUDA=("AHLI MUDA",),
    JF_AHLI_PERTAMA=("AHLI PERTAMA",),
    JF_PENYELIA=("PENYELIA",),
    JF_MAHIR=("MAHIR",),
    JF_TERAMPIL=("TERAMPIL",),
    JF_PEMULA=("PEMULA",),
)
ECHELONS: Final = MappingProxyType(
    {
        "I.a": ("11",),
        "I.b": ("12",),
        "II.a": ("21",),
        "II.b": ("22",),
        "III.a": ("31",),
        "III.b": ("32",),
        "IV.a": ("41",),
        "IV.b": ("42",),
        "V.a": ("51",),
        "V.b": ("52",),
    }
)
NO_ECHELON: Final = ("NON", "NON ESELON", "99")  # SIASN says 99 where a post has none
STAFF_KINDS: Final = codes(
    "PNS", "CPNS", PPPK=("P3K", "PPPK PENUH WAKTU"), PPPK_PARUH_WAKTU=("PPPK PW", "P3K PARUH WAKTU")
)
SEXES: Final = codes(L=("LAKI-LAKI", "PRIA", "M"), P=("PEREMPUAN", "WANITA", "F"))
LEGAL_STATUSES: Final = codes(
    AKTIF=("01", "1", "PNS AKTIF"),
    CLTN=("02", "2", "CUTI LUAR TANGGUNGAN NEGARA"),
    TUGAS_BELAJAR=("03", "3"),
    PEMBERHENTIAN_SEMENTARA=("04", "4"),
    HUKUMAN_DISIPLIN=("15", "KENA HUKUMAN DISIPLIN"),
    MPP=("20", "MASA PERSIAPAN PENSIUN"),
    TIDAK_AKTIF=("52",),
    DIBERHENTIKAN=("66",),
    BUP=("98", "BATAS USIA PENSIUN"),
    PENSIUN=("99",),
)
REGISTERS: Final = codes("penghargaan", "tim_kerja", "diklat", "disiplin", "umpan_balik", "riwayat_jabatan")
ASSIGNMENTS: Final = codes(
    PLT=("PELAKSANA TUGAS",), PLH=("PELAKSANA HARIAN",), PJ=("PENJABAT",), TT=("TUGAS TAMBAHAN",)
)
CAREER_ASSIGNMENTS: Final = MappingProxyType({"D": ("DEFINITIF",), **ASSIGNMENTS})
EDUCATION_LEVELS: Final = codes(
    SD=("SEKOLAH DASAR",),
    SMP=("SLTP",),
    SLTA=("SMA", "SMK", "MA", "SLTA/SMA", "SLTA KEJURUAN", "SLTA KEGURUAN", "SLTA/SEDERAJAT"),
    D1=("DI", "DIPLOMA I"),
    D2=("DII", "DIPLOMA II"),
    D3=("DIII", "DIPLOMA III", "DIPLOMA III/SARJANA MUDA"),
    D4=("DIV", "DIPLOMA IV"),
    S1=("SARJANA", "S-1/SARJANA"),
    PROFESI=(),
    S2=("MAGISTER", "S-2/MAGISTER"),
    SPESIALIS=(),
    S3=("DOKTOR", "S-3/DOKTOR"),
)
EXPECTATIONS: Final = codes(
    DI_ATAS=("1", "DI ATAS EKSPEKTASI"), SESUAI=("2", "SESUAI EKSPEKTASI"), DI_BAWAH=("3", "DI BAWAH EKSPEKTASI")
)
RATINGS: Final = codes(
    SANGAT_BAIK=("1",),
    BAIK=("2",),
    BUTUH_PERBAIKAN=("3", "CUKUP"),
    KURANG=("4", "KURANG/MISCONDUCT"),
    SANGAT_KURANG=("5",),
)
UNIT_RATINGS: Final = codes("ISTIMEWA", "BAIK", "BUTUH_PERBAIKAN", "KURANG", "SANGAT_KURANG")
RELATIONS: Final = codes("ATASAN", "REKAN", "BAWAHAN", "DIRI", "GABUNGAN")
VALUES: Final = codes("BERORIENTASI_PELAYANAN", "AKUNTABEL", "KOMPETEN", "HARMONIS", "LOYAL", "ADAPTIF", "KOLABORATIF")
AWARD_LEVELS: Final = codes("INTERNASIONAL", "NASIONAL", "LINTAS_INSTANSI", "INSTANSI")
TEAM_ROLES: Final = codes("KETUA", "ANGGOTA")
TEAM_SCOPES: Final = codes("LINTAS_INSTANSI", "INTERNAL")
COMPETENCIES: Final = codes(
    "INTEGRITAS",
    "KERJA_SAMA",
    "KOMUNIKASI",
    "ORIENTASI_PADA_HASIL",
    "PELAYANAN_PUBLIK",
    "PENGEMBANGAN_DIRI_DAN_ORANG_LAIN",
    "MENGELOLA_PERUBAHAN",
    "PENGAMBILAN_KEPUTUSAN",
    "PEREKAT_BANGSA",
)
POTENTIAL_ASPECTS: Final = codes(
    "KEMAMPUAN_INTELEKTUAL",
    "KEMAMPUAN_INTERPERSONAL",
    KESADARAN_DIRI=("SELF AWARENESS",),
    BERPIKIR_KRITIS_STRATEGIS=("KEMAMPUAN BERPIKIR KRITIS DAN STRATEGIS",),
    MENYELESAIKAN_PERMASALAHAN=("KEMAMPUAN MENYELESAIKAN PERMASALAHAN",),
    KECERDASAN_EMOSIONAL=(),
    BELAJAR_CEPAT=("KEMAMPUAN BELAJAR CEPAT DAN MENGEMBANGKAN DIRI", "GROWTH MINDSET"),
    MOTIVASI_KOMITMEN=("MOTIVASI DAN KOMITMEN",),
)
ASSESSMENT_METHODS: Final = codes("AC", "CACT", "PROFILING", "LAINNYA")
ASSESSMENT_KINDS: Final = codes("INDIVIDU", "PLENO")
TRAINING_KINDS: Final = codes(
    STRUKTURAL=("1",),
    FUNGSIONAL=("2",),
    TEKNIS=("3",),
    SERTIFIKASI=(),
    LAINNYA=("8", "BIMTEK", "9", "SEMINAR", "14", "COACHING", "15", "MENTORING", "16", "E-LEARNING"),
)
DISCIPLINE_LEVELS: Final = codes(RINGAN=("R",), SEDANG=("S",), BERAT=("B",))
DISCIPLINE_STATES: Final = codes("PROSES", "BERJALAN", "SELESAI", "BATAL")
STATEMENTS: Final = codes("SEHAT", "LHKPN", "BEBAS_TEMUAN", "PAKTA")
KINSHIPS: Final = codes("SUAMI_ISTRI", "ORANG_TUA_ANAK", "SAUDARA")
DIRECTIONS: Final = codes("NAIK", "TURUN")
_PPPK_RANKS: Final = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    *("X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
)
RANKS: Final = MappingProxyType(
    {
        f"{roman}/{letter}": (f"{number}{index}",)
        for number, roman in enumerate(("I", "II", "III", "IV"), start=1)
        for index, letter in enumerate("abcde" if roman == "IV" else "abcd", start=1)
    }
    | dict.fromkeys(_PPPK_RANKS, ())
)
