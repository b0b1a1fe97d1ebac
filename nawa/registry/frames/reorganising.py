"""What a reorganisation writes, as tables of the workbook.

- Units and posts that end get their last day and their successor; those that take their place have all that the former
  had but code and name, and with a post come its requirements and what it was weighed by.
- Standards end with their posts; from the day on they are those of the posts to which they pass
  (`Outcome.standards_pass`).
- Holders get post and unit; tenure goes on or begins as `nawa.registry.rules.holders` says.
- Careers: the entry of the post that somebody held is closed the day before, and one is opened with the number of the
  instrument. Where nothing but the unit's name or place has changed, or it was merged, the new entry names no unit:
  being confirmed shall not count as experience in several units. That is not confirmed by a rule in writing. An entry
  that begins on the day or later stays as it is. Whoever has no entry of their post gets one, if it is known since when
  they hold it.
- Duties in posts that end, end with them: a duty in another post takes a new letter. In a post that goes on under
  another name they go on.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.db.models import Model, QuerySet

from nawa.core import sheets
from nawa.policy.wording import day
from nawa.registry.enums import Fate, Instrument
from nawa.registry.frames.maps import SHEET_MAPS
from nawa.registry.frames.standards import inherited_standards
from nawa.registry.models import CareerEntry, Person, Reorganisation
from nawa.registry.queries.reorganising import Assessment, duties_that_end
from nawa.registry.rules import Effect, Outcome, PostRow, is_lawful_heir
from nawa.workbook.sheets import Tables

WITHOUT_POST: Final = "Tanpa jabatan sementara"
"""What the records call the post of somebody who was left without one."""

_MAPS: Final = {held.table: held for held in SHEET_MAPS}
_COPIED: Final = ("position_requirement", "critical_position_criterion")
_PART: Final = 5_000

Row = dict[str, Any]


def reorganised_tables(plan: Reorganisation, found: Assessment) -> Tables:
    """Return what carrying out a plan writes, by table."""
    outcome, eve = found.outcome, plan.effective_on - datetime.timedelta(days=1)
    changed = [effect for effect in found.effects if effect.fate is not Fate.KEPT]
    known = _known(changed)
    return {
        "unit": _table("unit", _units(outcome)),
        "position": _table("position", _posts(outcome)),
        **{name: _table(name, _copies(name, outcome)) for name in _COPIED},
        "competency_standard": inherited_standards(outcome),
        "person": _people(changed, known, plan.effective_on),
        "acting_assignment": _table("acting_assignment", _duties(outcome, eve)),
        "career_entry": _table("career_entry", _careers(changed, known, outcome, plan)),
    }


def _table(name: str, rows: Iterable[Row]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), _MAPS[name].schema, orient="row")


def _rows(name: str, queryset: QuerySet[Any]) -> list[Row]:
    return sheets.read(_MAPS[name], queryset).to_dicts()


def _stored(name: str, codes: Collection[str]) -> dict[str, Row]:
    model: type[Model] = _MAPS[name].model
    return {row["code"]: row for row in _rows(name, model._default_manager.filter(code__in=codes))}


def _units(outcome: Outcome) -> Iterator[Row]:
    changed = [row for code, row in outcome.units.items() if outcome.before.units.get(code) != row]
    stored = _stored("unit", {code for row in changed for code in (row.code, row.copied_from)})
    for row in changed:
        own = {"code": row.code, "name": row.name, "parent_code": row.parent or None, "kind": row.kind or None}
        yield {**stored.get(row.copied_from, {}), **stored.get(row.code, {}), **own, **_validity(row)}


def _posts(outcome: Outcome) -> Iterator[Row]:
    changed = [row for code, row in outcome.posts.items() if outcome.before.posts.get(code) != row]
    stored = _stored("position", {code for row in changed for code in (row.code, row.copied_from)})
    for row in changed:
        own = {"code": row.code, "name": row.name, "unit_code": row.unit, "tier": row.tier, "seats": row.seats}
        yield {**stored.get(row.copied_from, {}), **stored.get(row.code, {}), **own, **_validity(row)}


def _validity(row: Any) -> Row:
    return {
        "valid_from": row.valid_from,
        "valid_through": row.valid_through,
        "successor_code": row.successor or None,
    }


def _copies(name: str, outcome: Outcome) -> Iterator[Row]:
    """Yield for each renamed post what was kept of the former."""
    heirs = {row.copied_from: row.code for row in outcome.posts.values() if row.copied_from}
    path = _MAPS[name].path("position_code")
    rows = _MAPS[name].model._default_manager.filter(**{f"{path}__in": list(heirs)})
    yield from ({**row, "position_code": heirs[row["position_code"]]} for row in _rows(name, rows))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the records say of somebody: their primary key, their post where it has no code, and since when."""

    pk: int
    title: str
    since: datetime.date | None


