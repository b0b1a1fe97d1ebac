"""Groups of the workbook's codes that the law treats alike, and what lists of people and posts are narrowed by."""

from enum import StrEnum
from typing import Final

MANAGERIAL_TIERS: Final = ("JPT_MADYA", "JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS")
"""*Jabatan manajerial* (UU 20/2023 Pasal 15)."""

CIVIL_SERVANTS: Final = ("PNS", "CPNS")

CONTRACT_STAFF: Final = ("PPPK", "PPPK_PARUH_WAKTU")

DEPARTED: Final = ("DIBERHENTIKAN", "BUP", "PENSIUN")
"""*Kedudukan hukum* of people who hold no post any more."""

ERASED: Final = "00000000"
"""How the number begins by which somebody goes whose records were erased: no birth date does."""

ERASED_NAME: Final = "(data dihapus)"
"""The name of somebody whose records were erased."""

ACTING_MONTHS: Final = 3
"""Months that a *pelaksana tugas* serves at first; once as many again may follow (*perlu konfirmasi*)."""


class Presence(StrEnum):
    """Whether somebody works here, as addresses name it; why somebody has left is not for everybody's eyes."""

    ACTIVE = "aktif"
    LEFT = "berhenti"
    RETIRING = "akan-pensiun"


class Filling(StrEnum):
    """How a post stands on a day, as addresses name it. A vacant one may be looked after by somebody who acts."""

    FILLED = "terisi"
    VACANT = "lowong"
    ACTING = "sementara"
    ENDED = "berakhir"
