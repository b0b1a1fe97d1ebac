"""Letters of the demo city as scans: one page that says what it stands for, and that it is no real letter."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_PAPER: Final = (496, 702)
"""Pixels of a photographed sheet: A4 at 60 dots per inch."""

_NOTICE: Final = "BERKAS PERAGA - bukan surat sungguhan. Seluruh isi kota peraga adalah rekaan."


def letter_scan(title: str, number: str, dated: str) -> bytes:
    """Return a PDF of one page (A4) with a title, a number and a date in it; the same words give the same bytes."""
    lines = [(18, title), (12, f"Nomor {number}"), (12, f"Tanggal {dated}"), (10, _NOTICE)]
    shown = "".join(f"/F1 {size} Tf 0 -32 Td ({_escaped(text)}) Tj " for size, text in lines)
    page = f"BT 72 760 Td {shown}ET".encode("latin-1", "replace")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(page), page),
        font,
    )


def letter_photo(title: str, number: str, dated: str) -> bytes:
    """Return a JPEG as a telephone takes it of a sheet with these words."""
    sheet = Image.new("L", _PAPER, 244)
    drawn = ImageDraw.Draw(sheet)
    drawn.rectangle((24, 24, _PAPER[0] - 24, _PAPER[1] - 24), outline=120)
    for row, (size, text) in enumerate([(18, title), (12, f"Nomor {number}"), (12, f"Tanggal {dated}"), (9, _NOTICE)]):
        drawn.text((48, 72 + 40 * row), text, fill=40, font=ImageFont.load_default(size))
    written = io.BytesIO()
    sheet.save(written, "JPEG", quality=80)
    return written.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(*objects: bytes) -> bytes:
    """Return a PDF file of these objects, the first being its catalogue, with its table of where each begins."""
    written = b"%PDF-1.4\n"
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    head = b"xref\n0 %d\n%s" % (size, table)
    return written + head + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(written))
