"""How posts stand, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nawa.registry.models import Person, Position
from nawa.registry.queries import Duty, Seat
from nawa.web.kit.people import full_name, short_kind

_NAMED: Final = 2
"""Holders of a post that are named in a list; of more it is said how many."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a post: their name, and the address of their profile where the reader may open it."""

    name: str
    url: str
    duty: Duty


def named(duties: Iterable[Duty], addresses: Mapping[int, str]) -> list[Named]:
    """Return who does these duties, in words."""
    return [Named(full_name(duty.person), addresses.get(duty.person.pk, ""), duty) for duty in duties]


def state(seat: Seat, on: datetime.date) -> str:
    """Return how a post stands on a day."""
    if has_ended(seat.post, on):
        return _("Tidak berlaku lagi")
    if not seat.free:
        return _("Terisi")
    if seat.acting:
        return _("Lowong, ada %(kinds)s") % {"kinds": ", ".join(sorted({short_kind(of.kind) for of in seat.acting}))}
    if seat.seats == 1:
        return _("Lowong")
    return ngettext("%(free)s kursi lowong", "%(free)s kursi lowong", seat.free) % {"free": seat.free}


def tone(seat: Seat, on: datetime.date) -> str:
    """Return the meaning of how a post stands: attention where a seat is empty, none where all is well."""
    if has_ended(seat.post, on):
        return "past"
    return "attention" if seat.free else ""


def names(seat: Seat) -> str:
    """Return who is in a post: its holders, or those who act in it, in words."""
    people = [full_name(duty.person) for duty in seat.holders]
    if len(people) > _NAMED:
        people = [_("%(people)s orang") % {"people": len(people)}]
    people += [f"{full_name(duty.person)} ({short_kind(duty.kind)})" for duty in seat.acting]
    return "; ".join(people) or _("tidak ada")


def has_ended(post: Position, on: datetime.date) -> bool:
    """Tell whether a post exists no more on a day."""
    return post.valid_through is not None and post.valid_through < on


def people_in(seats: Iterable[Seat]) -> list[Person]:
    """Return everybody who holds these posts or acts in them."""
    return [duty.person for seat in seats for duty in (*seat.holders, *seat.acting)]
