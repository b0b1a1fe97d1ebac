"""What people of the demo city state about themselves, and how far each of it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from nawa.demo.chance import Streams


class Fate(StrEnum):
    """How far a claim has come when the city opens."""

    WAITING = "waiting"
    ASKED_AGAIN = "asked again"
    ACCEPTED = "accepted"
    DRAWN = "drawn"  # accepted, and for the analyst to look at
    SAMPLED = "sampled"  # the analyst has
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact that one of the players (by place) submits: what is typed, whether a photo proves it, what became of it.

    `ago` and `decided` count the days before the city opens. `cause` and `note` say why it came back.
    """

    fate: Fate
    kind: str
    texts: Mapping[str, str]
    ago: int
    decided: int = 0
    cause: str = ""
    note: str = ""
    player: int = 0
    is_photo: bool = False


def _award(name: str, awarded_on: str) -> dict[str, str]:
    return {"level": "INSTANSI", "awarded_on": awarded_on, "name": name}


def _team(name: str) -> dict[str, str]:
    return {"role": "ANGGOTA", "scope": "INTERNAL", "started_on": "2024-02-05", "name": name}


def _course(name: str, hours: int, completed_on: str = "2024-06-14") -> dict[str, str]:
    return {"kind": "TEKNIS", "completed_on": completed_on, "name": name, "hours": str(hours)}


_CLAIMS: Final = (
    Claim(Fate.WAITING, "PENGHARGAAN", _award("Pegawai Teladan Pelayanan Publik", "2024-11-28"), 20),
    Claim(Fate.WAITING, "TIM_KERJA", _team("Tim Penyusun Standar Pelayanan"), 12),
    Claim(Fate.WAITING, "DIKLAT", _course("Pengelolaan Arsip Dinamis", 40), 2),
    Claim(Fate.WAITING, "PENDIDIKAN", {"level": "SLTA", "major": "IPS", "graduated_in": "2001"}, 1),
    Claim(
        Fate.ASKED_AGAIN,
        "SERTIFIKAT",
        {"name": "Pengadaan Tingkat Dasar", "completed_on": "2023-09-08", "valid_through": "2027-09-07"},
        ago=14,
        decided=12,
        cause="TIDAK_TERBACA",
        note="Halaman kedua terlalu gelap; pindai ulang pada 300 dpi.",
    ),
    Claim(
        Fate.ASKED_AGAIN,
        "RIWAYAT_JABATAN",
        {"title": "Pengadministrasi Umum", "started_on": "2012-03-01", "ended_through": "2014-12-31"},
        ago=24,
        decided=18,
        cause="KURANG_LENGKAP",
        note="Lampirkan surat keputusannya, bukan surat tugas.",
    ),
    Claim(
        Fate.ASKED_AGAIN,
        "TIM_KERJA",
        _team("Tim Reformasi Birokrasi"),
        ago=6,
        decided=5,
        cause="TIDAK_SESUAI",
        note="Dalam keputusan peran Anda tertulis sebagai narahubung.",
    ),
    Claim(Fate.ACCEPTED, "PENGHARGAAN", _award("Inovasi Layanan Daerah", "2012-08-27"), ago=30, decided=25),
    Claim(Fate.ACCEPTED, "PENGHARGAAN", _award("Pelayanan Prima Tepat Waktu", "2012-05-21"), ago=28, decided=25),
    Claim(Fate.DRAWN, "DIKLAT", _course("Etika Pelayanan Publik", 16, "2012-03-16"), ago=26, decided=22),
    Claim(Fate.SAMPLED, "DIKLAT", _course("Dasar Keuangan Daerah", 32, "2013-04-12"), ago=40, decided=33),
    Claim(
        Fate.REFUSED,
        "PENGHARGAAN",
        _award("Peserta Jalan Sehat", "2024-08-17"),
        ago=22,
        decided=17,
        cause="BUKAN_JENISNYA",
        note="Piagam keikutsertaan bukan penghargaan atas kinerja.",
    ),
    Claim(Fate.WITHDRAWN, "DIKLAT", _course("Pengenalan Aplikasi Kantor", 8), ago=9, decided=8),
)
"""What is accepted is older than what counts, so that it moves nobody on the map."""


def claims(*, players: int, seed: int) -> tuple[Claim, ...]:
    """Return the claims of a city, dealt out to so many players: the same for the same seed."""
    chance = Streams(seed).of("claims")
    first, count = int(chance.below(players, 1)[0]), len(_CLAIMS)
    numbers = chance.below(900, count).tolist()
    photos = chance.happens(0.5, count).tolist()
    return tuple(
        replace(one, texts=_lettered(one, 100 + number), player=(first + place) % players, is_photo=is_photo)
        for place, (one, number, is_photo) in enumerate(zip(_CLAIMS, numbers, photos, strict=True))
    )


def _lettered(claim: Claim, number: int) -> dict[str, str]:
    """Return what is typed, with the number of the decree where the kind has one."""
    began = claim.texts.get("awarded_on") or claim.texts.get("started_on")
    return {**claim.texts, **({"decree_number": f"800.1/{number}/{began[:4]}"} if began else {})}
