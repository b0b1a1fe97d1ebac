"""Slips on paper: one PDF for a small number, else an archive with a PDF for each unit, sent while it is made.

The codes pass through here once, from the action to the answer; they are kept nowhere.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, TypedDict, cast

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.text import slugify

from nawa.accounts.actions import Slip
from nawa.core import clock
from nawa.core.scope import Scope
from nawa.documents import ActivationSlip, UnitSlips, activation_slips
from nawa.documents.labels import Language
from nawa.talent.queries.places import Places, places
from nawa.web.kit.exports import attachment
from nawa.web.kit.guards import Request, reader_name
from nawa.web.kit.languages import spoken

IN_ONE_FILE: Final = 200
"""Slips that one PDF holds: some two seconds of work, and as many as somebody would cut apart in one sitting."""


class _Print(TypedDict):
    institution: str
    address: str
    printed_by: str
    printed_at: datetime
    valid_through: date
    language: Language


def handed_out(request: Request, slips: Sequence[Slip], *, unit: int | None = None) -> HttpResponse:
    """Answer with slips as a file to be saved: grouped by unit, in archives by what lies right below `unit`."""
    within = places(scope=Scope.everything())
    told = _print(request, slips, within)
    if len(slips) <= IN_ONE_FILE:
        pdf = activation_slips(_by_unit(slips, within), **told)
        return attachment(pdf, filename="lembar-aktivasi.pdf", content_type="application/pdf")
    files = _files(slips, within, unit)
    answer = StreamingHttpResponse(
        _archive(files, told, within),
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="lembar-aktivasi.zip"'},
    )
    return cast("HttpResponse", answer)  # as good as one to the guards


def _print(request: Request, slips: Sequence[Slip], within: Places) -> _Print:
    highest = within.children(None)
    return {
        "institution": within.names[highest[0]] if highest else "Nawa",
        "address": request.build_absolute_uri(reverse("activation")),
        "printed_by": reader_name(request),
        "printed_at": clock.now().astimezone(clock.ZONE),
        "valid_through": slips[0].through,
        "language": spoken(),
    }


def _files(slips: Sequence[Slip], within: Places, unit: int | None) -> Mapping[int | None, list[Slip]]:
    """Return the slips by the unit right below the chosen one; the chosen unit's own, and nobody's, by None."""
    children = within.children(unit) if unit else within.branches()
    branch = within.branch_of(children)
    files: dict[int | None, list[Slip]] = defaultdict(list)
    for slip in slips:
        files[branch.get(_home(slip) or 0)].append(slip)
    return files


def _archive(files: Mapping[int | None, list[Slip]], told: _Print, within: Places) -> Iterator[bytes]:
    """Yield an archive, a file at a time as each is set."""
    sent = _Sent()
    with zipfile.ZipFile(sent, "w") as archive:
        for number, (unit, slips) in enumerate(files.items(), start=1):
            name = slugify(within.names[unit])[:80] if unit else "lain"
            archive.writestr(f"{number:03}-{name}.pdf", activation_slips(_by_unit(slips, within), **told))
            yield sent.taken()
    yield sent.taken()


class _Sent(io.RawIOBase):
    """Where an archive is written to: it is read away piece by piece, and nothing is gone back to."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        piece, self._waiting = bytes(self._waiting), bytearray()
        return piece


def _by_unit(slips: Sequence[Slip], within: Places) -> list[UnitSlips]:
    units: dict[int | None, list[Slip]] = defaultdict(list)
    for slip in slips:
        units[_home(slip)].append(slip)
    named = sorted((_unit_name(unit, within), unit or 0) for unit in units)
    return [UnitSlips(name, [_told(slip) for slip in units[unit or None]]) for name, unit in named]


def _unit_name(unit: int | None, within: Places) -> str:
    """Return the name of a unit after those above it, the institution's own left out."""
    if unit not in within.names or unit is None:
        return ""
    return " · ".join(within.names[pk] for pk in [*within.path(unit)[1:], unit])


def _home(slip: Slip) -> int | None:
    person = slip.account.person
    if person is None:
        return None
    return person.unit_id or (person.position.unit_id if person.position else None)


def _told(slip: Slip) -> ActivationSlip:
    person, account = slip.account.person, slip.account
    return ActivationSlip(account.full_name, person.nip if person else None, account.username, slip.code)
