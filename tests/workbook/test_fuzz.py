"""Damaged variants of a good workbook: every one is read or refused; none ends in a traceback, a crash or a hang."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from nawa.workbook.problems import UnreadableFile
from nawa.workbook.read import read
from nawa.workbook.write import Form, write_tables
from tests.workbook.fuzzing import variant
from tests.workbook.office import small_city

TREE = Path(__file__).resolve().parents[2]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "baik.xlsx"
    city = small_city()
    write_tables(path, {name: city[name] for name in ("unit", "person", "performance_rating")})
    return path


def outcomes(good: Path, first: int, last: int) -> Counter[str]:
    """What became of each seed. Where a variant ends the process, as limits do in the real child, `read` says why."""
    found: Counter[str] = Counter()
    while first < last:
        run = subprocess.run(
            [sys.executable, "-m", "tests.workbook.fuzzing", str(good), str(first), str(last)],
            cwd=TREE, capture_output=True, text=True, timeout=60 + (last - first), check=False,
        )  # fmt: skip
        lines = [json.loads(line) for line in run.stdout.splitlines()]
        found.update(line["outcome"] for line in lines if "outcome" in line)
        first = lines[-1]["seed"] + 1 if lines else last
        if "outcome" not in lines[-1]:
            assert run.returncode < 0 or "MemoryError" in run.stderr, f"seed {lines[-1]['seed']}\n{run.stderr}"
            found[through_the_real_child(good, lines[-1]["seed"])] += 1
    return found


def through_the_real_child(good: Path, seed: int) -> str:
    path = good.parent / "nyata" / good.name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(variant(good.read_bytes(), seed))
    try:
        return f"{sum(table.height for table in read(path).tables.values())} rows"
    except UnreadableFile as refusal:
        assert refusal.code != "FAILED", (seed, refusal.__notes__)
        return refusal.code


def test_500_variants_are_read_or_refused(good: Path) -> None:
    found = outcomes(good, 0, 500)
    assert found.total() == 500
    assert found["BROKEN"] > 50
    assert sum(count for outcome, count in found.items() if outcome.endswith("rows")) > 100


def test_variants_through_the_real_child_are_read_or_refused(good: Path) -> None:
    for seed in range(1000, 1008):
        through_the_real_child(good, seed)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_damaged_files_of_a_folder_are_read_or_refused(tmp_path: Path, form: Form) -> None:
    write_tables(tmp_path, {"person": small_city()["person"]}, form=form)
    assert outcomes(tmp_path / f"pegawai.{form}", 0, 60).total() == 60


@pytest.mark.torture
def test_10_000_variants_are_read_or_refused(good: Path) -> None:
    assert outcomes(good, 10_000, 20_000).total() == 10_000
