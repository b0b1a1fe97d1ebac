"""What these pages show: versions and when they hold, the rules of one in words, its moves, differences, drafts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import names_of
from nawa.accounts.roles import ROLES
from nawa.core import clock
from nawa.core.refusal import Reason
from nawa.policy import wording
from nawa.policy.drafting import differences, only_changed, path_of
from nawa.policy.layouts import HEAD, Chapter, chapter_of, paths_of
from nawa.policy.loading import Policy
from nawa.policy.problems import Problem
from nawa.policy.provisions import Provision
from nawa.policy.sentences import label, provision_label
from nawa.policy.speaking import Line, said
from nawa.rulebook import actions, queries
from nawa.rulebook.enums import MOVES, State
from nawa.rulebook.models import PolicyVersion
from nawa.rulebook.queries import Period
from nawa.rulebook.rules import UNSIGNED, judged, moves_from, policy_in_force, reasons_against_move, suggested
from nawa.talent.queries import latest_visible, simulations
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.policies import fields
from nawa.web.policies.forms import DraftForm, MoveForm, move_form

_BUTTON: Final[Mapping[State, str | Promise]] = {
    State.SUBMITTED: gettext_lazy("Ajukan rancangan"),
    State.APPROVED: gettext_lazy("Sahkan"),
    State.REFUSED: gettext_lazy("Tolak rancangan"),
    State.DRAFT: gettext_lazy("Ambil kembali"),
    State.WITHDRAWN: gettext_lazy("Tarik rancangan"),
}
ADDRESS: Final[Mapping[State, str]] = {
    State.SUBMITTED: "policy_submit",
    State.APPROVED: "policy_approve",
    State.REFUSED: "policy_refuse",
    State.DRAFT: "policy_take_back",
    State.WITHDRAWN: "policy_withdraw",
}
_MAIN: Final = (State.SUBMITTED, State.APPROVED)
_TONE: Final[Mapping[str, str]] = {State.APPROVED: "good", State.SUBMITTED: "attention", State.REFUSED: "danger"}

BAND: Final = 1000
"""Width of the drawing of a policy's periods."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A period drawn: where it begins and how wide it is, of `BAND`."""

    x: float
    width: float
    is_now: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """One policy: its periods, drawn and told, and all its versions, the latest first."""

    label: str
    code: str
    rows: tuple[tuple[PolicyVersion, Period | None, bool, str], ...]
    segments: tuple[Segment, ...]
    today: float


@dataclass(frozen=True, slots=True)
class Told:
    """A rule in words; `before` is what it said in the version it was drafted from, where that was something else."""

    item: Provision
    label: str
    lines: tuple[Line, ...]
    before: tuple[Line, ...]

    @property
    def is_pending(self) -> bool:
        """Whether it cites an instrument that is not signed yet."""
        return self.item.reference == UNSIGNED


@dataclass(frozen=True, slots=True)
class Offer:
    """A move: its form where the reader may make it now, else why not, or whose turn it is."""

    to: State
    address: str
    button: str | Promise
    effect: str
    form: MoveForm | None
    reasons: tuple[str, ...]
    roles: tuple[str, ...]
    is_main: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """An entry that somebody else has changed meanwhile: what is kept, and what was typed here."""

    label: str
    kept: str
    typed: str


def may_see_drafts(request: Request) -> bool:
    """Tell whether the reader may see drafts that were not submitted: those who see unpublished runs may."""
    return request.access.may(Permission.UNPUBLISHED)


