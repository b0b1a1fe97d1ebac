"""The child process of `read` and `mark`: works on one input under limits, and leaves the result in a folder.

Run as `python -m nawa.workbook.child` with a JSON request on standard input. It writes `<table>.arrow` files and, last,
`reading.json`; a file that cannot be read is an answer too, not a failure. A request with `problems` asks for the input
with marks instead: `marked.xlsx`.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from nawa.workbook.grid import Limits
from nawa.workbook.marked import write_marked
from nawa.workbook.problems import Problem, UnreadableFile
from nawa.workbook.reading import Reading, read_here
from nawa.workbook.rows import ROW
from nawa.workbook.simata import read_simata_here

if sys.platform != "win32":
    import resource


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    limit_resources(limits)
    folder = Path(request["folder"])
    on = date.fromisoformat(request["on"]) if request["on"] else None
    try:
        if "problems" in request:
            answer = _marked(request, folder, limits)
        elif request.get("simata"):
            answer = _written(read_simata_here(Path(request["path"]), limits=limits), folder)
        else:
            answer = _written(read_here(Path(request["path"]), on=on, limits=limits), folder)
    except UnreadableFile as error:
        answer = {"unreadable": error.code, "details": error.details}
    (folder / "reading.json").write_text(json.dumps(answer), encoding="utf-8")


def limit_resources(limits: Limits) -> None:
    """Bound memory, processor time, what may be written, and leave no core file."""
    if sys.platform == "win32":
        return
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.memory_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _marked(request: dict[str, Any], folder: Path, limits: Limits) -> dict[str, Any]:
    problems = [Problem.from_dict(plain) for plain in request["problems"]]
    source, target = Path(request["path"]), folder / "marked.xlsx"
    write_marked(source, problems, target, limits=limits, language=request["language"])
    return {"marked": True}


def _written(reading: Reading, folder: Path) -> dict[str, Any]:
    """Write the tables, each with its rows' numbers; the rest as plain values."""
    for table, frame in reading.tables.items():
        frame.with_columns(reading.rows[table].alias(ROW)).write_ipc(folder / f"{table}.arrow")
    reading.withheld.write_ipc(folder / "withheld.arrow")
    return {
        "tables": list(reading.tables),
        "problems": [problem.as_dict() for problem in reading.problems],
        "rows_in_file": dict(reading.rows_in_file),
    }


if __name__ == "__main__":
    main()
