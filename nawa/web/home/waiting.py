"""What waits for somebody: each function tells one kind of it, from facts, as sentences with a link."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import ending, headless, unused_codes, without_account
from nawa.accounts.roles import ROLES
from nawa.core.clock import ZONE
from nawa.core.deadlines import Pressing, pressing
from nawa.engine.parameters import Status
from nawa.evidence.enums import State
from nawa.evidence.queries.declarations import to_declare
from nawa.evidence.queries.submissions import due_on, to_answer, to_sample, to_verify, unanswered
from nawa.exchange.queries import to_settle
from nawa.exchange.queries.erasures import to_confirm
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.registry.enums import DutyState
from nawa.talent.enums import RELEASING, Stage
from nawa.talent.models import MappingRun, RunStage
from nawa.talent.queries.chasing import chases
from nawa.talent.queries.completeness import knowledge
from nawa.talent.queries.places import places
from nawa.talent.queries.profiles import policy_of
from nawa.talent.rules import contest_through, current, moves_from, reasons_against_move, reasons_against_releasing
from nawa.web.home.here import Here
from nawa.web.kit.languages import spoken
from nawa.web.kit.numbers import written

_SOON: Final = datetime.timedelta(days=14)
"""How long before its end a role is spoken of."""

_EXPIRING: Final = datetime.timedelta(days=90)
"""How long before evidence expires it is spoken of."""

_MOST: Final = 3
"""Pieces of evidence that are named."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that waits. `can_be_done`: the reader may do it now; else it tells what they will have to.

    `due` is the earliest deadline.
    """

    text: str
    url: str = ""
    can_be_done: bool = False
    since: datetime.date | None = None
    due: datetime.date | None = None
    progress: int | None = None  # in percent


Wait: TypeAlias = Callable[[Here], Iterator[Item]]

_TO_DO: Final[Mapping[Stage, str | Promise]] = {
    Stage.CHECKED: gettext_lazy("Peta per %(on)s sudah dihitung; periksalah sebelum masa sanggahnya dibuka."),
    Stage.CONTEST: gettext_lazy("Peta per %(on)s sudah diperiksa; masa sanggahnya dapat dibuka."),
    Stage.VALIDATED: gettext_lazy("Masa sanggah peta per %(on)s sudah berakhir; catatlah validasi komite."),
    Stage.DETERMINED: gettext_lazy("Peta per %(on)s sudah divalidasi komite; menunggu penetapan Anda."),
    Stage.PUBLISHED: gettext_lazy("Peta per %(on)s sudah ditetapkan; terbitkanlah."),
}


def moves(here: Here) -> Iterator[Item]:
    """Runs that the reader moves on to their next stage, now or later."""
    for run in here.runs.on_the_way():
        way = here.ways[run.pk]
        to, move = moves_from(current(way))[0]
        if here.access.scope(move.permission).all_units:
            yield _move(run, way, to, here)


def _move(run: MappingRun, way: list[RunStage], to: Stage, here: Here) -> Item:
    against = reasons_against_move(
        run, way, to, by=here.actor, on=here.on, gate=here.gate(run) if to is Stage.PUBLISHED else None
    )
    on = _day(run.on)
    why = " ".join(wording.refusal(reason.code, reason.arguments, spoken()) for reason in against)
    waits = _("Peta per %(on)s belum dapat dilanjutkan: %(why)s") % {"on": on, "why": why}
    return Item(
        text=waits if against else str(_TO_DO[to]) % {"on": on},
        url=reverse("run", args=[run.public_id]),
        can_be_done=not against,
        since=_waiting_since(way, to),
    )


def _waiting_since(way: list[RunStage], to: Stage) -> datetime.date:
    """The day from which the move could be made."""
    through = contest_through(way)
    if to is Stage.VALIDATED and through:
        return through + datetime.timedelta(days=1)
    return way[-1].reached_at.astimezone(ZONE).date()


def committee(here: Here) -> Iterator[Item]:
    """Runs that the committee is to validate: after the period of contest."""
    for run in here.runs.on_the_way():
        through = contest_through(here.ways[run.pk])
        if run.current_stage == Stage.CONTEST and through:
            lasts = here.on <= through
            text = (
                _("Masa sanggah peta per %(on)s berlangsung sampai dengan %(through)s; sesudahnya komite memvalidasi.")
                if lasts
                else _("Masa sanggah peta per %(on)s berakhir pada %(through)s; peta itu menunggu sidang komite.")
            )
            yield Item(text % {"on": _day(run.on), "through": _day(through)}, reverse("run", args=[run.public_id]))


def computing(here: Here) -> Iterator[Item]:
    """Runs that are being computed, and the last one if it failed."""
    for run in here.runs.underway():
        text = _("Pemetaan per %(on)s sedang dihitung.") % {"on": _day(run.on)}
        yield Item(text, reverse("run", args=[run.public_id]), progress=run.progress)
    if failed := here.runs.failed():
        told = {"on": _day(failed.on), "failure": label("failures", failed.failure, spoken())}
        text = _("Pemetaan per %(on)s gagal: %(failure)s. Tidak ada hasil yang tersimpan.") % told
        yield Item(text, reverse("run", args=[failed.public_id]), can_be_done=True)


def this_month(here: Here) -> Iterator[Item]:
    """The cycle of this month, while nothing was mapped in it."""
    if not here.runs.has_month(here.on):
        month = f"{label('months', here.on.month, spoken())} {here.on.year}"
        text = _("Siklus %(month)s belum punya pemetaan.") % {"month": month}
        yield Item(text, reverse("cycles"), can_be_done=True)


def unit_contest(here: Here) -> Iterator[Item]:
    """The period of contest, for heads whose people may object now."""
    for run, through in _contests(here):
        text = _("Masa sanggah peta per %(on)s sampai dengan %(through)s: pegawai unit Anda dapat memeriksa hasilnya.")
        yield Item(text % {"on": _day(run.on), "through": _day(through)}, reverse("map"))


def unmapped(here: Here) -> Iterator[Item]:
    """People of the reader's units without a box; no small number for those who may not know whom it means."""
    number = here.grid.unmapped.value if here.grid else None
    if number:
        text = ngettext(
            "%(number)s pegawai unit Anda belum dapat dipetakan: buktinya belum cukup.",
            "%(number)s pegawai unit Anda belum dapat dipetakan: buktinya belum cukup.",
            number,
        )
        wanted = f"?status={Status.BELUM_DAPAT_DIPETAKAN}" if here.knows_people else ""
        yield Item(text % {"number": _number(number)}, f"{reverse('map')}{wanted}")


