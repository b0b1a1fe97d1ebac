"""What can be wrong with a policy file: the path to the mistake, the reason and the remedy, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nawa.policy.sentences import Language, sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `path` leads to it (`indicators.RATING.weight`); `code` names its sentence under `problems`."""

    path: str
    code: str
    arguments: Mapping[str, object] = field(default_factory=dict)

    def say(self, language: Language = "id") -> str:
        """Return `path: reason. Remedy.`"""
        return f"{self.path or '.'}: {sentence('problems', self.code, language, **self.arguments)}"


class PolicyRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A policy that cannot be used; `problems` says why, one entry per mistake. Its text is Indonesian."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(problem.say() for problem in self.problems))

    def say(self, language: Language = "id") -> str:
        """Return every problem, one a line."""
        return "\n".join(problem.say(language) for problem in self.problems)


def refuse(path: str, code: str, **arguments: object) -> PolicyRefused:
    """Return the refusal for one mistake, to be raised."""
    return PolicyRefused([Problem(path, code, arguments)])
