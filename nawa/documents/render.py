"""A template and plain data become the bytes of a PDF/A-2b file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

import typst

from nawa.documents.labels import LABELS, Language, instant
from nawa.documents.text import settable, shortened

STANDARD: Final = "a-2b"

_TEMPLATES: Final = Path(__file__).parent / "templates"
_FONTS: Final = typst.Fonts(include_system_fonts=False)  # those in the wheel, so that every machine sets the same pages
_LINE: Final = 90  # characters that fit in a line of a page's head or foot


def render(
    template: str,
    content: Mapping[str, Any],
    *,
    institution: str,
    printed_by: str,
    printed_at: datetime,
    language: Language,
) -> bytes:
    """Set a document: `content` by `templates/<template>.typ`, every page with its head, number, printer and hash.

    The hash is of all that the document says. `printed_at` knows its zone and is also the file's date.
    """
    if printed_at.utcoffset() is None:
        raise ValueError("printed_at needs a time zone")
    told = settable({"content": content, "institution": institution, "language": language})
    labels = {**LABELS["page"][language], **LABELS[template][language]}
    printed = labels["printed"].format(by=shortened(printed_by, _LINE), at=instant(printed_at, language))
    head = {"institution": shortened(institution, _LINE), "printed": printed}
    data = {**told, **settable(head), "labels": labels, "fingerprint": fingerprint(told)}
    # A path is the same file each time; bytes would take a new number out of the 65,535 that a process has.
    compiler = typst.Compiler(_TEMPLATES / f"{template}.typ", root=_TEMPLATES, font_paths=_FONTS)
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=[STANDARD],
        timestamp=int(printed_at.timestamp()),
    )
    return cast(bytes, pdf)  # one file, since no place to write it to was named


def fingerprint(told: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of what a document says, as JSON with sorted keys and no spaces."""
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
