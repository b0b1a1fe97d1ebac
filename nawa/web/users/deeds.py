"""What is done to one account or one role, each by a form of its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nawa.accounts import actions, queries
from nawa.accounts.enums import DelegationKind
from nawa.accounts.models import Grant, User
from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.core.refusal import Reason, Refusal
from nawa.talent.queries.places import places
from nawa.web.kit.guards import Request, View, changes, entered, require, whole
from nawa.web.kit.refusals import UNPROCESSABLE, sentences
from nawa.web.users import pages
from nawa.web.users.choices import all_units
from nawa.web.users.forms import DelegationForm, EndForm, RoleForm
from nawa.web.users.printing import handed_out


@require(Permission.ACCOUNTS_RESET)
@changes
@require_POST
def slip(request: Request, account_id: str) -> HttpResponse:
    """Make a new slip, and hand it out."""
    account = _account(request, account_id)
    try:
        return handed_out(request, [actions.renew_slip(account=account, helper=request.access, by=request.actor)])
    except Refusal as refused:
        return _refused(request, account, refused)


def deed(permission: Permission, act: Callable[..., None]) -> View:
    """Return the view that does this to an account."""

    @require(permission)
    @changes
    @require_POST
    def doing(request: Request, account_id: str) -> HttpResponse:
        """Do it, or show why not."""
        account = _account(request, account_id)
        try:
            act(account=account, helper=request.access, by=request.actor)
        except Refusal as refused:
            return _refused(request, account, refused)
        return _done(request, account)

    return doing


close = deed(Permission.ACCOUNTS_OPEN, actions.close_account)
reopen = deed(Permission.ACCOUNTS_OPEN, actions.reopen_account)
drop_second_factor = deed(Permission.GRANTS, actions.drop_second_factor)


@require(Permission.GRANTS)
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def give_role(request: Request, account_id: str) -> HttpResponse:
    """Give a role, or show why not."""
    whole(request)
    account = _account(request, account_id)
    if request.method != "POST":
        return render(request, "users/role.html", pages.role_page(request, account))
    form = RoleForm(request.POST, units=all_units(places(scope=request.scope)))
    reasons: tuple[str, ...] = ()
    if form.is_valid():
        try:
            actions.give_role(account=account, by=request.actor, **form.given())
        except Refusal as refused:
            reasons = sentences(refused.reasons)
        else:
            return _done(request, account)
    return render(
        request, "users/role.html", pages.role_page(request, account, form, reasons=reasons), status=UNPROCESSABLE
    )


@require(Permission.GRANTS)
@changes
@require_POST
def end_role(request: Request, grant_id: str) -> HttpResponse:
    """Let a role end, or show why not."""
    whole(request)
    grant, form = _grant(request, grant_id), EndForm(request.POST, of=grant_id)
    if not form.is_valid():
        return _refused(request, grant.user, end=form)
    try:
        actions.end_role(grant=grant, by=request.actor, **form.cleaned_data)
    except Refusal as refused:
        return _refused(request, grant.user, refused, end=form)
    return _done(request, grant.user)


@entered
@changes
@require_POST
def delegate(request: Request, grant_id: str) -> HttpResponse:
    """Lend a role, one's own or (for whoever gives roles) anybody's, or show why not."""
    grant, form = _grant(request, grant_id), DelegationForm(request.POST, grant_id=grant_id)
    if not form.is_valid():
        return _refused(request, grant.user, lend=form)
    try:
        to, kind = _receiver(form.cleaned_data["to"]), DelegationKind(form.cleaned_data["kind"])
        actions.delegate(grant=grant, to=to, kind=kind, term=form.term(), by=request.actor)
    except Refusal as refused:
        return _refused(request, grant.user, refused, lend=form)
    return _done(request, grant.user)


@entered
@changes
@require_POST
def end_delegation(request: Request, delegation_id: str) -> HttpResponse:
    """Let a delegation end: the lender does, or whoever gives roles."""
    row = queries.delegation_by_id(delegation_id)
    owner = _grant(request, row.grant.public_id).user if row else None
    if row is None or owner is None:
        raise Http404(delegation_id)
    form = EndForm(request.POST, of=delegation_id)
    if not form.is_valid():
        return _refused(request, owner, end=form)
    try:
        actions.end_delegation(delegation=row, by=request.actor, **form.cleaned_data)
    except Refusal as refused:
        return _refused(request, owner, refused, end=form)
    return _done(request, owner)


def _account(request: Request, account_id: str) -> User:
    found = queries.accounts(scope=request.scope, on=clock.today()).filter(public_id=account_id).first()
    if found is None:
        raise Http404(account_id)
    return found


def _grant(request: Request, grant_id: str) -> Grant:
    """Return a grant that is the reader's own, or anybody's for whoever gives roles everywhere."""
    found = queries.grant_by_id(grant_id)
    if found and (found.user_id == request.user.pk or request.access.scope(Permission.GRANTS).all_units):
        return found
    raise Http404(grant_id)


def _receiver(login: str) -> User:
    found = queries.account_by_login(login)
    if found is None:
        raise Refusal([Reason("delegation.nobody")])
    return found


def _refused(request: Request, account: User, refused: Refusal | None = None, **forms: Any) -> HttpResponse:
    """Show the page again with what was typed and the reasons: one's own, or the account's for its administrator."""
    reasons = sentences(refused.reasons) if refused else ()
    if not request.access.scope(Permission.GRANTS).all_units and account.pk == request.user.pk and forms:
        shown = pages.own_page(request, reasons=reasons, **forms)
        return render(request, "users/own.html", shown, status=UNPROCESSABLE)
    shown = pages.account_page(request, account, reasons=reasons, **forms)
    return render(request, "users/account.html", shown, status=UNPROCESSABLE)


def _done(request: Request, account: User) -> HttpResponse:
    messages.success(request, _("Tersimpan."))
    if request.access.may(Permission.ACCOUNTS_RESET) and account.pk != request.user.pk:
        return redirect("user", account.public_id)
    return redirect("own_roles")
