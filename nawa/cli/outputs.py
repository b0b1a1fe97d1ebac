"""Writing a file whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nawa.cli.speech import Exit, stop, t


def keep(path: Path) -> None:
    """End the command where a file would be lost that somebody may have filled in."""
    if path.exists():
        stop(
            t(
                f"{path} sudah ada dan tidak ditimpa. Pilih nama lain.",
                f"{path} exists and is kept. Choose another name.",
            ),
            Exit.REFUSED,
        )


@contextmanager
def writing(path: Path, *, suffix: str | None = None) -> Iterator[Path]:
    """Give a draft beside the file, and put it in the file's place when the block ends well.

    An interrupted command leaves the old file as it was. Ends the command when the place cannot be written to.
    """
    if suffix and path.suffix.lower() != suffix:
        stop(
            t(f"Nama berkas keluaran harus berakhiran {suffix}: {path}", f"The output must end in {suffix}: {path}"),
            Exit.USAGE,
        )
    with writable(path), tempfile.TemporaryDirectory(prefix=".nawa-", dir=path.absolute().parent) as folder:
        draft = Path(folder) / path.name
        yield draft
        draft.replace(path)


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """End the command, saying why, when a file or folder cannot be written."""
    try:
        yield
    except OSError as failed:
        reason = failed.strerror or str(failed)
        stop(t(f"{path} tidak dapat ditulis: {reason}.", f"{path} cannot be written: {reason}."), Exit.UNREADABLE)
