"""Activation by the code of a slip, log-in to the demo city, and the switch of language."""

from allauth.account.utils import perform_login
from allauth.account.views import password_change
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from nawa.accounts.actions import choose_language, note_entrance
from nawa.accounts.queries import demo_accounts
from nawa.audit.enums import Event
from nawa.web.access.forms import ActivationForm
from nawa.web.kit.entrance import note_entry
from nawa.web.kit.guards import Request, changes, entered, public
from nawa.web.kit.languages import SESSION_KEY
from nawa.web.kit.refusals import UNPROCESSABLE


@public
@changes
@require_POST
def language(request: Request) -> HttpResponse:
    """Speak another language from now on, in this session and (for an account) in the next."""
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        request.session[SESSION_KEY] = chosen
        if request.user.is_authenticated:
            choose_language(user=request.user, language=chosen)
    return HttpResponseRedirect(_back(request))


@public
@changes
@require_POST
def demo_log_in(request: Request) -> HttpResponse:
    """Enter the demo city as one of its roles, without a password; not there outside demo mode."""
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(demo_accounts(), public_id=request.POST.get("account", ""))
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    note_entry(request)
    note_entrance(Event.ENTERED, user=user)
    return HttpResponseRedirect(_back(request))


@entered
@changes
def change_password(request: Request) -> HttpResponseBase:
    """Let somebody change their password; demo accounts have none."""
    if request.access.is_demo:
        raise Http404
    return password_change(request)


@public
@changes
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def activation(request: Request) -> HttpResponse:
    """Let somebody choose a password with the code of their slip, and enter; a second factor is asked for as ever."""
    form = ActivationForm(request.POST or None, request=request)
    if form.is_valid() and (account := form.activated()):
        response: HttpResponse = perform_login(request, account)
        return response
    return render(request, "access/activation.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200)


def _back(request: Request) -> str:
    address = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if inside else resolve_url("home")
