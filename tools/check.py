"""Run every check and test that this machine can run; name at the end what failed and what was left out, and why.

    .venv/bin/python -m tools.check [--require-all]

PostgreSQL is tested where NAWA_TEST_POSTGRES_URL names a server on which test databases may be made.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser import chromium_path

TREE = Path(__file__).resolve().parent.parent
BIN = Path(sys.prefix) / "bin"
ROOMS = ("engine", "reference", "policy", "workbook", "demo", "proof", "documents")
PURE = (*ROOMS, "cli/test_commands.py", "cli/test_first_steps.py", "test_tools.py")  # touch no database: tested once


@dataclass
class Report:
    """What was run, and how it ended."""

    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def run(self, title: str, *command: str | Path, **environment: str) -> None:
        """Run one check with its output shown; go on whatever comes out."""
        print(f"\n── {title}", flush=True)
        began = time.monotonic()
        result = subprocess.run(command, cwd=TREE, env={**os.environ, **environment}, stdin=subprocess.DEVNULL)
        print(f"   {'✓' if result.returncode == 0 else '✗'} {time.monotonic() - began:.1f} detik", flush=True)
        if result.returncode:
            self.failed.append(title)

    def skip(self, title: str, why: str) -> None:
        self.skipped.append(f"{title}: {why}")


def main(*, require_all: bool) -> int:
    report = Report()
    pytest: list[str | Path] = [BIN / "pytest", "-q", "-n", "auto", "--maxprocesses", "4"]
    if require_all:
        pytest.append("--no-skips")
    report.run("Gaya penulisan (ruff)", BIN / "ruff", "check", "--quiet", ".")
    report.run("Tata letak (ruff format)", BIN / "ruff", "format", "--check", "--quiet", ".")
    report.run("Arah impor antarruang (import-linter)", BIN / "lint-imports", "--no-logo")
    report.run("Jenis data (mypy)", BIN / "mypy")
    report.run(
        "Migrasi lengkap", sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", DATABASE_URL=""
    )
    report.run("Uji pada SQLite", *pytest, DATABASE_URL="")
    if postgres := os.environ.get("NAWA_TEST_POSTGRES_URL"):
        left_out = [f"--ignore=tests/{place}" for place in PURE]
        report.run("Uji pada PostgreSQL", *pytest, "-m", "not looks", *left_out, DATABASE_URL=postgres)
    else:
        report.skip("Uji pada PostgreSQL", "isi NAWA_TEST_POSTGRES_URL dengan server untuk basis data uji")
    if chromium_path() is None:
        report.skip("Uji peramban", "Chromium tidak terpasang (Debian/Ubuntu: apt-get install chromium)")
    return conclude(report, require_all=require_all)


def conclude(report: Report, *, require_all: bool) -> int:
    print("\n── Kesimpulan")
    for text in report.skipped:
        print(f"   – dilewati · {text}")
    for title in report.failed:
        print(f"   ✗ gagal    · {title}")
    if report.failed or (require_all and report.skipped):
        return 1
    print("   ✓ semua yang dijalankan lulus")
    return 0


if __name__ == "__main__":
    sys.exit(main(require_all="--require-all" in sys.argv[1:]))
