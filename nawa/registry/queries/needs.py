"""What units need and which posts will be emptied by plan, where a reorganisation ends the unit or the post."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, Model, QuerySet, Value

from nawa.registry.models import PlannedVacancy, UnitNeed
from nawa.registry.rules import Outcome

_MODELS: Final[Mapping[str, type[Model]]] = {"need": UnitNeed, "vacancy": PlannedVacancy}
_Row = tuple[str, int, str | None, str | None, datetime.date | None]


@dataclass(frozen=True, slots=True)
class Need:
    """A need or planned vacancy by its primary key, and the codes of its unit and post afterwards, empty for none.

    One that ends stays with the unit or post that ended: nothing takes its place, or there it is known already.
    """

    model: type[Model]
    pk: int
    unit: str
    post: str
    ends: bool


def needs_after(outcome: Outcome) -> list[Need]:
    """Return what becomes of needs and planned vacancies of units and posts that end (one query)."""
    rows = _rows("need").union(_rows("vacancy"), all=True)
    return list(_carried(sorted(rows, key=lambda row: row[:2]), outcome))


def _rows(kind: str) -> QuerySet[Any, Any]:
    rows = _MODELS[kind]._default_manager.annotate(kind=Value(kind, output_field=CharField()))
    return rows.order_by().values_list("kind", "pk", "unit__code", "position__code", "started_on")


def _carried(rows: list[_Row], outcome: Outcome) -> Iterator[Need]:
    units, posts = outcome.before.units, outcome.before.posts
    ended_units = {code for code in units if not outcome.is_open(code)}
    ended_posts = {code for code in posts if not outcome.is_open_post(code)}
    touched = [row for row in rows if row[2] in ended_units or row[3] in ended_posts]
    taken = {(kind, *key) for kind, pk, *key in rows} - {(kind, *key) for kind, pk, *key in touched}
    for kind, pk, unit, post, since in touched:
        heir = outcome.unit_after(unit) if unit and unit in units else unit or ""
        post_heir = outcome.post_after(post) if post and post in posts else post or ""
        key = (kind, heir or None, post_heir or None, since)
        ends = bool(unit and not heir) or bool(post and not post_heir) or key in taken
        taken |= set() if ends else {key}
        yield Need(_MODELS[kind], pk, heir, post_heir, ends)
