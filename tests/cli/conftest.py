"""Calling the command line as a user does: in a process of its own where start-up matters, in this one otherwise."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from nawa.cli import main
from nawa.cli.speech import choose
from nawa.demo.city import build
from nawa.workbook.write import write_tables


@dataclass(frozen=True)
class Answer:
    """What a call answered: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


Nawa = Callable[..., Answer]


def map_rows(path: Path) -> pl.DataFrame:
    """The rows of `peta_talenta` in a result workbook."""
    return pl.DataFrame(fastexcel.read_excel(path).load_sheet("peta_talenta"))


@pytest.fixture
def nawa(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Nawa]:
    """Call `nawa` with these arguments on a wide terminal."""
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["nawa", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Answer(int(ended.value.code or 0), said.out, said.err)

    yield call
    choose("id")


@pytest.fixture(scope="session")
def city_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest demo city as a workbook."""
    path = tmp_path_factory.mktemp("city") / "kota.xlsx"
    write_tables(path, build(people=300).tables)
    return path
