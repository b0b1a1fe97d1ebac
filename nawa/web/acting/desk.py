"""The desk: who acts in which post, by which letter, how much of the term is used, and what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.policy.loading import Policy
from nawa.policy.sentences import label
from nawa.registry.enums import DutyState
from nawa.registry.models import Position
from nawa.registry.queries import (
    Examined,
    WantedDuties,
    examined_duties,
    subtree,
    uncovered,
    waiting_moves,
    wanted_among,
)
from nawa.registry.rules.acting import law_of
from nawa.rulebook.queries import own_policy
from nawa.talent.queries.places import Places, places
from nawa.web.acting.findings import Bases, Finding, bases_of, findings_in_words
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import Asked, Column, Filter, asked_of, chips, filter_of, heads_of
from nawa.web.kit.paging import PER_PAGE
from nawa.web.kit.people import full_name, readable, short_kind
from nawa.web.kit.units import PARAMETER, unit_filter
from nawa.workbook.codes import ASSIGNMENTS

MOST_UNCOVERED: Final = 20
"""Vacant posts without cover that the desk names; of more it says how many."""

_NEVER: Final = datetime.date.max

COLUMNS: Final[Sequence[Column[Examined]]] = (
    Column("jabatan", gettext_lazy("Jabatan"), lambda one: one.duty.position.name.casefold()),
    Column("pelaksana", gettext_lazy("Pelaksana"), lambda one: one.duty.person.name.casefold()),
    Column("surat", gettext_lazy("Surat perintah"), lambda one: f"{one.duty.kind} {one.duty.letter_number}"),
    Column("masa", gettext_lazy("Masa"), lambda one: (one.duty.ended_through or one.limit or _NEVER).isoformat()),
    Column("temuan", gettext_lazy("Temuan"), lambda one: 2 if one.is_past_limit else 1 if one.findings else 0),
)
"""What the desk can be sorted by: a term by its last day, findings by their weight."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All duties in the reader's units, those of them that are asked for, and by which policy they were examined."""

    asked: Asked
    filters: Sequence[Filter]
    inside: frozenset[int] | None
    everything: Sequence[Examined]
    shown: Sequence[Examined]
    policy: Policy


