"""The evidence under each number: the rows that the run had, what they say, and whether the records still say so.

Nobody who judged is named. What peers and subordinates gave is told as the mean of each relation, and only where
enough of them answered that no answer can be traced to its giver.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _

from nawa.engine.explain import Line
from nawa.engine.grounds import TABLES, Chosen, Ground, Rows, Use, grounds
from nawa.engine.parameters import REGISTER_OF, Component, State
from nawa.engine.tables import SOURCE_TABLES
from nawa.policy.loading import Policy
from nawa.policy.sentences import label
from nawa.policy.wording import day, number
from nawa.talent.queries.statements import Statement, paired
from nawa.web.kit.languages import spoken
from nawa.web.kit.origins import source_of
from nawa.web.kit.profile.rules import RuleShown, rules_of
from nawa.web.kit.profile.telling import period_of_row, words_of

FEWEST_RATERS: Final = 3
"""Answers of peers or subordinates that are told apart at least (*perlu konfirmasi*)."""

_ANONYMOUS: Final = ("REKAN", "BAWAHAN")
_SUMMED: Final = {Component.COMPETENCE: "competency", Component.POTENTIAL: "potential"}

Told = Mapping[str, Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A row of evidence in words; `facts` are until when it counts, where it comes from and who has verified it.

    `is_changed`: no record of today says the same.
    """

    words: str
    period: str
    facts: str
    is_changed: bool
    use: Use


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything under one number. `changed` rows differ from the records of today; `newer` records came later.

    `said` is the arithmetic in a sentence, `origin` where the records under it come from, empty where none is told.
    `notes` say what stands in no row: a register verified as empty, answers that are told together only.
    """

    line: Line
    said: str
    origin: str
    pieces: tuple[Piece, ...]
    aside: tuple[Piece, ...]
    rules: tuple[RuleShown, ...]
    notes: tuple[str, ...]
    changed: int
    newer: int
    is_hidden: bool

    @property
    def groups(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """The rows that count, and those left aside."""
        return self.pieces, self.aside

    @property
    def counted(self) -> int:
        """How many rows count."""
        return len(self.pieces)


def evidence_of(line: Line, said: str, rows: Rows, told: Told | None, policy: Policy, *, on: datetime.date) -> Evidence:
    """Return the evidence under one component, as the run had it; `told` are the records of today, None if hidden."""
    chosen = Chosen(line.table, line.source, line.on)
    found = grounds(line.component, rows, chosen, policy.parameters, on) if rows["person"] else []
    records = _records(line.component, rows, told)
    pieces = [_piece(ground, records) for ground in found if _is_told_singly(line.component, ground)]
    counting = [piece for piece in pieces if piece.use is not Use.ASIDE]
    summed = _summed(line, found, records)
    behind = [records.of(ground) for ground in found if ground.use is not Use.ASIDE and told is not None]
    same = [record for record in behind if record is not None]
    return Evidence(
        line=line,
        said=said,
        origin=source_of(same) if same else "",
        pieces=(*summed, *counting),
        aside=tuple(piece for piece in pieces if piece.use is Use.ASIDE),
        rules=rules_of(line.component, line.state, policy),
        notes=tuple(_notes(line, rows)),
        changed=len(behind) - len(same),
        newer=records.newer,
        is_hidden=told is None,
    )


# -- the records of today behind the rows of the run


@dataclass(frozen=True, slots=True)
class _Records:
    """Which record still says what a row of the run said, by table and row; how many say something else."""

    same: Mapping[tuple[str, int], Statement | None]
    newer: int
    are_shown: bool

    def of(self, ground: Ground) -> Statement | None:
        return self.same.get((ground.table, ground.row["source"]))


def _records(component: Component, rows: Rows, told: Told | None) -> _Records:
    same: dict[tuple[str, int], Statement | None] = {}
    newer = 0
    for table in TABLES[component] if told is not None else ():
        found, more = paired(table, rows[table], told[SOURCE_TABLES[table]] if told else ())
        same |= {(table, row["source"]): record for row, record in zip(rows[table], found, strict=True)}
        newer += more
    return _Records(same, newer, told is not None)


def _piece(ground: Ground, records: _Records) -> Piece:
    record = records.of(ground)
    return Piece(
        words=words_of(ground.table, ground.row, record or {}),
        period=period_of_row(ground.table, ground.row),
        facts=_facts(ground, [record] if record else []),
        is_changed=records.are_shown and record is None,
        use=ground.use,
    )


def _facts(ground: Ground, records: Sequence[Statement]) -> str:
    ends = _("Masanya habis %(day)s.") % {"day": day(ground.expires_on, spoken())} if ground.expires_on else ""
    facts = [ends or _("Tanpa masa berlaku.")]
    if records:
        facts.append(source_of(records))
    return " ".join(facts)


# -- what is told together only


def _is_told_singly(component: Component, ground: Ground) -> bool:
    return component is not Component.FEEDBACK and ground.table != _SUMMED.get(component)


def _summed(line: Line, found: Sequence[Ground], records: _Records) -> list[Piece]:
    counting = [ground for ground in found if ground.use is not Use.ASIDE]
    if line.component is Component.FEEDBACK:
        return _feedback(counting, records)
    aspect = {Component.COMPETENCE: "competency", Component.POTENTIAL: "aspect"}.get(line.component)
    own = [ground for ground in counting if ground.table == _SUMMED.get(line.component)]
    return _aspects(own, aspect, records) if aspect else []


def _aspects(found: Sequence[Ground], aspect: str, records: _Records) -> list[Piece]:
    """A piece for each competency or aspect, whatever number of assessors it had."""
    group, value = ("competencies", "level_e4") if aspect == "competency" else ("potential_aspects", "value_e4")
    names = sorted({ground.row[aspect] for ground in found})
    together = {name: panel([ground.row for ground in found if ground.row[aspect] == name]) for name in names}
    return [
        _together(
            f"{label(group, name, spoken())}: {_plain(mean(rows, value))}",
            [ground for ground in found if ground.row[aspect] == name],
            records,
        )
        for name, rows in together.items()
    ]


def panel(rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return the rows of the assessors together where there are some, else all."""
    return [row for row in rows if row["kind"] == "PLENO"] or rows


