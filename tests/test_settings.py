"""An installation is safe as it stands, and says what an operator must set."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from nawa.settings import _secret_key

TREE = Path(__file__).resolve().parent.parent


def manage(*command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("NAWA_", "DATABASE_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=TREE, env={**clean, "NAWA_VAR": str(folder), **environment}, capture_output=True, text=True,
    )  # fmt: skip


def test_the_secret_key_is_kept_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret_key"
    key = _secret_key(file)
    assert len(key) > 50
    assert _secret_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_workers_that_start_at_once_get_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as workers:
        keys = set(workers.map(lambda _: _secret_key(tmp_path / "secret_key"), range(16)))
    assert len(keys) == 1


def test_a_deployment_behind_https_has_nothing_to_warn_of(tmp_path: Path) -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", folder=tmp_path, NAWA_HTTPS="1")
    assert result.returncode == 0, result.stderr


def test_front_end_files_are_hashed_and_compressed(tmp_path: Path) -> None:
    result = manage("collectstatic", "--no-input", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert list((tmp_path / "static" / "nawa").glob("tokens.????????????.css.gz"))
    assert list((tmp_path / "static" / "bootstrap").glob("reboot.????????????.css"))


@pytest.mark.django_db
def test_sqlite_keeps_foreign_keys_and_takes_its_lock_early() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_database_file_is_in_write_ahead_mode(tmp_path: Path) -> None:
    question = "from django.db import connection as c; print(c.cursor().execute('PRAGMA journal_mode').fetchone()[0])"
    result = manage("shell", "--no-imports", "-c", question, folder=tmp_path)
    assert result.stdout.strip() == "wal", result.stderr
