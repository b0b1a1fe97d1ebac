"""Reading pages of the map in tests, and counting again without the code under test."""

from __future__ import annotations

import re
from html import unescape

from django.db.models import QuerySet

from nawa.core.scope import Scope
from nawa.registry.models import Unit
from nawa.registry.queries import subtree
from nawa.talent.models import MappingResult


def people_in(page: str) -> list[str]:
    """The public ids in the list of a page, from above."""
    return re.findall(r'class="row-link" href="/pegawai/([^/"]+)/"', page)


def board_in(page: str) -> str:
    """The part of a page that HTMX patches, without what differs at every request."""
    start, end = page.index('<div id="peta"'), page.index("</main>") if "</main>" in page else len(page)
    plain = re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>', "", page[start:end])
    return re.sub(r"Dicetak oleh .*?Hash", "Hash", plain, flags=re.DOTALL).strip()


def text_of(page: str) -> str:
    """The page as a reader sees it."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def boxes_in(page: str) -> dict[int, int]:
    """The number in each box."""
    found = re.findall(r">Kotak (\d)</a>.*?box-total\">([\d.]+)<", page, flags=re.DOTALL)
    return {int(box): int(number.replace(".", "")) for box, number in found}


def largest_office() -> Unit:
    """The unit right below the city with most results."""
    offices = Unit.objects.filter(parent__isnull=False, parent__parent__isnull=True)
    return max(offices, key=lambda unit: results_in(unit).count())


def results_in(unit: Unit) -> QuerySet[MappingResult]:
    """The results of a unit and all below it."""
    return MappingResult.objects.filter(unit_id__in=subtree(Scope.below(unit.code)) or ())
