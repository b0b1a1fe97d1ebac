"""Awards, team roles, training, certificates and discipline: what happened, as far as registers hold it."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from nawa.demo.calendar import NO_DAY, plus_days, plus_years, year_of
from nawa.demo.chance import Chance, Floats, Ints, Streams
from nawa.demo.parameters import Process
from nawa.demo.people import Population
from nawa.demo.registers import AWARDS, DISCIPLINE, TEAMS, TRAINING, Registers, recorded
from nawa.demo.tables import table

_AWARD_LEVELS: Final = np.array(["INSTANSI", "LINTAS_INSTANSI", "NASIONAL", "INTERNASIONAL"], dtype=object)
_AWARD_WEIGHTS: Final = (0.52, 0.21, 0.24, 0.03)
_AWARDS: Final = (
    "Pegawai Teladan",
    "Inovasi Pelayanan Publik",
    "Kinerja Terbaik",
    "Guru Berprestasi",
    "Tenaga Kesehatan Teladan",
    "Lurah Berprestasi",
    "Pengelola Data Terbaik",
    "Pelopor Reformasi Birokrasi",
)
_TEAMS: Final = (
    "Tim Penurunan Stunting",
    "Tim Reformasi Birokrasi",
    "Tim Penyusun RKPD",
    "Tim Smart City",
    "Tim Pengendalian Inflasi Daerah",
    "Tim Zona Integritas",
    "Tim Penanganan Banjir dan Rob",
    "Tim Penyusun Standar Pelayanan",
)
_COURSES: Final = {
    "TEKNIS": (
        "Pelayanan Prima",
        "Pengadaan Barang dan Jasa",
        "Penyusunan Anggaran",
        "Analisis Kebijakan",
        "Pengelolaan Aset",
        "Komunikasi Publik",
        "Keterampilan Digital",
        "Manajemen Risiko",
        "Pengelolaan Arsip",
        "Statistik Sektoral",
    ),
    "FUNGSIONAL": ("Pembentukan Jabatan Fungsional", "Penjenjangan Jabatan Fungsional", "Kurikulum dan Pembelajaran"),
    "LAINNYA": ("Seminar Nasional", "Lokakarya Kota", "Webinar ASN", "Coaching", "Magang Antarinstansi"),
}
_STRUCTURAL: Final = {
    "PENGAWAS": "Pelatihan Kepemimpinan Pengawas",
    "ADMINISTRATOR": "Pelatihan Kepemimpinan Administrator",
    "JPT_PRATAMA": "Pelatihan Kepemimpinan Nasional Tingkat II",
}
_CERTIFICATES: Final = (
    "Sertifikasi Pengadaan Barang/Jasa",
    "Sertifikasi Manajemen Proyek",
    "Sertifikasi Asesor Kompetensi",
    "Sertifikasi Auditor Internal",
    "Sertifikasi Pendidik",
    "Sertifikasi Keamanan Informasi",
)
_DISCIPLINE: Final = {
    "RINGAN": ("Teguran lisan", "Teguran tertulis", "Pernyataan tidak puas secara tertulis"),
    "SEDANG": ("Pemotongan tukin 25% 6 bulan", "Pemotongan tukin 25% 9 bulan", "Pemotongan tukin 25% 12 bulan"),
    "BERAT": ("Penurunan jabatan setingkat 12 bulan", "Pembebasan jabatan menjadi pelaksana 12 bulan"),
}
_SANCTION_DAYS: Final = {"RINGAN": 30, "SEDANG": 270, "BERAT": 365}
_AT_MOST: Final = 9  # courses of one person in four years


def tables(
    people: Population, registers: Registers, on: np.datetime64, process: Process, streams: Streams
) -> dict[str, pl.DataFrame]:
    """Awards, team roles, training with certificates, discipline."""
    return {
        "award": _awards(people, registers, on, process, streams.of("awards")),
        "team_role": _teams(people, registers, on, process, streams.of("teams")),
        "training": _training(people, registers, on, process, streams.of("training")),
        "discipline": _discipline(people, registers, on, process, streams.of("discipline")),
    }


def _reach(people: Population) -> Floats:
    """How much a post exposes its holder to honours and teams: managers most, PPPK least."""
    reach = np.where(people.in_tier("JPT_PRATAMA"), 2.5, np.where(people.in_tier("ADMINISTRATOR"), 2.3, 1.0))
    reach = np.where(people.in_tier("PENGAWAS"), 1.25, reach)
    exposed: Floats = np.where(people.contract, 0.35, reach)
    return exposed


def _merit(people: Population, strength: float) -> Floats:
    bounded: Floats = np.clip(1.0 + strength * people.traits.diligence, 0.15, 2.6)
    return bounded


def _occasions(
    rate: Floats, times: int, people: Population, days: int, on: np.datetime64, chance: Chance
) -> tuple[Ints, Ints]:
    """Who, and how many days before `on`: `times` chances each, never before they had been there for some weeks."""
    happened = np.concatenate([np.flatnonzero(chance.happens(rate / times, len(people))) for _ in range(times)])
    who = np.sort(happened, kind="stable")
    served = (on - people.joined[who]).astype(np.int64) - 40
    ago = 5 + chance.below(days, len(who))
    fits = ago < served
    return who[fits], ago[fits]


def _awards(
    people: Population, registers: Registers, on: np.datetime64, process: Process, chance: Chance
) -> pl.DataFrame:
    rate = np.clip(process.award_rate * _reach(people) * _merit(people, 0.75) * 2.2, 0, 2.5)
    who, ago = _occasions(rate, 3, people, 7 * 365, on, chance)
    kept = recorded(registers, AWARDS, who, process, chance)
    who, ago, n = who[kept], ago[kept], int(kept.sum())
    bonus = np.clip(0.25 * people.traits.diligence[who], 0, 0.7)
    level = np.maximum(chance.pick(_AWARD_WEIGHTS, n), np.where(chance.happens(0.35 * bonus, n), 2, 0))
    on_day = plus_days(np.full(n, on), -ago)
    return table(
        "award",
        {
            "nip": people.nip[who],
            "level": _AWARD_LEVELS[level],
            "awarded_on": on_day,
            "name": np.array(_AWARDS, dtype=object)[chance.below(len(_AWARDS), n)],
            "decree_number": _numbers("003.3", n, year_of(on_day)),
        },
    )


def _numbers(series: str, n: int, years: Ints) -> list[str]:
    """Decree numbers, each once."""
    return [f"{series}/{number + 1}/{year}" for number, year in zip(range(n), years.tolist(), strict=True)]


def _teams(
    people: Population, registers: Registers, on: np.datetime64, process: Process, chance: Chance
) -> pl.DataFrame:
    rate = np.clip(process.team_rate * _reach(people) * _merit(people, 0.6) * 1.5, 0, 3.0)
    who, ago = _occasions(rate, 4, people, 4 * 365, on, chance)
    kept = recorded(registers, TEAMS, who, process, chance)
    who, ago, n = who[kept], ago[kept], int(kept.sum())
    leads = chance.happens(np.clip(0.2 * _reach(people)[who] + 0.08 * people.traits.leadership[who], 0.03, 0.7), n)
    across = chance.happens(np.clip(0.24 * _reach(people)[who], 0, 0.6), n)
    start = plus_days(np.full(n, on), -ago)
    length = 90 + chance.below(460, n)
    ended = np.where(chance.happens(0.15, n), NO_DAY, plus_days(start, length))
    return table(
        "team_role",
        {
            "nip": people.nip[who],
            "role": np.where(leads, "KETUA", "ANGGOTA").astype(object),
            "scope": np.where(across, "LINTAS_INSTANSI", "INTERNAL").astype(object),
            "started_on": start,
            "ended_through": ended,
            "name": np.array(_TEAMS, dtype=object)[chance.below(len(_TEAMS), n)],
            "decree_number": _numbers("100.3.3.3", n, year_of(start)),
        },
    )


def _training(
    people: Population, registers: Registers, on: np.datetime64, process: Process, chance: Chance
) -> pl.DataFrame:
    eager = np.clip(1.0 + 0.4 * people.traits.potential[:, 6], 0.1, 2.0) * np.where(people.contract, 0.45, 1.0)
    rate = np.clip(process.trainings * eager, 0, _AT_MOST * 0.95)
    who, ago = _occasions(rate, _AT_MOST, people, 4 * 365, on, chance)
    kept = recorded(registers, TRAINING, who, process, chance)
    courses = _courses(people, who[kept], ago[kept], on, chance)
    return pl.concat([courses, _leadership_courses(people, on, chance), _certificates(people, on, process, chance)])


def _courses(people: Population, who: Ints, ago: Ints, on: np.datetime64, chance: Chance) -> pl.DataFrame:
    n = len(who)
    kinds = np.array(list(_COURSES), dtype=object)[chance.pick([0.62, 0.18, 0.2], n)]
    picks = chance.uniform(n).tolist()
    names = [_COURSES[kind][int(pick * len(_COURSES[kind]))] for kind, pick in zip(kinds, picks, strict=True)]
    hours = np.array([4, 8, 20, 24, 32, 40], dtype=np.int64)[chance.pick([0.2, 0.2, 0.25, 0.15, 0.1, 0.1], n)].tolist()
    unstated = chance.happens(0.04, n).tolist()
    frame = table(
        "training",
        {
            "nip": people.nip[who],
            "name": names,
            "kind": kinds,
            "hours": [None if none else jp for jp, none in zip(hours, unstated, strict=True)],
            "completed_on": plus_days(np.full(n, on), -ago),
        },
    )
    return frame.unique(["nip", "name", "completed_on"], keep="first", maintain_order=True)


def _leadership_courses(people: Population, on: np.datetime64, chance: Chance) -> pl.DataFrame:
    parts = []
    for tier, name in _STRUCTURAL.items():
        attended = people.in_tier(tier) & chance.happens(0.7, len(people))
        who = np.flatnonzero(attended)
        ago = 60 + chance.below(5 * 365, len(who))
        parts.append(
            table(
                "training",
                {
                    "nip": people.nip[who],
                    "name": [name] * len(who),
                    "kind": ["STRUKTURAL"] * len(who),
                    "hours": np.full(len(who), 904),
                    "completed_on": plus_days(np.full(len(who), on), -ago),
                },
            )
        )
    return pl.concat(parts)


def _certificates(people: Population, on: np.datetime64, process: Process, chance: Chance) -> pl.DataFrame:
    eager = np.clip(1.0 + 0.5 * people.traits.competence[:, 0], 0.1, 2.2) * np.where(people.contract, 0.3, 1.0)
    parts = []
    for name in _CERTIFICATES:
        who = np.flatnonzero(chance.happens(process.certificate_rate / 3 * eager, len(people)))
        served = (on - people.joined[who]).astype(np.int64) - 40
        ago = 20 + chance.below(1700, len(who))
        who, ago = who[ago < served], ago[ago < served]
        won = plus_days(np.full(len(who), on), -ago)
        until = np.where(chance.happens(0.8, len(who)), plus_years(won, 3), NO_DAY)
        parts.append(
            table(
                "training",
                {
                    "nip": people.nip[who],
                    "name": [name] * len(who),
                    "kind": ["SERTIFIKASI"] * len(who),
                    "hours": np.full(len(who), 40),
                    "completed_on": won,
                    "valid_through": until,
                },
            )
        )
    return pl.concat(parts)


def _discipline(
    people: Population, registers: Registers, on: np.datetime64, process: Process, chance: Chance
) -> pl.DataFrame:
    rate = process.discipline_rate * np.clip(1.0 - 0.6 * people.traits.competence[:, 0], 0.2, 3.0)
    who, ago = _occasions(rate, 1, people, 7 * 365, on, chance)
    kept = recorded(registers, DISCIPLINE, who, process, chance)
    who, ago, n = who[kept], ago[kept], int(kept.sum())
    levels = np.array(list(_DISCIPLINE), dtype=object)[chance.pick([0.62, 0.26, 0.12], n)]
    picks = chance.uniform(n).tolist()
    start = plus_days(np.full(n, on), -ago)
    days = np.array([_SANCTION_DAYS[level] for level in levels], dtype=np.int64)
    through = plus_days(start, days - 1)
    state = np.where(through < on, "SELESAI", "BERJALAN").astype(object)
    unfinished = chance.uniform(n)
    state[unfinished < 0.05] = "BATAL"
    state[(unfinished > 0.94) & (ago < 400)] = "PROSES"
    return table(
        "discipline",
        {
            "nip": people.nip[who],
            "level": levels,
            "started_on": start,
            "ended_through": np.where(state == "PROSES", NO_DAY, through),
            "decided_on": np.where(state == "PROSES", NO_DAY, plus_days(start, -7)),
            "decree_number": _numbers("862", n, year_of(start)),
            "kind": [_kind(level, pick) for level, pick in zip(levels, picks, strict=True)],
            "state": state,
        },
    )


def _kind(level: str, pick: float) -> str:
    kinds = _DISCIPLINE[level]
    return kinds[int(pick * len(kinds))]
