"""What files say of the registry, brought in and taken back."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl
from django.conf import settings
from django.db import transaction
from django.db.models import Case, Q, Value, When

from nawa.core import ids
from nawa.core.actor import Actor
from nawa.core.models import Source
from nawa.core.returns import Return, take_back
from nawa.core.sheets import Changes, Names, Plan, Put, SheetMap, plan, put, upsert, write
from nawa.registry.enums import ERASED
from nawa.registry.frames import SHEET_MAPS, lasting_standards, reorganised_tables
from nawa.registry.models import (
    ActingAssignment,
    CompetencyStandard,
    Confirmation,
    Person,
    Position,
    Reorganisation,
    Unit,
)
from nawa.registry.queries.needs import Need, needs_after
from nawa.registry.queries.reorganising import Assessment
from nawa.registry.rules import Outcome
from nawa.workbook.sheets import Tables

_POSTS: Final = 300  # of one statement


@transaction.atomic
def apply(tables: Tables, *, source: str, import_id: str) -> list[Changes]:
    """Bring the registry to what the tables say, table by table; rows that they do not name stay as they are.

    The caller records the deed. Raises `Refusal` as `nawa.core.sheets.upsert` does; nothing is then kept.
    """
    given = tables | {"person": _identified(tables["person"])} if "person" in tables else tables
    return [
        upsert(held, given[held.table], source=source, import_id=import_id)
        for held in SHEET_MAPS
        if held.table in given
    ]


def plan_changes(touched: Tables, *, unchanged: Mapping[str, int], names: Names) -> list[Plan]:
    """Return the plans to write rows as `nawa.core.sheets.compare` gives them, table by table. Writes nothing.

    Raises `Refusal` as `nawa.core.sheets.plan` does.
    """
    given = touched | {"person": _identified(touched["person"])} if "person" in touched else touched
    return [
        plan(held, given[held.table], unchanged=unchanged[held.table], names=names)
        for held in SHEET_MAPS
        if held.table in given
    ]


@transaction.atomic
def carry_out(plans: Iterable[Plan], *, source: str, import_id: str, **verification: Any) -> None:
    """Carry out those plans that are of this app's tables. The caller records the deed.

    `verification` (`verified_by`, `verified_at`) is of whoever decided what is written; without it no verified row is
    corrected.

    Raises `StaleError` and `IntegrityError` as `nawa.core.sheets.write` does; nothing is then kept.
    """
    for planned in plans:
        if planned.sheet_map in SHEET_MAPS:
            write(planned, source=source, import_id=import_id, **verification)


@transaction.atomic
def put_fact(table: str, person: Person, values: Mapping[str, Any], *, over: str = "", **constants: Any) -> Put:
    """Write one row of a table about somebody, over an older one where `over` names it. The caller records the deed.

    Raises `Refusal` as `nawa.core.sheets.put` does; nothing is then kept.
    """
    held = next(held for held in SHEET_MAPS if held.table == table)
    mine = held.model._base_manager.filter(person=person)
    return put(held, {**values, "nip": person.nip}, among=mine, over=over, **constants)


@transaction.atomic
def undo(returns: Mapping[str, Return]) -> None:
    """Take back, by table, what an import has written to this app's tables. The caller has made sure that it may."""
    for held in reversed(SHEET_MAPS):
        if held.table in returns:
            take_back(returns[held.table])


@transaction.atomic
def reorganise(plan: Reorganisation, found: Assessment, *, by: Actor, at: datetime.datetime) -> list[Changes]:
    """Write what a plan makes of units, posts, holders and careers. The caller has made sure that it may, and records.

    Raises `Refusal` as `nawa.core.sheets.upsert` does; nothing is then kept.
    """
    tables, needs = reorganised_tables(plan, found), needs_after(found.outcome)
    verified = {"import_id": "", "verified_by": str(by), "verified_at": at}
    _end_standards(found.outcome, source=Source.RECORDED, **verified)
    changes = [
        upsert(held, tables[held.table], source=Source.RECORDED, **verified, **_begun(held, plan))
        for held in SHEET_MAPS
        if held.table in tables and tables[held.table].height
    ]
    _confirm(plan, found)
    _carry_needs(needs)
    _carry_duties(found.outcome)
    return changes


def _begun(held: SheetMap, plan: Reorganisation) -> dict[str, Any]:
    """Return from when standards hold, which their sheet does not say."""
    return {"valid_from": plan.effective_on} if held.model is CompetencyStandard else {}


def _end_standards(outcome: Outcome, **constants: Any) -> None:
    """Give the standards of posts that end their last day, and those that pass on their successor."""
    heirs = outcome.standards_pass
    closed = [code for code in outcome.before.posts if not outcome.is_open_post(code)]
    for start in range(0, len(closed), _POSTS):
        part = closed[start : start + _POSTS]
        passing = [When(position_code=code, then=Value(heirs[code])) for code in part if code in heirs]
        rows = lasting_standards(outcome.eve).filter(position_code__in=part)
        rows.update(valid_through=outcome.eve, successor_code=Case(*passing, default=Value("")), **constants)


def _carry_duties(outcome: Outcome) -> None:
    """Let the duties in a post that goes on under another name go on in it; those over by then stay with the former."""
    posts = dict(Position.objects.filter(code__in=outcome.renamed_posts.values()).values_list("code", "pk"))
    lasting = ActingAssignment.objects.filter(Q(ended_through__isnull=True) | Q(ended_through__gt=outcome.eve))
    for old, new in outcome.renamed_posts.items():
        lasting.filter(position__code=old).update(position=posts[new])


def _carry_needs(needs: Iterable[Need]) -> None:
    """Let needs and planned vacancies follow their unit and post; those that end stay with what ended."""
    units = dict(Unit.objects.values_list("code", "pk"))
    posts = dict(Position.objects.values_list("code", "pk"))
    for need in needs:
        if not need.ends:
            rows = need.model._default_manager.filter(pk=need.pk)
            rows.update(unit=units.get(need.unit), position=posts.get(need.post))


def _confirm(plan: Reorganisation, found: Assessment) -> None:
    """Keep what became of each holder."""
    units = dict(Unit.objects.values_list("code", "pk"))
    posts = dict(Position.objects.values_list("code", "pk"))
    people = dict(Person.objects.values_list("public_id", "pk"))
    before = found.outcome.before.posts
    Confirmation.objects.bulk_create(
        Confirmation(
            plan=plan,
            person_id=people[effect.holder.public_id],
            fate=effect.fate,
            from_post_id=posts.get(effect.holder.post),
            from_unit_id=units.get(effect.holder.unit or before[effect.holder.post].unit),
            to_post_id=posts.get(effect.post),
            to_unit_id=units.get(effect.unit),
            keeps_tenure=effect.keeps_tenure,
        )
        for effect in found.effects
    )


def _identified(people: pl.DataFrame) -> pl.DataFrame:
    """Return the people with the public ids that they get if they are new; nobody gets that of somebody erased."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"nawa.person").digest()
    erased = set(Person.objects.filter(nip__startswith=ERASED).values_list("public_id", flat=True))
    derived = (ids.derived_id(nip, key=key) for nip in people["nip"])
    names = [ids.public_id() if name in erased else name for name in derived]
    return people.with_columns(pl.Series("public_id", names, pl.String))
