"""Reading reorganisations, and what a plan would make of the organisation and its people as they are recorded."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Lower

from nawa.core.scope import Scope
from nawa.registry.enums import Fate, PlanState
from nawa.registry.models import ActingAssignment, Confirmation, Person, Position, Reorganisation, Unit
from nawa.registry.queries.scopes import active, people, subtree
from nawa.registry.rules import (
    Effect,
    Holder,
    Organisation,
    Outcome,
    PostRow,
    UnitRow,
    effects,
    lines_of,
    overfilled,
    reorganised,
    touched,
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a plan would do: the organisation after it, and what becomes of each holder."""

    outcome: Outcome
    effects: list[Effect]

    @property
    def undecided(self) -> list[Effect]:
        """Those left without a post of whom nobody has decided."""
        return [effect for effect in self.effects if effect.fate is Fate.UNDECIDED]

    @property
    def left(self) -> list[Effect]:
        """Those left without a post, decided or not."""
        return [effect for effect in self.effects if effect.needs_decision]

    @property
    def counts(self) -> dict[Fate, int]:
        """How many have which fate, in the order of the fates."""
        counted = Counter(effect.fate for effect in self.effects)
        return {fate: counted[fate] for fate in Fate if counted[fate]}


def duties_that_end(outcome: Outcome) -> QuerySet[ActingAssignment]:
    """Return the acting duties that last on the day of a plan, or would begin later, in posts that end with it."""
    lasting = Q(ended_through__isnull=True) | Q(ended_through__gt=outcome.eve)
    return ActingAssignment.objects.filter(lasting, position__code__in=outcome.posts_that_end)


def plans(*, drafts: bool) -> QuerySet[Reorganisation]:
    """Return the plans, the latest first; without `drafts` only those that were carried out."""
    rows = Reorganisation.objects.order_by("-effective_on", "-prepared_at", "-pk")
    return rows if drafts else rows.filter(state=PlanState.CARRIED_OUT)


def plan_by_id(public_id: str, *, drafts: bool) -> Reorganisation | None:
    """Return a plan that a reader may see (one query)."""
    return plans(drafts=drafts).filter(public_id=public_id).select_related("scan").defer("scan__content").first()


def organisation_on(on: datetime.date) -> Organisation:
    """Return the units and posts that exist on a day or will, by code, with the codes of others (two queries)."""
    units, posts = Unit.objects.order_by("pk"), Position.objects.order_by("pk")
    unit_columns = ("code", "name", "parent__code", "kind", "valid_from", "valid_through", "successor_code")
    post_columns = ("code", "name", "unit__code", "tier", "seats", "valid_from", "valid_through", "successor_code")
    unit_rows = [UnitRow(code, name, up or "", *rest) for code, name, up, *rest in units.values_list(*unit_columns)]
    post_rows = [PostRow(*row) for row in posts.values_list(*post_columns)]
    return Organisation(
        {row.code: row for row in unit_rows if not _is_past(row, on)},
        {row.code: row for row in post_rows if not _is_past(row, on)},
        frozenset(row.code for row in unit_rows if _is_past(row, on)),
        frozenset(row.code for row in post_rows if _is_past(row, on)),
    )


def _is_past(row: UnitRow | PostRow, on: datetime.date) -> bool:
    return row.valid_through is not None and row.valid_through < on


def assess(plan: Reorganisation, *, equivalent: Mapping[str, tuple[str, ...]]) -> Assessment:
    """Return what a plan would do to the organisation and its people: four queries at most.

    `equivalent` are the tiers that the policy holds to be equal.
    """
    outcome = reorganised(organisation_on(plan.effective_on), lines_of(plan), on=plan.effective_on)
    found = effects(outcome, _holders(outcome), decisions=plan.decisions, equivalent=equivalent)
    coming = {effect.post for effect in found if effect.fate in (Fate.SUCCEEDED, Fate.PLACED)}
    copied = {outcome.posts[post].copied_from for post in coming}
    outcome.problems += [("", reason) for reason in overfilled(outcome, found, held=_held(coming | copied, plan))]
    return Assessment(outcome, found)


def _holders(outcome: Outcome) -> list[Holder]:
    """Return the people whom a reorganisation concerns, by the names of their units, then by their own."""
    units, posts = touched(outcome)
    if not units and not posts:
        return []
    rows = Person.objects.filter(active(outcome.on), Q(position__code__in=posts) | Q(unit__code__in=units))
    rows = rows.order_by(Lower(Coalesce("unit__name", "position__unit__name")), Lower("name"), "pk")
    columns = ("public_id", "nip", "name", "position__code", "position__name", "position_name", "unit__code")
    return [
        Holder(public_id, nip, name, post or "", title or own, unit or "")
        for public_id, nip, name, post, title, own, unit in rows.values_list(*columns)
    ]


def _held(posts: Collection[str], plan: Reorganisation) -> Counter[str]:
    if not posts:
        return Counter()
    rows = Person.objects.filter(active(plan.effective_on), position__code__in=posts).order_by()
    return Counter(code for code in rows.values_list("position__code", flat=True) if code)


def within(found: Collection[Effect], *, scope: Scope) -> list[Effect]:
    """Return those effects on people who are in scope today (one query at most)."""
    if scope.all_units:
        return list(found)
    seen = set(people(scope=scope).values_list("public_id", flat=True))
    return [effect for effect in found if effect.holder.public_id in seen]


def confirmations(plan: Reorganisation, *, scope: Scope) -> QuerySet[Confirmation]:
    """Return what a plan did to the holders in scope today or then, by the names of their units, then by their own."""
    rows = plan.confirmations.select_related("person", "from_post", "from_unit", "to_post", "to_unit")
    inside = subtree(scope)
    rows = rows if inside is None else rows.filter(Q(to_unit__in=inside) | Q(from_unit__in=inside))
    return rows.order_by(Lower("from_unit__name"), Lower("person__name"), "pk")
