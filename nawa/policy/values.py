"""The value of a provision in words: `Sangat Baik 100 · Baik 80`, `5 tahun`, `mulai 8: 100 · mulai 6: 75`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from nawa.policy.provisions import Provision
from nawa.policy.sentences import Language, label, sentence
from nawa.policy.wording import number

_GROUPS: Final = (
    *("raw_codes", "relations", "expectations", "axes", "tiers", "potential_aspects", "staff_kinds"),
    *("assessment_sources", "training_measures", "competencies"),
)
"""Where the words of a value's codes are looked for, in this order."""
_SOURCE: Final = re.compile(r"\bS\d+[a-z]?\b")


def value_words(item: Provision, language: Language = "id") -> str:
    """Return what a provision says on its day, in words."""
    if item.path == "rating.due_month":
        return label("months", item.value, language)
    return _worded(item.value, item.unit, language)


def sources_of(item: Provision, sources: Mapping[str, str]) -> list[str]:
    """Return the sources that a provision's citation names by their code, in the words of the profile."""
    return [sources[code] for code in dict.fromkeys(_SOURCE.findall(item.reference)) if code in sources]


def cited(reference: str, sources: Mapping[str, str]) -> str:
    """Return a citation with the sources that it names by their code spelled out."""
    return _SOURCE.sub(lambda code: sources.get(code[0], code[0]), reference)


def _worded(value: Any, unit: str | None, language: Language) -> str:
    if isinstance(value, bool):
        return sentence("plain", "YES" if value else "NO", language)
    if isinstance(value, int | Decimal):
        return _counted(Decimal(value), unit, language)
    if isinstance(value, Mapping):
        return " · ".join(_entries(value, language))
    if isinstance(value, list):
        return " · ".join(_worded(part, None, language) for part in value)
    return _code(str(value), language)


def _counted(value: Decimal, unit: str | None, language: Language) -> str:
    if unit == "percent":
        return f"{number(value, language)}%"
    return f"{number(value, language)} {label('units', unit, language)}" if unit else number(value, language)


def _entries(value: Mapping[Any, Any], language: Language) -> Iterator[str]:
    """Yield each entry; whole numbers as keys are lower bounds, and a table of two keys is one entry for each pair."""
    for key, part in sorted(value.items(), key=_worth):
        if isinstance(key, int):
            least = sentence("plain", "FROM", language, least=number(Decimal(key), language))
            yield f"{least} {_worded(part, None, language)}"
        elif isinstance(part, Mapping):
            for inner, end in sorted(part.items(), key=_worth):
                yield f"{_pair(str(key), str(inner), language)} {_worded(end, None, language)}"
        else:
            yield f"{_code(str(key), language)} {_worded(part, None, language)}"


def _worth(entry: tuple[Any, Any]) -> tuple[bool, Any]:
    """What is worth most comes first; lower bounds from the highest; other values stay in their order."""
    key, part = entry
    worth = key if isinstance(key, int) else part
    return (False, -worth) if isinstance(worth, int | Decimal) and not isinstance(worth, bool) else (True, 0)


def _pair(first: str, second: str, language: Language) -> str:
    """Both codes as one where the words have it so, else one after the other."""
    joined = f"{first}_{second}"
    words = _code(joined, language)
    return words if words != joined else f"{_code(first, language)} × {_code(second, language)}:"


def _code(code: str, language: Language) -> str:
    return next((words for group in _GROUPS if (words := label(group, code, language)) != code), code)
