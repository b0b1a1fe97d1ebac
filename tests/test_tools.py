"""The second `make` has nothing to do until a lock changes."""

import socket
from pathlib import Path

import pytest

from tools import prepare, serve


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
