"""Recording a movement: who, to which post, by which decree; everything that it would change is shown first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from nawa.accounts import actions
from nawa.accounts.models import Delegation, Grant
from nawa.accounts.queries import AccessMoved, access_moved, beyond
from nawa.accounts.roles import ROLES, Role
from nawa.accounts.rules import reasons_against_ending_with_movement
from nawa.core import clock
from nawa.core.refusal import Reason
from nawa.core.scope import Scope
from nawa.registry.enums import APPOINTMENTS, MoveState
from nawa.registry.models import Person, Position
from nawa.registry.queries import movement, planned_moves, waiting_moves
from nawa.registry.rules.acting import seats_of
from nawa.registry.rules.moves import (
    Movement,
    reasons_against_moving,
    reasons_against_planning,
    standing,
    unlike_kind,
)
from nawa.rulebook.queries import stewardship
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.people import full_name
from nawa.web.kit.picking import PERSON, POST, chosen_person, chosen_post, person_pick, post_pick, with_choice
from nawa.web.kit.refusals import UNPROCESSABLE, sentences
from nawa.web.people.forms import DecreeForm

PURPOSES: Final = ("pengangkatan", "pembebasan", "berhenti")
"""What may be recorded, as addresses name it."""


@dataclass
class Moving:
    """What has been chosen and typed so far; each thing is asked for once."""

    request: Request

    @cached_property
    def purpose(self) -> str:
        """What is to be recorded: an appointment unless the address says otherwise."""
        asked = self.request.GET.get("hal", "")
        return asked if asked in PURPOSES else PURPOSES[0]

    @cached_property
    def person(self) -> Person | None:
        """Who moves."""
        return chosen_person(self.request)

    @cached_property
    def post(self) -> Position | None:
        """To which post; none where nobody is appointed."""
        return chosen_post(self.request) if self.purpose == PURPOSES[0] else None

    @property
    def is_chosen(self) -> bool:
        """Whether everybody and everything needed has been chosen."""
        return self.person is not None and (self.post is not None or self.purpose != PURPOSES[0])

    @property
    def is_sent(self) -> bool:
        """Whether a decree was typed, and not only looked for somebody."""
        return self.is_chosen and "number" in self.request.POST

    @cached_property
    def form(self) -> DecreeForm:
        """What the decree says."""
        return DecreeForm(self.request.POST if self.is_sent else None, purpose=self.purpose)

    @cached_property
    def movement(self) -> Movement | None:
        """Everything in the registry that the decree would change."""
        if self.person is None or not (self.is_sent and self.form.is_valid()):
            return None
        return movement(person=self.person, to=self.post, decree=self.form.decree())

    @property
    def is_confirmed(self) -> bool:
        """Whether it is to be recorded now, what it changes having been seen."""
        return self.movement is not None and "seen" in self.request.POST

    @cached_property
    def against(self) -> tuple[Reason, ...]:
        """Why the decree may not be recorded, before somebody confirms it."""
        if self.movement is None:
            return ()
        seen = standing(self.movement.person)
        if self.is_ahead:
            return tuple(reasons_against_planning(self.movement, seen=seen, planned=self.planned))
        against = reasons_against_moving(self.movement, seen=seen, today=clock.today())
        return (*against, *self._against_ending_roles())

    @cached_property
    def access_moved(self) -> AccessMoved:
        """Which roles end and stay."""
        return access_moved(self.movement, on=clock.today()) if self.movement else AccessMoved()

    def _against_ending_roles(self) -> list[Reason]:
        """Tell whether roles would end that reach further than the reader's own."""
        touched, today = self.access_moved, clock.today()
        exceeds = beyond([*touched.ending, *touched.lent], self.request.actor, on=today)
        return reasons_against_ending_with_movement(exceeds=exceeds)

    @property
    def is_ahead(self) -> bool:
        """Whether the day of the decree has not come: it is recorded as a plan."""
        return self.movement is not None and self.movement.decree.since > clock.today()

    @cached_property
    def planned(self) -> frozenset[datetime.date]:
        """The days of the person's movements that wait."""
        rows = planned_moves(scope=Scope.everything()).filter(person=self.person, state=MoveState.WAITING)
        return frozenset(rows.values_list("since", flat=True))

    @property
    def status(self) -> int:
        """The answer's status: 422 where the decree is not what it should be."""
        return UNPROCESSABLE if self.is_sent and (not self.form.is_valid() or self.against) else 200

    def record(self) -> None:
        """Record it, or that it is to come.

        Raises:
            Refusal: as `actions.move_person` or `actions.plan_move`.
        """
        if self.movement and self.person:
            decree, seen = self.movement.decree, self.request.POST["seen"]
            deed = actions.plan_move if self.is_ahead else actions.move_person
            deed(person=self.person, to=self.post, decree=decree, seen=seen, by=self.request.actor)

    @property
    def done(self) -> str:
        """What is said once it is recorded."""
        ahead = _("Perpindahan direncanakan; dilaksanakan sendiri pada TMT-nya.")
        return ahead if self.is_ahead else _("Perpindahan tercatat.")

    @property
    def next(self) -> str:
        """The page that shows what was recorded."""
        if self.is_ahead:
            return reverse("planned_moves")
        return reverse("post", args=[self.post.pk]) if self.post else reverse("directory")

    def page(self, reasons: Iterable[Reason] = ()) -> dict[str, Any]:
        """Return what the page shows; `reasons` are why it was refused."""
        shown = self.movement if self.movement and not self.against and not reasons else None
        return {
            "purpose": self.purpose,
            "purposes": [(code, with_choice(self.request, "hal", code)) for code in PURPOSES],
            "person": self.person,
            "person_name": full_name(self.person) if self.person else "",
            "post": self.post,
            "needs_post": self.purpose == PURPOSES[0],
            "person_pick": None if self.person else person_pick(self.request),
            "post_pick": None if self.post or self.purpose != PURPOSES[0] else post_pick(self.request),
            "other_person": with_choice(self.request, PERSON, ""),
            "other_post": with_choice(self.request, POST, ""),
            "form": self.form if self.is_chosen else None,
            "moved": shown,
            "is_ahead": self.is_ahead,
            "is_full": shown is not None and shown.to is not None and shown.held >= seats_of(shown.to),
            "waiting": waiting_moves(scope=self.request.scope)[0],
            "seen": standing(self.person) if self.person else "",
            "warnings": self._warnings(shown),
            "access": _told(self.access_moved) if shown else None,
            "duties": [(full_name(duty.person), duty, shown.last_day_of(duty)) for duty in shown.ending]
            if shown
            else [],
            "reasons": sentences(reasons or self.against),
        }

    def _warnings(self, moved: Movement | None) -> tuple[str, ...]:
        """What may be so and should be looked at; what is planned waits on its day while such roles last."""
        if moved is None:
            return ()
        later = self._against_ending_roles() if self.is_ahead else []
        if moved.decree.kind not in APPOINTMENTS:
            return sentences(later)
        return sentences([*later, *unlike_kind(moved, stewardship(on=clock.today()).equivalent_tiers)])


def _told(access: AccessMoved) -> dict[str, list[tuple[str, str, str]]]:
    """Return the roles that end and stay, each as who has it, what it is called, and over which unit."""
    return {
        "ending": [_role(grant, grant.user.full_name) for grant in access.ending],
        "lent": [_role(row, row.to.full_name) for row in access.lent],
        "staying": [_role(grant, grant.user.full_name) for grant in access.staying],
    }


def _role(row: Grant | Delegation, whose: str) -> tuple[str, str, str]:
    grant = row.grant if isinstance(row, Delegation) else row
    form = ROLES[Role(grant.role)]
    return whose, form.english if spoken() == "en" else form.indonesian, grant.unit.name if grant.unit else ""