@dataclass(frozen=True, slots=True)
class Line:
    """A duty in words. `used` is the part of its term that has gone by, in percent and never more than 100."""

    one: Examined
    name: str
    url: str
    findings: tuple[Finding, ...]
    names: str
    used: int

    @property
    def tone(self) -> str:
        """What its findings mean: danger past a limit, attention for others."""
        return "danger" if self.one.is_past_limit else "attention" if self.one.findings else ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that leads to what it counts."""

    label: str
    number: int
    url: str
    tone: str = ""


def desk_of(request: Request) -> Desk:
    """Return the duties that the address asks for.

    Raises:
        Http404: the unit that is asked for is none of the reader's.
    """
    on, within = clock.today(), places(scope=request.scope)
    policy = own_policy(on=on)
    inside, profiles = inside_of(within), request.access.scope(Permission.PROFILE)
    retiring = inside if profiles == request.scope else subtree(profiles)
    everything = examined_duties(inside=inside, retiring=retiring, law=law_of(policy), on=on)
    filters = [unit_filter(request, within), *_filters()]
    asked = asked_of(request, filters, COLUMNS)
    unit, state = asked.filters.get(PARAMETER), asked.filters.get("keadaan")
    wanted = WantedDuties(
        inside=within.below(int(unit)) if unit else None,
        state=DutyState(state) if state else None,
        kind=asked.filters.get("jenis", ""),
        text=asked.text,
    )
    shown = wanted_among(everything, wanted)
    if value := next((column.value for column in COLUMNS if column.code == asked.order), None):
        shown = sorted(shown, key=lambda one: str(value(one)), reverse=asked.descending)
    return Desk(asked, filters, inside, everything, shown, policy)


def inside_of(within: Places) -> frozenset[int] | None:
    """Return the units of a reader, None where these are all."""
    return None if within.is_everything else frozenset(within.names)


def desk_page(request: Request) -> dict[str, Any]:
    """Return what the desk shows: fifteen queries at most."""
    desk, on = desk_of(request), clock.today()
    page = Paginator(desk.shown, PER_PAGE).get_page(desk.asked.page)
    bases = bases_of(desk.policy)
    addresses = readable(request, [one.duty.person for one in page])
    vacant = uncovered(inside=desk.inside, on=on)
    return {
        "on": on,
        "tiles": [*_tiles(desk.everything, vacant), *_moves(request)],
        "page": page,
        "heads": heads_of(COLUMNS, desk.asked),
        "lines": [_line(one, addresses.get(one.duty.person_id, ""), bases) for one in page],
        "previous": desk.asked.url(page=str(page.number - 1)) if page.has_previous() else "",
        "next": desk.asked.url(page=str(page.number + 1)) if page.has_next() else "",
        "wanted": desk.asked,
        "filters": [(one, desk.asked.filters.get(one.name, "")) for one in desk.filters],
        "chips": chips(desk.asked, desk.filters),
        "vacant": vacant[:MOST_UNCOVERED],
        "more_vacant": max(len(vacant) - MOST_UNCOVERED, 0),
        "may_change": request.access.may(Permission.RECORDS_CHANGE),
        "policy": desk.policy,
        "printed_at": clock.now(),
    }


def as_table(desk: Desk) -> pl.DataFrame:
    """Return the whole list, as it is filtered, as a table to be saved."""
    unknown = _("belum diketahui")
    bases = bases_of(desk.policy)
    rows = [_cells(one, bases) for one in desk.shown]
    headings = (
        *(_("Jabatan"), _("Unit"), _("Pelaksana"), _("Sebagai"), _("Surat perintah"), _("Sejak"), _("Sampai")),
        *(_("Batas"), _("Hari berjalan"), _("Hari paling lama"), _("Temuan")),
    )
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * len(headings)
    return pl.DataFrame(
        [
            pl.Series(heading, values, dtype=pl.Int64)
            if all(isinstance(value, int | None) for value in values) and values
            else pl.Series(heading, [value or unknown for value in values], dtype=pl.String)
            for heading, values in zip(headings, columns, strict=True)
        ]
    )


def _cells(one: Examined, bases: Bases) -> tuple[str | int | None, ...]:
    duty = one.duty
    found = "; ".join(finding.name for finding in findings_in_words(one.reasons, bases))
    days = (duty.started_on, duty.ended_through, one.limit)
    since, through, limit = (date_format(day, "j F Y") if day else "" for day in days)
    return (
        *(duty.position.name, duty.position.unit.name, full_name(duty.person), short_kind(duty.kind)),
        *(duty.letter_number, since, through or _("tidak disebut"), limit or _("tanpa batas")),
        *(one.days, one.allowed or None, found or _("tidak ada")),
    )


def _line(one: Examined, url: str, bases: Bases) -> Line:
    found = findings_in_words(one.reasons, bases)
    return Line(
        one=one,
        name=full_name(one.duty.person),
        url=url,
        findings=found,
        names=", ".join(finding.name for finding in found),
        used=min(100 * one.days // one.allowed, 100) if one.allowed else 0,
    )


def _tiles(duties: Sequence[Examined], vacant: Sequence[Position]) -> list[Tile]:
    def counted(state: DutyState) -> int:
        return sum(one.is_in(state) for one in duties)

    past, ending = counted(DutyState.PAST), counted(DutyState.ENDING_7)
    return [
        Tile(_("Bertugas hari ini"), sum(one.has_begun for one in duties), "?"),
        Tile(_("Berakhir dalam 7 hari"), ending, f"?keadaan={DutyState.ENDING_7}", "attention" if ending else ""),
        Tile(_("Lewat batas"), past, f"?keadaan={DutyState.PAST}", "danger" if past else ""),
        Tile(_("Tugas rangkap"), counted(DutyState.SEVERAL), f"?keadaan={DutyState.SEVERAL}"),
        Tile(_("Lowong tanpa pelaksana"), len(vacant), "#lowong", "attention" if vacant else ""),
    ]


def _moves(request: Request) -> Iterator[Tile]:
    """Yield how many movements wait for their day, and how many it has come for in vain, for whoever records them."""
    scope = request.access.scope(Permission.RECORDS_CHANGE)
    if not scope.is_empty:
        waiting, held = waiting_moves(scope=scope)
        url = reverse("planned_moves")
        yield Tile(_("Perpindahan terencana"), waiting, url)
        if held:
            yield Tile(_("Perpindahan tertahan"), held, f"{url}?keadaan=tertahan", "danger")


def _filters() -> list[Filter]:
    said = {
        DutyState.ENDING_7: _("Berakhir dalam 7 hari"),
        DutyState.ENDING_30: _("Berakhir dalam 30 hari"),
        DutyState.PAST: _("Lewat batas"),
        DutyState.SEVERAL: _("Tugas rangkap"),
        DutyState.FOUND: _("Ada temuan"),
        DutyState.COMING: _("Belum mulai"),
    }
    states = [(str(state), words) for state, words in said.items()]
    kinds = [(kind, label("assignments", kind, spoken())) for kind in ASSIGNMENTS]
    return [
        filter_of("keadaan", _("Keadaan"), _("Semua penugasan"), states),
        filter_of("jenis", _("Jenis"), _("Semua jenis"), kinds),
    ]
