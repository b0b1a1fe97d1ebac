"""Pages of fifty rows: never endless, never more than one count."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

PER_PAGE: Final = 50
_DIGITS: Final = 18  # of a primary key


def page_of(rows: QuerySet[Any] | Sequence[Any], number: str | int | None) -> Page[Any]:
    """Return a page of the rows (two queries); a number beyond the last gives the last, nonsense the first."""
    return Paginator(rows, PER_PAGE).get_page(number)


MOST_COUNTED: Final = 10_000
"""Rows that a log counts before it says "more than"; also the most that a file of it holds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Fifty rows of a log that grows at its head, the newest first; `newer` and `older` name where to go on.

    `count` is how many rows there are in all, None where there are more than `MOST_COUNTED`.
    """

    rows: list[Any]
    newer: int | None
    older: int | None
    count: int | None


def stretch_of(rows: QuerySet[Any], *, instant: str, newer_than: str = "", older_than: str = "") -> Stretch:
    """Return the rows just older, or just newer, than the row of a primary key; the newest where none is named.

    `rows` come newest first by `instant` and primary key. Three queries, however many rows there are.
    """
    turned = bool(newer_than)
    edge = _edge(rows, instant, newer_than or older_than)
    found = list(_beyond(rows, instant, edge, turned)[: PER_PAGE + 1])
    more, shown = len(found) > PER_PAGE, found[:PER_PAGE]
    if turned:
        shown.reverse()
    has_newer, has_older = (more, edge is not None) if turned else (edge is not None, more)
    counted = rows.order_by()[: MOST_COUNTED + 1].count()
    return Stretch(
        rows=shown,
        newer=shown[0].pk if shown and has_newer else None,
        older=shown[-1].pk if shown and has_older else None,
        count=counted if counted <= MOST_COUNTED else None,
    )


def _edge(rows: QuerySet[Any], instant: str, key: str) -> tuple[datetime.datetime, int] | None:
    if not (key.isascii() and key.isdigit()) or len(key) > _DIGITS:
        return None
    edge: tuple[datetime.datetime, int] | None = (
        rows.model._default_manager.filter(pk=key).values_list(instant, "pk").first()
    )
    return edge


def _beyond(
    rows: QuerySet[Any], instant: str, edge: tuple[datetime.datetime, int] | None, turned: bool
) -> QuerySet[Any]:
    way = "gt" if turned else "lt"
    rows = rows.reverse() if turned else rows
    if edge is None:
        return rows
    at, key = edge
    beyond = Q((f"{instant}__{way}", at)) | Q((instant, at), (f"pk__{way}", key))
    return rows.filter(beyond, **{f"{instant}__{way}e": at})  # the second says to an index what the first means
