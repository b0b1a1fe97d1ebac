"""Each kind of finding in words: what it is, why it matters, how it is mended, and what is found of somebody."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nawa.policy import wording
from nawa.talent.queries.conflicts import Kind
from nawa.web.kit.languages import spoken

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a kind; `told` is filled with what a finding tells."""

    name: Text
    why: Text
    mend: Text
    told: Text


WORDS: Final[Mapping[Kind, Words]] = {
    Kind.NIP_BIRTH: Words(
        _("NIP tidak sesuai tanggal lahir"),
        _("Delapan angka pertama NIP adalah tanggal lahir; batas usia pensiun dihitung darinya."),
        _("Cocokkan dengan keputusan pengangkatan, lalu perbaiki tanggal lahir atau NIP di sumbernya."),
        _("tanggal lahir tercatat %(first)s"),
    ),
    Kind.NIP_CANDIDATE: Words(
        _("NIP tidak sesuai TMT CPNS"),
        _("Angka ke-9 sampai ke-14 NIP adalah tahun dan bulan menjadi CPNS; masa kerja dihitung darinya."),
        _("Cocokkan dengan keputusan CPNS, lalu perbaiki TMT CPNS atau NIP di sumbernya."),
        _("TMT CPNS tercatat %(first)s"),
    ),
    Kind.PERMANENT: Words(
        _("TMT PNS mendahului TMT CPNS"),
        _("Tidak seorang pun menjadi PNS sebelum menjadi CPNS; salah satu tanggal keliru."),
        _("Perbaiki tanggal yang keliru menurut keputusannya."),
        _("TMT PNS %(first)s, TMT CPNS %(second)s"),
    ),
    Kind.RANK: Words(
        _("Golongan mendahului TMT CPNS"),
        _("Golongan pertama diberikan pada pengangkatan; golongan yang lebih awal keliru tanggalnya."),
        _("Perbaiki TMT golongan, atau TMT CPNS, menurut keputusannya."),
        _("golongan sejak %(first)s, TMT CPNS %(second)s"),
    ),
    Kind.RETIRED: Words(
        _("Melewati TMT pensiun tetapi masih aktif"),
        _("Ia masih dihitung, dipetakan, dan dianggap menduduki jabatannya."),
        _("Catat kedudukan hukum dan tanggal berhentinya, atau perbaiki TMT pensiunnya."),
        _("TMT pensiun %(first)s"),
    ),
    Kind.SEATS: Words(
        _("Pejabat lebih banyak daripada kursi"),
        _("Dua pejabat definitif pada satu kursi berarti satu di antaranya sudah pindah, atau formasinya keliru."),
        _("Perbaiki jabatan yang sudah pindah, atau jumlah kursi jabatan itu."),
        _("%(number)s pejabat definitif pada jabatannya"),
    ),
    Kind.RATER: Words(
        _("Predikat kinerja tanpa penilai"),
        _("Predikat tanpa penilai tidak dapat dipertanggungjawabkan, dan berat sebelahnya tidak dapat diperiksa."),
        _("Lengkapi NIP penilai dari dokumen evaluasi kinerja."),
        _("tahun %(year)s"),
    ),
    Kind.GAP: Words(
        _("Riwayat jabatan terputus"),
        _("Lebih dari 31 hari tanpa jabatan definitif mengurangi masa jabatan, atau ada jabatan yang belum dicatat."),
        _("Lengkapi jabatan di antaranya, atau perbaiki tanggal mulai dan selesainya."),
        _("%(number)s hari antara %(first)s dan %(second)s"),
    ),
    Kind.OVERLAP: Words(
        _("Riwayat jabatan tumpang-tindih"),
        _("Dua jabatan definitif pada waktu yang sama menggandakan masa jabatan."),
        _("Perbaiki tanggal selesai jabatan yang lebih awal."),
        _("%(number)s hari: mulai %(first)s, jabatan sebelumnya selesai %(second)s"),
    ),
    Kind.EXPIRED: Words(
        _("Hasil asesmen kedaluwarsa"),
        _("Asesmen yang lewat masa berlakunya tidak dihitung; kompetensi dan potensinya menjadi belum diketahui."),
        _("Jadwalkan asesmen baru, atau masukkan hasil yang lebih baru."),
        _("dinilai %(first)s, berlaku sampai %(second)s"),
    ),
}


def told(kind: Kind, row: Mapping[str, Any]) -> str:
    """Return what is found of somebody, in words."""
    number = row["number"]
    words = {
        "first": _day(row["first_on"]),
        "second": _day(row["second_on"]),
        "number": "" if number is None else wording.number(Decimal(number), spoken()),
        "year": number,
    }
    return str(WORDS[kind].told) % words


def _day(day: datetime.date | None) -> str:
    return wording.day(day, spoken()) if day else ""