def mean(rows: Sequence[Mapping[str, Any]], value: str) -> Fraction:
    """Return the exact mean of a column of ten-thousandths."""
    known = [row[value] for row in rows if row[value] is not None]
    return Fraction(sum(known), 10_000 * len(known)) if known else Fraction(0)


def _feedback(found: Sequence[Ground], records: _Records) -> list[Piece]:
    """A piece for each relation, or one for all where some of those who answered could be found out."""
    relations = sorted({ground.row["relation"] or "GABUNGAN" for ground in found})
    of = {name: [g for g in found if (g.row["relation"] or "GABUNGAN") == name] for name in relations}
    if not found:
        return []
    if any(_raters(of[name]) < FEWEST_RATERS for name in _ANONYMOUS if name in of):
        names = ", ".join(label("relations", name, spoken()) for name in relations)
        return [_together(_("Jawaban %(relations)s, hanya ditampilkan bersama") % {"relations": names}, found, records)]
    return [_together(_answers(name, rows), rows, records) for name, rows in of.items()]


def _answers(relation: str, found: Sequence[Ground]) -> str:
    """The mean of a relation's answers, with how many gave them."""
    raters, rows = _raters(found), [ground.row for ground in found]
    said = f"{label('relations', relation, spoken()).capitalize()}: "
    if any(row["value_e4"] is None for row in rows):
        said += ", ".join(sorted({label("raw_codes", row["rating"], spoken()) for row in rows if row["rating"]}))
    else:
        said += _("rata-rata %(mean)s dari 5") % {"mean": _plain(mean(rows, "value_e4"))}
    return said + (" · " + _("%(count)s penilai") % {"count": raters} if raters else "")


def _raters(found: Sequence[Ground]) -> int:
    return min((ground.row["rater_count"] or 0 for ground in found), default=0)


def _together(words: str, found: Sequence[Ground], records: _Records) -> Piece:
    kept = [records.of(ground) for ground in found]
    same = [record for record in kept if record is not None]
    whole = len(same) == len(kept)
    return Piece(
        words=words,
        period=period_of_row(found[0].table, found[0].row),
        facts=_facts(found[0], same if whole else []),
        is_changed=records.are_shown and not whole,
        use=Use.COUNTS,
    )


def _plain(value: Fraction) -> str:
    return number(Decimal(round(value * 100)).scaleb(-2), spoken())


# -- what stands in no row


def _notes(line: Line, rows: Rows) -> list[str]:
    notes = []
    if line.state is State.VERIFIED_NONE:
        notes.append(_verified(line.component, rows))
    if line.component is Component.TENURE and line.table == "person" and line.on:
        since = {"since": day(line.on, spoken())}
        notes.append(_("Jabatan sekarang, sejak %(since)s, ikut dihitung.") % since)
    if line.component is Component.FEEDBACK and line.state is State.KNOWN:
        notes.append(_("Jawaban rekan dan bawahan tidak pernah ditampilkan satu per satu."))
    return notes


def _verified(component: Component, rows: Rows) -> str:
    covered = [row["complete_on"] for row in rows["coverage"] if row["register"] == REGISTER_OF[component]]
    if None in covered:
        return _("Register ini diverifikasi kosong untuk orang ini.")
    latest = {"day": day(max(covered), spoken())}
    return _("Unit menyatakan register ini lengkap per %(day)s; tidak ada catatan berarti tidak ada.") % latest
