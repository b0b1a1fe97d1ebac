"""What is kept of a scan, and what is never let in."""

from __future__ import annotations

import io
import struct
import zlib

import pypdf
import pytest
from django.db import connection
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from nawa.core import scans
from nawa.core.refusal import Refusal
from nawa.core.scans import MOST_BYTES, MOST_PIXELS, cleaned, content_type, reasons_against_scan
from nawa.demo.letters import letter_scan

LETTER = letter_scan("Piagam", "1/2026", "1 November 2026")
_ORIENTATION, _MAKE, _PLACE = 0x0112, 0x010F, 0x8825


def picture(form: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (40, 20), **beside: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, color=None if mode == "P" else 128 if mode in ("L", "1") else (200,) * len(mode)).save(
        written, form, **beside
    )
    return written.getvalue()


def photograph(form: str) -> bytes:
    """A picture that a telephone took on its side, and says where."""
    told = Image.Exif()
    told[_ORIENTATION], told[_MAKE] = 6, "TELEPON-RAHASIA"
    told.get_ifd(_PLACE)[2] = (6.0, 59.0, 0.0)
    return picture(form, exif=told, **({"comment": b"CATATAN-RAHASIA"} if form == "JPEG" else {}))


def depths(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many transactions are open, one in the other, whenever a scan is decoded."""
    found: list[int] = []
    own = scans.cleaned

    def watched(scan: bytes) -> bytes:
        found.append(len(connection.savepoint_ids))
        return own(scan)

    monkeypatch.setattr(scans, "cleaned", watched)
    return found


def written_by(change: object) -> bytes:
    """A PDF of one page, after `change` had its way with it."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    assert callable(change)
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is large, and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def codes(scan: bytes) -> list[str]:
    return [reason.code for reason in reasons_against_scan(scan)]


@pytest.mark.parametrize("scan", [LETTER, picture(), picture("PNG"), picture("PNG", "L")])
def test_an_ordinary_scan_is_taken(scan: bytes) -> None:
    assert codes(scan) == []
    assert content_type(cleaned(scan)) == content_type(scan)


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (b"", "letter.scan"),
        (b"%PDF-" + bytes(MOST_BYTES), "letter.size"),
        (b"GIF89a", "letter.kind"),
        (b"<svg onload='alert(1)'>", "letter.kind"),
        (b"PK\x03\x04" + LETTER, "letter.kind"),
        (bomb(100_000, 100_000), "letter.pixels"),
        (bomb(10_000, MOST_PIXELS // 10_000 + 1), "letter.pixels"),
        (b"\xff\xd8\xff" + b"<html>", "letter.broken"),
        (b"%PDF-1.7\n<html>\n%%EOF", "letter.broken"),
        (LETTER + b"PK\x03\x04 a program behind the page", "letter.broken"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(scan: bytes, code: str) -> None:
    assert codes(scan) == [code]


def test_a_picture_of_just_so_many_pixels_may_be_looked_at() -> None:
    assert codes(bomb(10_000, MOST_PIXELS // 10_000)) == []


@pytest.mark.parametrize("scan", [picture()[:300], bomb(40, 20)])
def test_a_picture_that_breaks_off_is_refused_when_it_is_decoded(scan: bytes) -> None:
    with pytest.raises(Refusal, match=r"letter\.broken"):
        cleaned(scan)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_nothing_but_the_picture_is_kept_and_it_stands_upright(form: str) -> None:
    taken = photograph(form)
    assert b"TELEPON-RAHASIA" in taken
    kept = cleaned(taken)
    assert b"RAHASIA" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.size, dict(image.getexif())) == ((20, 40), {})


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_hangs_behind_a_picture_is_gone(form: str) -> None:
    assert b"<script>" not in cleaned(picture(form) + b"<script>alert(1)</script>")


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1")])
def test_every_way_of_keeping_colours_is_understood(form: str, mode: str) -> None:
    assert codes(cleaned(picture(form, mode))) == []


def _hidden(writer: pypdf.PdfWriter) -> None:
    """A script that stands where no plain text does: in a compressed stream of objects."""
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda writer: writer.add_attachment("a.exe", b"MZ"), "letter.active"),
        (_hidden, "letter.active"),
        (lambda writer: writer.encrypt("rahasia", algorithm="RC4-128"), "letter.locked"),
    ],
)
def test_a_pdf_that_acts_hides_or_is_locked_is_refused(change: object, code: str) -> None:
    assert codes(written_by(change)) == [code]


def test_a_name_that_is_spelled_with_codes_is_the_same_name() -> None:
    plain = written_by(_hidden)
    spelled = plain.replace(b"/JavaScript", b"/J#61vaScrip")
    assert b"/JavaScript" not in spelled
    assert codes(spelled) == ["letter.active"]
