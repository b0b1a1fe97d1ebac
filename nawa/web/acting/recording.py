"""Recording a letter: who in which post, what the letter says, what is found wrong, and only then the deed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.http import Http404

from nawa.core import clock
from nawa.core.dates import months_after
from nawa.core.refusal import Reason
from nawa.policy.loading import Policy
from nawa.registry import actions
from nawa.registry.models import ActingAssignment, Person, Position
from nawa.registry.queries import Examined, duty_by_id, examined
from nawa.registry.rules.acting import Law, duty_by_letter, law_of
from nawa.rulebook.queries import own_policy
from nawa.web.acting.findings import Finding, bases_of, findings_in_words
from nawa.web.acting.forms import EndForm, LetterForm
from nawa.web.kit.guards import Request
from nawa.web.kit.origins import origin_of
from nawa.web.kit.people import full_name
from nawa.web.kit.picking import PERSON, POST, chosen_person, chosen_post, person_pick, post_pick, with_choice
from nawa.web.kit.refusals import UNPROCESSABLE, sentences

_DAY: Final = datetime.timedelta(days=1)


@dataclass
class Recording:
    """What has been chosen and typed so far; each thing is asked for once."""

    request: Request

    @cached_property
    def person(self) -> Person | None:
        """Who is to act."""
        return chosen_person(self.request)

    @cached_property
    def post(self) -> Position | None:
        """In which post."""
        return chosen_post(self.request)

    @cached_property
    def extended(self) -> ActingAssignment | None:
        """The duty that the new letter extends, if the address names one that has a last day."""
        asked = self.request.GET.get("lanjut", "")
        found = duty_by_id(int(asked), scope=self.request.scope) if asked.isascii() and asked.isdigit() else None
        return found if found and found.ended_through else None

    @cached_property
    def policy(self) -> Policy:
        """By whose rules the duty is examined."""
        return own_policy(on=clock.today())

    @cached_property
    def law(self) -> Law:
        """What they say of acting duties."""
        return law_of(self.policy)

    @cached_property
    def form(self) -> LetterForm:
        """What the letter says: as sent, or with what can be expected of it."""
        sent = self.request.POST if self.is_sent else None
        before = self.extended
        start = before.ended_through + _DAY if before and before.ended_through else clock.today()
        expected = {"kind": before.kind if before else "PLT", "started_on": start}
        return LetterForm(sent, initial={**expected, "ended_through": months_after(start, self.law.months) - _DAY})

    @property
    def is_sent(self) -> bool:
        """Whether a letter was typed, and not only looked for somebody."""
        return "number" in self.request.POST and self.person is not None and self.post is not None

    @cached_property
    def found(self) -> Examined | None:
        """The duty that the letter would give, with what is wrong with it."""
        if self.person is None or self.post is None or not (self.is_sent and self.form.is_valid()):
            return None
        duty = duty_by_letter(self.person, self.post, self.form.cleaned_data["kind"], self.form.letter())
        return examined([duty], retiring=None, law=self.law, on=clock.today())[0]

    @property
    def is_confirmed(self) -> bool:
        """Whether the letter is to be recorded now, what is wrong with it having been seen."""
        return self.is_sent and "seen" in self.request.POST and self.form.is_valid()

    @property
    def status(self) -> int:
        """The answer's status: 422 where something typed is not what it should be."""
        return UNPROCESSABLE if self.is_sent and not self.form.is_valid() else 200

    def record(self) -> None:
        """Record it.

        Raises:
            Refusal: as `actions.record_duty`.
        """
        if self.person and self.post:
            actions.record_duty(
                person=self.person,
                position=self.post,
                kind=self.form.cleaned_data["kind"],
                letter=self.form.letter(),
                seen=frozenset(self.request.POST["seen"].split()),
                law=self.law,
                by=self.request.actor,
            )

    def page(self, reasons: Iterable[Reason] = ()) -> dict[str, Any]:
        """Return what the page shows; `reasons` are why it was refused."""
        found = self.found
        return {
            "person": self.person,
            "person_name": full_name(self.person) if self.person else "",
            "post": self.post,
            "extended": self.extended,
            "person_pick": None if self.person else person_pick(self.request),
            "post_pick": None if self.post else post_pick(self.request),
            "other_person": with_choice(self.request, PERSON, ""),
            "other_post": with_choice(self.request, POST, ""),
            "form": self.form if self.person and self.post else None,
            "found": found,
            "findings": self._findings(found),
            "seen": " ".join(sorted(reason.code for reason in found.findings)) if found else "",
            "reasons": sentences(reasons),
        }

    def _findings(self, found: Examined | None) -> tuple[Finding, ...]:
        return findings_in_words(found.reasons, bases_of(self.policy)) if found else ()


def duty_of(request: Request, duty_id: int) -> ActingAssignment:
    """Return a duty in a post in scope.

    Raises:
        Http404: it does not exist, or its post lies outside.
    """
    found = duty_by_id(duty_id, scope=request.scope)
    if found is None:
        raise Http404(duty_id)
    return found


def duty_page(duty: ActingAssignment, form: EndForm | None = None, reasons: Iterable[Reason] = ()) -> dict[str, Any]:
    """Return what the page of a duty shows; a form is one that came back refused, with the reasons."""
    on = clock.today()
    policy = own_policy(on=on)
    (found,) = examined([duty], retiring=None, law=law_of(policy), on=on)
    fresh = EndForm(initial={"seen": duty.ended_through})
    return {
        "duty": duty,
        "name": full_name(duty.person),
        "found": found,
        "origin": origin_of(duty),
        "findings": findings_in_words(found.reasons, bases_of(policy)),
        "form": form if form and not form.is_valid() else fresh,
        "has_ended": duty.ended_through is not None and duty.ended_through < on,
        "reasons": sentences(reasons),
    }
