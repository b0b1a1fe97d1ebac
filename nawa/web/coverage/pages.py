"""What these pages show: units beside registers, letters, and what a declaration would cover."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import polars as pl
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import names_of
from nawa.core import clock
from nawa.core.refusal import Reason
from nawa.engine.codes import REGISTERS
from nawa.evidence.models import Said
from nawa.evidence.queries import declarations as queries
from nawa.evidence.queries.declarations import Covered, Reach
from nawa.evidence.rules import declarations as rules
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.registry.models import Unit
from nawa.registry.queries import ended_units
from nawa.rulebook.queries import own_policy
from nawa.talent.queries.places import Places, places
from nawa.web.coverage.forms import DeclarationForm, LetterForm
from nawa.web.kit.actors import who
from nawa.web.kit.cells import holds_evaluations
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import Asked, Filter, asked_of, chips, filter_of
from nawa.web.kit.paging import PER_PAGE, page_of
from nawa.web.kit.refusals import sentences
from nawa.web.kit.smallcounts import SMALLEST, Count
from nawa.web.kit.units import PARAMETER, unit_filter

_TELLING: Final = frozenset(
    register for register, models in queries.ROWS_OF.items() if any(map(holds_evaluations, models))
)
"""Registers of which a row itself says what was thought of somebody."""

_STATE: Final = "keadaan"
_LATE: Final = "terlambat"


@dataclass(frozen=True, slots=True)
class Cell:
    """A register of a unit: the letter that covers it, the last day for which that is good, and whether it is over."""

    register: str
    letter: Covered | None
    through: datetime.date | None
    is_old: bool

    @property
    def is_late(self) -> bool:
        """Whether no letter that still counts covers it."""
        return self.letter is None or self.is_old


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with its registers."""

    unit: int
    name: str
    cells: tuple[Cell, ...]

    @property
    def late(self) -> int:
        """How many registers no letter of the last year covers."""
        return sum(cell.is_late for cell in self.cells)


def register_names() -> dict[str, str]:
    """Return the registers in words."""
    return {code: label("retained", code, spoken()) for code in REGISTERS}


def index_page(request: Request) -> dict[str, Any]:
    """Return what the table shows: the units of the reader beside the registers, the latest most behind first."""
    rows, filters, asked = _asked(request)
    late = [row for row in rows if row.late]
    shown = late if asked.filters.get(_STATE) == _LATE else rows
    page = Paginator(shown, PER_PAGE).get_page(asked.page)
    return {
        "page": page,
        "rows": list(page),
        "registers": register_names(),
        "units": len(rows),
        "late": len(late),
        "wanted": asked,
        "filters": [(one, asked.filters.get(one.name, "")) for one in filters],
        "chips": chips(asked, filters),
        "previous": asked.url(page=str(page.number - 1)) if page.has_previous() else "",
        "next": asked.url(page=str(page.number + 1)) if page.has_next() else "",
        "may_declare": request.access.may(Permission.EVIDENCE_VERIFY),
    }


def table_of(request: Request) -> pl.DataFrame:
    """Return the registers that the filters show, each as a row, those without a letter first: to be passed on."""
    rows, _filters, asked = _asked(request)
    wanted = [
        (row.name, cell) for row in rows for cell in row.cells if cell.is_late or asked.filters.get(_STATE) != _LATE
    ]
    wanted.sort(key=lambda pair: (pair[1].through or datetime.date.min, pair[0]))
    heads = (_("Unit"), _("Register"), _("Per tanggal"), _("Surat dari"), _("Diperbarui paling lambat"))
    lines = [
        (
            name,
            label("retained", cell.register, spoken()),
            wording.day(cell.letter.on, spoken()) if cell.letter else _("belum"),
            (cell.letter.of or name) if cell.letter else "–",
            wording.day(cell.through, spoken()) if cell.through else "–",
        )
        for name, cell in wanted
    ]
    return pl.DataFrame(lines, dict.fromkeys(map(str, heads), pl.String), orient="row")


def _asked(request: Request) -> tuple[list[Row], list[Filter], Asked]:
    """Return the units that are asked for, what can be filtered by, and what is."""
    within = places(scope=request.scope)
    filters = [
        filter_of(_STATE, _("Keadaan"), _("semua unit"), [(_LATE, _("ada yang terlambat"))]),
        unit_filter(request, within),
    ]
    asked = asked_of(request, filters, ())
    return _rows(within, asked.filters.get(PARAMETER)), filters, asked


