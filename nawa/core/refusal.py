"""Why a deed may not happen: reason codes with arguments. The sentences are made where they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a stable code such as `import.unknown_person` and what its sentence needs."""

    code: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "arguments", MappingProxyType(dict(self.arguments)))

    def __str__(self) -> str:
        arguments = ", ".join(f"{name}={value}" for name, value in self.arguments.items())
        return f"{self.code}({arguments})" if arguments else self.code


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A deed that the rules do not allow; carries every reason found, in the order of the rules."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons: tuple[Reason, ...] = tuple(reasons)
        super().__init__("; ".join(map(str, self.reasons)))


def refuse_if(reasons: Iterable[Reason]) -> None:
    """Raise `Refusal` when there is any reason against; return otherwise."""
    found = tuple(reasons)
    if found:
        raise Refusal(found)
