"""The second `make` has nothing to do until a lock changes."""

import socket
import subprocess
from pathlib import Path

import pytest

from tools import check, prepare, serve


def test_a_folder_prepared_for_development_is_ready_to_run(tmp_path: Path) -> None:
    prepare.mark(tmp_path, "dev", "abc")
    assert prepare.done(tmp_path, "run", "abc")
    assert prepare.done(tmp_path, "dev", "abc")


def test_a_folder_prepared_to_run_is_not_ready_for_development(tmp_path: Path) -> None:
    prepare.mark(tmp_path, "run", "abc")
    assert not prepare.done(tmp_path, "dev", "abc")


def test_a_changed_lock_is_installed_anew(tmp_path: Path) -> None:
    prepare.mark(tmp_path, "run", "abc")
    assert not prepare.done(tmp_path, "run", "abd")


def test_a_failed_step_shows_what_the_command_said_and_what_to_do(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(prepare.StepError, match=r"Memasang: gagal\. Coba lagi\."):
        prepare.step("Memasang", [prepare.PYTHON, "-c", "import sys; sys.exit('tidak ada jaringan')"], "Coba lagi.")
    assert "tidak ada jaringan" in capfd.readouterr().err


def test_a_port_in_use_is_noticed_before_anything_else() -> None:
    with socket.socket() as other:
        other.bind((serve.HOST, 0))
        other.listen()
        assert serve.is_taken(other.getsockname()[1])


def test_what_was_left_out_is_named_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    report = check.Report(skipped=["Uji peramban: Chromium tidak terpasang"])
    assert check.conclude(report, require_all=False) == 0
    assert "dilewati · Uji peramban: Chromium tidak terpasang" in capsys.readouterr().out


def test_where_all_must_run_what_was_left_out_fails() -> None:
    assert check.conclude(check.Report(skipped=["Uji peramban"]), require_all=True) == 1


def test_one_failed_check_fails_the_whole() -> None:
    report = check.Report()
    report.run("Gagal", prepare.PYTHON, "-c", "raise SystemExit(3)")
    report.run("Lulus", prepare.PYTHON, "-c", "")
    assert report.failed == ["Gagal"]
    assert check.conclude(report, require_all=False) == 1


def test_a_skipped_test_fails_where_all_must_run(tmp_path: Path) -> None:
    skipping = tmp_path / "test_skipping.py"
    skipping.write_text("import pytest\ndef test_it():\n    pytest.skip('tidak ada')\n")
    command = [prepare.PYTHON, "-m", "pytest", "-n0", "-p", "tests.conftest", "-c", prepare.TREE / "pyproject.toml"]
    plain = subprocess.run([*command, skipping], cwd=prepare.TREE, capture_output=True, check=False)
    strict = subprocess.run([*command, "--no-skips", skipping], cwd=prepare.TREE, capture_output=True, check=False)
    assert (plain.returncode, strict.returncode) == (0, 1)
