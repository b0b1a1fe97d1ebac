"""Whether a run's data are complete enough to be published, and who may let it be published all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nawa.accounts.queries import names_of
from nawa.talent.enums import RELEASING, Stage
from nawa.talent.models import MappingRun, Release, RunStage
from nawa.talent.queries.gates import release_of
from nawa.talent.rules import Gate, current, reasons_against_releasing
from nawa.web.cycles.forms import ReleaseForm
from nawa.web.kit.actors import who
from nawa.web.kit.guards import Request
from nawa.web.kit.numbers import written


@dataclass(frozen=True, slots=True)
class Shown:
    """The gate as a page shows it. `is_due`: the run can still be published. `form` is None where the reader may not
    open the gate; `against` says why, if it could be their turn."""

    completeness: str
    least: int
    is_complete: bool
    is_due: bool
    release: Release | None
    released_by: str
    form: ReleaseForm | None
    against: list[Any]


def may_release(request: Request) -> bool:
    """Tell whether the reader may let runs be published although their data are not complete enough."""
    return any(request.access.scope(permission).all_units for permission in RELEASING)


def shown(request: Request, run: MappingRun, way: list[RunStage], gate: Gate, form: ReleaseForm | None) -> Shown:
    """Return the gate of a run (two queries); `form` is one that came back refused."""
    release = release_of(run) if gate.is_released else None
    against = reasons_against_releasing(run, way, gate, by=str(request.actor))
    is_due = current(way) not in (Stage.PUBLISHED, Stage.WITHDRAWN)
    mine = may_release(request) and is_due and not gate.is_open
    return Shown(
        completeness=written(gate.told["completeness"], 1),
        least=gate.least,
        is_complete=gate.is_complete,
        is_due=is_due,
        release=release,
        released_by=who(release.released_by, names_of([release.released_by])) if release else "",
        form=(form or ReleaseForm()) if mine and not against else None,
        against=against if mine else [],
    )
