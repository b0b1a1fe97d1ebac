"""Which run a page shows: the one named in the address, or the newest that the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import Http404

from nawa.accounts.permissions import Permission
from nawa.talent.enums import Stage
from nawa.talent.models import MappingRun
from nawa.talent.queries import latest_visible, run_by_id
from nawa.web.kit.guards import Request

PARAMETER: Final = "periode"


@dataclass(frozen=True, slots=True)
class Period:
    """A run as the period of a page; `is_newest` is false for an older one, which the top bar then says."""

    run: MappingRun
    is_newest: bool

    @property
    def query(self) -> str:
        """What keeps the period in the address of another page; empty for the newest."""
        return "" if self.is_newest else f"{PARAMETER}={self.run.public_id}"

    @property
    def stage(self) -> Stage:
        """How far the run is on its way to publication."""
        return Stage(self.run.current_stage)

    @property
    def is_published(self) -> bool:
        """Whether the run is published: an earlier stage is always said beside its numbers."""
        return self.stage is Stage.PUBLISHED


def period_of(request: Request, *, unpublished: bool | None = None) -> Period | None:
    """Return the period that the address asks for, the newest without asking, None where there is no map yet.

    `unpublished` follows the reader's permission unless given: of themselves nobody sees more than any employee.

    Raises:
        Http404: the run does not exist, or is not for this reader's eyes yet.
    """
    unpublished = request.access.may(Permission.UNPUBLISHED) if unpublished is None else unpublished
    newest = latest_visible(unpublished=unpublished)
    asked = request.GET.get(PARAMETER, "")
    if not asked or (newest and newest.public_id == asked):
        return Period(newest, is_newest=True) if newest else None
    run = run_by_id(asked, unpublished=unpublished)
    if run is None:
        raise Http404(PARAMETER)
    return Period(run, is_newest=False)
