"""The fixed words of the documents in both languages, and how a day and an instant are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, Literal

Language = Literal["id", "en"]

_PAGE: Final[Mapping[Language, Mapping[str, str]]] = {
    "id": {
        "page": "Halaman",
        "of": "dari",
        "printed": "Dicetak oleh {by} pada {at}",
        "fingerprint": "Sidik isi (SHA-256)",
    },
    "en": {
        "page": "Page",
        "of": "of",
        "printed": "Printed by {by} on {at}",
        "fingerprint": "Fingerprint of the contents (SHA-256)",
    },
}

_SLIPS: Final[Mapping[Language, Mapping[str, str]]] = {
    "id": {
        "title": "Lembar Aktivasi Akun",
        "number": "Lembar {number} dari {count}",
        "nip": "NIP",
        "login": "Nama masuk",
        "code": "Kode aktivasi, sekali pakai",
        "valid": "Berlaku sampai dengan {day}",
        "steps": "Cara mengaktifkan akun Anda",
        "step_open": "Buka alamat ini di peramban komputer atau telepon:",
        "step_enter": "Ketik nama masuk dan kode aktivasi ini.",
        "step_password": "Buat kata sandi Anda sendiri. Sejak itu kode ini tidak berlaku lagi.",
        "step_destroy": "Musnahkan lembar ini.",
        "warning": "Pribadi dan rahasia.",
        "warning_text": "Jangan difoto, disalin, atau diberikan kepada siapa pun, juga kepada petugas. "
        "Bila lembar ini hilang atau pernah dilihat orang lain, mintalah kode baru kepada pengelola di unit Anda.",
    },
    "en": {
        "title": "Account Activation Slips",
        "number": "Slip {number} of {count}",
        "nip": "NIP",
        "login": "Log-in name",
        "code": "Activation code, for one use",
        "valid": "Valid through {day}",
        "steps": "How to activate your account",
        "step_open": "Open this address in a browser on a computer or phone:",
        "step_enter": "Type this log-in name and this activation code.",
        "step_password": "Choose a password of your own. From then on this code is no longer valid.",
        "step_destroy": "Destroy this slip.",
        "warning": "Personal and confidential.",
        "warning_text": "Do not photograph or copy it, or give it to anybody, staff included. "
        "If this slip is lost or was seen by others, ask the administrator in your unit for a new code.",
    },
}

_CARD: Final[Mapping[Language, Mapping[str, str]]] = {
    "id": {
        "title": "Kartu Talenta",
        "confidential": "Rahasia: hanya untuk yang bersangkutan dan pejabat yang berwenang",
        "nip": "NIP",
        "post": "Jabatan",
        "unit": "Unit kerja",
        "tier": "Jenjang",
        "rank": "Pangkat/golongan",
        "period": "Periode",
        "policy": "Kebijakan",
        "unknown": "belum diketahui",
        "box": "Kotak {box}",
        "LENGKAP": "Lengkap",
        "SEMENTARA": "Sementara",
        "BELUM_DAPAT_DIPETAKAN": "Belum dapat dipetakan",
        "provisional": "Hasil sementara: sekurang-kurangnya kotak {lowest}, dapat mencapai kotak {highest} "
        "bila bukti yang belum ada dilengkapi.",
        "settled": "Hasil sementara: bukti yang belum ada tidak mengubah kotaknya.",
        "unmapped": "Bukti yang diketahui belum cukup untuk memperoleh kotak.",
        "grid": "Peta sembilan kotak",
        "key": "Angka persen: peluang setiap kotak menurut galat pengukuran dan bukti yang belum ada; makin gelap, "
        "makin besar.",
        "key_box": "Garis tebal: kotak menurut bukti.",
        "key_range": "Garis putus-putus: rentang sementara.",
        "score": "Nilai",
        "class": "Kelas",
        "completeness": "Bukti diketahui",
        "component": "Komponen",
        "raw": "Bukti",
        "points": "Poin",
        "weight": "Bobot (%)",
        "contribution": "Sumbangan",
        "on": "Tanggal",
        "expires": "Berakhir",
        "reasons": "Mengapa kotak ini?",
        "reasons_unmapped": "Mengapa belum ada kotak?",
        "missing": "Bukti yang belum ada",
        "changes": "Apa yang mengubahnya?",
        "follow_ups": "Rekomendasi tindak lanjut",
        "origins": "Dari mana buktinya?",
        "result": "Sidik hasil (SHA-256)",
        "run": "Hitungan",
    },
    "en": {
        "title": "Talent Card",
        "confidential": "Confidential: for the person concerned and the officials in charge only",
        "nip": "NIP",
        "post": "Post",
        "unit": "Unit",
        "tier": "Tier",
        "rank": "Rank",
        "period": "Period",
        "policy": "Policy",
        "unknown": "unknown",
        "box": "Box {box}",
        "LENGKAP": "Complete",
        "SEMENTARA": "Provisional",
        "BELUM_DAPAT_DIPETAKAN": "Cannot be mapped yet",
        "provisional": "Provisional result: at least box {lowest}, up to box {highest} with the missing evidence.",
        "settled": "Provisional result: the missing evidence does not change the box.",
        "unmapped": "Not enough evidence is known for a box.",
        "grid": "The nine boxes",
        "key": "Percentages: the probability of each box, from errors of measurement and missing evidence; the darker, "
        "the greater.",
        "key_box": "Bold line: the box by the evidence.",
        "key_range": "Dashed line: the provisional range.",
        "score": "Score",
        "class": "Class",
        "completeness": "Evidence known",
        "component": "Component",
        "raw": "Evidence",
        "points": "Points",
        "weight": "Weight (%)",
        "contribution": "Contribution",
        "on": "Date",
        "expires": "Expires",
        "reasons": "Why this box?",
        "reasons_unmapped": "Why is there no box yet?",
        "missing": "Missing evidence",
        "changes": "What would change it?",
        "follow_ups": "Recommended follow-ups",
        "origins": "Where does the evidence come from?",
        "result": "Fingerprint of the result (SHA-256)",
        "run": "Run",
    },
}

_MONTHS: Final[Mapping[Language, str]] = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}

_INSTANT: Final[Mapping[Language, str]] = {"id": "{day} pukul {at:%H.%M} {zone}", "en": "{day} at {at:%H:%M} {zone}"}

LABELS: Final[Mapping[str, Mapping[Language, Mapping[str, str]]]] = {"page": _PAGE, "slips": _SLIPS, "card": _CARD}
"""The words of each template, and of what all pages share."""


def day(value: date, language: Language) -> str:
    """Return a date in words: `23 November 2026`."""
    return f"{value.day} {_MONTHS[language].split()[value.month - 1]} {value.year}"


def instant(value: datetime, language: Language) -> str:
    """Return an instant in words, with the name of its zone: `23 November 2026 pukul 14.05 WIB`."""
    return _INSTANT[language].format(day=day(value, language), at=value, zone=value.tzname())
