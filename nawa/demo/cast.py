"""Who plays which role in the demo city: one account per role, a second analyst, and two employees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from nawa.workbook.sheets import Tables


@dataclass(frozen=True, slots=True)
class Part:
    """A role (code as in grants; empty for a plain employee) over a unit, played by an employee or by a name."""

    role: str
    unit_code: str | None
    nip: str | None
    name: str = ""


_OUTSIDERS: Final = (
    Part("PPK", None, None, "Wali Kota (peraga)"),
    Part("ANGGOTA_KOMITE", None, None, "Akademisi anggota komite (peraga)"),
    Part("AUDITOR_LUAR", None, None, "Auditor BKN (peraga)"),
    Part("ADMINISTRATOR", None, None, "Administrator sistem (peraga)"),
)
_HEADS: Final = ("JPT_PRATAMA", "ADMINISTRATOR")
_STAFF: Final = ("ADMINISTRATOR", "PENGAWAS", "PELAKSANA")
_INSIDERS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("PYB", "SETDA", _HEADS),
    ("KEPALA_BKPP", "BKPP", _HEADS),
    ("SEKRETARIS_KOMITE", "BKPP", _STAFF),
    ("ANALIS", "BKPP", _STAFF),
    ("ASESOR", "BKPP", _STAFF),
    ("INSPEKTORAT", "INSP", (*_HEADS, *_STAFF)),
    ("ANALIS", "BKPP", _STAFF),  # what one analyst prepares, another carries out
)
"""Role, where the player works (with all below), tiers to choose from; in the order in which players are chosen."""

_OF_UNIT: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("PIMPINAN_UNIT", ("JPT_PRATAMA",)),
    ("VERIFIKATOR_UNIT", _STAFF),
    ("", _STAFF),
    ("", ("PELAKSANA",)),
)
"""Role and tiers, all of one office: the first with a definitive head."""


def cast(tables: Tables) -> tuple[Part, ...]:
    """Return the parts of a demo city; a part for which the city has nobody is left out."""
    posts = tables["position"].select("tier", position_code="code", of_post="unit_code")
    staff = tables["person"].filter(pl.col("inactive_since").is_null(), pl.col("legal_status") == "AKTIF")
    free = staff.join(posts, on="position_code").sort("tier", "nip")
    played: list[Part] = []
    for role, works_in, tiers in _INSIDERS:
        played += _play(free, played, Part(role, None, None), works_in, tiers)
    others = free.filter(pl.col("tier") == "JPT_PRATAMA", ~pl.col("of_post").is_in(["SETDA", "BKPP", "INSP"]))
    for office in others["of_post"].sort().head(1):
        for role, of_tiers in _OF_UNIT:
            played += _play(free, played, Part(role, office if role else None, None), office, of_tiers)
    return (*played, *_OUTSIDERS)


def _play(free: pl.DataFrame, played: list[Part], part: Part, works_in: str, tiers: tuple[str, ...]) -> list[Part]:
    """The part with the first player of these tiers who works in the unit or below it and plays nothing yet."""
    inside = (pl.col("of_post") == works_in) | pl.col("of_post").str.starts_with(f"{works_in}.")
    busy = [other.nip for other in played if other.nip]
    for tier in tiers:
        found = free.filter(inside, pl.col("tier") == tier, ~pl.col("nip").is_in(busy))
        if not found.is_empty():
            return [replace(part, nip=found["nip"][0])]
    return []
