"""Everything that the page of the map shows to those who may know who stands where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from nawa.accounts.permissions import Permission
from nawa.engine.parameters import Parameters, Status
from nawa.policy.keeping import kept
from nawa.policy.sentences import label
from nawa.talent.models import MappingRun
from nawa.talent.queries import visible
from nawa.talent.queries.maps import TIERS, chosen, in_box
from nawa.talent.queries.places import Places, places
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.numbers import percent
from nawa.web.kit.periods import Period
from nawa.web.kit.units import unit_groups
from nawa.web.map.boxes import boxes, kinds
from nawa.web.map.choices import STAFF_LABELS, TABS, Choices, Tab, chips, choices_of, usual_order
from nawa.web.map.listing import COLUMNS, listing, whole_list
from nawa.web.map.scatter import Scatter, scatter
from nawa.web.map.sureness import sureness


@dataclass(frozen=True)
class Board:
    """A reader's choices and whom they mean: `people` whatever their box, `listed` those in the box chosen."""

    run: MappingRun
    choices: Choices
    within: Places
    people: pl.DataFrame

    @cached_property
    def listed(self) -> pl.DataFrame:
        """The people of the list."""
        return in_box(self.people, self.choices.wanted.box)

    @cached_property
    def parameters(self) -> Parameters:
        """The numbers of the policy under which the run was made."""
        return kept(self.run.policy_text, self.run.on).parameters

    @cached_property
    def scatter(self) -> Scatter:
        """The drawing of the people of the list."""
        return scatter(self.run, self.listed, self.parameters, self.within)

    def written(self) -> tuple[pl.DataFrame, list[str]]:
        """Return the whole list as a table, and whom it names."""
        return whole_list(self.run, self.listed, self.parameters, self.choices, self.within)

    def context(self) -> dict[str, Any]:
        """Return what the templates need; `shown` are the public ids of those whose scores can be read."""
        tab = self.choices.tab
        rows = listing(self.run, self.listed, self.parameters, self.choices, self.within)
        drawing = self.scatter if tab is Tab.SCATTER else None
        map_of_boxes = boxes(self.people, self.parameters, self.choices)
        return {
            **self._words(),
            "choices": self.choices,
            "wanted": self.choices.wanted,
            "tab": tab,
            "list": rows,
            "grid": map_of_boxes,
            "chosen_box": next((box for box in map_of_boxes.all if box.is_chosen), None),
            "kinds": kinds(self.people, self.choices),
            "scatter": drawing,
            "sureness": sureness(self.listed) if tab is Tab.SURENESS else None,
            "unmapped": self.people["box"].null_count(),
            "unmapped_share": percent(self.people["box"].null_count(), self.people.height),
            "number": self.people.height,
            "shown": [*rows.people, *(drawing.people if drawing else [])],
        }

    def _words(self) -> dict[str, Any]:
        return {
            "chips": chips(self.choices, self.within),
            "unit_groups": list(unit_groups(self.within, self.choices.wanted.unit)),
            "tiers": [(tier, label("tiers", tier, spoken())) for tier in TIERS],
            "staff": list(STAFF_LABELS.items()),
            "statuses": [(str(status), label("statuses", status, spoken())) for status in Status],
            "tabs": [
                (tab, name, self.choices.url(tab=tab, order=usual_order(tab), descending=False))
                for tab, name in TABS.items()
            ],
            "unmapped_url": self.choices.narrowed(status=str(Status.BELUM_DAPAT_DIPETAKAN), box=None),
            "no_box_url": self.choices.narrowed(box=None),
            "colour_url": self.choices.url(plain=not self.choices.plain),
            "reset_url": Choices(type(self.choices.wanted)(), self.choices.tab, period=self.choices.period).url(),
        }


def board_of(request: Request, period: Period) -> Board:
    """Return the board that the address asks for, of the units in which the reader may see people.

    Raises:
        Http404: the unit that is asked for is none of them.
    """
    within = places(scope=request.access.scope(Permission.MAP_PEOPLE))
    choices = choices_of(request, period, within, columns=[column.code for column in COLUMNS])
    people = chosen(period.run, choices.wanted, within=within, order=choices.order, descending=choices.descending)
    return Board(period.run, choices, within, people)


def periods(request: Request) -> list[tuple[str, Any, str, str]]:
    """Return the runs that the reader may choose from: id, reference date, policy and its version (one query)."""
    runs = visible(unpublished=request.access.may(Permission.UNPUBLISHED))
    return list(runs.values_list("public_id", "on", "policy_label", "policy_version"))
