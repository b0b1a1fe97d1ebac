"""Whose records a reader may see. Every read takes a scope; only the system itself sees everything."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Units that may be read, each with all below it; `all_units` leaves no unit out.

    The scope names units by their code and knows no tree: the registry's queries walk it. The empty scope sees nothing.
    """

    subtrees: frozenset[str] = frozenset()
    all_units: bool = False

    def __post_init__(self) -> None:
        if self.all_units and self.subtrees:
            raise ValueError("a scope is either everything or named subtrees")

    @classmethod
    def everything(cls) -> Scope:
        """All units: for the system's own actions, the command line and institution-wide roles."""
        return cls(all_units=True)

    @classmethod
    def nothing(cls) -> Scope:
        """No unit at all."""
        return cls()

    @classmethod
    def below(cls, *unit_codes: str) -> Scope:
        """The units with these codes and all below them."""
        return cls(subtrees=frozenset(unit_codes))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all may be read."""
        return not self.all_units and not self.subtrees
