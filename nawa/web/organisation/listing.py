"""The list of posts. It tells which are vacant today and never which are about to be: that is a secret."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.core import clock
from nawa.policy.sentences import label
from nawa.registry.enums import Filling
from nawa.registry.queries import Seat, WantedPosts, listed_posts, seats, with_units
from nawa.talent.queries.places import Places, places
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import Asked, Column, Filter, Source, asked_of, filter_of
from nawa.web.kit.units import PARAMETER, unit_filter
from nawa.web.organisation.seats import names, state, tone
from nawa.workbook.codes import TIERS


def _taken(seat: Seat) -> str:
    return _("%(held)s dari %(seats)s") % {"held": len(seat.holders), "seats": seat.seats}


def _critical(seat: Seat) -> str:
    known = {True: _("kritikal"), False: _("tidak")}
    return "" if seat.post.critical is None else known[seat.post.critical]


COLUMNS: Final[tuple[Column[Seat], ...]] = (
    Column("jabatan", gettext_lazy("Jabatan"), lambda seat: seat.post.name),
    Column("unit", gettext_lazy("Unit"), lambda seat: seat.post.unit.name),
    Column("jenjang", gettext_lazy("Jenjang"), lambda seat: label("tiers", seat.post.tier, spoken())),
    Column("eselon", gettext_lazy("Eselon"), lambda seat: seat.post.echelon, is_sortable=False, is_seldom=True),
    Column("kelas", gettext_lazy("Kelas jabatan"), lambda seat: seat.post.job_class, is_seldom=True, is_number=True),
    Column("kritikal", gettext_lazy("Jabatan kritikal"), _critical, is_sortable=False, is_seldom=True),
    Column("pejabat", gettext_lazy("Pejabat"), names, is_sortable=False),
    Column("kursi", gettext_lazy("Kursi terisi"), _taken, is_sortable=False),
    Column(
        "lowong",
        gettext_lazy("Keadaan"),
        lambda seat: state(seat, clock.today()),
        tone=lambda seat: tone(seat, clock.today()),
    ),
)
"""All columns, in the order in which they stand."""


def posts_of(request: Request) -> tuple[Asked, Source[Seat], list[Filter]]:
    """Return what the address asks of the list of posts, the posts meant, and what can be filtered by.

    Raises:
        Http404: the unit that is asked for is none of the reader's.
    """
    within, on = places(scope=request.scope), clock.today()
    filters = _filters(request, within)
    asked = asked_of(request, filters, COLUMNS)
    rows = listed_posts(
        _wanted(asked, within),
        scope=request.scope,
        on=on,
        order=asked.order or "jenjang",
        descending=asked.descending,
    )
    return asked, Source(rows, COLUMNS, lambda posts: seats(with_units(posts), on=on), _lead, "jenjang"), filters


def _wanted(asked: Asked, within: Places) -> WantedPosts:
    unit, filling = asked.filters.get(PARAMETER), asked.filters.get("keadaan")
    return WantedPosts(
        inside=within.below(int(unit)) if unit else None,
        tier=asked.filters.get("jenjang", ""),
        filling=Filling(filling) if filling else None,
        critical="kritikal" in asked.filters,
        text=asked.text,
    )


def _filters(request: Request, within: Places) -> list[Filter]:
    fillings = {
        Filling.FILLED: _("Terisi semua"),
        Filling.VACANT: _("Ada kursi lowong"),
        Filling.ACTING: _("Ada Plt, Plh, Pj, atau tugas tambahan"),
        Filling.ENDED: _("Tidak berlaku lagi"),
    }
    states = [(str(filling), said) for filling, said in fillings.items()]
    tiers = [(tier, label("tiers", tier, spoken())) for tier in TIERS]
    return [
        unit_filter(request, within),
        filter_of("jenjang", _("Jenjang"), _("Semua jenjang"), tiers),
        filter_of("keadaan", _("Keadaan"), _("Semua yang berlaku"), states),
        filter_of("kritikal", _("Kekritisan"), _("Semua"), [("ya", _("Jabatan kritikal"))]),
    ]


def _lead(_shown: Sequence[Seat]) -> Callable[[Seat], str]:
    return lambda seat: reverse("post", args=[seat.post.pk])
