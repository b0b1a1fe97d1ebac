"""Every sheet of the talent workbook, as data: the one place that maps Indonesian headings to Nawa's own names.

Inside Nawa a sheet is a *table*: a polars frame named and typed as its `Sheet` says. Dates named `*_through` are the
last day that still counts (as offices write *selesai* and *berlaku_sampai*); the engine turns them into half-open
ranges.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

from nawa.workbook.codes import (
    ASSESSMENT_KINDS,
    ASSESSMENT_METHODS,
    ASSIGNMENTS,
    AWARD_LEVELS,
    CAREER_ASSIGNMENTS,
    COMPETENCIES,
    DIRECTIONS,
    DISCIPLINE_LEVELS,
    DISCIPLINE_STATES,
    ECHELONS,
    EDUCATION_LEVELS,
    EXPECTATIONS,
    KINSHIPS,
    LEGAL_STATUSES,
    NO_ECHELON,
    POTENTIAL_ASPECTS,
    RANKS,
    RATINGS,
    REGISTERS,
    RELATIONS,
    SEXES,
    STAFF_KINDS,
    STATEMENTS,
    TEAM_ROLES,
    TEAM_SCOPES,
    TIERS,
    TRAINING_KINDS,
    UNIT_KINDS,
    UNIT_RATINGS,
    VALUES,
)
from nawa.workbook.shape import DECIMAL, Column, Kind, Sheet

__all__ = ["BY_NAME", "BY_TABLE", "DECIMAL", "SHEETS", "WHOLE_TIER", "Column", "Kind", "Sheet", "Tables"]


def _nip(name: str = "nip", heading: str = "nip", *aliases: str, key: bool = True, required: bool = True) -> Column:
    aliases = ("nip_baru", "nip_pegawai") if heading == "nip" else aliases
    return Column(heading, name, Kind.NIP, required=required, key=key, aliases=aliases)


_PERIOD: Final = Column("periode", "period", key=True)


def _validity() -> tuple[Column, ...]:
    return (
        Column("berlaku_mulai", "valid_from", Kind.DATE),
        Column("berlaku_sampai", "valid_through", Kind.DATE),
        Column("pengganti_kode", "successor_code"),
    )


def _assessment(aspect: Column, value: Column) -> tuple[Column, ...]:
    return (
        _nip(),
        Column("tanggal", "assessed_on", Kind.DATE, required=True, key=True),
        aspect,
        value,
        Column("metode", "method", Kind.CODE, codes=ASSESSMENT_METHODS),
        Column("asesor", "assessor", key=True),
        Column("jenis", "kind", Kind.CODE, codes=ASSESSMENT_KINDS),
    )


def _need(*, by_unit: bool) -> tuple[Column, ...]:
    return (
        Column("unit_kode", "unit_code", key=True, required=by_unit),
        Column("jabatan_kode", "position_code", key=True, required=not by_unit),
        Column("uraian", "description"),
        Column("prioritas", "priority", Kind.INTEGER, least=1, most=5),
        Column("mulai", "started_on", Kind.DATE, key=True),
        Column("alasan", "reason"),
    )


SHEETS: Final[tuple[Sheet, ...]] = (
    Sheet(
        "unit",
        "unit",
        (
            Column("kode", "code", required=True, key=True, aliases=("unor_id", "id_unor", "kode_unit", "unit_kode")),
            Column("nama", "name", required=True, aliases=("nama_unor", "nama_unit")),
            Column("induk_kode", "parent_code", aliases=("unor_induk_id", "kode_induk")),
            Column("jenis", "kind", Kind.CODE, codes=UNIT_KINDS),
            Column("wilayah", "area"),
            *_validity(),
        ),
    ),
    Sheet(
        "jabatan",
        "position",
        (
            Column("kode", "code", required=True, key=True, aliases=("kode_jabatan", "jabatan_kode", "id_jabatan")),
            Column("nama", "name", required=True, aliases=("nama_jabatan",)),
            Column("unit_kode", "unit_code", required=True, aliases=("unor_id", "kode_unit")),
            Column("jenjang", "tier", Kind.CODE, required=True, codes=TIERS, aliases=("jenis_jabatan",)),
            Column("eselon", "echelon", Kind.CODE, codes=ECHELONS, aliases=("eselonId",), nothing=NO_ECHELON),
            Column("kelas", "job_class", Kind.INTEGER, least=1, most=17),
            Column("rumpun", "family"),
            Column("bidang_tugas", "work_field"),
            Column("formasi", "seats", Kind.INTEGER, least=1, most=100_000, aliases=("kebutuhan",), default="1"),
            Column("kritikal", "critical", Kind.BOOLEAN),
            Column("pendidikan_min", "least_education", Kind.CODE, codes=EDUCATION_LEVELS),
            Column("bidang_ilmu", "fields_of_study", Kind.TEXTS),
            Column("pangkat_min", "least_rank", Kind.CODE, codes=RANKS),
            Column("bup", "retirement_age", Kind.INTEGER, least=50, most=75),
            *_validity(),
        ),
    ),
    Sheet(
        "syarat_jabatan",
        "position_requirement",
        (
            Column("jabatan_kode", "position_code", required=True, key=True),
            Column("syarat", "requirement", required=True, key=True),
            Column("nilai", "value"),
            Column("dasar_hukum", "legal_basis"),
            Column("persetujuan_pihak", "approving_party"),
        ),
    ),
    Sheet(
        "standar_kompetensi",
        "competency_standard",
        (
            Column("jabatan_kode", "position_code", required=True, key=True),
            Column("kompetensi", "competency", Kind.CODE, required=True, key=True, codes=COMPETENCIES),
            Column("level", "level", Kind.INTEGER, required=True, least=1, most=5),
            Column("bobot", "weight", Kind.NUMBER, least=0),
        ),
    ),
    Sheet(
        "kriteria_jabatan_kritikal",
        "critical_position_criterion",
        (
            Column("jabatan_kode", "position_code", required=True, key=True),
            Column("kriteria", "criterion", required=True, key=True),
            Column("nilai", "value", Kind.INTEGER, required=True, least=1, most=5),
            Column("alasan", "reason"),
        ),
    ),
    Sheet(
        "ref_bidang_ilmu",
        "field_of_study",
        (
            Column("jurusan", "major", required=True, key=True),
            Column("bidang_ilmu", "field", required=True),
            Column("serumpun", "related_fields", Kind.TEXTS),
        ),
    ),
    Sheet(
        "pegawai",
        "person",
        (
            _nip(),
            Column("nama", "name", required=True, aliases=("nama_pegawai", "nama_lengkap")),
            Column("gelar_depan", "front_title", aliases=("gelarDepan",)),
            Column("gelar_belakang", "back_title", aliases=("gelarBelakang",)),
            Column("jenis_pegawai", "staff_kind", Kind.CODE, codes=STAFF_KINDS),
            Column("jenis_kelamin", "sex", Kind.CODE, codes=SEXES, aliases=("jk",)),
            Column("tanggal_lahir", "born_on", Kind.DATE, aliases=("tgl_lahir", "tglLahir")),
            Column("golongan", "rank", Kind.CODE, codes=RANKS, aliases=("gol_ruang", "golRuangAkhir", "gol")),
            Column("tmt_golongan", "rank_since", Kind.DATE, aliases=("tmtGolAkhir",)),
            Column("tmt_cpns", "candidate_since", Kind.DATE, aliases=("tmtCpns",)),
            Column("tmt_pns", "permanent_since", Kind.DATE, aliases=("tmtPns",)),
            Column("jabatan_kode", "position_code"),
            Column("jabatan_nama", "position_name", aliases=("jabatan", "jabatanNama", "nama_jabatan")),
            Column("unit_kode", "unit_code", aliases=("unor", "unorId", "unor_id")),
            Column("tmt_jabatan", "position_since", Kind.DATE, aliases=("tmtJabatan",)),
            Column("tmt_pelantikan", "inaugurated_on", Kind.DATE, aliases=("tmtPelantikan",)),
            Column("tmt_pensiun", "retires_on", Kind.DATE, aliases=("tmtPensiun",)),
            Column("kedudukan_hukum", "legal_status", Kind.CODE, codes=LEGAL_STATUSES),
            Column("tidak_aktif_sejak", "inactive_since", Kind.DATE),
            Column("domisili_kecamatan", "home_district"),
            Column("disabilitas", "disability", Kind.BOOLEAN),
            Column("email", "email"),
            Column("telepon", "phone", aliases=("no_hp", "telp")),
            _nip("superior_nip", "nip_atasan", key=False, required=False),
            Column("nihil_terverifikasi", "verified_none", Kind.CODES, codes=REGISTERS),
        ),
        one_of=("position_code", "position_name"),
    ),
    Sheet(
        "cakupan",
        "register_coverage",
        (
            Column("unit_kode", "unit_code", required=True, key=True),
            Column("register", "register", Kind.CODE, required=True, key=True, codes=REGISTERS),
            Column("lengkap_per", "complete_on", Kind.DATE, required=True),
            Column("nomor_surat", "letter_number"),
        ),
    ),
    Sheet(
        "penugasan",
        "acting_assignment",
        (
            _nip(),
            Column("jabatan_kode", "position_code", required=True, key=True),
            Column("jenis", "kind", Kind.CODE, required=True, key=True, codes=ASSIGNMENTS),
            Column("mulai", "started_on", Kind.DATE, required=True, key=True),
            Column("selesai", "ended_through", Kind.DATE),
            Column("nomor_sp", "letter_number"),
        ),
    ),
    Sheet(
        "pendidikan",
        "education",
        (
            _nip(),
            Column("tingkat", "level", Kind.CODE, required=True, key=True, codes=EDUCATION_LEVELS),
            Column("jurusan", "major", key=True),
            Column("bidang_ilmu", "field"),
            Column("institusi", "institution"),
            Column("tahun_lulus", "graduated_in", Kind.INTEGER, least=1950, most=2100),
        ),
    ),
    Sheet(
        "riwayat_jabatan",
        "career_entry",
        (
            _nip(),
            Column("jabatan", "title", required=True, key=True, aliases=("jabatan_nama", "nama_jabatan")),
            Column("jabatan_kode", "position_code"),
            Column("jenjang", "tier", Kind.CODE, codes=TIERS),
            Column("eselon", "echelon", Kind.CODE, codes=ECHELONS, aliases=("eselonId",), nothing=NO_ECHELON),
            Column("unit", "unit"),
            Column("bidang_tugas", "work_field"),
            Column("instansi", "institution"),
            Column("mulai", "started_on", Kind.DATE, required=True, key=True, aliases=("tmt_jabatan", "tmtJabatan")),
            Column("selesai", "ended_through", Kind.DATE),
            Column("tmt_pelantikan", "inaugurated_on", Kind.DATE, aliases=("tmtPelantikan",)),
            Column("penugasan", "assignment", Kind.CODE, codes=CAREER_ASSIGNMENTS),
            Column("nomor_sk", "decree_number", aliases=("nomorSk",)),
        ),
        aliases=("rw_jabatan",),
    ),
    Sheet(
        "riwayat_golongan",
        "rank_entry",
        (
            _nip(),
            Column("golongan", "rank", Kind.CODE, required=True, key=True, codes=RANKS),
            Column("tmt", "since", Kind.DATE, required=True),
        ),
    ),
    Sheet(
        "kinerja",
        "performance_rating",
        (
            _nip(),
            Column("tahun", "year", Kind.INTEGER, required=True, key=True, least=2000, most=2100),
            _PERIOD,
            Column("mulai", "started_on", Kind.DATE),
            Column("selesai", "ended_through", Kind.DATE),
            Column("hasil_kerja", "results", Kind.CODE, codes=EXPECTATIONS, aliases=("hasilKinerjaNilai",)),
            Column("perilaku_kerja", "behaviour", Kind.CODE, codes=EXPECTATIONS, aliases=("PerilakuKerjaNilai",)),
            Column("predikat", "rating", Kind.CODE, codes=RATINGS, aliases=("KuadranKinerjaNilai",)),
            Column("nilai_lama", "former_score", Kind.NUMBER, least=0, most=120),
            _nip("rater_nip", "nip_penilai", "penilaiNipNrp", key=False, required=False),
            Column("predikat_unit", "unit_rating", Kind.CODE, codes=UNIT_RATINGS),
        ),
        one_of=("rating", "results", "former_score"),
    ),
    Sheet(
        "umpan_balik",
        "feedback",
        (
            _nip(),
            Column("periode", "period", required=True, key=True),
            Column("hubungan", "relation", Kind.CODE, key=True, codes=RELATIONS, default="GABUNGAN"),
            _nip("rater_nip", "nip_pemberi", key=False, required=False),
            Column("aspek", "aspect", Kind.CODE, key=True, codes=VALUES),
            Column("nilai", "value", Kind.NUMBER, least=1, most=5),
            Column("predikat", "rating", Kind.CODE, codes=RATINGS),
            Column("jumlah_penilai", "rater_count", Kind.INTEGER, least=1),
        ),
        one_of=("value", "rating"),
        aliases=("360",),
    ),
    Sheet(
        "penghargaan",
        "award",
        (
            _nip(),
            Column("tingkat", "level", Kind.CODE, required=True, codes=AWARD_LEVELS),
            Column("tanggal", "awarded_on", Kind.DATE, required=True),
            Column("nama", "name", key=True),
            Column("nomor_sk", "decree_number", key=True),
        ),
    ),
    Sheet(
        "tim_kerja",
        "team_role",
        (
            _nip(),
            Column("peran", "role", Kind.CODE, required=True, codes=TEAM_ROLES),
            Column("lingkup", "scope", Kind.CODE, required=True, codes=TEAM_SCOPES),
            Column("mulai", "started_on", Kind.DATE, required=True, key=True),
            Column("selesai", "ended_through", Kind.DATE),
            Column("nama", "name"),
            Column("nomor_sk", "decree_number", key=True),
        ),
    ),
    Sheet(
        "asesmen_kompetensi",
        "competency_assessment",
        _assessment(
            Column("kompetensi", "competency", Kind.CODE, required=True, key=True, codes=COMPETENCIES),
            Column("level", "level", Kind.NUMBER, required=True, least=0, most=5),
        ),
    ),
    Sheet(
        "asesmen_potensi",
        "potential_assessment",
        _assessment(
            Column("aspek", "aspect", Kind.CODE, required=True, key=True, codes=POTENTIAL_ASPECTS),
            Column("nilai", "value", Kind.NUMBER, required=True, least=0, most=5),
        ),
    ),
    Sheet(
        "hasil_asesmen",
        "assessment_result",
        (
            _nip(),
            Column("tanggal", "assessed_on", Kind.DATE, required=True, key=True),
            Column("lembaga", "provider"),
            Column("metode", "method", Kind.CODE, codes=ASSESSMENT_METHODS),
            Column("jpm", "job_person_match", Kind.NUMBER, least=0, most=200),
            Column("kategori", "category"),
            Column("nilai_potensi", "potential_score", Kind.NUMBER, least=0, most=100),
            Column("standar", "standard"),
            Column("berlaku_sampai", "valid_through", Kind.DATE),
            Column("nomor", "number", key=True),
        ),
    ),
    Sheet(
        "nilai_teknis",
        "technical_score",
        (
            _nip(),
            Column("jabatan_kode", "position_code", key=True),
            Column("rumpun", "family", key=True),
            Column("tanggal", "assessed_on", Kind.DATE, required=True, key=True),
            Column("nilai", "score", Kind.NUMBER, required=True, least=0, most=100),
            Column("metode", "method"),
            Column("penguji", "examiner"),
        ),
        one_of=("position_code", "family"),
    ),
    Sheet(
        "uji_kompetensi",
        "competency_test",
        (
            _nip(),
            Column("tanggal", "tested_on", Kind.DATE, required=True, key=True),
            Column("jenjang", "tier", Kind.CODE, codes=TIERS),
            Column("hasil", "result"),
            Column("nomor", "number"),
            Column("berlaku_sampai", "valid_through", Kind.DATE),
        ),
    ),
    Sheet(
        "diklat",
        "training",
        (
            _nip(),
            Column("nama", "name", required=True, key=True),
            Column("jenis", "kind", Kind.CODE, codes=TRAINING_KINDS),
            Column("jp", "hours", Kind.INTEGER, least=0, most=10_000, aliases=("jumlah_jam", "jumlahJam")),
            Column("tanggal", "completed_on", Kind.DATE, required=True, key=True),
            Column("berlaku_sampai", "valid_through", Kind.DATE),
        ),
    ),
    Sheet(
        "disiplin",
        "discipline",
        (
            _nip(),
            Column("tingkat", "level", Kind.CODE, required=True, codes=DISCIPLINE_LEVELS),
            Column("mulai", "started_on", Kind.DATE, required=True, key=True),
            Column("selesai", "ended_through", Kind.DATE),
            Column("tanggal_sk", "decided_on", Kind.DATE),
            Column("nomor_sk", "decree_number", key=True),
            Column("jenis", "kind"),
            Column("status", "state", Kind.CODE, codes=DISCIPLINE_STATES),
        ),
        aliases=("hukdis",),
    ),
    Sheet(
        "keterangan_syarat",
        "requirement_statement",
        (
            _nip(),
            Column("jenis", "kind", Kind.CODE, required=True, key=True, codes=STATEMENTS),
            Column("nomor", "number"),
            Column("tanggal", "issued_on", Kind.DATE, required=True, key=True),
            Column("berlaku_sampai", "valid_through", Kind.DATE),
            Column("hasil", "result"),
        ),
    ),
    Sheet(
        "keluarga_pegawai",
        "relative",
        (
            _nip(),
            _nip("relative_nip", "nip_kerabat"),
            Column("hubungan", "kinship", Kind.CODE, codes=KINSHIPS),
        ),
    ),
    Sheet(
        "preferensi",
        "preference",
        (
            _nip(),
            Column("jabatan_kode", "position_code", key=True),
            Column("unit_kode", "unit_code", key=True),
            Column("urutan", "order", Kind.INTEGER, least=1, most=100),
            Column("bersedia_pindah", "willing_to_move", Kind.BOOLEAN),
            Column("tidak_sebelum", "not_before", Kind.DATE),
        ),
        one_of=("position_code", "unit_code"),
    ),
    Sheet("kebutuhan_unit", "unit_need", _need(by_unit=True)),
    Sheet("rencana_kosong", "planned_vacancy", _need(by_unit=False)),
    Sheet(
        "indikator_layanan",
        "service_indicator",
        (
            Column("unit_kode", "unit_code", required=True, key=True),
            Column("indikator", "indicator", required=True, key=True),
            Column("periode", "period", required=True, key=True),
            Column("nilai", "value", Kind.NUMBER, required=True),
            Column("satuan", "measure"),
            Column("arah", "direction", Kind.CODE, codes=DIRECTIONS),
            Column("sumber", "source"),
        ),
        aliases=("IKM",),
    ),
    Sheet(
        "peta_lama",
        "earlier_map",
        (
            _nip(),
            Column("periode", "period", required=True, key=True),
            Column("kotak", "box", Kind.INTEGER, least=1, most=9),
            Column("nilai_kinerja", "performance_score", Kind.NUMBER, least=0, most=120),
            Column("nilai_potensial", "potential_score", Kind.NUMBER, least=0, most=120),
        ),
    ),
    Sheet(
        "krs_lama",
        "earlier_pool",
        (
            _nip(),
            Column("periode", "period", required=True, key=True),
            Column("jabatan_kode", "position_code"),
            Column("urutan", "order", Kind.INTEGER, least=1),
        ),
    ),
)

WHOLE_TIER: Final = "JENJANG:"
"""Begins a *jabatan_kode* in `standar_kompetensi` that stands for every post of a tier."""

BY_NAME: Final[Mapping[str, Sheet]] = MappingProxyType({sheet.name: sheet for sheet in SHEETS})
BY_TABLE: Final[Mapping[str, Sheet]] = MappingProxyType({sheet.table: sheet for sheet in SHEETS})

Tables = dict[str, pl.DataFrame]
"""Frames by table name; a table that the file lacks is absent."""
