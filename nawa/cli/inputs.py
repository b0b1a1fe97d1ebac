"""Reading an input for a command, and telling what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.text import Text

from nawa.cli.speech import Exit, language, number, progress, stop, t
from nawa.workbook.problems import Problem, Severity
from nawa.workbook.read import Reading, UnreadableFile, read

InputArgument = Annotated[
    Path,
    typer.Argument(
        metavar="INPUT",
        help=t(
            "Buku kerja .xlsx, atau folder berkas CSV atau Parquet",
            "An .xlsx workbook, or a folder of CSV or Parquet files",
        ),
    ),
]

_STYLES: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "dim"}


def read_input(path: Path, *, on: date) -> Reading:
    """Return what was read, or end the command when nothing can be read."""
    with progress() as steps:
        steps.add_task(t(f"Membaca {path.name}", f"Reading {path.name}"), total=None)
        try:
            return read(path, on=on)
        except UnreadableFile as unreadable:
            stop(unreadable.message(language()), Exit.UNREADABLE)


def people_or_stop(reading: Reading) -> None:
    """End the command, with the problems found, when the input holds no person."""
    if "person" not in reading.tables or reading.tables["person"].is_empty():
        sentences = [problem.sentence(language()) for problem in reading.problems if problem.severity is Severity.ERROR]
        stop("\n".join(sentences) or t("Tidak ada pegawai.", "There are no people."), Exit.PROBLEMS)


def print_problems(problems: Iterable[Problem], console: Console) -> None:
    """Print one line for each problem: where, what, how to mend."""
    for problem in problems:
        console.print(Text(problem.sentence(language()), style=_STYLES[problem.severity]), soft_wrap=True)


def counted(problems: Iterable[Problem]) -> str:
    """Return how many problems of each severity there are, in words."""
    found = Counter(problem.severity for problem in problems)
    errors, warnings, notices = (number(found[severity]) for severity in Severity)
    return t(
        f"{errors} kesalahan, {warnings} peringatan, {notices} pemberitahuan",
        f"{errors} errors, {warnings} warnings, {notices} notices",
    )


def problem_dict(problem: Problem) -> dict[str, Any]:
    """Return a problem with its sentences, for JSON."""
    return problem.as_dict() | {
        "severity": problem.severity.value,
        "reason": problem.reason(language()),
        "remedy": problem.remedy(language()),
    }
