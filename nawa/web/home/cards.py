"""Who sees which cards on their own first page: the one table of it, and what each card shows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from nawa.accounts.permissions import Permission
from nawa.accounts.roles import Role
from nawa.audit.queries import DEEDS, Sought, events
from nawa.engine.parameters import Status
from nawa.policy.sentences import label
from nawa.talent.queries import comparison
from nawa.web.home import waiting as w
from nawa.web.home.here import Here
from nawa.web.home.standing import run_of, standing
from nawa.web.kit.events import lines_of
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.ninebox import BOXES, PERFORMANCE, POTENTIAL
from nawa.web.kit.smallcounts import SMALLEST, Count, protect

_EVENTS: Final = 5


class Card(StrEnum):
    """The cards, in the order in which they stand."""

    WAITING = "waiting"
    STANDING = "standing"
    OWN = "own"
    MAP = "small_map"
    CHANGED = "changed"
    EVENTS = "events"


_C: Final = Card
_LOOKING: Final = frozenset({_C.MAP, _C.CHANGED})

CARDS: Final[Mapping[Role, frozenset[Card]]] = {
    Role.UNIT_HEAD: _LOOKING,
    Role.UNIT_VERIFIER: _LOOKING,
    Role.ANALYST: _LOOKING,
    Role.ASSESSOR: _LOOKING,
    Role.COMMITTEE_MEMBER: _LOOKING,
    Role.COMMITTEE_SECRETARY: _LOOKING,
    Role.AGENCY_HEAD: _LOOKING | {_C.STANDING, _C.EVENTS},
    Role.PROPOSER: _LOOKING | {_C.STANDING},
    Role.APPOINTER: frozenset({_C.STANDING}),
    Role.INSPECTORATE: _LOOKING | {_C.EVENTS},
    Role.AUDITOR: _LOOKING | {_C.EVENTS},
    Role.ADMINISTRATOR: frozenset({_C.EVENTS}),
}
"""By role. What waits is there for everybody; one's own result for every employee."""

WAITS: Final[Mapping[Role | None, tuple[w.Wait, ...]]] = {
    Role.UNIT_HEAD: (w.unit_contest, w.unmapped, w.duties),
    Role.UNIT_VERIFIER: (
        *(w.verifying, w.registers_late, w.accounts_unused),
        *(w.unmapped, w.duties, w.to_chase),
    ),
    Role.ANALYST: (
        *(w.moves, w.computing, w.this_month, w.checking, w.duties, w.to_chase),
        *(w.accounts_missing, w.accounts_unused),
    ),
    Role.ASSESSOR: (),
    Role.COMMITTEE_MEMBER: (w.committee,),
    Role.COMMITTEE_SECRETARY: (w.moves,),
    Role.AGENCY_HEAD: (w.moves, w.releases, w.computing, w.erasures_asked),
    Role.PROPOSER: (w.committee,),
    Role.APPOINTER: (w.moves, w.releases),
    Role.INSPECTORATE: (),
    Role.AUDITOR: (),
    Role.ADMINISTRATOR: (w.accounts_missing, w.accounts_unused, w.grants_ending, w.heads_missing),
    None: (w.lent, w.own_contest, w.own_answers, w.own_evidence),  # for everybody, whatever their roles
}
"""What may wait for whom."""


def cards_of(roles: list[Role], *, is_employee: bool) -> list[Card]:
    """Return the cards of somebody with these roles, in their order."""
    mine = {_C.WAITING, *(card for role in roles for card in CARDS[role])}
    return [card for card in Card if card in mine or (card is _C.OWN and is_employee)]


def page_of_reader(request: Request) -> dict[str, Any]:
    """Return what the reader's own first page shows."""
    here = Here(request)
    roles = [held.role for held in here.access.roles]
    cards = cards_of(roles, is_employee=bool(here.access.person_id))
    period = here.run if _C.MAP in cards else run_of(here) if _C.STANDING in cards else None
    return {
        "cards": cards,
        "period": here.period(period or (here.known if _C.OWN in cards else None)),
        "decides": Role.APPOINTER in roles,
        "unit_names": sorted({held.unit_name for held in here.access.roles if held.unit_name}),
        **{card.value: _MADE[card](here) for card in cards},
    }


def _waiting(here: Here) -> list[w.Item]:
    """What waits, each thing once; what can be done now comes first, of it what is due soonest."""
    roles = (*(held.role for held in here.access.roles), None)
    kinds = dict.fromkeys(kind for role in roles for kind in WAITS[role])
    items = dict.fromkeys(item for kind in kinds for item in kind(here))
    return sorted(items, key=lambda item: (not item.can_be_done, item.due or datetime.date.max))


def _changed(here: Here) -> dict[str, Any] | None:
    if here.run is None or here.scope.is_empty:
        return None
    found = comparison(here.run, here.runs.before(here.run), within=here.within)
    counts = {"risen": found.risen, "fallen": found.fallen, "fresh": found.fresh, "gone": found.gone}
    shown = {name: Count(number) for name, number in counts.items()} if here.knows_people else _guarded(counts)
    may_list = here.knows_people and here.access.may(Permission.UNPUBLISHED)
    return {
        "run": here.run,
        "base": found.base,
        "shown": shown,
        "withholds": any(count.value is None for count in shown.values()),
        "lists": may_list and found.moved,
    }


def _guarded(counts: Mapping[str, int]) -> dict[str, Count]:
    """Withhold small counts; who came and who went are known by their difference, so both or neither are shown.

    How many stayed where they were is never shown, so that no other sum is known.
    """
    shown = {name: protect({name: number})[name] for name, number in counts.items()}
    pair = ("fresh", "gone")
    if any(0 < counts[name] < SMALLEST for name in pair):
        shown |= {name: Count(None) for name in pair}
    return shown


def _small_map(here: Here) -> dict[str, Any] | None:
    if here.run is None or here.grid is None:
        return None
    is_open = here.knows_people or not here.grid.withholds  # else the sums would give away what is withheld
    return {
        "run": here.run,
        "grid": here.grid,
        "links": here.knows_people,
        "statuses": [(status, label("statuses", status, spoken()), _number_of(here, status)) for status in Status]
        if is_open
        else [],
    }


def _number_of(here: Here, status: Status) -> int:
    return sum(number for (_box, found), number in here.statuses.items() if found == status)


def _own(here: Here) -> dict[str, Any] | None:
    if here.own is None:
        return None
    result, _explanation = here.own
    rows = [(PERFORMANCE[y], [(BOXES[y][x], BOXES[y][x] == result.box) for x in range(3)]) for y in reversed(range(3))]
    place = next(((y, x) for y, row in enumerate(BOXES) for x, box in enumerate(row) if box == result.box), None)
    words = (PERFORMANCE[place[0]], POTENTIAL[place[1]]) if place else ()
    return {"result": result, "run": here.known, "rows": rows, "words": words}


def _events(here: Here) -> list[Any]:
    rows = events(Sought(kind=DEEDS), scope=here.access.scope(Permission.TRAIL))[:_EVENTS]
    return lines_of(list(rows), here.access)


_MADE: Final = {
    _C.WAITING: _waiting,
    _C.STANDING: standing,
    _C.OWN: _own,
    _C.MAP: _small_map,
    _C.CHANGED: _changed,
    _C.EVENTS: _events,
}
