"""The words for every code that Nawa shows: official Indonesian and English, kept as data beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import yaml

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")

_Loader: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # texts only; the C parser where the wheel has it


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