def releases(here: Here) -> Iterator[Item]:
    """Runs whose data are not complete enough to be published, for those who may release them now."""
    for run in here.runs.on_the_way():
        may = any(here.access.scope(permission).all_units for permission in RELEASING)
        if may and run.current_stage == Stage.DETERMINED:
            gate = here.gate(run)
            if not reasons_against_releasing(run, here.ways[run.pk], gate, by=here.actor):
                told = {"on": _day(run.on), "least": gate.least, "mean": written(gate.told["completeness"], 1)}
                text = _("Peta per %(on)s menunggu izin terbit: kelengkapan %(mean)s persen, ambang %(least)s persen.")
                yield Item(text % told, reverse("run", args=[run.public_id]), can_be_done=True)


def to_chase(here: Here) -> Iterator[Item]:
    """The evidence that decides most boxes among the reader's people, or is unknown of most of them."""
    if here.run is None:
        return
    scope = here.access.scope(Permission.QUALITY)
    policy, within = policy_of(here.run), here.within if scope == here.scope else places(scope=scope)
    people = knowledge(here.run, policy.parameters.components, within=within)
    pairs = chases(people, within.branch_of(within.branches()), policy.parameters)
    decides = here.access.scope(Permission.MAP_PEOPLE) == scope  # how many boxes is for those who may see boxes there
    first = max(pairs, key=lambda pair: (pair.decides if decides else pair.lacking, -pair.unit), default=None)
    number = (first.decides if decides else first.lacking) if first else 0
    if first and number:
        told = {"component": label("components", first.component, spoken()), "unit": within.names[first.unit]}
        text = (
            _("Kejar lebih dulu: %(component)s di %(unit)s, menentukan kotak %(number)s pegawai.")
            if decides
            else _("Kejar lebih dulu: %(component)s di %(unit)s, belum diketahui pada %(number)s pegawai.")
        )
        yield Item(text % {**told, "number": _number(number)}, reverse("quality_chase"))


def registers_late(here: Here) -> Iterator[Item]:
    """Registers of the reader's units that are to be declared complete: no letter that still counts covers them."""
    codes = here.access.scope(Permission.EVIDENCE_VERIFY).subtrees
    months, days = here.policy.parameters.coverage_months, here.policy.stewardship.remind_days
    found = to_declare(codes, on=here.on, months=months, remind_days=days)
    yield from _due(_("Register unit Anda yang harus dinyatakan lengkap"), found, here, reverse("coverage"))


