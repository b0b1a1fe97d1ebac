"""Reasons in words: what the engine explains with codes and numbers, as sentences for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from nawa.engine.explain import Argument, Reason
from nawa.policy.problems import Problem
from nawa.policy.sentences import Language, label, sentence

_GROUPS: Final = {
    "axis": "axes",
    "class": "classes",
    "component": "components",
    "tier": "tiers",
    "staff_kind": "staff_kinds",
}
"""Which group of labels an argument's code belongs to."""

_REFUSED: Final = {
    "stage": "stages",
    "to": "stages",
    "failure": "failures",
    "state": "run_states",
    "import_stage": "import_stages",
    "evidence_state": "evidence_states",
    "evidence_to": "evidence_states",
    "erasure_state": "erasure_states",
    "evidence_tie": "account_ties",
    "tier": "tiers",
    "post_tier": "tiers",
    "move": "moves",
    "register": "retained",
}
"""The same for the arguments of refusals."""


def say(reason: Reason, language: Language = "id") -> str:
    """Return the sentence of a reason, its codes in words, its numbers and dates as the language writes them."""
    arguments = {name: _worded(name, value, language) for name, value in reason.arguments.items()}
    if "raw" in reason.arguments:
        arguments["raw"] = raw(reason.arguments["raw"], reason.arguments.get("raw_unit"), language)
    return sentence("reasons", reason.code, language, **arguments)


def refusal(code: str, arguments: Mapping[str, object], language: Language = "id") -> str:
    """Return the sentence for why a deed may not happen, by the reason's code and arguments."""
    words = {name: _worded_plainly(name, value, language) for name, value in arguments.items()}
    return sentence("refusals", code, language, **words)


def problem(found: Problem, language: Language = "id") -> str:
    """Return what is wrong with a policy, and the remedy, in words for people: no path, codes by their labels."""
    arguments: dict[str, object] = dict(found.arguments)
    for name, group in (("axis", "axes"), ("indicator", "indicators")):
        if name in arguments:
            arguments[name] = label(group, arguments[name], language)
    if isinstance(total := arguments.get("total"), float):
        arguments["total"] = number(Decimal(str(total)), language)
    return sentence("problems", found.code, language, **arguments)


def raw(value: Argument, unit: Argument | None, language: Language = "id") -> str:
    """Return a component's raw value in words: a code by its label, a number with its unit."""
    if unit is None:
        return label("raw_codes", value, language)
    return sentence("raw_units", str(unit), language, raw=_worded("", value, language))


def number(value: Decimal, language: Language = "id") -> str:
    """Return a number as the language writes it, without trailing zeros: `1.234,5` in Indonesian."""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate(str.maketrans(",.", ".,")) if language == "id" else text


def day(value: date, language: Language = "id") -> str:
    """Return a date in words: `23 November 2026`."""
    return f"{value.day} {label('months', value.month, language)} {value.year}"


def _worded_plainly(name: str, value: object, language: Language) -> object:
    if name in _REFUSED:
        return label(_REFUSED[name], value, language)
    return day(value, language) if isinstance(value, date) else value


def _worded(name: str, value: Argument, language: Language) -> str:
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, Decimal | int):
        return number(Decimal(value), language)
    return label(_GROUPS[name], value, language) if name in _GROUPS else value
