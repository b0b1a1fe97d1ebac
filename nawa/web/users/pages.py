"""What these pages show: the list, an account with its roles past and present, and what may be done now."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nawa.accounts import queries, rules
from nawa.accounts.enums import AccountState, DelegationKind
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.permissions import Permission
from nawa.accounts.queries import Held
from nawa.accounts.roles import ROLES, Role
from nawa.core import clock
from nawa.core.scope import Scope
from nawa.talent.queries.places import Places, places
from nawa.web.kit.guards import Request
from nawa.web.kit.paging import page_of
from nawa.web.kit.refusals import sentences
from nawa.web.users.choices import Choices, all_units, chips, choices_of, unit_groups, unit_of
from nawa.web.users.forms import DelegationForm, EndForm, OutsiderForm, RoleForm, role_name, role_names


@dataclass(frozen=True, slots=True)
class Line:
    """An account in the list."""

    account: User
    state: AccountState
    unit: str
    roles: tuple[dict[str, Any], ...]
    second_factor: str | Promise
    lacks_second_factor: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A grant or a delegation, from its first to its last day: past, present or to come."""

    row: Grant | Delegation
    code: Role
    role: str
    unit: str
    kind: str | Promise
    through: datetime.date | None
    when: str  # past, now, later
    by: str
    end: EndForm | None
    lend: DelegationForm | None = None
    lent: tuple[Stretch, ...] = ()


def index_page(request: Request) -> dict[str, Any]:
    """Return what the list shows."""
    on, within = clock.today(), places(scope=request.scope)
    choices = choices_of(request, within)
    everybody = queries.accounts(scope=request.scope, on=on)
    found = queries.narrowed(everybody, choices.wanted(within), on=on)
    page = page_of(found.values_list("pk", flat=True), choices.page)  # put in order without all that is shown
    return {
        "page": page,
        "lines": _lines(list(everybody.filter(pk__in=list(page))), on),
        "choices": choices,
        "chips": chips(choices, within),
        "empty": choices == Choices(page=choices.page),
        "unit_groups": list(unit_groups(within, choices.unit)),
        "roles": role_names(),
        "states": AccountState.choices,
        "previous": choices.url(page=str(page.number - 1)) if page.has_previous() else "",
        "next": choices.url(page=str(page.number + 1)) if page.has_next() else "",
        "may_open": request.access.may(Permission.ACCOUNTS_OPEN),
    }


def _lines(shown: list[User], on: datetime.date) -> list[Line]:
    held = queries.held_by([account.pk for account in shown], on=on)
    return [_line(account, held.get(account.pk, [])) for account in shown]


def _line(account: Any, held: list[Held]) -> Line:
    needed = any(ROLES[one.role].needs_second_factor for one in held)
    return Line(
        account=account,
        state=AccountState(account.state),
        unit=_home(account),
        roles=tuple(_told(one) for one in held),
        second_factor=_second_factor(account, has_one=account.has_second_factor, needed=needed),
        lacks_second_factor=needed and not account.has_second_factor and not account.is_demo,
    )


def _second_factor(account: User, *, has_one: bool, needed: bool) -> str:
    if has_one:
        return _("terpasang")
    if not needed:
        return _("tidak wajib")
    return _("wajib, kecuali bagi akun peraga") if account.is_demo else _("wajib, belum terpasang")


def _home(account: User) -> str:
    person = account.person
    unit = person and (person.unit or (person.position and person.position.unit))
    return unit.name if unit else ""


def _told(held: Held) -> dict[str, Any]:
    kind = held.delegated_as.label if held.delegated_as else ""
    return {"role": role_name(held.role), "unit": held.unit_name, "kind": kind, "through": held.through}


def account_page(
    request: Request,
    account: User,
    *,
    reasons: tuple[str, ...] = (),
    lend: DelegationForm | None = None,
    end: EndForm | None = None,
) -> dict[str, Any]:
    """Return what the page of an account shows; a form is one that came back refused, with the reasons."""
    on = clock.today()
    facts = queries.standing(account, helper=request.access, by=request.actor, on=on)
    may_give = request.access.scope(Permission.GRANTS).all_units
    shut = facts.state in (AccountState.CLOSED, AccountState.LEFT)
    is_self = account.pk == request.user.pk
    stretches = _stretches(account, on, may_end=may_give, may_lend=may_give and not shut, lend=lend, end=end)
    now = [one for of in stretches.values() for one in of if one.when == "now"]
    needed = any(ROLES[one.code].needs_second_factor for one in now)
    return {
        "account": account,
        "unit": _home(account),
        "facts": facts,
        "state": facts.state,
        "reasons": reasons,
        "is_self": is_self,
        "second_factor": _second_factor(account, has_one=facts.has_second_factor, needed=needed),
        "lacks_second_factor": needed and not facts.has_second_factor and not account.is_demo,
        "slip_is_old": bool(account.activation_through and account.activation_through < on),
        "may_give": may_give and not shut and not is_self,
        "gives_to_others": may_give and is_self,
        "offers": _offers(request, account, facts, may_give=may_give),
        **stretches,
    }


