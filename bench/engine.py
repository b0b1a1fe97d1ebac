"""Measures the engine against the floor: plain polars that reads the same records, writes the same map, and no more.

    python -m bench.engine --people 12000 5500000

People are mapped in parts (an institution, or a region, at a time), as a national run does it: a person's result
depends on nobody else. Each phase is a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from bench.records import synthetic_records
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import RECORD_SCHEMAS, Records
from nawa.engine.trace import result_hash
from nawa.policy import load

ON: Final = date(2026, 11, 1)
PARAMETERS: Final = load("bkn-411-2025", on=ON).parameters
PART: Final = 250_000


def _parts(scratch: Path) -> list[Path]:
    return sorted(path for path in scratch.iterdir() if path.name.startswith("part-"))


def generate(scratch: Path, people: int) -> int:
    """Write the records as Parquet, part by part; return their rows."""
    rows = 0
    for number, first in enumerate(range(0, people, PART)):
        records = synthetic_records(min(PART, people - first), seed=number + 1)
        folder = scratch / f"part-{number:03}"
        folder.mkdir()
        for name, frame in records.tables.items():
            frame.write_parquet(folder / f"{name}.parquet")
            rows += frame.height
    return rows


def _read(part: Path) -> dict[str, pl.DataFrame]:
    return {name: pl.read_parquet(part / f"{name}.parquet") for name in RECORD_SCHEMAS}


def engine(scratch: Path) -> Iterator[None]:
    """Read, map, write."""
    for part in _parts(scratch):
        result = map_talent(Records(_read(part)), PARAMETERS, on=ON)
        result.map.write_parquet(part / "map.parquet")
        yield


def floor(scratch: Path) -> Iterator[None]:
    """Read the same and write as much: the map of the first part stands for each part's own."""
    parts = _parts(scratch)
    ready = pl.read_parquet(parts[0] / "map.parquet")
    yield  # what is above is not measured
    for part in parts:
        people = _read(part)["person"].height
        ready.head(people).write_parquet(part / "floor.parquet")
        yield


def grouped(scratch: Path) -> Iterator[None]:
    """As the floor, and the least that any answer needs: each table grouped by person once and joined to the people."""
    parts = _parts(scratch)
    ready = pl.read_parquet(parts[0] / "map.parquet")
    yield
    for part in parts:
        tables = _read(part)
        people = tables["person"].lazy()
        for name, frame in tables.items():
            if "source" in frame.columns:
                latest = (
                    frame.lazy()
                    .group_by("subject")
                    .agg(pl.col("source").max().alias(name), pl.len().alias(f"{name} n"))
                )
                people = people.join(latest, on="subject", how="left")
        ready.head(people.sort("subject").collect().height).write_parquet(part / "floor.parquet")
        yield


PHASES: Final[dict[str, Callable[[Path], Iterator[None]]]] = {"engine": engine, "floor": floor, "grouped": grouped}


def _run(phase: str, scratch: Path) -> None:
    steps = PHASES[phase](scratch)
    if phase != "engine":
        next(steps)
    started = time.perf_counter()
    for _ in steps:
        pass
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))


def _measured(phase: str, scratch: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench.engine", "--phase", phase, "--scratch", str(scratch)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found["seconds"], found["peak"] / 2**30


def _in_memory(people: int) -> None:
    """The engine step by itself, as `nawa map` takes it: records in memory to map in memory."""
    records = synthetic_records(people, seed=1)
    times = []
    for _ in range(5):
        started = time.perf_counter()
        result = map_talent(records, PARAMETERS, on=ON)
        times.append(time.perf_counter() - started)
    started = time.perf_counter()
    result_hash(result.map)
    hashed = time.perf_counter() - started
    print(f"  in memory: first {times[0]:.2f} s, best of five {min(times):.2f} s; hash of the map {hashed:.2f} s")


def measure(people: int, folder: Path) -> None:
    """Print what it takes to map so many people."""
    rows = generate(folder, people)
    print(f"{people:,} people, {rows:,} rows of evidence")
    if people <= PART:
        _in_memory(people)
    engine_seconds, engine_peak = _measured("engine", folder)
    print(f"  engine: {engine_seconds:.2f} s, peak {engine_peak:.2f} GiB")
    for phase, words in (("floor", "read and write only"), ("grouped", "and one group_by per table")):
        seconds, peak = _measured(phase, folder)
        ratio = engine_seconds / seconds
        print(f"  floor, {words}: {seconds:.2f} s, peak {peak:.2f} GiB; the engine takes {ratio:.2f} times as long")


def main() -> None:
    """Measure each size, or (in a child process) run one phase."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[12_000, 5_500_000])
    parser.add_argument("--scratch", type=Path, help="folder for the records (some 3 GB for 5.5 million people)")
    parser.add_argument("--phase", choices=sorted(PHASES), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.phase:
        _run(chosen.phase, chosen.scratch)
        return
    for people in chosen.people:
        with tempfile.TemporaryDirectory(dir=chosen.scratch) as folder:
            measure(people, Path(folder))


if __name__ == "__main__":
    main()
