"""Pages of fifty rows: never endless, never more than one count."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

PER_PAGE: Final = 50


def page_of(rows: QuerySet[Any], number: str | int | None) -> Page[Any]:
    """Return a page of the rows (two queries); a number beyond the last gives the last, nonsense the first."""
    return Paginator(rows, PER_PAGE).get_page(number)
