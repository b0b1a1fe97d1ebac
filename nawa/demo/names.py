"""Names composed from common Indonesian name parts, degrees, and well-formed NIP: nobody's in particular."""

from __future__ import annotations

from typing import Final

import numpy as np

from nawa.demo.calendar import written
from nawa.demo.chance import Bools, Chance, Days, Ints, Texts
from nawa.demo.studies import FIELD, LEVEL


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MEN: Final = _parts(
    "Agus Bambang Budi Dwi Eko Hadi Heru Joko Slamet Sigit Suryo Teguh Tri Wahyu Yulianto Arif Dedi Didik Edi Fajar "
    "Gunawan Hendro Imam Indra Kuncoro Lukman Mulyono Nugroho Purnomo Rudi Santoso Sapto Sunarto Supriyadi Susilo "
    "Taufik Untung Wibowo Widodo Yudi Ahmad Muhammad Abdul Andi Anton Aris Bayu Catur Cahyo Danang Darmawan Djoko "
    "Ferry Galih Ginanjar Hari Haryanto Irawan Ismail Jatmiko Karyadi Khoirul Mahfud Nanang Nur Pramono Priyo "
    "Rahmat Ridwan Rizky Rohman Satria Setyo Subagyo Sugeng Sutrisno Suwarno Tedjo Tono Wawan Yanuar Yoga Zaenal"
)
_WOMEN: Final = _parts(
    "Sri Dwi Tri Endang Siti Nur Rini Wahyu Yuni Ani Dewi Dyah Eka Erna Fitri Hesti Ida Indah Ika Kartika Lestari "
    "Lilis Maya Mega Nina Novi Nunung Puji Putri Ratna Ratih Retno Rina Rita Sari Sekar Sulastri Sumiyati Susi Tuti "
    "Titik Umi Utami Wiwik Yanti Yuliana Anik Arum Asih Astuti Ayu Citra Diah Dian Elisabeth Enny Evi Farida "
    "Hanifah Heni Iin Istiqomah Juwariyah Khusnul Laila Luluk Maria Mumpuni Murni Nining Nurul Pertiwi Prihatin "
    "Rahayu Rahmawati Restu Rohmah Septi Siska Suci Theresia Tutik Wening Winarni Yohana Zulaikhah"
)
_LAST_OF_MEN: Final = _parts(
    "Santoso Prasetyo Nugroho Wibowo Saputro Hidayat Kurniawan Setiawan Susanto Purwanto Hartono Riyadi Utomo "
    "Wijaya Raharjo Suharto Mulyadi Haryono Basuki Siswanto Rahardjo Prabowo Kusuma Pamungkas Laksono Winarno "
    "Sutanto Harjanto Handoko Prakoso Wicaksono Firmansyah Maulana Fauzi Anwar Hakim Effendi Saefudin Mustofa "
    "Kristianto Gunadi Subroto Wardoyo Sujatmiko Budiarto Cahyono Ariyanto Suprapto Yuwono Triyono"
)
_LAST_OF_WOMEN: Final = _parts(
    "Lestari Rahayu Wulandari Handayani Astuti Utami Kusumawati Setyowati Wahyuni Purwaningsih Susilowati Kurniasih "
    "Ningsih Hastuti Widayati Suryani Puspitasari Anggraeni Maharani Permatasari Rahmawati Yuliani Fitriani "
    "Hidayati Mulyani Sulistyowati Pratiwi Indriani Safitri Damayanti Kartikasari Trisnawati Novitasari Indrawati "
    "Harjanti Suprihatin Widiastuti Marlina Kumalasari Purnamasari Retnowati Saraswati Febriani Oktaviani Nurhayati "
    "Maryati Sukmawati Wijayanti Ekowati Murtiningsih"
)

_MIDDLE: Final = 0.35  # have three names
_FIRST_SERIAL: Final = 901  # far above serials in real use: no NIP of the demo is likely to be anybody's


def compose(women: Bools, chance: Chance) -> Texts:
    """Full names of two or three parts, without titles."""
    n = len(women)
    first = np.where(women, _drawn(_WOMEN, n, chance), _drawn(_MEN, n, chance))
    middle = np.where(women, _drawn(_WOMEN, n, chance), _drawn(_MEN, n, chance))
    last = np.where(women, _drawn(_LAST_OF_WOMEN, n, chance), _drawn(_LAST_OF_MEN, n, chance))
    three = chance.happens(_MIDDLE, n) & (first != middle)
    names: Texts = np.where(three, first + " " + middle + " " + last, first + " " + last)
    return names


def _drawn(parts: tuple[str, ...], n: int, chance: Chance) -> Texts:
    return np.array(parts, dtype=object)[chance.below(len(parts), n)]


def identity_numbers(born: Days, joined: Days, women: Bools, contract: Bools) -> Texts:
    """An 18-digit NIP, or NI for PPPK (year and `21` in place of the month), unique by its serial.

    People of one day of birth, entry and sex get rising serials in the order given.
    """
    sex = np.where(women, "2", "1").astype(object)
    births = np.array(written(born, "{y}{m}{d}"), dtype=object)
    entries = np.where(
        contract,
        np.array(written(joined, "{y}21"), dtype=object),
        np.array(written(joined, "{y}{m}"), dtype=object),
    )
    stems = births + entries + sex
    seen: dict[str, int] = {}
    numbers = []
    for stem in stems:
        seen[stem] = seen.get(stem, _FIRST_SERIAL - 1) + 1
        numbers.append(f"{stem}{seen[stem]:03d}")
    return np.array(numbers, dtype=object)


def front_titles(levels: Ints, fields: Texts, devout: Bools) -> list[str | None]:
    """Titles before the name: doctor of medicine, doctorate, pilgrimage; none for most."""
    titles = []
    for level, field, pilgrim in zip(levels.tolist(), fields, devout.tolist(), strict=True):
        parts = ["Dr."] if level == LEVEL["S3"] else []
        if field == "Kedokteran" and level >= LEVEL["PROFESI"]:
            parts.append("dr.")
        if pilgrim:
            parts.append("H.")
        titles.append(" ".join(parts) or None)
    return titles


def back_titles(levels: Ints, fields: Texts) -> list[str | None]:
    """Degrees after the name in the order they were earned; none below a diploma."""
    return [_degrees(level, field) for level, field in zip(levels.tolist(), fields, strict=True)]


def _degrees(level: int, field: str) -> str | None:
    diploma, bachelor, master = FIELD[field].titles
    if level < LEVEL["D3"]:
        return None
    if level == LEVEL["D3"]:
        return diploma or None
    if level >= LEVEL["S2"] and level != LEVEL["SPESIALIS"]:
        return f"{bachelor}, {master}"
    return None if field == "Kedokteran" else bachelor
