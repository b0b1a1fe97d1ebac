"""What these pages show: steps, moves with what they ask for and will do, checks, history."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import names_of
from nawa.accounts.roles import ROLES
from nawa.core import clock
from nawa.core.models import RunState
from nawa.engine.parameters import Status
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.talent import queries
from nawa.talent.enums import WAY, Stage
from nawa.talent.models import Cycle, MappingRun, RunStage
from nawa.talent.queries import Comparison
from nawa.talent.queries.gates import gate_of
from nawa.talent.queries.places import places
from nawa.talent.rules import Gate, current, moves_from, reasons_against_move
from nawa.web.cycles import gate as gates
from nawa.web.cycles.forms import MoveForm, OpenForm, ReleaseForm, StartForm, move_form
from nawa.web.kit.actors import who
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.paging import page_of
from nawa.web.kit.refusals import sentences

ADDRESS: Final[Mapping[Stage, str]] = {
    Stage.CHECKED: "run_check",
    Stage.CONTEST: "run_contest",
    Stage.VALIDATED: "run_validate",
    Stage.DETERMINED: "run_determine",
    Stage.PUBLISHED: "run_publish",
    Stage.WITHDRAWN: "run_withdraw",
}
_BUTTON: Final[Mapping[Stage, str | Promise]] = {
    Stage.CHECKED: gettext_lazy("Nyatakan sudah diperiksa"),
    Stage.CONTEST: gettext_lazy("Buka masa sanggah"),
    Stage.VALIDATED: gettext_lazy("Catat validasi komite"),
    Stage.DETERMINED: gettext_lazy("Catat penetapan"),
    Stage.PUBLISHED: gettext_lazy("Terbitkan peta"),
    Stage.WITHDRAWN: gettext_lazy("Tarik pemetaan"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the way: reached, here, or still to come; a withdrawn run ends at its last stage."""

    stage: Stage
    reached: RunStage | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A move: its form where the reader may make it now, else why not, or whose turn it is."""

    to: Stage
    address: str
    button: str | Promise
    effect: str
    form: MoveForm | None
    reasons: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    reached: RunStage
    by: str


def steps(way: Iterable[RunStage]) -> list[Step]:
    """Return the stages on the way, each with when it was reached."""
    reached = {row.stage: row for row in way}
    last = max((place for place, stage in enumerate(WAY) if stage in reached), default=-1)
    return [Step(stage, reached.get(stage), place == last) for place, stage in enumerate(WAY)]


def index_page(request: Request, form: OpenForm | None = None) -> dict[str, Any]:
    """Return what the page of cycles shows; `form` is one that came back refused."""
    shown = page_of(queries.cycles(), request.GET.get("hal"))
    taken = {cycle.month_on for cycle in shown}
    may_open = request.access.scope(Permission.RUN_START).all_units
    return {
        "cycles": shown,
        "rows": [(cycle, [_row(run) for run in cycle.runs.all()]) for cycle in shown],
        "form": (form or OpenForm(today=clock.today(), taken=taken)) if may_open else None,
    }


def cycle_page(
    request: Request, cycle: Cycle, form: StartForm | None = None, reasons: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what the page of a cycle shows; `form` is one that came back refused, with the reasons."""
    runs = list(cycle.runs.all())
    newest = runs[0] if runs else None
    wanted = {
        "on": min(cycle.month_on, clock.today()),
        "policy": newest.policy_id.partition("+")[0] if newest else None,
    }
    may_start = request.access.scope(Permission.RUN_START).all_units
    return {
        "cycle": cycle,
        "rows": [_row(run) for run in runs],
        "underway": next((run for run in runs if run.is_open), None),
        "form": (form or StartForm(initial=wanted)) if may_start else None,
        "refused": reasons,
    }


def _row(run: MappingRun) -> dict[str, Any]:
    return {"run": run, "steps": steps(run.stages.all()), "withdrawn": run.current_stage == Stage.WITHDRAWN}


