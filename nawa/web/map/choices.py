"""What the address of the map asks for: filters, view, order, columns. What was searched for stands in no address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.engine.parameters import Status
from nawa.policy.sentences import label
from nawa.talent.queries.maps import STAFF, TIERS, Order, Wanted
from nawa.talent.queries.places import Places
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import Chip, searched
from nawa.web.kit.periods import Period

STAFF_LABELS: Final[Mapping[str, str | Promise]] = {
    "PNS": gettext_lazy("PNS dan CPNS"),
    "PPPK": gettext_lazy("PPPK, juga paruh waktu"),
}


class Tab(StrEnum):
    """The ways to look at the map."""

    BOXES = "kotak"
    SCATTER = "sebaran"
    SURENESS = "keyakinan"


TABS: Final[Mapping[Tab, str | Promise]] = {
    Tab.BOXES: gettext_lazy("Sembilan kotak"),
    Tab.SCATTER: gettext_lazy("Sebaran"),
    Tab.SURENESS: gettext_lazy("Seberapa yakin peta ini?"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """A reader's choices. `columns` is empty for the usual ones; `plain` colours the view of sureness as usual."""

    wanted: Wanted
    tab: Tab = Tab.BOXES
    order: Order = Order.NAME
    descending: bool = False
    page: str = ""
    columns: tuple[str, ...] = ()
    plain: bool = False
    period: str = ""

    def url(self, **changes: Any) -> str:
        """Return the address with other choices, relative to this page; it begins at the first page of the list."""
        return "?" + urlencode(replace(self, **{"page": "", **changes}).parts(), doseq=True)

    def narrowed(self, **changes: Any) -> str:
        """Return the address with other filters."""
        return self.url(wanted=replace(self.wanted, **changes))

    def parts(self) -> dict[str, Any]:
        """Return what the address says, nothing that goes without saying."""
        wanted = self.wanted
        said = {
            "unit": wanted.unit,
            "jenjang": wanted.tier,
            "jenis": wanted.staff,
            "status": wanted.status,
            "kotak": wanted.box,
            "tampil": "" if self.tab is Tab.BOXES else self.tab,
            "warna": "biasa" if self.plain else "",
            "urut": self.sorting,
            "kolom": self.columns,
            "periode": self.period,
            "halaman": self.page,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def address(self) -> str:
        """The address of what is shown."""
        return self.url()

    @property
    def beside_filters(self) -> list[tuple[str, Any]]:
        """What a form of the filters keeps."""
        return self._beside("unit", "jenjang", "jenis", "status")

    @property
    def beside_columns(self) -> list[tuple[str, Any]]:
        """What a form of the columns keeps."""
        return self._beside("kolom")

    @property
    def beside_period(self) -> list[tuple[str, Any]]:
        """What a form of the period keeps."""
        return self._beside("periode")

    def _beside(self, *names: str) -> list[tuple[str, Any]]:
        kept = [(name, value) for name, value in self.parts().items() if name not in (*names, "halaman")]
        return [(name, one) for name, value in kept for one in (value if isinstance(value, tuple) else (value,))]

    @property
    def sorting(self) -> str:
        """The order as the address names it; empty for the usual one of the view."""
        if (self.order, self.descending) == (usual_order(self.tab), False):
            return ""
        return f"{'-' if self.descending else ''}{self.order}"


def usual_order(tab: Tab) -> Order:
    """Return the order of a list that nobody has sorted: by name, or the least sure first."""
    return Order.SURENESS if tab is Tab.SURENESS else Order.NAME


def choices_of(request: Request, period: Period, within: Places, *, columns: Collection[str]) -> Choices:
    """Return what the address asks for (of these columns), and what was sent to be searched for.

    Raises:
        Http404: the unit does not exist, or lies outside the reader's units.
    """
    given = request.GET.copy()
    for name, values in request.POST.lists():
        given.setlist(name, values)  # a form that sends what is searched for sends its filters along
    tab = _one_of(Tab, given.get("tampil"), Tab.BOXES)
    sorting = given.get("urut", "")
    order = _one_of(Order, sorting.removeprefix("-"), None)
    return Choices(
        wanted=_wanted(given, within, searched(request)),
        tab=tab,
        order=order or usual_order(tab),
        descending=bool(order) and sorting.startswith("-"),
        page=given.get("halaman", ""),
        columns=tuple(code for code in columns if code in given.getlist("kolom")),
        plain=given.get("warna") == "biasa",
        period=period.query.partition("=")[2],
    )


def chips(choices: Choices, within: Places) -> list[Chip]:
    """Return the filters in words, each with the address without it."""
    wanted = choices.wanted
    names = {
        "unit": within.names.get(wanted.unit or 0, ""),
        "tier": label("tiers", wanted.tier, spoken()) if wanted.tier else "",
        "staff": str(STAFF_LABELS.get(wanted.staff, "")),
        "status": label("statuses", wanted.status, spoken()) if wanted.status else "",
        "box": _("Kotak %(box)s") % {"box": wanted.box} if wanted.box else "",
        "text": f"“{wanted.text}”" if wanted.text else "",
    }
    empty = Wanted()
    return [Chip(name, choices.narrowed(**{field: getattr(empty, field)})) for field, name in names.items() if name]


def _wanted(given: Any, within: Places, text: str) -> Wanted:
    box = given.get("kotak", "")
    return Wanted(
        unit=_unit(given.get("unit", ""), within),
        tier=_known(given.get("jenjang"), TIERS),
        staff=_known(given.get("jenis"), STAFF),
        status=_known(given.get("status"), list(Status)),
        box=int(box) if box in "123456789" and len(box) == 1 else None,
        text=text,
    )


def _unit(asked: str, within: Places) -> int | None:
    if not asked:
        return None
    unit = int(asked) if asked.isascii() and asked.isdigit() else 0
    if unit not in within.names:
        raise Http404("unit")
    return unit


def _known(value: str | None, among: Any) -> str:
    return value if value and value in among else ""


def _one_of(kind: Any, value: str | None, otherwise: Any) -> Any:
    return kind(value) if value in list(kind) else otherwise