def accounts_missing(here: Here) -> Iterator[Item]:
    """Employees who cannot log in yet."""
    if number := without_account(scope=here.access.scope(Permission.ACCOUNTS_OPEN), on=here.on):
        text = ngettext("%(number)s pegawai belum punya akun.", "%(number)s pegawai belum punya akun.", number)
        yield Item(text % {"number": _number(number)}, reverse("users_open"))


def accounts_unused(here: Here) -> Iterator[Item]:
    """Accounts whose activation code nobody has used."""
    unused, lapsed = unused_codes(scope=here.access.scope(Permission.ACCOUNTS_RESET), on=here.on)
    if unused:
        told = {"unused": _number(unused), "lapsed": _number(lapsed)}
        text = _("%(unused)s akun belum diaktifkan.")
        if lapsed:
            text = _("%(unused)s akun belum diaktifkan; kode %(lapsed)s di antaranya sudah kedaluwarsa.")
        yield Item(text % told, reverse("users"))


def verifying(here: Here) -> Iterator[Item]:
    """What employees of the reader's units have submitted, and what they were asked again.

    Whoever does not look here is reminded by telephone.
    """
    scope = here.access.scope(Permission.EVIDENCE_VERIFY)
    queues = {"verify": to_verify(scope=scope, on=here.on), "answer": unanswered(scope=scope, on=here.on)}
    found = pressing(queues, on=here.on, remind_days=here.policy.stewardship.remind_days)
    yield from _due(_("Bukti yang harus diverifikasi"), found["verify"], here, reverse("evidence"))
    asked = f"{reverse('evidence')}?keadaan={State.ASKED_AGAIN}"
    yield from _due(_("Jawaban pegawai yang ditunggu"), found["answer"], here, asked, can_be_done=False)


def checking(here: Here) -> Iterator[Item]:
    """Acceptances that were drawn, to be checked again, and verified facts that a file says otherwise."""
    numbers = here.policy.stewardship
    samples = to_sample(scope=here.access.scope(Permission.EVIDENCE_SAMPLE), within_days=numbers.verify_days)
    settle = to_settle(scope=here.access.scope(Permission.RECORDS_CHANGE), within_days=numbers.verify_days)
    found = pressing({"sample": samples, "settle": settle}, on=here.on, remind_days=numbers.remind_days)
    what = _("Sampel penerimaan bukti yang harus diperiksa")
    yield from _due(what, found["sample"], here, reverse("evidence_samples"))
    yield from _due(_("Perbedaan sumber yang harus diputuskan"), found["settle"], here, reverse("disagreements"))


def erasures_asked(here: Here) -> Iterator[Item]:
    """Requests for erasure, for whoever confirms them."""
    if number := to_confirm(scope=here.access.scope(Permission.RECORDS_ERASE)):
        text = ngettext(
            "%(number)s permintaan penghapusan data menunggu keputusan.",
            "%(number)s permintaan penghapusan data menunggu keputusan.",
            number,
        )
        yield Item(text % {"number": _number(number)}, reverse("retention"), can_be_done=True)


def _due(what: str, found: Pressing, here: Here, url: str, *, can_be_done: bool = True) -> Iterator[Item]:
    """A queue that waits: how much, what is due soon, what is late, and the earliest deadline."""
    if found.waiting:
        days = here.policy.stewardship.remind_days
        told = {"what": what, "days": days, "waiting": _number(found.waiting)}
        told |= {"soon": _number(found.soon), "overdue": _number(found.overdue)}
        text = _("%(what)s: %(waiting)s menunggu, %(soon)s jatuh tempo dalam %(days)s hari, %(overdue)s lewat batas.")
        first = _("Batas terdekat %(day)s.") % {"day": _day(found.first)} if found.first else ""
        yield Item(f"{text % told} {first}".strip(), url, can_be_done=can_be_done, due=found.first)


def own_answers(here: Here) -> Iterator[Item]:
    """What the reader has submitted and was asked again; what is due soon can wait no longer."""
    rows = to_answer(here.access.person_id) if here.access.person_id else []
    soon = here.on + datetime.timedelta(days=here.policy.stewardship.remind_days) if rows else here.on
    for row in rows:
        through = due_on(row) or here.on
        told = {"kind": label("evidence_kinds", row.kind, spoken()), "through": _day(through)}
        if through < here.on:
            text = _("%(kind)s: jawaban Anda ditunggu sampai dengan %(through)s; batas itu sudah lewat.")
        elif through <= soon:
            text = _("%(kind)s: jawaban Anda segera jatuh tempo, paling lambat %(through)s.")
        else:
            text = _("%(kind)s: verifikator meminta kelengkapan, paling lambat %(through)s.")
        yield Item(text % told, reverse("my_evidence_one", args=[row.public_id]), can_be_done=True, due=through)


