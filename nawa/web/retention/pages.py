"""What these pages show: kinds of records past their date, requests, and what an erasure would take."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import names_of
from nawa.core import clock
from nawa.core.refusal import Reason
from nawa.exchange.actions.erasures import is_tied
from nawa.exchange.enums import ErasureState
from nawa.exchange.frames.erasing import affected, due, rows_of_person
from nawa.exchange.models import Erasure
from nawa.exchange.queries import erasures as queries
from nawa.exchange.rules import erasures as rules
from nawa.policy.sentences import label
from nawa.registry.enums import ERASED_NAME
from nawa.web.kit.actors import who
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.paging import page_of
from nawa.web.kit.refusals import sentences
from nawa.web.retention.forms import AskForm


def word() -> str:
    """Return the word that is typed before what cannot be undone."""
    return _("HAPUS")


def index_page(request: Request, reasons: Iterable[Reason] = ()) -> dict[str, Any]:
    """Return what the first page shows."""
    page = page_of(queries.erasures(scope=request.scope), request.GET.get("halaman"))
    names = names_of({actor for one in page for actor in (one.asked_by, one.decided_by) if actor})
    found = due(on=clock.today(), scope=request.scope)
    return {
        "due": found,
        "is_due": any(one.people for one in found),
        "page": page,
        "lines": [
            {
                "one": one,
                "by": who(one.asked_by, names),
                "decided_by": who(one.decided_by, names) if one.decided_by else "",
                "kinds": ", ".join(label("retained", kind, spoken()) for kind in one.kinds),
            }
            for one in page
        ],
        "may_erase": request.access.may(Permission.RECORDS_ERASE),
        "may_ask": request.access.may(Permission.RECORDS_CHANGE),
        "refused": sentences(reasons),
    }


def preview_page(request: Request, kinds: Collection[str], reasons: Iterable[Reason] = ()) -> dict[str, Any]:
    """Return whose records of these kinds would go."""
    found = affected(kinds, on=clock.today(), scope=request.scope)
    against = rules.reasons_against_erasing(kinds, len(found), queries.open_uploads())
    return {
        "due": found,
        "kinds": kinds,
        "people": len({person for one in found for person in one.rows}),
        "rows": sum(one.total for one in found),
        "word": word(),
        "refused": sentences(reasons or against),
        "may_confirm": not against,
    }


def ask_page(form: AskForm | None = None, reasons: Iterable[Reason] = ()) -> dict[str, Any]:
    """Return what the page of a request shows; `form` is one that came back."""
    return {"form": form or AskForm(), "refused": sentences(reasons)}


def erasure_page(request: Request, erasure: Erasure, reasons: Iterable[Reason] = ()) -> dict[str, Any]:
    """Return what is asked for, and what would go with it."""
    waits = erasure.state == ErasureState.ASKED
    may_erase = waits and request.access.may(Permission.RECORDS_ERASE)
    against = rules.reasons_against_deciding_erasure(erasure, is_tied=is_tied(erasure, request.actor))
    against = [*against, *rules.reasons_against_uploads(queries.open_uploads())] if waits else []
    names = names_of({one for one in (erasure.asked_by, erasure.decided_by) if one})
    knows = request.access.may(Permission.RECORDS_ERASE) or request.access.may(Permission.RECORDS_CHANGE)
    counted = rows_of_person(erasure.person) if erasure.person and waits else {}
    return {
        "one": erasure,
        "person": erasure.person if knows and erasure.person and erasure.person.name != ERASED_NAME else None,
        "rows": [(label("retained", kind, spoken()), number) for kind, number in counted.items()],
        "by": who(erasure.asked_by, names),
        "decided_by": who(erasure.decided_by, names) if erasure.decided_by else "",
        "knows": knows,
        "word": word(),
        "refused": sentences(reasons or (against if may_erase else ())),
        "may_confirm": may_erase and not against,
        "may_decline": may_erase,
        "may_withdraw": not rules.reasons_against_withdrawing_erasure(erasure, str(request.actor)),
    }
