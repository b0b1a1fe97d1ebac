"""Pengguna: the list of accounts, an account, opening accounts, and one's own roles."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nawa.accounts import actions, queries
from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.core.refusal import Refusal
from nawa.core.scope import Scope
from nawa.talent.queries.places import places
from nawa.web.kit.guards import Request, changes, entered, reads, require
from nawa.web.kit.refusals import UNPROCESSABLE, sentences
from nawa.web.users import pages
from nawa.web.users.choices import unit_of
from nawa.web.users.forms import OutsiderForm
from nawa.web.users.printing import handed_out


@require(Permission.ACCOUNTS_RESET)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is searched for is sent, and stands in no address
def index(request: Request) -> HttpResponse:
    """Show the accounts of the reader's units."""
    return render(request, "users/index.html", pages.index_page(request))


@require(Permission.ACCOUNTS_RESET)
@reads
@require_safe
def account(request: Request, account_id: str) -> HttpResponse:
    """Show an account: its state, its roles past and present, and what may be done."""
    found = queries.accounts(scope=request.scope, on=clock.today()).filter(public_id=account_id).first()
    if found is None:
        raise Http404(account_id)
    return render(request, "users/account.html", pages.account_page(request, found))


@require(Permission.ACCOUNTS_OPEN)
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: Request) -> HttpResponse:
    """Show how many of a unit have no account; open theirs, and hand out the slips."""
    within = places(scope=request.scope)
    unit = unit_of(request.GET.get("unit", ""), within)
    if request.method != "POST" or unit is None:
        return render(request, "users/opening.html", pages.opening_page(request))
    scope, renew = Scope.below(within.codes[unit]), "renew" in request.POST
    try:
        return handed_out(request, actions.open_accounts(scope=scope, renew=renew, by=request.actor), unit=unit)
    except Refusal as refused:
        shown = pages.opening_page(request, reasons=sentences(refused.reasons))
        return render(request, "users/opening.html", shown, status=UNPROCESSABLE)


@require(Permission.ACCOUNTS_OPEN)
@changes
@require_POST
def outsider(request: Request) -> HttpResponse:
    """Open an account for somebody without NIP, and hand out the slip."""
    if not request.scope.all_units:
        raise PermissionDenied("whole")
    form = OutsiderForm(request.POST)
    reasons: tuple[str, ...] = ()
    if form.is_valid():
        try:
            return handed_out(request, [actions.open_outsider(**form.cleaned_data, by=request.actor)])
        except Refusal as refused:
            reasons = sentences(refused.reasons)
    shown = pages.opening_page(request, reasons=reasons, outsider=form)
    return render(request, "users/opening.html", shown, status=UNPROCESSABLE)


@entered
@reads
@require_safe
def own_roles(request: Request) -> HttpResponse:
    """Show somebody their own roles, and let them lend what is theirs."""
    return render(request, "users/own.html", pages.own_page(request))