def _known(changed: Iterable[Effect]) -> dict[str, _Known]:
    nips = [effect.holder.nip for effect in changed]
    columns = ("nip", "pk", "position_name", "position_since")
    parts = (nips[start : start + _PART] for start in range(0, len(nips), _PART))
    return {
        nip: _Known(*rest) for part in parts for nip, *rest in Person.objects.filter(nip__in=part).values_list(*columns)
    }


def _people(changed: Iterable[Effect], known: Mapping[str, _Known], on: datetime.date) -> pl.DataFrame:
    names = ("nip", "position_code", "position_name", "unit_code", "position_since")
    schema = {name: _MAPS["person"].schema[name] for name in names}
    return pl.DataFrame([_person(effect, known[effect.holder.nip], on) for effect in changed], schema, orient="row")


def _person(effect: Effect, known: _Known, on: datetime.date) -> tuple[Any, ...]:
    holder, unit = effect.holder, effect.unit or None
    if effect.fate is Fate.RELEASED:
        return holder.nip, None, WITHOUT_POST, unit, None
    title = known.title if effect.post == holder.post else ""
    since = known.since if effect.keeps_tenure else on
    return holder.nip, effect.post or None, title or None, unit if holder.unit else None, since


def _duties(outcome: Outcome, eve: datetime.date) -> Iterator[Row]:
    rows = duties_that_end(outcome).filter(started_on__lte=eve)
    yield from ({**row, "ended_through": eve} for row in _rows("acting_assignment", rows))


# -- careers


def _careers(
    changed: Iterable[Effect], known: Mapping[str, _Known], outcome: Outcome, plan: Reorganisation
) -> Iterator[Row]:
    open_entries = _open_entries([row.pk for row in known.values()])
    for effect in changed:
        mine = [row for row in open_entries[effect.holder.nip] if _is_of(row, effect)]
        yield from _entries(effect, mine, known[effect.holder.nip], outcome, plan)


def _open_entries(people: list[int]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    lasting = CareerEntry.objects.filter(ended_through__isnull=True, assignment__in=("", "D"))
    for start in range(0, len(people), _PART):
        for row in _rows("career_entry", lasting.filter(person__in=people[start : start + _PART])):
            found[row["nip"]].append(row)
    return found


def _is_of(entry: Row, effect: Effect) -> bool:
    """Whether an entry tells of the post that somebody holds, by code or, where it has none, by name."""
    if entry["position_code"] and effect.holder.post:
        return bool(entry["position_code"] == effect.holder.post)
    return bool(entry["title"] == effect.holder.title)


def _entries(effect: Effect, mine: list[Row], known: _Known, outcome: Outcome, plan: Reorganisation) -> Iterator[Row]:
    eve = plan.effective_on - datetime.timedelta(days=1)
    if not mine and known.since and effect.holder.title:
        mine = [_former(effect, known.since, outcome)]
    if any(row["started_on"] > eve for row in mine):
        return
    yield from ({**row, "ended_through": eve} for row in mine)
    if effect.fate is not Fate.RELEASED and (effect.post or mine):
        yield _opened(effect, mine[-1] if mine else {}, outcome, plan)


def _former(effect: Effect, since: datetime.date, outcome: Outcome) -> Row:
    post, unit = outcome.before.posts.get(effect.holder.post), _unit_before(effect, outcome)
    own = {"nip": effect.holder.nip, "title": effect.holder.title, "started_on": since, "assignment": "D"}
    named = outcome.before.units[unit].name if unit in outcome.before.units else None
    return {**own, "unit": named, **(_of_post(post) if post else {})}


def _opened(effect: Effect, former: Row, outcome: Outcome, plan: Reorganisation) -> Row:
    post = outcome.posts.get(effect.post)
    unit = outcome.units[effect.unit].name if effect.unit in outcome.units else None
    return {
        **former,
        "nip": effect.holder.nip,
        "title": post.name if post else effect.holder.title,
        **(_of_post(post) if post else {}),
        "unit": None if is_lawful_heir(outcome, _unit_before(effect, outcome), effect.unit) else unit,
        "started_on": plan.effective_on,
        "ended_through": None,
        "assignment": "D",
        "decree_number": _decree(plan),
    }


def _of_post(post: PostRow) -> Row:
    return {"position_code": post.code, "tier": post.tier}


def _unit_before(effect: Effect, outcome: Outcome) -> str:
    post = outcome.before.posts.get(effect.holder.post)
    return effect.holder.unit or (post.unit if post else "")


def _decree(plan: Reorganisation) -> str:
    name = Instrument(plan.instrument).value.capitalize()
    return f"{name} {plan.number} tanggal {day(plan.dated_on)}" if plan.dated_on else f"{name} {plan.number}"
