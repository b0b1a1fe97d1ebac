"""Time and peak memory of a whole command: every process it starts, added up."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_INTERVAL: Final = 0.02


@dataclass(frozen=True, slots=True)
class Measured:
    """Wall seconds, peak resident bytes of the command's process group, and what it printed."""

    seconds: float
    peak_bytes: int
    output: str


def measure(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Measured:
    """Run a command in a process group of its own and sample the group's resident memory.

    Raises:
        subprocess.CalledProcessError: the command failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env={**os.environ, **(environment or {})},
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, _resident(process.pid))
        time.sleep(_INTERVAL)
    seconds = time.perf_counter() - started
    output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Measured(seconds, peak, output)


def _resident(group: int) -> int:
    total = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:  # the process group, third after the name
                total += int((folder / "statm").read_text().split()[1]) * _PAGE
        except (OSError, IndexError):  # it ended while we looked
            continue
    return total


def machine() -> str:
    """Return processor, cores and memory of this machine, in words."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        os.uname().machine,
    )
    memory = os.sysconf("SC_PHYS_PAGES") * _PAGE / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB"
