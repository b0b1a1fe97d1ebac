"""Who does a deed: named by kind and opaque id, never by name or NIP."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nawa.core.ids import is_opaque


class ActorKind(StrEnum):
    """Who may act."""

    SYSTEM = "system"
    COMMAND_LINE = "command_line"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Actor:
    """The doer of a deed.

    Raises:
        ValueError: the id is not opaque.
    """

    kind: ActorKind
    id: str

    def __post_init__(self) -> None:
        if not is_opaque(self.id):
            raise ValueError("an actor is named by an opaque id")

    @classmethod
    def system(cls, part: str = "nawa") -> Actor:
        """Nawa itself, by the name of the part that acts (`demo`, `tick`)."""
        return cls(ActorKind.SYSTEM, part)

    @classmethod
    def command_line(cls, installation: str = "nawa") -> Actor:
        """Whoever holds the command line of this installation; the machine does not know them better."""
        return cls(ActorKind.COMMAND_LINE, installation)

    @classmethod
    def named(cls, text: str) -> Actor:
        """The actor whose text form this is (`user:abc`), as rows and events keep it."""
        kind, _, own = text.partition(":")
        return cls(ActorKind(kind), own)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"
