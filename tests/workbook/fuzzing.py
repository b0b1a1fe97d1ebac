"""Damaged variants of a good workbook, each made from its seed alone; many are read in one process under limits.

Run as `python -m tests.workbook.fuzzing GOOD FIRST LAST`: prints one line of JSON for each seed before and after it.
"""

import io
import json
import random
import re
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from nawa.workbook.child import limit_resources
from nawa.workbook.grid import Limits
from nawa.workbook.problems import UnreadableFile
from nawa.workbook.reading import read_here

NASTY = (
    *(
        "",
        " ",
        "=1+1",
        "'",
        "-",
        "#REF!",
        "1E400",
        "1e-400",
        "9" * 400,
        "NaN",
        "inf",
        "TRUE",
        "\ufeff",
        "\u202e",
        "<a>",
    ),
    *("197806262002041002", "1,97806E+17", "31-02-2020", "0000-00-00", "99999", "1/1/1", "1.234", "1.234.567,8", "0.1"),
    *("JENJANG:", "JENJANG:APA", ";;;", "a;b;c", "S.H. " * 50, "x" * 40_000, "\U0001f600", "None", "kode", "nip", "-1"),
)


def variant(good: bytes, seed: int) -> bytes:
    """The damaged file of a seed: a workbook, or one file of a folder."""
    chance = random.Random(seed)
    if not good.startswith(b"PK"):
        return damaged_bytes(good, chance)
    return chance.choice((damaged_bytes, damaged_part, damaged_part, odd_parts, odd_cells))(good, chance)


def damaged_bytes(good: bytes, chance: random.Random) -> bytes:
    """Bytes of the file changed, cut out, doubled, or the end cut off."""
    data = bytearray(good)
    for _ in range(chance.randint(1, 20)):
        at, length = chance.randrange(len(data)), chance.randint(1, 50)
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case _ if chance.random() < 0.1:
                del data[at:]
        data = data or bytearray(b"P")
    return bytes(data)


def damaged_part(good: bytes, chance: random.Random) -> bytes:
    """The XML of one part changed, in a zip that is sound."""
    parts = unzipped(good)
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    for _ in range(chance.randint(1, 6)):
        change = chance.choice((changed_bytes, changed_number, changed_tag, changed_attribute))
        parts[name] = change(parts[name], chance)
    return zipped(parts)


def changed_bytes(xml: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(xml) + 1)
    return xml[:at] + chance.randbytes(chance.randint(0, 8)) + xml[at + chance.randint(0, 40) :]


def changed_number(xml: bytes, chance: random.Random) -> bytes:
    numbers = list(re.finditer(rb"\d+", xml))
    if not numbers:
        return xml
    found = chance.choice(numbers)
    news = (b"0", b"-1", b"99999999999999999999", b"1E308", b"1048577", b"16385", b"4294967296", b"NaN", b"")
    return xml[: found.start()] + chance.choice(news) + xml[found.end() :]


def changed_tag(xml: bytes, chance: random.Random) -> bytes:
    tags = list(re.finditer(rb"<[^>]*>", xml))
    if not tags:
        return xml
    found = chance.choice(tags)
    news = (b"", b"<!-- x -->", b"<f>1</f>", b'<c t="e"><v>#N/A</v></c>', b"<row>", b"</c>", found.group() * 2)
    new = chance.choice(news)
    return xml[: found.start()] + new + xml[found.end() :]


def changed_attribute(xml: bytes, chance: random.Random) -> bytes:
    attributes = list(re.finditer(rb' \w+="[^"]*"', xml))
    if not attributes:
        return xml
    found = chance.choice(attributes)
    news = (b"", b' t="s"', b' t="e"', b' t="n"', b' t="str"', b' r="ZZZ1"', b' r="A0"', b' s="999"', b' x="')
    new = chance.choice(news)
    return xml[: found.start()] + new + xml[found.end() :]


def odd_parts(good: bytes, chance: random.Random) -> bytes:
    """Parts missing, emptied, doubled, swapped or renamed."""
    parts = unzipped(good)
    for _ in range(chance.randint(1, 3)):
        one, other = chance.choice(list(parts)), chance.choice(list(parts))
        match chance.randrange(4):
            case 0:
                del parts[one]
            case 1:
                parts[one] = b""
            case 2:
                parts[one] = parts[other]
            case _:
                parts[chance.choice(("../" + one, one.upper(), "xl/" + one, "x" * 300))] = parts.pop(one)
        if not parts:
            break
    return zipped(parts)


def odd_cells(good: bytes, chance: random.Random) -> bytes:
    """Cells with contents that no office would write, headings among them."""
    parts = unzipped(good)
    for _ in range(chance.randint(1, 15)):
        name = chance.choice([name for name in parts if "/worksheets/" in name or name.endswith("sharedStrings.xml")])
        cells = list(re.finditer(rb"(?<=>)[^<>]+(?=</[tv]>)", parts[name]))
        if cells:
            cell = chance.choice(cells)
            new = escape(chance.choice(NASTY)).encode()
            parts[name] = parts[name][: cell.start()] + new + parts[name][cell.end() :]
    return zipped(parts)


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def main(original: Path, first: int, last: int) -> None:
    """Read the variants of these seeds one after the other."""
    limit_resources(Limits())
    good = original.read_bytes()
    path = original.parent / "ragam" / original.name
    path.parent.mkdir(exist_ok=True)
    for seed in range(first, last):
        path.write_bytes(variant(good, seed))
        tell(seed=seed)
        try:
            reading = read_here(path)
            outcome = f"{sum(table.height for table in reading.tables.values())} rows"
            for problem in reading.problems:
                assert problem.sentence("id")
                assert problem.sentence("en")
        except UnreadableFile as refusal:
            outcome = refusal.code
        tell(seed=seed, outcome=outcome)


def tell(**line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
