"""Reads a workbook, or CSV or Parquet files, that somebody handed in (`read`), and gives it back marked (`mark`).

The file is parsed in a child process with bounded memory and time, so that nothing in it can stop or fill this one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

import nawa
from nawa.workbook.grid import Limits
from nawa.workbook.problems import Problem, Severity, UnreadableFile
from nawa.workbook.reading import Reading
from nawa.workbook.rows import ROW
from nawa.workbook.sentences import Language

__all__ = ["Limits", "Problem", "Reading", "Severity", "UnreadableFile", "mark", "read", "read_simata"]

_CPU_LIMIT: Final = 24  # SIGXCPU
_SOURCE: Final = str(Path(nawa.__file__).parents[1])
_PASSED_ON: Final = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "HOME", "TMPDIR", "TEMP", "LD_LIBRARY_PATH")


def read(path: Path, *, on: date | None = None, limits: Limits | None = None) -> Reading:
    """Read one input. Bad cells and rows are problems in the result; good rows are not held back by them.

    `on` is the reference date, against which appointments in the future are noted.

    Raises:
        UnreadableFile: nothing can be read: missing, damaged, locked, of another kind, or beyond the limits.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="nawa-") as folder:  # readable by this user only
        return _loaded(Path(folder), _asked(path, Path(folder), limits, on=on.isoformat() if on else None))


def read_simata(path: Path, *, limits: Limits) -> Reading:
    """Read SIMATA's sheet (`nawa.workbook.simata`); its one table is `simata`. Raises as `read`."""
    with tempfile.TemporaryDirectory(prefix="nawa-") as folder:
        return _loaded(Path(folder), _asked(path, Path(folder), limits, on=None, simata=True))


def mark(path: Path, problems: Sequence[Problem], *, limits: Limits | None = None, language: Language = "id") -> bytes:
    """Return the input as an xlsx file, the problems marked and noted (`nawa.workbook.marked`). Raises as `read`."""
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="nawa-") as folder:
        plain = [problem.as_dict() for problem in problems]
        _asked(path, Path(folder), limits, on=None, problems=plain, language=language)
        return (Path(folder) / "marked.xlsx").read_bytes()


def _asked(path: Path, folder: Path, limits: Limits, **asked: Any) -> Mapping[str, Any]:
    """Let a child work, and return what it answered."""
    request = {"path": str(path.absolute()), "folder": str(folder), "limits": asdict(limits), **asked}
    return _answer(folder, path, limits, _run_child(json.dumps(request), path, limits))


def _run_child(request: str, path: Path, limits: Limits) -> subprocess.CompletedProcess[bytes]:
    """Run the child to its end; it is killed when the time is over."""
    try:
        return subprocess.run(
            [sys.executable, "-P", "-m", "nawa.workbook.child"],
            input=request.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=_environment(),
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile("TOO_SLOW", name=path.name, limit=str(limits.seconds)) from None


def _environment() -> dict[str, str]:
    """No secrets of this process; few threads, as each reserves address space."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return passed | {
        "PYTHONPATH": _SOURCE,
        "PYTHONUTF8": "1",
        "POLARS_MAX_THREADS": "2",
        "RAYON_NUM_THREADS": "2",
        "MALLOC_ARENA_MAX": "2",
    }


def _answer(folder: Path, path: Path, limits: Limits, status: subprocess.CompletedProcess[bytes]) -> Mapping[str, Any]:
    if status.returncode:
        raise _ended(path, limits, status)
    answer: Mapping[str, Any] = json.loads((folder / "reading.json").read_text(encoding="utf-8"))
    if "unreadable" in answer:
        raise UnreadableFile(answer["unreadable"], **answer["details"])
    return answer


def _ended(path: Path, limits: Limits, status: subprocess.CompletedProcess[bytes]) -> UnreadableFile:
    """Why a child gave no answer: the kernel or the allocator ended it at a limit, or it met something unforeseen."""
    said = status.stderr.decode("utf-8", "replace")
    if status.returncode == -_CPU_LIMIT:
        return UnreadableFile("TOO_SLOW", name=path.name, limit=str(limits.seconds))
    if status.returncode < 0 or "MemoryError" in said or "memory allocation" in said:
        return UnreadableFile("TOO_MUCH_MEMORY", name=path.name, limit=f"{limits.memory_bytes >> 20} MiB")
    error = UnreadableFile("FAILED", name=path.name)
    error.add_note(said[-4000:])  # for developers; the message alone is shown to users
    return error


def _loaded(folder: Path, answer: Mapping[str, Any]) -> Reading:
    frames = {table: pl.read_ipc(folder / f"{table}.arrow", memory_map=False) for table in answer["tables"]}
    return Reading(
        tables={table: frame.drop(ROW) for table, frame in frames.items()},
        problems=tuple(Problem.from_dict(problem) for problem in answer["problems"]),
        rows={table: frame[ROW] for table, frame in frames.items()},
        rows_in_file=answer["rows_in_file"],
        withheld=pl.read_ipc(folder / "withheld.arrow", memory_map=False),
    )
