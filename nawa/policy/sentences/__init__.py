"""The words for every code that Nawa shows: official Indonesian and English, kept as data beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import yaml

from nawa.engine.explain import Argument, Reason

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")

_Loader: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # texts only; the C parser where the wheel has it
_MONTHS: Final[Mapping[Language, str]] = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_GROUP_OF: Final[Mapping[str, str]] = {  # argument of a reason → group of its codes
    "axis": "axes",
    "class": "classes",
    "component": "components",
    "raw": "raw_codes",
    "staff_kind": "staff_kinds",
    "tier": "tiers",
}


@cache
def sentences(language: Language) -> Mapping[str, Mapping[str, str]]:
    """Return all sentences of a language: group → code → template with `{argument}` places."""
    text = files("nawa.policy.sentences").joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    words: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=_Loader)  # noqa: S506 - our own texts only
    return words


def sentence(group: str, code: str, language: Language = "id", **arguments: object) -> str:
    """Return one sentence with its arguments filled in.

    Raises:
        KeyError: there is no such group, code or argument.
    """
    return sentences(language)[group][code].format(**arguments)


def label(group: str, code: object, language: Language = "id") -> str:
    """Return the words for a code, or the code itself where it has none (an institution's own code)."""
    return sentences(language)[group].get(str(code), str(code))


def provision_label(path: str, language: Language = "id") -> str:
    """Return the words for a provision by its path; those per indicator or component share one sentence."""
    group, *middle, last = path.split(".")
    if group in ("indicators", "components") and len(middle) == 1:
        return sentence("provisions", f"{group}.{last}", language, name=label(group, middle[0], language))
    return label("provisions", path, language)


def say(reason: Reason, language: Language = "id") -> str:
    """Return the sentence of a reason of an explanation."""
    words = {name: _words(name, value, language) for name, value in reason.arguments.items()}
    if "raw_unit" in words:
        words["raw"] = sentence("raw_units", words["raw_unit"], language, raw=words["raw"])
    return sentence("reasons", reason.code.value, language, **words)


def number(value: Decimal | int, language: Language = "id") -> str:
    """Return a number without trailing zeros, with a comma in Indonesian."""
    text = f"{Decimal(value):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if language == "id" else text


def day(value: date, language: Language = "id") -> str:
    """Return a date in words: `1 April 2027`."""
    return f"{value.day} {_MONTHS[language].split()[value.month - 1]} {value.year}"


def _words(name: str, value: Argument, language: Language) -> str:
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, Decimal | int):
        return number(value, language)
    return label(_GROUP_OF[name], value, language) if name in _GROUP_OF else str(value)
