"""The directory: who works where. When somebody retires is told to those alone who may read their profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.policy.sentences import label
from nawa.registry.enums import Presence
from nawa.registry.models import Person
from nawa.registry.queries import RETIRING_WITHIN, WantedPeople, at_work, directory
from nawa.talent.queries.places import Places, places
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import Asked, Column, Filter, Source, asked_of, filter_of
from nawa.web.kit.people import full_name, readable
from nawa.web.kit.units import PARAMETER, unit_filter
from nawa.workbook.codes import STAFF_KINDS, TIERS


def _unit(person: Person) -> str:
    unit = person.unit or (person.position and person.position.unit)
    return unit.name if unit else ""


def _labelled(group: str, code: str) -> str:
    return label(group, code, spoken()) if code else ""


COLUMNS: Final[tuple[Column[Person], ...]] = (
    Column("nama", gettext_lazy("Nama"), full_name),
    Column("nip", gettext_lazy("NIP"), lambda person: person.nip, is_sortable=False, is_seldom=True),
    Column(
        "jabatan",
        gettext_lazy("Jabatan"),
        lambda person: person.position.name if person.position else person.position_name,
    ),
    Column("unit", gettext_lazy("Unit"), _unit),
    Column(
        "jenjang",
        gettext_lazy("Jenjang"),
        lambda person: _labelled("tiers", person.position.tier if person.position else ""),
    ),
    Column("jenis", gettext_lazy("Jenis pegawai"), lambda person: _labelled("staff_kinds", person.staff_kind)),
    Column("golongan", gettext_lazy("Golongan"), lambda person: person.rank),
)
"""All columns, in the order in which they stand. The NIP tells day of birth and sex: it is shown when asked for."""


def directory_of(request: Request) -> tuple[Asked, Source[Person], list[Filter]]:
    """Return what the address asks of the directory, the people meant, and what can be filtered by.

    Raises:
        Http404: the unit that is asked for is none of the reader's.
    """
    within = places(scope=request.scope)
    filters = _filters(request, within)
    asked = asked_of(request, filters, COLUMNS)
    rows = directory(
        _wanted(asked, within, request),
        scope=request.scope,
        on=clock.today(),
        order=asked.order or "nama",
        descending=asked.descending,
    )
    return asked, Source(rows, COLUMNS, at_work, partial(_lead, request), "nama"), filters


def _wanted(asked: Asked, within: Places, request: Request) -> WantedPeople:
    unit = asked.filters.get(PARAMETER)
    return WantedPeople(
        inside=within.below(int(unit)) if unit else None,
        tier=asked.filters.get("jenjang", ""),
        staff_kind=asked.filters.get("jenis", ""),
        presence=Presence(asked.filters.get("status", Presence.ACTIVE)),
        text=asked.text,
        retiring=request.access.scope(Permission.PROFILE),
    )


def _filters(request: Request, within: Places) -> list[Filter]:
    said = {Presence.LEFT: _("Sudah berhenti")}
    if request.access.may(Permission.PROFILE):
        said[Presence.RETIRING] = _("Pensiun dalam %(months)s bulan") % {"months": RETIRING_WITHIN}
    return [
        unit_filter(request, within),
        filter_of("jenjang", _("Jenjang"), _("Semua jenjang"), [(tier, _labelled("tiers", tier)) for tier in TIERS]),
        filter_of(
            "jenis",
            _("Jenis pegawai"),
            _("Semua jenis"),
            [(kind, _labelled("staff_kinds", kind)) for kind in STAFF_KINDS],
        ),
        filter_of("status", _("Status"), _("Aktif"), [(str(presence), words) for presence, words in said.items()]),
    ]


def _lead(request: Request, shown: Sequence[Person]) -> Callable[[Person], str]:
    """Return what tells where a row leads: to the profile, for those who may open it."""
    addresses = readable(request, shown)
    return lambda person: addresses.get(person.pk, "")
