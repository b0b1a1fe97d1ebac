"""The managerial posts of each unit, and the posts of heads of schools and clinics: one seat each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from nawa.demo.offices import EXPERT_STAFF
from nawa.demo.units import ROOT, Unit, fields_for

TIERS: Final = (
    "PELAKSANA",
    "JF_PEMULA",
    "JF_TERAMPIL",
    "JF_MAHIR",
    "JF_PENYELIA",
    "JF_AHLI_PERTAMA",
    "JF_AHLI_MUDA",
    "JF_AHLI_MADYA",
    "JF_AHLI_UTAMA",
    "PENGAWAS",
    "ADMINISTRATOR",
    "JPT_PRATAMA",
)
TIER: Final[Mapping[str, int]] = MappingProxyType({tier: place for place, tier in enumerate(TIERS)})

_ECHELON_TIER: Final = {"II": "JPT_PRATAMA", "III": "ADMINISTRATOR", "IV": "PENGAWAS"}
_ECHELON_CLASS: Final = {"II.a": 15, "II.b": 14, "III.a": 12, "III.b": 11, "IV.a": 9, "IV.b": 8}
_ECHELON_RANK: Final = {
    "II.a": "IV/c",
    "II.b": "IV/b",
    "III.a": "IV/a",
    "III.b": "III/d",
    "IV.a": "III/c",
    "IV.b": "III/b",
}
_TIER_EDUCATION: Final = {"JPT_PRATAMA": "S1", "ADMINISTRATOR": "S1", "PENGAWAS": "D3"}
_TIER_RETIREMENT: Final = {"JPT_PRATAMA": 60, "ADMINISTRATOR": 58, "PENGAWAS": 58}


@dataclass(frozen=True, slots=True)
class Post:
    """A post: `head` when its holder leads the unit; `stream` names the kind of people who fill it."""

    code: str
    name: str
    unit: str
    tier: str
    stream: str
    work_field: str
    fields: tuple[str, ...]
    job_class: int
    retirement_age: int
    least_education: str
    least_rank: str | None = None
    echelon: str | None = None
    family: str = "Manajerial"
    seats: int = 1
    head: bool = False
    critical: bool = False
    valid_from: date | None = None
    valid_through: date | None = None
    successor: str | None = None


@dataclass(slots=True)
class _Desk:
    """Collects the posts of one unit under running numbers."""

    unit: Unit
    posts: list[Post] = field(default_factory=list)

    def manager(self, name: str, echelon: str, *, head: bool = False, critical: bool = False) -> None:
        tier = _ECHELON_TIER[echelon.split(".")[0]]
        self.posts.append(
            Post(
                code=f"{self.unit.code}-{'H' if head else 'M'}{len(self.posts) + 1}",
                name=name,
                unit=self.unit.code,
                tier=tier,
                stream="MANAGERIAL",
                work_field=self.unit.work_field,
                fields=fields_for(self.unit),
                job_class=_ECHELON_CLASS[echelon],
                retirement_age=_TIER_RETIREMENT[tier],
                least_education=_TIER_EDUCATION[tier],
                least_rank=_ECHELON_RANK[echelon],
                echelon=echelon,
                head=head,
                critical=critical,
            )
        )

    def principal(self, name: str, stream: str, fields: tuple[str, ...], family: str) -> None:
        """The head of a school or clinic: a functional post whose holder leads (retirement at 60)."""
        self.posts.append(
            Post(
                code=f"{self.unit.code}-H1",
                name=name,
                unit=self.unit.code,
                tier="JF_AHLI_MADYA",
                stream=stream,
                work_field=self.unit.work_field,
                fields=fields,
                job_class=11,
                retirement_age=60,
                least_education="S1",
                family=family,
                head=True,
            )
        )


def _office(desk: _Desk) -> None:
    name = desk.unit.name
    title = f"Kepala {name}" if desk.unit.role == "OFFICE" else name
    desk.manager(title, "II.b", head=True, critical=desk.unit.work_field in {"Kesehatan", "Keuangan", "Perencanaan"})


def _secretariat(desk: _Desk) -> None:
    parent = desk.unit.name.removeprefix("Sekretariat ")
    desk.manager(f"Sekretaris {parent}", "III.a", head=True)
    desk.manager(f"Kepala Subbagian Umum dan Kepegawaian {parent}", "IV.a")
    desk.manager(f"Kepala Subbagian Keuangan dan Aset {parent}", "IV.a")
    desk.manager(f"Kepala Subbagian Perencanaan dan Evaluasi {parent}", "IV.a")


def _division(desk: _Desk) -> None:
    name = desk.unit.name.removeprefix("Bidang ")
    desk.manager(f"Kepala Bidang {name}", "III.b", head=True)
    desk.manager(f"Kepala Seksi Pelayanan Bidang {name}", "IV.a")


def _section(desk: _Desk) -> None:
    name = desk.unit.name.removeprefix("Bagian ")
    desk.manager(f"Kepala Bagian {name}", "III.a", head=True)
    desk.manager(f"Kepala Subbagian Tata Usaha {name}", "IV.a")
    desk.manager(f"Kepala Subbagian Program {name}", "IV.a")


def _district_secretariat(desk: _Desk) -> None:
    name = desk.unit.name.removeprefix("Sekretariat ")
    desk.manager(f"Sekretaris {name}", "III.b", head=True)
    desk.manager(f"Kepala Subbagian Umum dan Kepegawaian {name}", "IV.b")
    desk.manager(f"Kepala Subbagian Perencanaan dan Keuangan {name}", "IV.b")


def _district(desk: _Desk) -> None:
    desk.manager(f"Camat {desk.unit.area}", "III.a", head=True, critical=True)
    for name in ("Pemerintahan", "Pembangunan", "Kesejahteraan Sosial", "Ketenteraman dan Ketertiban Umum"):
        desk.manager(f"Kepala Seksi {name} {desk.unit.name}", "IV.a")


def _village(desk: _Desk) -> None:
    name = desk.unit.name.removeprefix("Kelurahan ")
    desk.manager(f"Lurah {name}", "IV.a", head=True)
    desk.manager(f"Sekretaris {desk.unit.name}", "IV.b")
    desk.manager(f"Kepala Seksi Pemerintahan dan Pembangunan {desk.unit.name}", "IV.b")


def _technical_unit(desk: _Desk) -> None:
    desk.manager(f"Kepala {desk.unit.name}", "IV.a", head=True)
    desk.manager(f"Kepala Subbagian Tata Usaha {desk.unit.name}", "IV.b")


def _expert_staff(desk: _Desk) -> None:
    for name in EXPERT_STAFF:
        desk.manager(name, "II.b")


_POSTS_OF: Final[Mapping[str, Callable[[_Desk], None]]] = MappingProxyType(
    {
        "SECRETARIAT_OF_CITY": lambda desk: desk.manager("Sekretaris Daerah", "II.a", head=True, critical=True),
        "EXPERT_STAFF": _expert_staff,
        "ASSISTANT": _office,
        "SECTION": _section,
        "COUNCIL": lambda desk: desk.manager("Sekretaris DPRD", "II.b", head=True),
        "COUNCIL_SECTION": _section,
        "INSPECTORATE": lambda desk: desk.manager("Inspektur", "II.b", head=True, critical=True),
        "AUDIT_AREA": lambda desk: desk.manager(desk.unit.name, "III.a", head=True),
        "OFFICE": _office,
        "SECRETARIAT": _secretariat,
        "DIVISION": _division,
        "TECHNICAL_UNIT": _technical_unit,
        "DISTRICT": _district,
        "DISTRICT_SECRETARIAT": _district_secretariat,
        "VILLAGE": _village,
        "PRIMARY_SCHOOL": lambda desk: desk.principal(
            f"Kepala {desk.unit.name}", "TEACHER", ("Pendidikan",), "Kepala Sekolah"
        ),
        "SECONDARY_SCHOOL": lambda desk: desk.principal(
            f"Kepala {desk.unit.name}", "TEACHER", ("Pendidikan",), "Kepala Sekolah"
        ),
        "CLINIC": lambda desk: desk.principal(
            f"Kepala {desk.unit.name}", "DOCTOR", ("Kedokteran", "Kesehatan Masyarakat"), "Kepala Puskesmas"
        ),
        "HOSPITAL": lambda desk: desk.principal(
            f"Direktur {desk.unit.name}", "DOCTOR", ("Kedokteran",), "Direktur RSUD"
        ),
    }
)


def managerial_posts(units: Sequence[Unit]) -> list[Post]:
    """Every post with one seat, in the order of the units."""
    posts: list[Post] = []
    for unit in units:
        desk = _Desk(unit)
        compose = _POSTS_OF.get(unit.role)
        if compose:
            compose(desk)
        posts.extend(desk.posts)
    return posts


def closed_posts(units: Sequence[Unit]) -> list[Post]:
    """The head's post of each closed unit, with its successor: kept for the careers that led through it."""
    heads = {unit.code: unit for unit in units if unit.role == "OFFICE"}
    posts = []
    for unit in units:
        if unit.role == "CLOSED" and unit.successor in heads:
            desk = _Desk(unit)
            desk.manager(f"Kepala {unit.name}", "III.a", head=True)
            posts.append(
                replace(
                    desk.posts[0],
                    valid_from=unit.valid_from,
                    valid_through=unit.valid_through,
                    successor=f"{unit.successor}-H1",
                )
            )
    return posts


def leader_of(posts: Sequence[Post]) -> dict[str, int]:
    """The place of each unit's head post by unit code; the Sekda leads the city's root for the mayor."""
    heads = {post.unit: place for place, post in enumerate(posts) if post.head and post.valid_through is None}
    if "SETDA" in heads:
        heads[ROOT] = heads["SETDA"]
    return heads
