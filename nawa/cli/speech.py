"""How the command line speaks: Indonesian or English, answers on stdout, everything else on stderr, exit codes."""

from __future__ import annotations

import json
import os
from enum import IntEnum
from typing import Annotated, Final, Literal, NoReturn

import typer
import typer.rich_utils
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")

out: Final = Console(highlight=False)
err: Final = Console(stderr=True, highlight=False)


class Exit(IntEnum):
    """Exit codes. 2 is what the command-line library answers to a wrong call."""

    DONE = 0
    PROBLEMS = 1  # the input was read and has problems that the command was asked to judge
    USAGE = 2
    UNREADABLE = 3  # a file or folder cannot be read or written at all
    REFUSED = 4  # a policy, a rule or the state of the database forbids it


class _Chosen:
    """The language of this process, chosen once before any command is built."""

    language: Language = "en" if os.environ.get("NAWA_LANG") == "en" else "id"


def choose(language: Language) -> None:
    """Speak this language from now on."""
    _Chosen.language = language
    indonesian = language == "id"
    typer.rich_utils.OPTIONS_PANEL_TITLE = "Pilihan" if indonesian else "Options"
    typer.rich_utils.ARGUMENTS_PANEL_TITLE = "Masukan" if indonesian else "Arguments"
    typer.rich_utils.COMMANDS_PANEL_TITLE = "Perintah" if indonesian else "Commands"
    typer.rich_utils.ERRORS_PANEL_TITLE = "Kesalahan" if indonesian else "Error"


def language() -> Language:
    """Return the language spoken."""
    return _Chosen.language


def t(indonesian: str, english: str) -> str:
    """Return the text in the language spoken."""
    return indonesian if _Chosen.language == "id" else english


def stop(message: str, code: Exit) -> NoReturn:
    """Say on stderr why it ends here, and end with the code."""
    err.print(message, style="red", markup=False)
    raise typer.Exit(code)


def progress() -> Progress:
    """Return a progress display on stderr; it shows nothing when stderr is no terminal."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )


def number(value: int | float, decimals: int = 0) -> str:
    """Return a number as the language writes it: `1.234,5` in Indonesian, `1,234.5` in English."""
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "id" else text


JsonOption = Annotated[bool, typer.Option("--json", help=t("Keluaran JSON", "JSON output"))]


def print_json(answer: object) -> None:
    """Print an answer as JSON on stdout, nothing else; exact numbers and dates are texts."""
    out.out(json.dumps(answer, ensure_ascii=False, indent=2, default=str), highlight=False)