def grants_ending(here: Here) -> Iterator[Item]:
    """Roles and delegations of anybody that end soon."""
    if number := ending(since=here.on, through=here.on + _SOON):
        told = {"number": _number(number), "through": _day(here.on + _SOON)}
        text = _("%(number)s pemberian peran atau delegasi berakhir sampai dengan %(through)s.") % told
        yield Item(text, reverse("users"))


def heads_missing(here: Here) -> Iterator[Item]:
    """Units whose head's role has ended of late, with the post or otherwise, and was given to nobody yet."""
    if number := headless(since=here.on - _SOON, on=here.on):
        text = ngettext(
            "%(number)s unit kehilangan pimpinannya di Nawa; berikan perannya kepada pejabat yang baru.",
            "%(number)s unit kehilangan pimpinannya di Nawa; berikan perannya kepada pejabat yang baru.",
            number,
        )
        yield Item(text % {"number": _number(number)}, reverse("users"), can_be_done=True)


def duties(here: Here) -> Iterator[Item]:
    """Acting duties in the reader's units that are past their limit, or end within a week."""
    may_change = here.access.may(Permission.RECORDS_CHANGE)
    for state in (DutyState.PAST, DutyState.ENDING_7):
        if number := here.duties.get(state, 0):
            text = _past(number) if state is DutyState.PAST else _ending(number)
            url = f"{reverse('acting')}?keadaan={state}"
            yield Item(text % {"number": _number(number)}, url, can_be_done=may_change)


def _past(number: int) -> str:
    return ngettext(
        "%(number)s penugasan Plt atau Plh lewat batas.", "%(number)s penugasan Plt atau Plh lewat batas.", number
    )


def _ending(number: int) -> str:
    return ngettext(
        "%(number)s penugasan Plt, Plh, atau Pj berakhir dalam 7 hari.",
        "%(number)s penugasan Plt, Plh, atau Pj berakhir dalam 7 hari.",
        number,
    )


def lent(here: Here) -> Iterator[Item]:
    """The reader's own roles that end soon, lent ones among them."""
    name = "english" if spoken() == "en" else "indonesian"
    for held in here.access.roles:
        if held.through and held.through <= here.on + _SOON:
            kind = f" ({held.delegated_as.label})" if held.delegated_as else ""
            told = {"role": f"{getattr(ROLES[held.role], name)}{kind}", "through": _day(held.through)}
            yield Item(_("Peran Anda sebagai %(role)s berakhir setelah %(through)s.") % told)


def own_contest(here: Here) -> Iterator[Item]:
    """The period of contest, for employees with a result in it."""
    for run, through in _contests(here):
        if here.own:
            text = _("Masa sanggah berlangsung sampai dengan %(through)s: periksalah hasil Anda per %(on)s.")
            yield Item(text % {"through": _day(through), "on": _day(run.on)}, reverse("mine"), can_be_done=True)


def own_evidence(here: Here) -> Iterator[Item]:
    """Evidence about the reader that expires soon, and the missing piece that would change most."""
    if here.own is None:
        return
    _result, found = here.own
    ends = sorted(
        (line.expires_on, line.component)
        for line in found.lines
        if line.expires_on and here.on < line.expires_on <= here.on + _EXPIRING
    )
    for expires_on, component in ends[:_MOST]:
        told = {"component": label("components", component, spoken()), "day": _day(expires_on)}
        yield Item(_("%(component)s: bukti Anda tidak lagi dihitung mulai %(day)s.") % told, reverse("mine"))
    for reason in found.missing[:1]:
        yield Item(wording.say(reason, spoken()), reverse("mine"))


def _contests(here: Here) -> Iterator[tuple[MappingRun, datetime.date]]:
    """The newest run that employees may see, while they may object to it."""
    run = here.known
    through = contest_through(here.ways[run.pk]) if run and run.current_stage == Stage.CONTEST else None
    if run and through and here.on <= through:
        yield run, through


def _day(day: datetime.date) -> str:
    return wording.day(day, spoken())


def _number(number: int) -> str:
    return wording.number(Decimal(number), spoken())
