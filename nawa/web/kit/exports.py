"""What a page shows, as a file: an Excel workbook or CSV, texts that no spreadsheet runs as formulas."""

from __future__ import annotations

import io
from typing import Final, Literal, TypeAlias, get_args

import polars as pl
from django.http import Http404, HttpResponse
from django.utils.text import slugify

from nawa.workbook.results import write_sheet

Format: TypeAlias = Literal["xlsx", "csv"]
FORMATS: Final[tuple[str, ...]] = get_args(Format)
_TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def format_of(name: str) -> Format:
    """Return the format that an address names.

    Raises:
        Http404: there is no file of that kind.
    """
    if name not in FORMATS:
        raise Http404(name)
    return "xlsx" if name == "xlsx" else "csv"


def download(frame: pl.DataFrame, *, name: str, file_format: Format) -> HttpResponse:
    """Answer with the frame's columns and rows as a file to be saved."""
    content = io.BytesIO()
    write_sheet(content, frame, name=name, file_format=file_format)
    return attachment(content.getvalue(), filename=f"{slugify(name)}.{file_format}", content_type=_TYPES[file_format])


def attachment(content: bytes, *, filename: str, content_type: str) -> HttpResponse:
    """Answer with a file that the browser saves and never runs."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"', "X-Content-Type-Options": "nosniff"},
    )