def _rows(within: Places, unit: str | None) -> list[Row]:
    today = clock.today()
    ended = ended_units(on=today)
    wanted = [pk for pk in (within.below(int(unit)) if unit else within.names) if pk not in ended]
    found = queries.coverage(wanted)
    months = own_policy(on=today).parameters.coverage_months
    cells = {pk: tuple(_cell(register, found[pk], months, today) for register in REGISTERS) for pk in wanted}
    rows = [Row(pk, within.names[pk], cells[pk]) for pk in wanted]
    return sorted(rows, key=lambda row: (-row.late, row.name))


def _cell(register: str, found: dict[str, Covered], months: int, today: datetime.date) -> Cell:
    letter = found.get(register)
    through = queries.renew_through(letter.on, months=months) if letter else None
    return Cell(register, letter, through, is_old=through is not None and through < today)


def letters_page(request: Request, reasons: Sequence[Reason] = (), tried: str = "") -> dict[str, Any]:
    """Return what the page of letters shows; `reasons` speak against withdrawing the one that was `tried`."""
    page = page_of(queries.declarations(scope=request.scope), request.GET.get("halaman"))
    names = names_of({actor for one in page for actor in (one.declared_by, one.withdrawn_by) if actor})
    verifies = places(scope=request.access.scope(Permission.EVIDENCE_VERIFY)).names
    return {
        "page": page,
        "lines": [
            {
                "one": one,
                "registers": ", ".join(label("retained", code, spoken()) for code in one.registers),
                "by": who(one.declared_by, names),
                "withdrawn_by": who(one.withdrawn_by, names) if one.withdrawn_by else "",
                "may_withdraw": not one.withdrawn_by and one.unit_id in verifies,
            }
            for one in page
        ],
        "refused": sentences(reasons),
        "tried": tried,
        "reason": request.POST.get("alasan", ""),
        "may_declare": bool(verifies),
    }


def declare_page(request: Request, form: DeclarationForm | None = None) -> dict[str, Any]:
    """Return what the first step shows; `form` is one that came back."""
    return {"form": form or DeclarationForm(within=places(scope=request.scope))}


def preview_page(
    request: Request, form: DeclarationForm, letter: LetterForm | None = None, reasons: Sequence[Reason] = ()
) -> dict[str, Any]:
    """Return what the second step shows: whom the declaration covers, and what speaks against it.

    Who has rows in a register of evaluations is not told, by no small number either, to whoever may not read people
    there; `seen` are the public ids of those of whom even that much shows.
    """
    said = form.cleaned_data
    unit = Unit.objects.get(pk=said["unit"])
    is_none = said["said"] == Said.NONE
    found = queries.reach(unit, said["registers"], said["nips"] if is_none else (), on=clock.today())
    against = list(reasons) or _against(said, unit, found)
    telling = _TELLING.intersection(said["registers"])
    knows = not telling or unit.pk in places(scope=request.access.scope(Permission.PROFILE)).names
    counts = {code: _counts(found, code, shows=knows or code not in telling) for code in found.with_rows}
    return {
        "said": said,
        "unit": unit,
        "is_none": is_none,
        "people": len(found.people),
        "having": [(label("retained", code, spoken()), *pair) for code, pair in counts.items()],
        "seen": found.public_ids if is_none and telling else (),
        "hidden": [(name, value) for name in form.fields for value in cast("QueryDict", form.data).getlist(name)],
        "letter": letter or LetterForm(),
        "refused": sentences([_guarded(reason, counts) for reason in against]),
        "may_confirm": not _against(said, unit, found),
    }


def _counts(found: Reach, register: str, *, shows: bool) -> tuple[Count, Count]:
    """Return how many have rows and how many have none: both or neither, as one tells the other."""
    number = found.with_rows[register]
    pair = (number, len(found.people) - number)
    if shows or not number or not any(0 < one < SMALLEST for one in pair):
        return Count(pair[0]), Count(pair[1])
    return Count(None), Count(None)


def _guarded(reason: Reason, counts: Mapping[str, tuple[Count, Count]]) -> Reason:
    """Return a reason without its number where that is withheld."""
    register = reason.arguments.get("register", "")
    if reason.code == "declaration.rows" and counts[register][0].value is None:
        return Reason("declaration.some_rows", {"register": register})
    return reason


def _against(said: dict[str, Any], unit: Unit, found: Reach) -> list[Reason]:
    """What speaks against a declaration, whatever its letter."""
    against = rules.reasons_against_unit(unit, today=clock.today())
    against += rules.reasons_against_register(said["registers"], said["on"], today=clock.today())
    if said["said"] == Said.NONE:
        return against + rules.reasons_against_none(len(found.people), found.strangers, found.with_rows)
    standing = queries.standing(unit, said["registers"])
    newer = sum(row.complete_on >= said["on"] for row in standing.values())
    return against + rules.reasons_against_older(newer)
