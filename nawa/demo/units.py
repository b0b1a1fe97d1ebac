"""The tree of units: Setda, offices, kecamatan, kelurahan, schools, puskesmas and technical units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from nawa.demo.offices import (
    ASSISTANTS,
    COUNCIL_SECTIONS,
    FIELDS_OF_WORK,
    GENERAL_GOVERNMENT,
    OFFICES,
    TECHNICAL_UNITS,
    Office,
)
from nawa.demo.places import CITY, KECAMATAN

FULL_CITY: Final = 12_000
"""People of the whole city; fewer people make a smaller city of the same shape, more fill the same units."""

ROOT: Final = "KOTA"
_PRIMARY_SCHOOLS, _SECONDARY_SCHOOLS, _CLINICS = 326, 45, 37


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; `role` tells more than `kind` what it is; `office` is the code of the OPD that it belongs to."""

    code: str
    name: str
    parent: str | None
    kind: str
    role: str
    office: str
    work_field: str
    area: str | None = None
    valid_from: date | None = None
    valid_through: date | None = None
    successor: str | None = None


@dataclass(slots=True)
class _Tree:
    units: list[Unit] = field(default_factory=list)

    def add(self, code: str, name: str, parent: Unit | None, kind: str, role: str, **rest: str | None) -> Unit:
        office = rest.get("office") or (parent.office if parent else code)
        work_field = rest.get("work_field") or (parent.work_field if parent else GENERAL_GOVERNMENT)
        area = rest.get("area") or (parent.area if parent else None)
        unit = Unit(code, name, parent.code if parent else None, kind, role, office, work_field, area)
        self.units.append(unit)
        return unit


def share_of_city(people: int) -> float:
    """How much of the whole city this many people need, at most 1."""
    return min(people / FULL_CITY, 1.0)


def fewer(whole: int, share: float, *, least: int = 1) -> int:
    """A smaller city's number of things of which the whole one has `whole`."""
    return max(min(least, whole), round(whole * share))


def city_units(people: int) -> list[Unit]:
    """All units for so many people, parents before children; the closed ones last.

    Nested levels shrink by the square root each, so that their product shrinks as the number of people does.
    """
    share = share_of_city(people)
    level = math.sqrt(share)
    tree = _Tree()
    root = tree.add(ROOT, CITY, None, "LAINNYA", "CITY", area="Kota Semarang")
    _secretariat(tree, root, level)
    council = tree.add("SETWAN", "Sekretariat DPRD", root, "OPD", "COUNCIL", office="SETWAN")
    for place, name in enumerate(COUNCIL_SECTIONS[: fewer(len(COUNCIL_SECTIONS), level)], start=1):
        tree.add(f"SETWAN.{place}", f"Bagian {name} Sekretariat DPRD", council, "BAGIAN", "COUNCIL_SECTION")
    audit = tree.add("INSP", "Inspektorat", root, "OPD", "INSPECTORATE", office="INSP", work_field="Pengawasan")
    tree.add("INSP.SEK", "Sekretariat Inspektorat", audit, "BAGIAN", "SECRETARIAT")
    for place in range(1, fewer(5, level) + 1):
        tree.add(f"INSP.{place}", f"Inspektur Pembantu Wilayah {place}", audit, "BIDANG", "AUDIT_AREA")
    for office in OFFICES[: fewer(len(OFFICES), level, least=5)]:
        _office(tree, root, office, share, level)
    for number, (district, names) in enumerate(list(KECAMATAN.items())[: fewer(16, level)], start=1):
        _district(tree, root, number, district, names[: fewer(len(names), level)])
    return [*tree.units, *_closed(tree.units)]


def _secretariat(tree: _Tree, root: Unit, level: float) -> None:
    setda = tree.add("SETDA", "Sekretariat Daerah", root, "OPD", "SECRETARIAT_OF_CITY", office="SETDA")
    tree.add("SETDA.SA", "Staf Ahli Wali Kota", setda, "LAINNYA", "EXPERT_STAFF")
    for number, (title, sections) in enumerate(ASSISTANTS[: fewer(len(ASSISTANTS), level)], start=1):
        assistant = tree.add(f"SETDA.{number}", title, setda, "LAINNYA", "ASSISTANT")
        for place, name in enumerate(sections[: fewer(len(sections), level)], start=1):
            tree.add(f"SETDA.{number}.{place}", f"Bagian {name} Setda", assistant, "BAGIAN", "SECTION")


