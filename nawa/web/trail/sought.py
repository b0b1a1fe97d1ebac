"""What the addresses of this area ask for. Who is meant stands there as an opaque id, never as a name."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nawa.audit.enums import Event
from nawa.audit.queries import DEEDS, Sought
from nawa.core.actor import Actor
from nawa.core.ids import is_opaque
from nawa.web.kit.guards import Request

APPS: Final = tuple(dict.fromkeys(event.partition(".")[0] for event in Event))
"""The parts of events' codes before the dot: each can be asked for as a whole."""

EVENTS: Final[Mapping[str, str]] = {
    "since": "dari",
    "through": "sampai",
    "kind": "jenis",
    "actor": "pelaku",
    "subject": "objek",
}
READS: Final[Mapping[str, str]] = {"since": "dari", "through": "sampai", "actor": "pembaca", "subject": "pegawai"}
"""What can be looked for, by the name that addresses give it."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in words, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, and where in the list it goes on."""

    sought: Sought
    parameters: Mapping[str, str]
    newer_than: str = ""
    older_than: str = ""

    def url(self, *, newer_than: int | None = None, older_than: int | None = None, **changes: Any) -> str:
        """Return the address with other filters, relative to this page; it begins at the newest unless told."""
        sought = replace(self.sought, **changes)
        said = {name: getattr(sought, field) for field, name in self.parameters.items()}
        said |= {"sesudah": newer_than, "sebelum": older_than}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    @property
    def address(self) -> str:
        """The address of the whole list."""
        return self.url()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of days and kinds keeps."""
        return [
            (self.parameters[field], value) for field in ("actor", "subject") if (value := getattr(self.sought, field))
        ]

    def chips(self, words: Mapping[str, str]) -> list[Chip]:
        """Return the filters, each with the address without it; `words` says who or what is meant, by field."""
        sought = self.sought
        said = {
            "since": _("sejak %(day)s") % {"day": _day(sought.since)} if sought.since else "",
            "through": _("sampai dengan %(day)s") % {"day": _day(sought.through)} if sought.through else "",
            **words,
        }
        empty = Sought()
        return [
            Chip(said[field.name], self.url(**{field.name: getattr(empty, field.name)}))
            for field in fields(Sought)
            if getattr(sought, field.name)
        ]


def asked_of(request: Request, parameters: Mapping[str, str]) -> Asked:
    """Return what the address asks for by these names; what makes no sense is left out."""
    given = {field: request.GET.get(name, "") for field, name in parameters.items()}
    sought = Sought(
        since=_date(given["since"]),
        through=_date(given["through"]),
        kind=_kind(given.get("kind", "")),
        actor=_actor(given["actor"]),
        subject=given["subject"] if is_opaque(given["subject"]) else "",
    )
    return Asked(sought, parameters, request.GET.get("sesudah", ""), request.GET.get("sebelum", ""))


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _kind(text: str) -> str:
    return text if text in (*Event, *APPS, DEEDS) else ""


def _actor(text: str) -> str:
    try:
        return str(Actor.named(text))
    except ValueError:
        return ""


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