def run_page(
    request: Request, run: MappingRun, form: MoveForm | ReleaseForm | None = None, reasons: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what the page of a run shows; `form` is one that came back refused, with the reasons."""
    way = queries.way(run)
    gate = gate_of(run) if run.state == RunState.SUCCEEDED else None
    release = gates.shown(request, run, way, gate, form if isinstance(form, ReleaseForm) else None) if gate else None
    sent = form if isinstance(form, MoveForm) else None
    names = names_of([run.started_by, run.cancel_asked_by, *(row.reached_by for row in way)])
    return {
        "run": run,
        "steps": steps(way),
        "withdrawn": way[-1] if current(way) is Stage.WITHDRAWN else None,
        "refused": reasons,
        "gate": release,
        "gate_against": sentences(release.against) if release else (),
        "offers": [_offer(request, run, way, to, gate, sent) for to, _move in moves_from(current(way))],
        "history": [Line(row, who(row.reached_by, names)) for row in way],
        "started_by": who(run.started_by, names),
        "usual": queries.usual_duration() if run.is_open else None,
        "checks": checks(request, run) if run.state == RunState.SUCCEEDED else None,
        "may_hand_over": current(way) is Stage.PUBLISHED and request.access.scope(Permission.MAP_PEOPLE).all_units,
        "may_cancel": request.access.scope(Permission.RUN_START).all_units and not run.cancel_asked_at,
    }


def _offer(
    request: Request, run: MappingRun, way: list[RunStage], to: Stage, gate: Gate | None, sent: MoveForm | None
) -> Offer:
    stage = Stage(way[-1].stage)
    move = dict(moves_from(stage))[to]
    mine = request.access.scope(move.permission).all_units
    by, on = str(request.actor), clock.today()
    against = reasons_against_move(run, way, to, by=by, on=on, gate=gate) if mine else []
    form = sent if sent and sent.to is to else move_form(stage, to)(to=to, initial={"expected": stage})
    return Offer(
        to=to,
        address=ADDRESS[to],
        button=_BUTTON[to],
        effect=_effect(run, to),
        form=form if mine and not against else None,
        reasons=sentences(against),
        roles=() if mine else tuple(_roles_with(move.permission)),
    )


def _roles_with(permission: Permission) -> Iterable[str]:
    name = "english" if spoken() == "en" else "indonesian"
    return [getattr(form, name) for form in ROLES.values() if permission in form.permissions]


def _effect(run: MappingRun, to: Stage) -> str:
    """Say what a move will do, and to how many."""
    through = clock.today() + datetime.timedelta(days=run.cycle.contest_days)
    told = {
        "people": wording.number(Decimal(run.people), spoken()),
        "days": run.cycle.contest_days,
        "through": wording.day(through, spoken()),
    }
    return {
        Stage.CHECKED: _("Hitungan dinyatakan sudah diperiksa. Belum ada pegawai yang melihat hasilnya."),
        Stage.CONTEST: _(
            "Mulai hari ini %(people)s pegawai dapat melihat hasilnya sendiri, dan pimpinan unit hasil unitnya. "
            "Masa sanggah %(days)s hari, sampai dengan %(through)s."
        ),
        Stage.VALIDATED: _("Putusan komite atas hasil %(people)s pegawai dicatat, dengan berita acaranya."),
        Stage.DETERMINED: _("Penetapan hasil %(people)s pegawai dicatat, dengan keputusannya."),
        Stage.PUBLISHED: _(
            "Peta ini menjadi peta resmi bagi %(people)s pegawai. Penerbitan tidak dapat dibatalkan; kekeliruan "
            "diperbaiki dengan pemetaan baru."
        ),
        Stage.WITHDRAWN: _(
            "Pemetaan ini tidak diteruskan, dan %(people)s pegawai tidak melihat hasilnya (lagi). Hitungannya tetap "
            "tersimpan; penarikan tidak dapat dibatalkan."
        ),
    }[to] % told


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many now, and in the run published before, if there was one."""

    label: str
    now: int
    before: int | None

    @property
    def change(self) -> str:
        """How many more or fewer, with its sign; empty where there is nothing to compare with."""
        if self.before is None:
            return ""
        more = self.now - self.before
        return f"{'+' if more > 0 else '−' if more else ''}{wording.number(Decimal(abs(more)), spoken())}"


def checks(request: Request, run: MappingRun) -> dict[str, Any]:
    """Return counts by status and by box beside those of the run published before, and who moved how."""
    within = places(scope=request.access.scope(Permission.MAP_PEOPLE))
    found = queries.comparison(run, queries.published_before(run), within=within)
    moves = sorted(found.moves.items(), key=lambda item: (-item[1], str(item[0])))
    return {
        "found": found,
        "tables": [
            (_("Status"), [_by_status(found, status) for status in Status]),
            (_("Kotak"), [_by_box(found, box) for box in (*range(9, 0, -1), None)]),
        ],
        "moves": [(_box(start), _box(end), people) for (start, end), people in moves[:8]],
        "more": sum(people for _move, people in moves[8:]),
    }


def _by_status(found: Comparison, status: Status) -> CountLine:
    from_status = label("statuses", status, spoken())
    now, before = (sum(n for (s, _b), n in counts.items() if s == status) for counts in (found.now, found.before))
    return CountLine(from_status, now, before if found.base else None)


def _by_box(found: Comparison, box: int | None) -> CountLine:
    now, before = (sum(n for (_s, b), n in counts.items() if b == box) for counts in (found.now, found.before))
    return CountLine(str(box) if box else _box(box), now, before if found.base else None)


def _box(box: int | None) -> str:
    return _("Kotak %(box)s") % {"box": box} if box else _("tanpa kotak")