def _office(tree: _Tree, root: Unit, office: Office, share: float, level: float) -> None:
    top = tree.add(office.code, office.name, root, "OPD", "OFFICE", office=office.code, work_field=office.work_field)
    tree.add(f"{office.code}.SEK", f"Sekretariat {office.name}", top, "BAGIAN", "SECRETARIAT")
    for place, name in enumerate(office.divisions[: fewer(len(office.divisions), level)], start=1):
        tree.add(f"{office.code}.{place}", f"Bidang {name} {office.name}", top, "BIDANG", "DIVISION")
    technical = TECHNICAL_UNITS.get(office.code, ())
    for place, name in enumerate(technical[: fewer(len(technical), level)], start=1):
        tree.add(f"{office.code}.T{place}", f"UPTD {name}", top, "UPTD", "TECHNICAL_UNIT")
    if office.code == "DISDIK":
        _schools(tree, top, share)
    if office.code == "DINKES":
        _clinics(tree, top, share)


def _schools(tree: _Tree, top: Unit, share: float) -> None:
    places = _villages()
    for number in range(fewer(_PRIMARY_SCHOOLS, share, least=3)):
        district, village = places[number * 7 % len(places)]
        serial = number // len(places) + 1
        tree.add(
            f"SDN.{number + 1:03d}", f"SDN {village} {serial:02d}", top, "SEKOLAH", "PRIMARY_SCHOOL", area=district
        )
    for number in range(fewer(_SECONDARY_SCHOOLS, share, least=2)):
        district = places[number * 11 % len(places)][0]
        tree.add(
            f"SMPN.{number + 1:02d}", f"SMPN {number + 1} Semarang", top, "SEKOLAH", "SECONDARY_SCHOOL", area=district
        )


def _clinics(tree: _Tree, top: Unit, share: float) -> None:
    places = _villages()
    for number in range(fewer(_CLINICS, share, least=2)):
        district, village = places[number * 5 % len(places)]
        tree.add(f"PKM.{number + 1:02d}", f"Puskesmas {village}", top, "PUSKESMAS", "CLINIC", area=district)
    tree.add("RSUD", "RSUD Kota Semarang", top, "LAINNYA", "HOSPITAL")


def _district(tree: _Tree, root: Unit, number: int, district: str, names: Sequence[str]) -> None:
    code = f"KEC{number:02d}"
    top = tree.add(code, f"Kecamatan {district}", root, "KECAMATAN", "DISTRICT", office=code, area=district)
    tree.add(f"{code}.SEK", f"Sekretariat Kecamatan {district}", top, "BAGIAN", "DISTRICT_SECRETARIAT")
    for place, name in enumerate(names, start=1):
        tree.add(f"{code}.{place:02d}", f"Kelurahan {name}", top, "KELURAHAN", "VILLAGE")


def _villages() -> list[tuple[str, str]]:
    return [(district, village) for district, names in KECAMATAN.items() for village in names]


def _closed(units: Sequence[Unit]) -> list[Unit]:
    """Two units of an older organisation, each with its successor, as every register of units still holds some."""
    successors = {unit.code: unit for unit in units}
    closed = (("KPDE", "Kantor Pengelolaan Data Elektronik", "BKPP"), ("KPM", "Kantor Penanaman Modal", "DUKCAPIL"))
    return [
        Unit(
            code,
            name,
            ROOT,
            "OPD",
            "CLOSED",
            code,
            successors[successor].work_field,
            "Kota Semarang",
            date(2009, 1, 1),
            date(2016, 12, 31),
            successor,
        )
        for code, name, successor in closed
        if successor in successors
    ]


def fields_for(unit: Unit) -> tuple[str, ...]:
    """Fields of study that suit posts of this unit."""
    return FIELDS_OF_WORK[unit.work_field]
