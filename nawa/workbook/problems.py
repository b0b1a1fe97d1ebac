"""What is wrong in a file, where, and how to mend it; and the one error for a file that cannot be read at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

from nawa.workbook.sentences import SENTENCES, UNREADABLE, Language


class Severity(StrEnum):
    """How much a problem costs."""

    ERROR = "ERROR"  # something in the file was not taken: a row left out, or a cell left unknown
    WARNING = "WARNING"  # taken as written, but it looks wrong
    NOTICE = "NOTICE"  # for information


class Effect(StrEnum):
    """What the reader did about it."""

    ROW = "ROW"  # the row was left out
    CELL = "CELL"  # the cell counts as unknown
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `row` counts as Excel does, `column` is the heading, `value` the cell as the file has it.

    `code` is a key of `sentences.SENTENCES`; `details` fills the gaps in its sentences.
    """

    code: str
    sheet: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    effect: Effect = Effect.NONE
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """Fixed for each code, but a row or cell that was not taken is always an error."""
        return Severity.ERROR if self.effect is not Effect.NONE else Severity(SENTENCES[self.code].severity)

    def reason(self, language: Language = "id") -> str:
        """What is wrong, as one sentence without the place."""
        return SENTENCES[self.code].reason[language].format_map(self._gaps())

    def remedy(self, language: Language = "id") -> str:
        """How to mend it."""
        return SENTENCES[self.code].remedy[language].format_map(self._gaps())

    def consequence(self, language: Language = "id") -> str:
        """What the reader did about it; empty where it took everything."""
        return _EFFECTS[language][self.effect]

    def place(self, language: Language = "id") -> str:
        """Sheet, row and column, as far as they are known."""
        sheet, row, column = ("Lembar", "baris", "kolom") if language == "id" else ("Sheet", "row", "column")
        parts = [f"{sheet} {self.sheet}" if self.sheet else "", f"{row} {self.row}" if self.row else ""]
        return ", ".join([part for part in parts if part] + ([f"{column} {self.column}"] if self.column else []))

    def sentence(self, language: Language = "id") -> str:
        """Place, reason, remedy and consequence, to be shown to a person."""
        words = [self.reason(language), self.remedy(language), self.consequence(language)]
        place = self.place(language)
        return (f"{place}: " if place else "") + " ".join(word for word in words if word)

    def as_dict(self) -> dict[str, Any]:
        """Plain values only, for JSON; `from_dict` is its inverse."""
        return {
            "code": self.code,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "effect": self.effect.value,
            "details": dict(self.details),
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """The problem that `as_dict` described."""
        return cls(**{**plain, "effect": Effect(plain["effect"])})

    def _gaps(self) -> dict[str, str]:
        return {"value": self.value or "", "column": self.column or "", "sheet": self.sheet, **self.details}


_EFFECTS: Final[Mapping[Language, Mapping[Effect, str]]] = {
    "id": {
        Effect.ROW: "Baris ini tidak dibaca; baris lain tidak terpengaruh.",
        Effect.CELL: "Sel ini dianggap belum diketahui; isi baris yang lain tetap dibaca.",
        Effect.NONE: "",
    },
    "en": {
        Effect.ROW: "This row was left out; other rows are not affected.",
        Effect.CELL: "This cell counts as unknown; the rest of the row was read.",
        Effect.NONE: "",
    },
}


class ProblemList:
    """Gathers problems; of one kind in one column it keeps the first `most` and counts the rest."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[Problem] = []
        self._seen: Counter[tuple[str, str | None, str]] = Counter()

    def add(self, *problems: Problem) -> None:
        """Note problems in the order in which they were found."""
        for problem in problems:
            kind = (problem.sheet, problem.column, problem.code)
            self._seen[kind] += 1
            if self._seen[kind] <= self._most:
                self._kept.append(problem)

    def all(self) -> tuple[Problem, ...]:
        """The problems kept, then one line for each kind that was cut off."""
        return (*self._kept, *(self._rest(kind, count) for kind, count in self._seen.items() if count > self._most))

    def _rest(self, kind: tuple[str, str | None, str], count: int) -> Problem:
        sheet, column, code = kind
        more = {"count": str(count - self._most), "like": code}
        return Problem("MORE_LIKE_THIS", sheet, column=column, details=more)


class UnreadableFile(Exception):  # noqa: N818 - named for what it tells the user
    """The file or folder cannot be read at all. `code` is a key of `sentences.UNREADABLE`; `str()` is Indonesian."""

    def __init__(self, code: str, **details: str) -> None:
        self.code = code
        self.details = details
        super().__init__(self.message("id"))

    def message(self, language: Language) -> str:
        """What is wrong and how to mend it."""
        return UNREADABLE[self.code][language].format_map(self.details)
