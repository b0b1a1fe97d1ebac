"""How well units keep their registers: who wrote letters of completeness, and how much evidence reaches the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from nawa.demo.chance import Bools, Chance, Days, Ints, Texts
from nawa.demo.parameters import Process
from nawa.demo.people import Population
from nawa.demo.seating import Organisation
from nawa.demo.tables import table_of_rows
from nawa.demo.units import Unit

AWARDS, TEAMS, TRAINING, DISCIPLINE, FEEDBACK, CAREERS = range(6)
REGISTERS: Final = ("penghargaan", "tim_kerja", "diklat", "disiplin", "umpan_balik", "riwayat_jabatan")
_CENTRAL: Final = (TRAINING, DISCIPLINE, CAREERS)
_LOCAL: Final = (AWARDS, TEAMS, FEEDBACK)
_LARGE: Final = ("DISDIK", "DINKES")  # their units report one by one
_REPORTING: Final = ("OPD", "KECAMATAN")
_STALE_DAYS: Final = 1300


@dataclass(frozen=True, slots=True)
class Registers:
    """Letters of completeness as rows, and per person (rows) and register whether it is whole."""

    letters: pl.DataFrame
    whole: Bools  # people × REGISTERS


def registers(
    people: Population, organisation: Organisation, on: np.datetime64, process: Process, chance: Chance
) -> Registers:
    """Letters by offices, kecamatan and, under the two large offices, by each school, clinic and division."""
    units = organisation.units
    covered = np.stack([_stated(unit, process, chance) for unit in units])
    stale = covered & chance.happens(process.stale_letter, covered.size).reshape(covered.shape)
    ago = chance.below(240, covered.size).reshape(covered.shape) + np.where(stale, _STALE_DAYS, 0)
    letters = _rows(organisation, covered, on - ago.astype("timedelta64[D]"))
    return Registers(letters, _inherited(organisation, covered & ~stale)[people.unit])


def _stated(unit: Unit, process: Process, chance: Chance) -> Bools:
    """The registers that a unit states to be whole: a unit that keeps good records all it is asked for, others some."""
    stated = np.zeros(len(REGISTERS), dtype=np.bool_)
    if unit.parent is None or unit.role == "CLOSED":
        return stated
    top, large = unit.kind in _REPORTING, unit.office in _LARGE
    if top:
        stated[list(_CENTRAL)] = chance.happens(process.central_letter, len(_CENTRAL))
    if top != large:
        good = process.good_schools if unit.kind in ("SEKOLAH", "PUSKESMAS") else process.good_offices
        some = chance.happens(process.fair_letter, len(_LOCAL))
        stated[list(_LOCAL)] = some | chance.happens(good, 1)
    return stated


def _inherited(organisation: Organisation, covered: Bools) -> Bools:
    """A letter holds for its unit and all below it; parents stand before children."""
    whole = covered.copy()
    for place, parent in enumerate(organisation.parent.tolist()):
        if parent >= 0:
            whole[place] |= whole[parent]
    return whole


def _rows(organisation: Organisation, covered: Bools, stated: Days) -> pl.DataFrame:
    places, kinds = np.nonzero(covered)
    days = stated[places, kinds].astype(object).tolist()
    return table_of_rows(
        "register_coverage",
        (
            {
                "unit_code": organisation.units[place].code,
                "register": REGISTERS[kind],
                "complete_on": stated_on,
                "letter_number": f"800/{place + 1:04d}/{organisation.units[place].office}/{stated_on.year}",
            }
            for place, kind, stated_on in zip(places.tolist(), kinds.tolist(), days, strict=True)
        ),
    )


def recorded(registers: Registers, register: int, person: Ints, process: Process, chance: Chance) -> Bools:
    """Whether each piece of evidence, given by its person, reached its register."""
    reach = np.where(registers.whole[person, register], 1.0, process.poor_recording)
    return chance.happens(reach, len(person))


def verified_none(
    people: Population, registers: Registers, tables: dict[str, pl.DataFrame], checked: Bools
) -> list[list[str] | None]:
    """Registers verified as empty for each person who was `checked`: those that are not whole and hold no row."""
    holders = {
        AWARDS: "award",
        TEAMS: "team_role",
        TRAINING: "training",
        DISCIPLINE: "discipline",
        FEEDBACK: "feedback",
    }
    holding = {register: _held(people.nip, tables[name]) for register, name in holders.items()}
    found: list[list[str] | None] = []
    for person, check in enumerate(checked.tolist()):
        empty = [
            REGISTERS[register]
            for register, held in holding.items()
            if check and not held[person] and not registers.whole[person, register]
        ]
        found.append(empty or None)
    return found


def _held(nips: Texts, table: pl.DataFrame) -> Bools:
    named = set(table["nip"].to_list())
    return np.array([nip in named for nip in nips])
