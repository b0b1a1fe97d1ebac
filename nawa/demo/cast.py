"""Who plays which role in the demo city: one account per role, and two employees."""

from __future__ import annotations

from dataclasses import dataclass
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
_INSIDERS: Final = (  # role, unit of the grant, unit where the player works, tiers to choose from
    ("PYB", None, "SETDA", ("JPT_PRATAMA",)),
    ("KEPALA_BKPP", None, "BKPP", ("JPT_PRATAMA",)),
    ("SEKRETARIS_KOMITE", None, "BKPP.SEK", ("ADMINISTRATOR", "PENGAWAS")),
    ("ANALIS", None, "BKPP.1", ("ADMINISTRATOR", "PENGAWAS", "PELAKSANA")),
    ("ASESOR", None, "BKPP.2", ("ADMINISTRATOR", "PENGAWAS", "PELAKSANA")),
    ("INSPEKTORAT", None, "INSP", ("JPT_PRATAMA",)),
    ("PIMPINAN_UNIT", "DINKES", "DINKES", ("JPT_PRATAMA",)),
    ("VERIFIKATOR_UNIT", "DINKES", "DINKES.SEK", ("ADMINISTRATOR", "PENGAWAS", "PELAKSANA")),
    ("", None, "DINKES.1", ("ADMINISTRATOR",)),
    ("", None, "DINKES.1", ("PELAKSANA",)),
)


def cast(tables: Tables) -> tuple[Part, ...]:
    """Return the parts of a demo city; a part for which the city has nobody is left out."""
    posts = tables["position"].select(
        pl.col("code").alias("position_code"), "tier", pl.col("unit_code").alias("of_post")
    )
    staff = tables["person"].filter(pl.col("inactive_since").is_null(), pl.col("legal_status") == "AKTIF")
    seated = staff.join(posts, on="position_code").sort("tier", "nip")
    played: list[Part] = []
    for role, over, works_in, tiers in _INSIDERS:
        free = seated.filter(
            pl.col("of_post") == works_in,
            pl.col("tier").is_in(tiers),
            ~pl.col("nip").is_in([part.nip for part in played]),
        )
        if not free.is_empty():
            played.append(Part(role, over, free["nip"][0]))
    return (*played, *_OUTSIDERS)