def role_page(
    request: Request, account: User, form: RoleForm | None = None, *, reasons: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what the page shows on which a role is given; the form is one that came back refused."""
    units = all_units(places(scope=request.scope))
    shown = form or RoleForm(units=units)
    return {
        "account": account,
        "form": shown,
        "units": units,
        "chosen": shown["unit"].value(),
        "reasons": reasons,
    }


def _offers(request: Request, account: User, facts: rules.Standing, *, may_give: bool) -> dict[str, tuple[str, ...]]:
    """Return the deeds that the reader's permissions name, each with why it may not happen now (nothing: it may)."""
    against = {"slip": rules.reasons_against_slip(account, facts, by=request.actor)}
    if request.access.may(Permission.ACCOUNTS_OPEN):
        closed = facts.state is AccountState.CLOSED
        rule = rules.reasons_against_reopening if closed else rules.reasons_against_closing
        against["reopen" if closed else "close"] = rule(account, facts, by=request.actor)
    if may_give and facts.has_second_factor:
        against["drop"] = rules.reasons_against_dropping_second_factor(account, facts, by=request.actor)
    return {deed: sentences(reasons) for deed, reasons in against.items()}


def own_page(
    request: Request,
    *,
    reasons: tuple[str, ...] = (),
    lend: DelegationForm | None = None,
    end: EndForm | None = None,
) -> dict[str, Any]:
    """Return what the page of one's own roles shows; a form is one that came back refused, with the reasons."""
    account = cast("User", request.user)  # whoever comes here has logged in
    shown = _stretches(account, clock.today(), may_end=False, may_lend=True, lend=lend, end=end)
    return {"account": account, "reasons": reasons, **shown}


def _stretches(
    account: User,
    on: datetime.date,
    *,
    may_end: bool,
    may_lend: bool,
    lend: DelegationForm | None,
    end: EndForm | None,
) -> dict[str, list[Stretch]]:
    grants, lent = list(queries.grants_of(account)), list(queries.delegations_of(account))
    rows = [*lent, *(row for grant in grants for row in grant.delegations.all())]
    names = queries.names_of([*(grant.granted_by for grant in grants), *(row.delegated_by for row in rows)])
    forms = _Forms(on, names, lend, end)
    return {
        "grants": [forms.grant(grant, may_end=may_end, may_lend=may_lend) for grant in grants],
        "delegations": [forms.delegation(row, may_end=may_end) for row in lent],
    }


@dataclass(frozen=True, slots=True)
class _Forms:
    """How grants and delegations are told on a day, with the form that came back in its place."""

    on: datetime.date
    names: Mapping[str, str]
    lend: DelegationForm | None
    end: EndForm | None

    def grant(self, grant: Grant, *, may_end: bool, may_lend: bool) -> Stretch:
        lasts = not (grant.ended_before and grant.ended_before <= self.on)
        kind = DelegationKind(grant.acting_as).label if grant.acting_as else ""
        return Stretch(
            row=grant,
            code=Role(grant.role),
            role=role_name(grant.role),
            unit=grant.unit.name if grant.unit else "",
            kind=kind,
            through=self._through(grant),
            when=self._when(grant),
            by=self._who(grant.granted_by),
            end=self._end(grant.public_id) if may_end and lasts else None,
            lend=self._lend(grant.public_id) if may_lend and lasts else None,
            lent=tuple(self.delegation(row, may_end=may_end or may_lend) for row in grant.delegations.all()),
        )

    def delegation(self, row: Delegation, *, may_end: bool) -> Stretch:
        when = self._when(row)
        return Stretch(
            row=row,
            code=Role(row.grant.role),
            role=role_name(row.grant.role),
            unit=row.grant.unit.name if row.grant.unit else "",
            kind=DelegationKind(row.kind).label,
            through=self._through(row),
            when=when,
            by=self._who(row.delegated_by),
            end=self._end(row.public_id) if may_end and when != "past" else None,
        )

    def _end(self, of: str) -> EndForm:
        return self.end if self.end and self.end.of == of else EndForm(of=of)

    def _lend(self, grant_id: str) -> DelegationForm:
        return self.lend if self.lend and self.lend.grant_id == grant_id else DelegationForm(grant_id=grant_id)

    def _who(self, actor: str) -> str:
        kind = actor.partition(":")[0]
        return self.names.get(actor) or (_("baris perintah") if kind == "command_line" else _("sistem"))

    def _when(self, row: Grant | Delegation) -> str:
        if row.ended_before and row.ended_before <= max(self.on, row.started_on):
            return "past"
        return "later" if row.started_on > self.on else "now"

    def _through(self, row: Grant | Delegation) -> datetime.date | None:
        return row.ended_before - datetime.timedelta(days=1) if row.ended_before else None


def opening_page(
    request: Request, *, reasons: tuple[str, ...] = (), outsider: OutsiderForm | None = None
) -> dict[str, Any]:
    """Return what the page shows on which accounts are opened; a form is one that came back refused."""
    within = places(scope=request.scope)
    unit = unit_of(request.GET.get("unit", ""), within)
    return {
        "reasons": reasons,
        "unit": unit,
        "unit_name": within.names.get(unit or 0, ""),
        "unit_groups": list(unit_groups(within, unit)),
        "counts": _counts(within, unit) if unit else None,
        "days": rules.SLIP_DAYS,
        "outsider": (outsider or OutsiderForm()) if request.scope.all_units else None,
    }


def _counts(within: Places, unit: int) -> dict[str, int]:
    on, scope = clock.today(), Scope.below(within.codes[unit])
    return {
        "new": queries.newcomers(scope=scope, on=on).count(),
        "waiting": queries.waiting(scope=scope, on=on).count(),
    }
