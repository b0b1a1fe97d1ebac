"""Whether an upload may be taken, decided on, applied, undone or ended now, and why not. Asks no database."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Final

from nawa.core import clock
from nawa.core.refusal import Reason
from nawa.exchange.enums import KEPT_DAYS, MOVES, Absence, Mode, Outcome, Stage
from nawa.exchange.models import Disagreement, Upload, Work

MOST_BYTES: Final = 50 * 2**20
"""Bytes that an uploaded file may have."""

_LONGEST_REASON: Final = 500
_ZIP: Final = b"PK\x03\x04"
_IN_A_WORKBOOK: Final = (b"[Content_Types].xml", b"xl/", b"_rels/", b"docProps/")


def file_kind(start: bytes) -> str:
    """Return the suffix under which a file is read, by its first 64 bytes; empty for anything but xlsx and zip.

    The first entry of an xlsx is one of the parts that every office file has.
    """
    if not start.startswith(_ZIP):
        return ""
    return ".xlsx" if start[30:].startswith(_IN_A_WORKBOOK) else ".zip"


def kept_through(at: datetime.datetime) -> datetime.date:
    """Return the last day on which an upload's contents are kept, from the instant when it came or was applied."""
    return at.astimezone(clock.ZONE).date() + datetime.timedelta(days=KEPT_DAYS)


def reasons_against_uploading(size: int, start: bytes) -> list[Reason]:
    """Return why a file may not be taken: `import.empty`, `import.size`, `import.kind`."""
    if not size:
        return [Reason("import.empty")]
    if size > MOST_BYTES:
        return [Reason("import.size", {"megabytes": MOST_BYTES // 2**20})]
    return [] if file_kind(start) else [Reason("import.kind")]


def reasons_against_comparing(size: int, start: bytes, *, underway: bool) -> list[Reason]:
    """Return why SIMATA's sheet may not be taken: `import.empty`, `import.size`, `simata.kind`, `simata.underway`.

    `underway`: the same sheet is being compared with the same map.
    """
    if against := [reason for reason in reasons_against_uploading(size, start) if reason.code != "import.kind"]:
        return against
    if file_kind(start) != ".xlsx":
        return [Reason("simata.kind")]
    return [Reason("simata.underway")] if underway else []


def _reasons_against_move(upload: Upload, to: Stage, underway: Work | None) -> list[Reason]:
    if underway is not None:
        return [Reason("import.underway")]
    if (Stage(upload.stage), to) not in MOVES:
        return [Reason("import.no_move", {"import_stage": upload.stage})]
    return []


def reasons_against_checking(upload: Upload, underway: Work | None) -> list[Reason]:
    """Return why no new preview may be asked for now."""
    return _reasons_against_move(upload, Stage.READY, underway)


def reasons_against_deciding(upload: Upload, underway: Work | None) -> list[Reason]:
    """Return why nothing may be decided about the preview now: it is being worked on, or is no preview any more."""
    return _reasons_against_move(upload, Stage.APPLIED, underway)


def reasons_against_applying(
    upload: Upload, underway: Work | None, *, mode: Mode, preview: str, undecided: int
) -> list[Reason]:
    """Return why an upload may not be applied now.

    `import.preview_old`: whoever confirms has seen another preview (`preview` is its id). `import.undecided`: rows that
    may be corrections wait for a word. `import.has_errors`: all or nothing was asked for, and something is wrong.
    `import.nothing`: there is nothing to write.
    """
    if reasons := _reasons_against_move(upload, Stage.APPLIED, underway):
        return reasons
    if preview != upload.preview:
        return [Reason("import.preview_old")]
    if undecided:
        reasons.append(Reason("import.undecided", {"count": undecided}))
    if mode is Mode.ALL and upload.problem_rows:
        reasons.append(Reason("import.has_errors", {"count": upload.problem_rows}))
    if upload.too_many_problems:
        reasons.append(Reason("import.too_many_errors"))
    return reasons


def reasons_against_undoing(upload: Upload, underway: Work | None) -> list[Reason]:
    """Return why an import may not be undone now; `import.emptied`: what is needed for it was kept long enough."""
    if reasons := _reasons_against_move(upload, Stage.UNDONE, underway):
        return reasons
    return [] if upload.has_contents else [Reason("import.emptied")]


def reasons_against_ending(upload: Upload, underway: Work | None) -> list[Reason]:
    """Return why an upload may not be given up: it is applied already, or on its way."""
    return _reasons_against_move(upload, Stage.CANCELLED, underway)


WITH_A_DAY: Final = frozenset({Absence.RETIRED, Absence.DIED, Absence.MOVED})
"""Reasons for absence since a day."""


def reasons_against_replacing(said: Mapping[tuple[str, str], str], seen: Mapping[tuple[str, str], str]) -> list[Reason]:
    """Return `import.meanwhile` where of some rows something else has been said than was seen when they were chosen."""
    meanwhile = sum(choice != seen[row] for row, choice in said.items())
    return [Reason("import.meanwhile", {"count": meanwhile})] if meanwhile else []


def reasons_against_absence(why: Absence, on: datetime.date | None, *, today: datetime.date) -> list[Reason]:
    """Return `import.since` where somebody who left has no day of leaving, or one that has not come."""
    if why in WITH_A_DAY and (on is None or on > today):
        return [Reason("import.since", {"today": today})]
    return []


def reasons_against_settling(found: Sequence[Disagreement], chosen: int, reason: str) -> list[Reason]:
    """Return why disagreements may not be decided: none chosen, some ended, no reason, or one too long."""
    if not chosen:
        return [Reason("disagreement.none")]
    ended = chosen - sum(one.outcome == Outcome.OPEN for one in found)
    reasons = [Reason("disagreement.decided", {"count": ended})] if ended else []
    if len(reason) > _LONGEST_REASON:
        return [*reasons, Reason("disagreement.reason_long", {"most": _LONGEST_REASON})]
    return reasons if reason.strip() else [*reasons, Reason("disagreement.reason")]
