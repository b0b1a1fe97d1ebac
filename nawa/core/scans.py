"""Letters that were signed outside and scanned: a PDF, a JPEG or a PNG, told by what the bytes hold, not by a name.

Of an image nothing but its picture is kept: it is decoded, turned as the camera held it, and written anew, so that
place, device and whatever hung behind the picture are gone. A PDF is kept byte for byte, for it may be signed
electronically; one that can do something, or hides a file, is refused.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any, Final

import pypdf
from PIL import Image, ImageOps
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from nawa.core.refusal import Reason, Refusal

MOST_BYTES: Final = 5 * 1024 * 1024
"""Bytes that a scan may have."""

MOST_PIXELS: Final = 40_000_000
"""Pixels that an image may have: A4 on both sides at 400 dots per inch. More is not decoded."""

_PDF: Final = "application/pdf"
_SIGNATURES: Final = (
    (b"%PDF-", _PDF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
SUFFIXES: Final = {_PDF: "pdf", "image/jpeg": "jpg", "image/png": "png"}
"""How a file of each kind ends."""

_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG"}
_QUALITY: Final = 88
_PLAIN: Final = frozenset({"1", "L", "RGB"})
_BOMBS: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)

_ACTIVE: Final = frozenset(
    {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/SubmitForm", "/ImportData"}
)
"""Names in a PDF of what acts when it is opened, or hides another file."""

_WRITTEN: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b")
_AFTER_END: Final = re.compile(rb"%%EOF\s*\Z")
_MOST_OBJECTS: Final = 20_000


def content_type(scan: bytes) -> str:
    """Return the media type of a scan by what it holds; empty for anything but PDF, JPEG and PNG."""
    return next((kind for signature, kind in _SIGNATURES if scan.startswith(signature)), "")


def digest(scan: bytes) -> str:
    """Return the SHA-256 of a scan, in hexadecimal."""
    return hashlib.sha256(scan).hexdigest()


def reasons_against_scan(scan: bytes) -> list[Reason]:
    """Return why a scan cannot be kept. Decodes no picture.

    `letter.scan`, `letter.size` or `letter.kind` where it is missing, too large, or none of the three; `letter.pixels`
    where its picture is too large; `letter.broken`, `letter.locked` or `letter.active` for a PDF that cannot be read,
    asks for a password, or holds scripts, programs or files.
    """
    if not scan:
        return [Reason("letter.scan")]
    if len(scan) > MOST_BYTES:
        return [Reason("letter.size", {"megabytes": MOST_BYTES // 1024**2})]
    kind = content_type(scan)
    if not kind:
        return [Reason("letter.kind")]
    code = _fault_of_pdf(scan) if kind == _PDF else _fault_of_image(scan, kind)
    return [Reason(code, {"megapixels": MOST_PIXELS // 10**6} if code == "letter.pixels" else {})] if code else []


def cleaned(scan: bytes) -> bytes:
    """Return what is kept of a scan that nothing speaks against: an image's picture alone, a PDF as it is.

    Raises:
        Refusal: `letter.broken`, the picture cannot be decoded.
    """
    kind = content_type(scan)
    if kind == _PDF:
        return scan
    written = io.BytesIO()
    try:
        with Image.open(io.BytesIO(scan), formats=[_FORMATS[kind]]) as image:
            _bare(image, kind).save(written, _FORMATS[kind], quality=_QUALITY, optimize=True)
    except (OSError, ValueError, SyntaxError, *_BOMBS) as broken:
        raise Refusal([Reason("letter.broken")]) from broken
    return written.getvalue()


def cleaned_ahead(scan: bytes) -> bytes:
    """Return as `cleaned`, or nothing where something speaks against the scan, which the caller is about to tell.

    Meant for before a transaction begins: a picture takes seconds, in which nobody else should have to wait.
    """
    return b"" if reasons_against_scan(scan) else cleaned(scan)


def _bare(image: Image.Image, kind: str) -> Image.Image:
    """Return the picture, turned as the camera held it, with nothing beside it."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode not in _PLAIN:
        turned = turned.convert("RGBA" if kind == "image/png" and turned.has_transparency_data else "RGB")
    turned.info.clear()
    return turned


def _fault_of_image(scan: bytes, kind: str) -> str:
    try:
        with Image.open(io.BytesIO(scan), formats=[_FORMATS[kind]]) as image:
            width, height = image.size
    except _BOMBS:
        return "letter.pixels"
    except (OSError, ValueError, SyntaxError):
        return "letter.broken"
    return "letter.pixels" if width * height > MOST_PIXELS else ""


def _fault_of_pdf(scan: bytes) -> str:
    """Walk all objects of a PDF; names in plain sight count also where no table of the file leads to them."""
    if not _AFTER_END.search(scan[-1024:]):  # something hangs behind its end
        return "letter.broken"
    if _WRITTEN.search(scan):
        return "letter.active"
    try:
        reader = pypdf.PdfReader(io.BytesIO(scan), strict=False)
        if reader.is_encrypted:
            return "letter.locked"
        if not reader.pages:
            return "letter.broken"
        return "letter.active" if any(not _ACTIVE.isdisjoint(_names(found)) for found in _objects(reader)) else ""
    except Exception:
        return "letter.broken"


def _objects(reader: pypdf.PdfReader) -> Iterator[Any]:
    """Yield every object that the file's tables name.

    Raises:
        ValueError: there are more than a scan has.
    """
    plain = [(number, generation) for generation, table in reader.xref.items() for number in table]
    numbers = [*plain, *((number, 0) for number in reader.xref_objStm)]
    if len(numbers) > _MOST_OBJECTS:
        raise ValueError("too many objects")
    yield reader.trailer
    for number, generation in numbers:
        yield reader.get_object(pypdf.generic.IndirectObject(number, generation, reader))


def _names(found: Any) -> Iterator[str]:
    """Yield the keys and names in an object and what stands within it; a stream's content is not looked into."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject | StreamObject):
            yield from (str(key) for key in one)
            waiting += [dict.__getitem__(one, key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += list(one)
        elif isinstance(one, pypdf.generic.NameObject):
            yield str(one)
