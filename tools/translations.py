"""Compile the English texts of the pages (``nawa/locale/en.d/*.po``) into the one file that Django reads.

.venv/bin/python -m tools.translations
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TREE = Path(__file__).resolve().parent.parent
SOURCES = TREE / "nawa" / "locale" / "en.d"
COMPILED = TREE / "nawa" / "locale" / "en" / "LC_MESSAGES" / "django.mo"


def catalog() -> Catalog:
    """Return all English texts; the same Indonesian text has one translation wherever it stands."""
    merged = Catalog(locale="en")
    for path in sorted(SOURCES.glob("*.po")):
        with path.open("rb") as lines:
            for message in read_po(lines, locale="en"):
                if message.id:
                    merged[message.id] = message
    return merged


def compile_texts() -> None:
    """Write the compiled file where a source is newer than it."""
    newest = max((path.stat().st_mtime for path in SOURCES.glob("*.po")), default=0)
    if COMPILED.exists() and COMPILED.stat().st_mtime >= newest:
        return
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    with COMPILED.open("wb") as target:
        write_mo(target, catalog())


if __name__ == "__main__":
    compile_texts()
