"""An xlsx file as a zip of XML parts: what it is, whether it is safe to open, and where its sheets lie."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree

from nawa.workbook.grid import Limits
from nawa.workbook.problems import UnreadableFile

_KINDS: Final = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"PAR1", "Parquet"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"<", "HTML / XML"),
    (b"\xef\xbb\xbf<", "HTML / XML"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK: Final = 2**20


def refuse_unless_zip(path: Path) -> None:
    """Refuse what is not a zip file, saying what it seems to be."""
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith(b"PK"):
        return
    if start.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
        raise UnreadableFile("LOCKED" if locked else "OLD_EXCEL", name=path.name)
    kind = next((kind for magic, kind in _KINDS if start.startswith(magic)), None)
    raise UnreadableFile("WRONG_TYPE", name=path.name, kind=kind or _text_or_data(start))


def _text_or_data(start: bytes) -> str:
    return "teks / CSV" if all(byte >= 32 or byte in b"\t\r\n" for byte in start) else "data"


def refuse_bomb(name: str, opened: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse a zip that would grow beyond the limits when unpacked, or that is locked."""
    parts = opened.infolist()
    if len(parts) > limits.entries:
        raise _too_large(name, "jumlah berkas di dalamnya", str(limits.entries))
    if sum(info.file_size for info in parts) > limits.unpacked_bytes:
        raise _too_large(name, "isi setelah dibuka", f"{limits.unpacked_bytes >> 20} MiB")
    for info in parts:
        if info.file_size > limits.part_bytes:
            raise _too_large(name, info.filename, f"{limits.part_bytes >> 20} MiB")
        if info.file_size > 16 * 2**20 and info.file_size > limits.swelling * max(info.compress_size, 1):
            raise UnreadableFile("BOMB", name=name, part=info.filename)
        if info.flag_bits & 1:
            raise UnreadableFile("LOCKED", name=name)


def _too_large(name: str, what: str, limit: str) -> UnreadableFile:
    return UnreadableFile("TOO_LARGE", name=name, what=what, limit=limit)


class Package:
    """An opened xlsx. Every part is bounded in size and checked against its checksum before anything reads it."""

    def __init__(self, path: Path, limits: Limits) -> None:
        refuse_unless_zip(path)
        self._name, self._limits = path.name, limits
        with self._or_broken():
            self._zip = zipfile.ZipFile(path)
        self._parts = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        refuse_bomb(path.name, self._zip, limits)
        self._refuse_other_kinds()
        self.sheets = self._find_sheets()
        """Sheet names as the file has them, and the part of each."""
        self.recalculates = b'fullCalcOnLoad="1"' in self.part("xl/workbook.xml")
        """Whether the workbook asks to be calculated when opened: its stored results may be placeholders."""
        self._verify()

    @property
    def has_macros(self) -> bool:
        """Whether a macro project is inside; nothing ever runs it."""
        return any(name.endswith("vbaProject.bin") for name in self._parts)

    def part(self, name: str) -> bytes:
        """One part, unpacked."""
        info = self._parts.get(name)
        if info is None:
            raise UnreadableFile("BROKEN", name=self._name)
        with self._or_broken(), self._zip.open(info) as file:
            return file.read(self._limits.part_bytes + 1)

    def _refuse_other_kinds(self) -> None:
        if len(self._parts) != len(self._zip.infolist()):  # two readers may see different twins
            raise UnreadableFile("BROKEN", name=self._name)
        if "xl/workbook.xml" in self._parts:
            return
        if "xl/workbook.bin" in self._parts:
            raise UnreadableFile("OTHER_SPREADSHEET", name=self._name, kind="Excel biner (.xlsb)")
        if "content.xml" in self._parts and "mimetype" in self._parts:
            raise UnreadableFile("OTHER_SPREADSHEET", name=self._name, kind="OpenDocument (.ods)")
        kind = "Word" if "word/document.xml" in self._parts else "zip"
        raise UnreadableFile("WRONG_TYPE", name=self._name, kind=kind)

    def _find_sheets(self) -> dict[str, str]:
        relations = {
            element.get("Id"): element.get("Target", "")
            for element in self._xml("xl/_rels/workbook.xml.rels").iter()
            if element.tag.endswith("}Relationship") and element.get("Type", "").endswith("/worksheet")
        }
        found = {}
        for element in self._xml("xl/workbook.xml").iter():
            target = next((relations.get(v) for k, v in element.items() if k.endswith("}id")), None)
            if element.tag.endswith("}sheet") and target:
                if element.get("name", "") in found:
                    raise UnreadableFile("BROKEN", name=self._name)
                found[element.get("name", "")] = str(PurePosixPath("xl", target)).lstrip("/")
        return found

    def _xml(self, name: str) -> ElementTree.Element:
        data = self.part(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnreadableFile("BROKEN", name=self._name)
        with self._or_broken():
            return ElementTree.fromstring(data)  # noqa: S314 - no document type, hence no entities

    def _verify(self) -> None:
        """Unpack everything but the sheets (they are checked one by one) and let zipfile compare the checksums."""
        for name, info in self._parts.items():
            if name in self.sheets.values():
                continue
            with self._or_broken(), self._zip.open(info) as file:
                while file.read(_CHUNK):
                    pass

    @contextmanager
    def _or_broken(self) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ElementTree.ParseError) as error:
            raise UnreadableFile("BROKEN", name=self._name) from error
        except (NotImplementedError, RuntimeError, ValueError, LookupError) as error:  # odd compression or encoding
            raise UnreadableFile("BROKEN", name=self._name) from error
