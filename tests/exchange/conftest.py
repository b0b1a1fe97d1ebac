"""Files are read in the tests' own process, but where the guarded one is what is tested: it takes a second to start."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from nawa.exchange.tasks import checking
from nawa.workbook.grid import Limits
from nawa.workbook.marked import write_marked
from nawa.workbook.problems import Problem
from nawa.workbook.reading import Reading, read_here
from nawa.workbook.sentences import Language


@pytest.fixture(autouse=True)
def read_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def read(path: Path, *, on: date | None = None, limits: Limits | None = None) -> Reading:
        return read_here(path, on=on, limits=limits)

    def mark(path: Path, problems: Sequence[Problem], *, limits: Limits, language: Language) -> bytes:
        write_marked(path, problems, tmp_path / "marked.xlsx", limits=limits, language=language)
        return (tmp_path / "marked.xlsx").read_bytes()

    if request.node.get_closest_marker("guarded") is None:
        monkeypatch.setattr(checking, "read", read)
        monkeypatch.setattr(checking, "mark", mark)
