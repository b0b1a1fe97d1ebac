"""Slips and cards as offices print them, and how their pages are read back."""

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from nawa.documents import ActivationSlip, Axis, Component, TalentCard, UnitSlips, activation_slips, talent_card
from nawa.documents.text import BREAK
from nawa.engine.parameters import Status

AT = datetime(2026, 11, 5, 14, 5, tzinfo=ZoneInfo("Asia/Jakarta"))
PRINT = {"institution": "Pemerintah Kota Tirta Kencana", "printed_by": "Sri Lestari, S.Sos.", "printed_at": AT}
ADDRESS = "https://talenta.tirtakencana.go.id"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HOSTILE = '#import "x"; $a$ *b* [c] #read("/etc/passwd") #panic() \\ `d` // e /* f {labels} <g> @h'

SITI = ActivationSlip("Siti Rahmawati, S.Kom.", "198503122010012001", "198503122010012001", "A2C4E6G8J2KM")

PERFORMANCE = Axis(
    name="Kinerja",
    score="71,5429",
    grade="sesuai ekspektasi",
    completeness="85%",
    classes=("di bawah ekspektasi", "sesuai ekspektasi", "di atas ekspektasi"),
    components=(
        Component("Penilaian Kinerja", "Baik", "80", "60", "48", "31 Desember 2025", "1 April 2027"),
        Component("Penghargaan", None, None, "15", None),
        Component("Umpan Balik Kinerja 360", "85,4286", "85,4286", "10", "8,5429", None, "1 April 2027"),
    ),
)
POTENTIAL = Axis(
    name="Potensial",
    score="79,7",
    grade="menengah",
    completeness="100%",
    classes=("rendah", "menengah", "tinggi"),
    components=(Component("Sertifikasi Profesi", "Terverifikasi tidak ada", "0", "5", "0"),),
)
PROVISIONAL = TalentCard(
    name="Karyadi Sutrisno Wardoyo",
    nip="197702282000121901",
    post="Kepala Bidang Mutasi",
    unit="Badan Kepegawaian",
    tier="administrator",
    rank="Pembina Tk. I (IV/b)",
    period="Siklus November 2026",
    policy="Keputusan Kepala BKN 411/2025 · 2025.1",
    stamp="Bobot BKN; bobot kota belum diketahui",
    status=Status.SEMENTARA,
    box=5,
    lowest=5,
    highest=7,
    performance=PERFORMANCE,
    potential=POTENTIAL,
    reasons=("Kedua kelas itu bertemu di kotak 5.",),
    missing=("Bukti Penghargaan dapat menambah paling banyak 15.",),
    changes=("Perubahan tunggal terkecil untuk kinerja: Penghargaan.",),
    follow_ups=("penempatan yang sesuai", "bimbingan kinerja"),
    origins=("Penilaian Kinerja. Sumber: buku kerja yang diimpor, diverifikasi 1 November 2026 oleh Sri Lestari.",),
    run="01JC3V6Q9W8Z · 1 November 2026",
    result_hash=HASH,
    chances={5: Decimal("0.514"), 8: Decimal("0.481"), 7: Decimal("0.0004"), 4: Decimal(0)},
)
COMPLETE = replace(PROVISIONAL, status=Status.LENGKAP, highest=5)
UNMAPPED = replace(
    PROVISIONAL,
    status=Status.BELUM_DAPAT_DIPETAKAN,
    box=None,
    lowest=None,
    highest=None,
    performance=replace(PERFORMANCE, score=None, grade=None),
    potential=replace(POTENTIAL, score=None, grade=None),
    chances={},
    follow_ups=(),
    changes=(),
)


def slips_of(*slips: ActivationSlip, unit: str = "Dinas Kesehatan", **changed: Any) -> bytes:
    """The slips of a unit, printed in the same office and minute."""
    given = {"address": ADDRESS, "valid_through": date(2026, 11, 30), **PRINT, **changed}
    return activation_slips([UnitSlips(unit, slips)], **given)


def card_of(card: TalentCard, **changed: Any) -> bytes:
    """A card, printed in the same office and minute."""
    return talent_card(card, **{**PRINT, **changed})


def pages(pdf: bytes) -> list[str]:
    """The text of every page, its lines joined."""
    texts = [page.extract_text().replace(BREAK, "") for page in PdfReader(io.BytesIO(pdf)).pages]
    return [" ".join(text.split()) for text in texts]


def text(pdf: bytes) -> str:
    """The text of all pages."""
    return " ".join(pages(pdf))


def unbroken(text: str) -> str:
    """A text without its spaces: where a line ends, a space may be lost or won."""
    return "".join(text.split())
