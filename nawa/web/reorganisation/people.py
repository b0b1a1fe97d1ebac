"""Whom a plan affects: fifty to a page, what may be decided of them, and all of them as a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from nawa.registry.enums import Fate, PlanState
from nawa.registry.models import Confirmation, Reorganisation
from nawa.registry.queries import Assessment, confirmations, within
from nawa.registry.rules import Effect, Outcome
from nawa.web.kit.guards import Request
from nawa.web.kit.paging import PER_PAGE
from nawa.web.reorganisation import choices
from nawa.web.reorganisation.pages import assessed, equivalent, may_change


@dataclass(frozen=True, slots=True)
class Affected:
    """Somebody whom a plan concerns, in words."""

    public_id: str
    nip: str
    name: str
    from_post: str
    from_unit: str
    to_post: str
    to_unit: str
    fate: str
    fate_label: Any
    keeps_tenure: bool
    is_equal: bool
    is_open: bool  # whether it may be decided what becomes of them


def affected_page(request: Request, plan: Reorganisation, fate: str, refused: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what the page of people shows: ten queries at most."""
    found = assessed(plan) if plan.state == PlanState.DRAFT else None
    rows = _rows(request, plan, found)
    wanted = fate if fate in Fate.values else ""
    shown = [row for row in rows if not wanted or row.fate == wanted]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("hal"))
    numbers = [(one.value, one.label, sum(row.fate == one for row in rows)) for one in Fate]
    decidable = found is not None and may_change(request) and any(row.is_open for row in rows)
    return {
        "plan": plan,
        "page": page,
        "fate": wanted,
        "fates": [one for one in numbers if one[2]],
        "total": len(rows),
        "decidable": decidable,
        "refused": refused,
        "undecided": sum(row.fate == Fate.UNDECIDED for row in rows),
        **(_deciding(request, found) if decidable and found else {}),
    }


def _deciding(request: Request, found: Assessment) -> dict[str, Any]:
    """Return the posts to choose from, those of an equal tier first, and what was ticked and typed before."""
    text = request.POST.get("cari_post", "").strip()
    outcome = found.outcome
    tiers = {outcome.before.posts[effect.holder.post].tier for effect in found.left}
    standing = [row for code, row in outcome.posts.items() if outcome.is_open_post(code)]
    ticked = set(request.POST.getlist("pegawai"))
    chosen = request.POST.get("post", "")
    equal = {outcome.before.posts[one.holder.post].tier for one in found.left if one.holder.public_id in ticked}
    options = choices.posts(
        outcome, text, among=standing, chosen={chosen}, equal_to=equal or tiers, equivalent=equivalent()
    )
    return {"options": options, "text": text, "ticked": ticked, "chosen": chosen, "everybody": "semua" in request.POST}


def chosen_people(request: Request, plan: Reorganisation) -> Collection[str]:
    """Return whom a decision is about: those ticked, or all of whom nobody has decided."""
    if "semua" in request.POST:
        return [effect.holder.public_id for effect in assessed(plan).undecided]
    return request.POST.getlist("pegawai")


def _rows(request: Request, plan: Reorganisation, found: Assessment | None) -> Sequence[Affected]:
    if plan.state == PlanState.CARRIED_OUT:
        return [_confirmed(row) for row in confirmations(plan, scope=request.scope)]
    if found is None:
        return []
    seen = within(found.effects, scope=request.scope)
    seen.sort(key=lambda effect: not effect.needs_decision)
    return [_planned(effect, found.outcome) for effect in seen]


def _planned(effect: Effect, outcome: Outcome) -> Affected:
    holder, before = effect.holder, outcome.before
    home = holder.unit or (before.posts[holder.post].unit if holder.post in before.posts else "")
    after = outcome.posts[effect.post].name if effect.post in outcome.posts else ""
    return Affected(
        public_id=holder.public_id,
        nip=holder.nip,
        name=holder.name,
        from_post=holder.title,
        from_unit=before.units[home].name if home in before.units else home,
        to_post=after or ("" if effect.needs_decision else holder.title),
        to_unit=outcome.units[effect.unit].name if effect.unit in outcome.units else effect.unit,
        fate=effect.fate,
        fate_label=effect.fate.label,
        keeps_tenure=effect.keeps_tenure,
        is_equal=effect.hint,
        is_open=effect.needs_decision,
    )


def _confirmed(row: Confirmation) -> Affected:
    own = row.person.position_name
    return Affected(
        public_id=row.person.public_id,
        nip=row.person.nip,
        name=row.person.name,
        from_post=row.from_post.name if row.from_post else own,
        from_unit=row.from_unit.name if row.from_unit else "",
        to_post=row.to_post.name if row.to_post else ("" if row.fate == Fate.RELEASED else own),
        to_unit=row.to_unit.name if row.to_unit else "",
        fate=row.fate,
        fate_label=Fate(row.fate).label,
        keeps_tenure=row.keeps_tenure,
        is_equal=False,
        is_open=False,
    )


def affected_frame(request: Request, plan: Reorganisation) -> pl.DataFrame:
    """Return all affected people in the reader's scope, as a table to be saved."""
    found = assessed(plan) if plan.state == PlanState.DRAFT else None
    tenure: Mapping[bool, str] = {True: _("diteruskan"), False: _("dimulai kembali")}
    heads = (
        *(_("NIP"), _("Nama"), _("Jabatan semula"), _("Unit semula"), _("Akibat")),
        *(_("Jabatan kemudian"), _("Unit kemudian"), _("Masa jabatan")),
    )
    rows = [
        (
            *(row.nip, row.name, row.from_post, row.from_unit, str(row.fate_label), row.to_post, row.to_unit),
            tenure[row.keeps_tenure] if row.to_post else "",
        )
        for row in _rows(request, plan, found)
    ]
    return pl.DataFrame(rows, dict.fromkeys(heads, pl.String), orient="row")