def sentences(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Return why a deed may not happen, in the reader's language."""
    return tuple(wording.refusal(reason.code, _worded(reason.arguments), spoken()) for reason in reasons)


def _worded(arguments: Mapping[str, Any]) -> dict[str, Any]:
    groups = {"state": "policy_states", "to": "policy_states", "tie": "account_ties"}
    return {
        name: label(groups[name], value, spoken()) if name in groups else _dated(value)
        for name, value in arguments.items()
    }


def _dated(value: Any) -> Any:
    return wording.day(value, spoken()) if isinstance(value, datetime.date) else value


def who(actor: str, names: Mapping[str, str]) -> str:
    """Return who did something: a name, or Nawa itself."""
    return names.get(actor, "Nawa")


# -- all versions


def index_page(request: Request) -> dict[str, Any]:
    """Return what the page of all versions shows, the policy of the newest map first (three queries)."""
    rows = list(queries.versions(drafts=may_see_drafts(request)))
    names = names_of(row.drafted_by for row in rows)
    run = latest_visible(unpublished=may_see_drafts(request))
    used = run.policy_id.partition("+")[0] if run else ""
    shelves = [_shelf(code, list(own), names) for code, own in groupby(rows, key=lambda row: row.code)]
    return {"shelves": sorted(shelves, key=lambda shelf: shelf.code != used)}


def _shelf(code: str, rows: Sequence[PolicyVersion], names: Mapping[str, str]) -> Shelf:
    today = clock.today()
    periods = {period.version.pk: period for period in queries.periods(rows)}
    newest = next((row for row in rows if row.state == State.APPROVED), rows[0])
    begun = min((period.start for period in periods.values()), default=today)
    start, end = max(begun, today - datetime.timedelta(days=1096)), today + datetime.timedelta(days=366)

    def at(day: datetime.date | None) -> float:
        inside = min(max(day or end, start), end)
        return round(BAND * (inside - start).days / (end - start).days, 1)

    drawn = [period for period in periods.values() if not period.is_empty]
    return Shelf(
        label=newest.label,
        code=code,
        rows=tuple(
            (row, periods.get(row.pk), row.pk in periods and periods[row.pk].holds(today), who(row.drafted_by, names))
            for row in rows
        ),
        segments=tuple(
            Segment(at(one.start), round(at(one.end) - at(one.start), 1), one.holds(today)) for one in drawn
        ),
        today=at(today),
    )


def tone(version: PolicyVersion) -> str:
    """Return the meaning in which a version's state is drawn."""
    return _TONE.get(version.state, "")


# -- one version


def version_page(
    request: Request, version: PolicyVersion, sent: MoveForm | DraftForm | None = None, refused: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what the page of a version shows; `sent` is a form that came back refused, with the reasons."""
    parent = policy_in_force(version.parent, on=clock.today()) if version.parent else None
    shown, problems = _shown(version)
    names = names_of([*version.hands, version.drafted_by, version.submitted_by, version.decided_by])
    period = next((one for one in queries.periods(queries.approved(version.code)) if one.version == version), None)
    may_draft = version.state == State.APPROVED and _may(request, Permission.POLICY_DRAFT)
    taken = queries.taken(version.code) if may_draft else frozenset()
    started = sent if isinstance(sent, DraftForm) else None
    name = suggested(version, taken, today=clock.today())
    return {
        "version": version,
        "tone": tone(version),
        "policy": shown,
        "chapters": _chapters(shown, parent) if shown else (),
        "problems": fields.faults(problems),
        "unconfirmed": len(shown.unconfirmed) if shown else 0,
        "changes": len(differences(parent, shown)) if parent and shown else 0,
        "period": period,
        "is_now": bool(period and period.holds(clock.today())),
        "hands": [who(hand, names) for hand in version.hands],
        "submitted_by": who(version.submitted_by, names) if version.submitted_by else "",
        "decided_by": who(version.decided_by, names) if version.decided_by else "",
        "offers": _offers(request, version, sent if isinstance(sent, MoveForm) else None),
        "refused": refused,
        "may_write": version.state == State.DRAFT and _may(request, Permission.POLICY_DRAFT),
        "draft_form": (started or DraftForm(initial={"version": name})) if may_draft else None,
        "simulation": simulations.newest(version),
        "printed": (request.user, clock.now()),
    }


def _shown(version: PolicyVersion) -> tuple[Policy | None, tuple[Problem, ...]]:
    """The policy that a version is, and what is wrong with it where it is none yet."""
    if version.text:
        return policy_in_force(version, on=clock.today()), ()
    return judged(version, version.typed, since=version.proposed_from or clock.today())


def _may(request: Request, permission: Permission) -> bool:
    return request.access.scope(permission).all_units


def _chapters(policy: Policy, parent: Policy | None) -> list[tuple[str, str, list[Told]]]:
    former = {one.path: one.before for one in differences(parent, policy)} if parent else {}
    items = {item.path: item for item in policy.provisions}
    parts = [chapter for chapter in Chapter if chapter is not Chapter.HEAD]
    return [
        (
            chapter.value,
            label("chapters", chapter, spoken()),
            [_told(items[path], former.get(path)) for path in paths_of(chapter) if path in items],
        )
        for chapter in parts
    ]


def _told(item: Provision, before: Provision | None) -> Told:
    was = said(before, spoken()) if before and before.value != item.value else ()
    return Told(item, provision_label(item.path, spoken()), said(item, spoken()), was)


def _offers(request: Request, version: PolicyVersion, sent: MoveForm | None) -> list[Offer]:
    moves = moves_from(version.state)
    ties = actions.ties_of(version, request.actor, on=clock.today()) if moves else frozenset()
    return [_offer(request, version, to, ties, sent) for to, _move in moves]


def _offer(request: Request, version: PolicyVersion, to: State, ties: Iterable[Any], sent: MoveForm | None) -> Offer:
    permission = MOVES[State(version.state), to].permission
    mine = _may(request, permission)
    against = reasons_against_move(version, to, ties=ties) if mine else []
    seen = {"expected": version.state, "edition": version.edition, "effective_from": version.proposed_from}
    form = sent if sent and sent.to is to else move_form(version.state, to)(to=to, initial=seen)
    return Offer(
        to=to,
        address=ADDRESS[to],
        button=_BUTTON[to],
        effect=_effect(to),
        form=form if mine and not against else None,
        reasons=sentences(against),
        roles=() if mine else tuple(_roles_with(permission)),
        is_main=to in _MAIN,
    )


def _roles_with(permission: Permission) -> Iterable[str]:
    name = "english" if spoken() == "en" else "indonesian"
    return [getattr(form, name) for form in ROLES.values() if permission in form.permissions]


def _effect(to: State) -> str:
    return {
        State.SUBMITTED: _("Isinya dikunci dan menunggu keputusan orang lain. Anda dapat mengambilnya kembali."),
        State.APPROVED: _(
            "Versi ini berlaku bagi semua pemetaan mulai tanggal di bawah. Pemetaan yang sudah ada tidak berubah. "
            "Pengesahan tidak dapat dibatalkan; perubahan berikutnya adalah versi baru."
        ),
        State.REFUSED: _("Rancangan berakhir di sini, dengan alasannya. Versi yang berlaku tetap berlaku."),
        State.DRAFT: _("Rancangan dapat disunting lagi, dan diajukan lagi sesudahnya."),
        State.WITHDRAWN: _("Rancangan tidak diteruskan; isinya tetap tersimpan. Penarikan tidak dapat dibatalkan."),
    }[to]


# -- differences


def compare_page(request: Request, version: PolicyVersion, other: PolicyVersion) -> dict[str, Any]:
    """Return what the page of differences shows: `other` is the former of the two."""
    (before, _of), (after, _so) = _shown(other), _shown(version)
    found = differences(before, after) if before and after else ()
    rows = queries.versions(drafts=may_see_drafts(request)).exclude(text="").exclude(pk=version.pk)
    return {
        "version": version,
        "other": other,
        "found": [(provision_label(one.path, spoken()), _side(one.before), _side(one.after), one) for one in found],
        "values": sum(one.is_value for one in found),
        "readable": bool(before and after),
        "choices": [(row.public_id, f"{row.label} {row.version}") for row in rows],
        "head": _head_differences(before, after),
    }


def _side(item: Provision | None) -> Told | None:
    return Told(item, provision_label(item.path, spoken()), said(item, spoken()), ()) if item else None


def _head_differences(before: Policy | None, after: Policy | None) -> list[tuple[str, str, str]]:
    if before is None or after is None:
        return []
    words = {"label": _("Nama kebijakan"), "stamp": _("Catatan pada setiap keluaran"), "note": _("Keterangan")}
    pairs = [(words[name], getattr(before, name) or "–", getattr(after, name) or "–") for name in HEAD]
    return [pair for pair in pairs if pair[1] != pair[2]]


# -- a draft


def draft_page(
    version: PolicyVersion, chapter: Chapter, mine: Mapping[str, str] | None = None, refused: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what a chapter of a draft shows; `mine` is what was typed where it was not kept, with the reasons."""
    parent = policy_in_force(version.parent, on=clock.today()) if version.parent else None
    if parent is None:
        return {}
    others = {name: text for name, text in version.typed.items() if chapter_of(path_of(name)) is not chapter}
    typed = version.typed if mine is None else others | only_changed(mine, parent)
    since = version.proposed_from or clock.today()
    _policy, problems = judged(version, typed, since=since)
    counted = fields.counts(typed, problems)
    day = version.proposed_from.isoformat() if version.proposed_from else ""
    return {
        "version": version,
        "chapter": chapter.value,
        "chapters": [(one.value, label("chapters", one, spoken()), *counted[one]) for one in Chapter],
        "rules": list(fields.rules_of(chapter, parent, typed, problems)),
        "head": fields.head_inputs(parent, typed, day) if chapter is Chapter.HEAD else (),
        "edition": version.edition_of(chapter),
        "faults": fields.faults(problems),
        "sums": fields.sums(parent, typed),
        "changes": len({path_of(name) for name in typed}),
        "refused": refused,
        "clashes": _clashes(version, chapter, typed) if mine is not None else [],
        "last_by": _last_by(version, chapter) if refused else "",
    }


def _clashes(version: PolicyVersion, chapter: Chapter, typed: Mapping[str, str]) -> list[Clash]:
    """Every entry of the chapter in which what is kept and what was typed differ."""
    names = [name for name in {**version.typed, **typed} if chapter_of(path_of(name)) is chapter]
    differ = [name for name in names if version.typed.get(name) != typed.get(name)]
    return [
        Clash(
            provision_label(path_of(name), spoken()),
            version.typed.get(name, _("seperti versi asal")) or "–",
            typed.get(name, _("seperti versi asal")) or "–",
        )
        for name in differ
    ]


def _last_by(version: PolicyVersion, chapter: Chapter) -> str:
    actor = version.editions.get(chapter, [0, ""])[1]
    return who(actor, names_of([actor])) if actor else ""
