"""The lines of a reorganisation, what each must say, and whether a deed with the plan may happen now."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nawa.core.constraints import CODE, NAME
from nawa.core.refusal import Reason
from nawa.core.scans import reasons_against_scan
from nawa.registry.enums import Contents, Instrument, Operation, PlanState
from nawa.registry.models import Reorganisation
from nawa.workbook.codes import TIERS, UNIT_KINDS

_CODE: Final = re.compile(rf"[^\s:][^\s]{{0,{CODE - 1}}}")
MOST_LINES: Final = 500
MOST_SEATS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Form:
    """What a line of an operation must say, and what it may."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it can say."""
        return self.required + self.optional


FORMS: Final[Mapping[Operation, Form]] = {
    Operation.NEW_UNIT: Form(("code", "name", "kind"), ("parent",)),
    Operation.RENAME_UNIT: Form(("unit", "code", "name")),
    Operation.MERGE_UNITS: Form(("units",), ("into", "code", "name", "parent", "kind")),
    Operation.MOVE_UNIT: Form(("unit", "parent")),
    Operation.NEW_POST: Form(("code", "name", "unit", "tier"), ("seats",)),
    Operation.RENAME_POST: Form(("post", "code", "name")),
    Operation.MOVE_POST: Form(("post", "unit")),
    Operation.ABOLISH_POST: Form(("post",), ("successor",)),
    Operation.ABOLISH_UNIT: Form(("unit", "successor", "contents")),
}
"""Units and posts are named by their codes; `units` is a list of them; the rest are texts, and `seats` a number."""

_CODED: Final[Mapping[str, Collection[str]]] = {"kind": UNIT_KINDS, "tier": TIERS, "contents": Contents.values}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reorganisation."""

    id: str
    operation: Operation
    arguments: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return what the line says under a name; empty where it says nothing."""
        return str(self.arguments.get(name) or "")

    @property
    def units(self) -> tuple[str, ...]:
        """The units that it does something to."""
        several = tuple(self.arguments.get("units") or ())
        own = self.operation in (Operation.RENAME_UNIT, Operation.MOVE_UNIT, Operation.ABOLISH_UNIT)
        return several or ((self.text("unit"),) if own else ())

    @property
    def post(self) -> str:
        """The post that it does something to, if any."""
        return self.text("post")


def lines_of(plan: Reorganisation) -> list[Line]:
    """Return the lines of a plan in the order in which they were entered."""
    return [Line(row["id"], Operation(row["operation"]), row["arguments"]) for row in plan.lines]


def reasons_against_line(operation: Operation, arguments: Mapping[str, Any]) -> list[Reason]:
    """Return what is missing or misshapen in a line, whatever the organisation looks like."""
    form = FORMS[operation]
    lacking = [name for name in form.required if not arguments.get(name)]
    if operation is Operation.MERGE_UNITS and not arguments.get("into"):
        lacking += [name for name in ("code", "name", "kind") if not arguments.get(name)]
    reasons = [Reason("sotk.lacking", {"field": name}) for name in lacking]
    reasons += [Reason("sotk.unheard", {"field": name}) for name in arguments if name not in form.names]
    if arguments.get("code") and not _CODE.fullmatch(str(arguments["code"])):
        reasons.append(Reason("sotk.code", {"most": CODE}))
    if len(str(arguments.get("name") or "")) > NAME:
        reasons.append(Reason("sotk.name", {"most": NAME}))
    if arguments.get("seats") is not None and not _is_number(arguments["seats"]):
        reasons.append(Reason("sotk.seats", {"most": MOST_SEATS}))
    wrong = [name for name, codes in _CODED.items() if arguments.get(name) and arguments[name] not in codes]
    return reasons + [Reason("sotk.unheard", {"field": name}) for name in wrong]


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and 1 <= value <= MOST_SEATS


def reasons_against_head(
    *, title: str, instrument: str, number: str, dated_on: datetime.date | None, scan: bytes, today: datetime.date
) -> list[Reason]:
    """Return what is wrong with the title and the instrument; its number, date and scan may still be missing."""
    reasons = [] if 0 < len(title.strip()) <= NAME else [Reason("sotk.title", {"most": NAME})]
    reasons += [] if instrument in Instrument.values else [Reason("sotk.instrument")]
    reasons += [] if len(number.strip()) <= NAME else [Reason("letter.number", {"most": NAME})]
    if dated_on and dated_on > today:
        reasons.append(Reason("letter.future", {"today": today}))
    return reasons + (reasons_against_scan(scan) if scan else [])


def reasons_against_beginning(*, is_begun: bool) -> list[Reason]:
    """Return `sotk.begun` where a draft with the same title, day and instrument is there."""
    return [Reason("sotk.begun")] if is_begun else []


def reasons_against_changing(plan: Reorganisation, *, edition: int) -> list[Reason]:
    """Return `sotk.closed` for a plan that is no draft any more, `sotk.meanwhile` for one that was changed since."""
    if plan.state != PlanState.DRAFT:
        return [Reason("sotk.closed", {"state": PlanState(plan.state).value})]
    return [] if plan.edition == edition else [Reason("sotk.meanwhile")]


def reasons_against_deciding(
    people: Collection[str], post: str, *, left: Collection[str], posts: Collection[str]
) -> list[Reason]:
    """Return why people may not be placed in a post: nobody chosen, somebody who keeps theirs, a post that is not."""
    reasons = [] if people else [Reason("sotk.nobody")]
    reasons += [Reason("sotk.not_left")] if set(people) - set(left) else []
    return reasons + ([Reason("sotk.unknown_target", {"coded": post})] if post and post not in posts else [])


def reasons_against_carrying_out(
    plan: Reorganisation, *, ties: Iterable[str], problems: int, undecided: int, today: datetime.date
) -> list[Reason]:
    """Return why somebody may not carry out a plan; `ties` is what ties them to those who prepared it.

    The first and second of `ties` (`nawa.accounts.enums.Tie`), the same account and the same employee, are one person.
    """
    found = set(ties)
    same = found & {"AKUN", "ORANG"}
    reasons = [Reason("sotk.own")] if same else [Reason("sotk.tied", {"tie": tie}) for tie in sorted(found)]
    reasons += [] if plan.lines else [Reason("sotk.empty")]
    reasons += [] if plan.number.strip() and plan.dated_on else [Reason("sotk.unsigned")]
    reasons += [Reason("sotk.not_yet", {"since": plan.effective_on})] if plan.effective_on > today else []
    reasons += [Reason("sotk.problems", {"number": problems})] if problems else []
    return reasons + ([Reason("sotk.undecided", {"number": undecided})] if undecided else [])


def new_line(public_id: str, operation: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line as the plan keeps it."""
    said = {name: value for name, value in arguments.items() if value not in (None, "", [])}
    return {"id": public_id, "operation": operation.value, "arguments": said}


def without(lines: Sequence[Mapping[str, Any]], line: str) -> list[Mapping[str, Any]]:
    """Return the lines but one."""
    return [row for row in lines if row["id"] != line]
