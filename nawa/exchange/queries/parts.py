"""The parts of an upload by their names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

import polars as pl

from nawa.exchange.models import Content, Upload
from nawa.workbook.problems import Problem

FILE: Final = "file"
MARKED: Final = "marked"
PROBLEMS: Final = "problems"
ABSENT: Final = "absent"
WITHHELD: Final = "withheld"
TABLE: Final = "table/"
DIFFERENCE: Final = "difference/"
UNDO: Final = "undo/"
PROVENANCE: Final = "provenance/"
NEWER: Final = "newer"
NEWER_SCHEMA: Final = {"table": pl.String(), "row": pl.String(), "named_by": pl.String()}


def content(upload: Upload, name: str) -> bytes | None:
    """Return a part as bytes, or None where there is none (one query)."""
    found = Content.objects.filter(upload=upload, name=name).values_list("content", flat=True).first()
    return bytes(found) if found is not None else None


def frame(upload: Upload, name: str, columns: Sequence[str] | None = None) -> pl.DataFrame | None:
    """Return a part as a table, or some of its columns; None where there is none (one query)."""
    found = Content.objects.filter(upload=upload, name=name).first()
    return found.frame(columns) if found else None


def problems(upload: Upload, *, of_file: bool = False) -> list[Problem]:
    """Return what is wrong, or only what the file itself shows, in the order of sheets and rows (one query)."""
    found = frame(upload, PROBLEMS, ["problem", "of_file"])
    if found is None:
        return []
    chosen = found.filter("of_file") if of_file else found
    return [Problem.from_dict(json.loads(text)) for text in chosen["problem"]]
