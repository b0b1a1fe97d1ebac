"""The talent card: one person's place on the map on a sheet that can be carried into a meeting, with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from nawa.documents.labels import LABELS, Language
from nawa.documents.render import render
from nawa.documents.text import shortened
from nawa.engine.ninebox import BOX, between
from nawa.engine.parameters import Status

BoxTable = tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]]

_PERCENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Component:
    """One line of the arithmetic, worded: evidence → points → weight in percent (no sign) → contribution.

    `evidence` is None for what is unknown. `expires` is the first day on which the evidence no longer counts.
    """

    name: str
    evidence: str | None
    points: str | None
    weight: str
    contribution: str | None
    on: str | None = None
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its score and class in words (None while unmapped), how much is known, and its arithmetic.

    `classes` are the words of its three classes, lowest first.
    """

    name: str
    score: str | None
    grade: str | None
    completeness: str
    classes: tuple[str, str, str]
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class TalentCard:
    """Everything the card says, worded in the language of the card; None is unknown.

    `box` is the box that the evidence proves; `lowest` to `highest` is the range while provisional. `chances` are the
    probabilities of the boxes (0 to 1), empty where they were not worked out. `reasons` say what the table of
    components does not, `origins` where the evidence comes from and who verified it. `result_hash` is the hash (hex) of
    the whole result of the run in which the person was mapped.
    """

    name: str
    nip: str | None
    post: str | None
    unit: str | None
    tier: str | None
    rank: str | None
    period: str
    policy: str
    stamp: str | None
    status: Status
    box: int | None
    lowest: int | None
    highest: int | None
    performance: Axis
    potential: Axis
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    changes: tuple[str, ...]
    follow_ups: tuple[str, ...]
    origins: tuple[str, ...]
    run: str
    result_hash: str
    chances: Mapping[int, Decimal] = field(default_factory=dict)
    box_table: BoxTable = BOX


def talent_card(
    card: TalentCard, *, institution: str, printed_by: str, printed_at: datetime, language: Language = "id"
) -> bytes:
    """Return a person's talent card as a PDF: one page, more only where the texts are long."""
    labels = LABELS["card"][language]
    told = asdict(replace(card, chances={}))
    told["status"] = {"code": card.status, "words": labels[card.status]}
    told["statement"] = _statement(card, labels)
    told["box_words"] = card.box and labels["box"].format(box=card.box)
    told["running_name"] = shortened(card.name, 60)
    told["grid"] = rows = grid(card)
    told["grid_words"] = _grid_words(rows, labels)
    return render(
        "card", told, institution=institution, printed_by=printed_by, printed_at=printed_at, language=language
    )


def _statement(card: TalentCard, labels: Mapping[str, str]) -> str | None:
    """What must be said before anything else about a result that is not complete."""
    match card.status:
        case Status.SEMENTARA if card.lowest == card.highest:
            return labels["settled"]
        case Status.SEMENTARA:
            return labels["provisional"].format(lowest=card.lowest, highest=card.highest)
        case Status.BELUM_DAPAT_DIPETAKAN:
            return labels["unmapped"]
        case _:
            return None


def grid(card: TalentCard) -> list[list[dict[str, Any]]]:
    """Return the nine boxes to draw, performance falling, potential rising."""
    within = between(card.lowest, card.highest, card.box_table)
    return [
        [
            {
                "box": box,
                "own": box == card.box,
                "within": box in within,
                "chance": _percent(card.chances[box]) if box in card.chances else None,
                "shade": float(card.chances.get(box, 0)),
            }
            for box in row
        ]
        for row in reversed(card.box_table)
    ]


def _grid_words(rows: list[list[dict[str, Any]]], labels: Mapping[str, str]) -> str:
    """The nine boxes for those who hear them: the person's box, then the probabilities."""
    cells = [cell for row in rows for cell in row]
    own = [labels["box"].format(box=cell["box"]) for cell in cells if cell["own"]]
    chances = [f"{labels['box'].format(box=cell['box'])}: {cell['chance']}" for cell in cells if cell["chance"]]
    return f"{labels['grid']}. " + ". ".join([*own, *chances])


def _percent(chance: Decimal) -> str:
    """A probability in whole percent; what is neither impossible nor certain is not shown as if it were."""
    whole = Decimal(chance).quantize(_PERCENT, ROUND_HALF_UP)
    if whole == 0 < chance:
        return "< 1%"
    if chance < 1 == whole:
        return "> 99%"
    return f"{whole * 100:.0f}%"
