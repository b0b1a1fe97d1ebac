"""Everything that is measured, in one run: `make bench`.

    python -m bench [--people 12000] [--nation 5500000] [--write docs/benchmarks.md]

PostgreSQL is measured too where NAWA_TEST_POSTGRES_URL names a server on which a database may be made.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import dj_database_url
import psycopg

from bench.measure import Measured, machine, measure
from nawa.core.clock import today

_NAWA: Final = (sys.executable, "-m", "nawa")
_DATABASE: Final = "nawa_bench"


def commands(people: int, scratch: Path) -> Iterator[tuple[str, Measured]]:
    """Measure the whole commands that an institution waits for."""
    book, result = scratch / "kota.xlsx", scratch / "peta.xlsx"
    for command in (
        ("demo", "--people", str(people), "--workbook", str(book)),
        ("check", str(book), "--on", "2026-11-01"),
        ("map", str(book), "-o", str(result), "--on", "2026-11-01"),
    ):
        yield _shown(command, scratch), measure([*_NAWA, *command])
    for name, environment in _databases(scratch):
        for preparation in ("migrate", "createcachetable"):
            measure([sys.executable, "manage.py", preparation, "-v0"], environment=environment)
        loaded = measure([*_NAWA, "demo", "--people", str(people)], environment=environment)
        yield f"nawa demo --people {people} ({name})", loaded
        yield f"pages {name}", measure([sys.executable, "-m", "bench.pages"], environment=environment)


def _shown(command: tuple[str, ...], scratch: Path) -> str:
    return "nawa " + " ".join(command).replace(f"{scratch}/", "")


def _databases(scratch: Path) -> Iterator[tuple[str, dict[str, str]]]:
    demo = {"NAWA_VAR": str(scratch / "var"), "NAWA_DEMO": "1"}
    yield "SQLite", {**demo, "DATABASE_URL": ""}
    server = os.environ.get("NAWA_TEST_POSTGRES_URL")
    if not server:
        print("PostgreSQL: not measured, NAWA_TEST_POSTGRES_URL names no server", file=sys.stderr)
        return
    parts = dj_database_url.parse(server)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"drop database if exists {_DATABASE}")
        connection.execute(f"create database {_DATABASE}")
    url = f"postgresql://{parts['USER']}@{parts['HOST']}:{parts['PORT']}/{_DATABASE}"
    yield "PostgreSQL", {**demo, "DATABASE_URL": url}
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"drop database {_DATABASE}")


def main() -> None:
    """Measure, print, and if asked write the page of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=12_000)
    parser.add_argument("--nation", type=int, default=5_500_000, help="people of the large engine run; 0 leaves it out")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    lines = [f"{today().isoformat()}, {machine()}, Python {sys.version.split()[0]}.", ""]
    lines += ["| command | seconds | peak memory of all its processes |", "|---|---|---|"]
    with tempfile.TemporaryDirectory(prefix="nawa-bench-") as folder:
        pages = []
        for command, taken in commands(asked.people, Path(folder)):
            if command.startswith("pages"):
                pages += [
                    "",
                    f"`python -m bench.pages` on {command.removeprefix('pages ')}",
                    "",
                    "```",
                    taken.output.strip(),
                    "```",
                ]
                print(*pages[1:], sep="\n", flush=True)
                continue
            lines.append(f"| `{command}` | {taken.seconds:.1f} | {taken.peak_bytes / 2**20:.0f} MiB |")
            print(lines[-1], flush=True)
        lines += pages
    sizes = [str(size) for size in (asked.people, asked.nation) if size]
    engine = measure([sys.executable, "-m", "bench.engine", "--people", *sizes]).output
    print(engine)
    lines += ["", f"`python -m bench.engine --people {' '.join(sizes)}`", "", "```", engine.strip(), "```"]
    if asked.write:
        head = asked.write.read_text(encoding="utf-8").partition("<!-- figures -->")[0]
        asked.write.write_text(head + "<!-- figures -->\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
