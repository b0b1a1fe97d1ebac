"""Headers, front-end files and the log."""

import logging
import sys

import pytest
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from pytest_django import Settings

from nawa.web.kit.assets import PackageFinder
from nawa.web.kit.logs import DiscreetFormatter


def test_package_files_are_found_under_our_addresses() -> None:
    assert (finders.find("bootstrap/reboot.css") or "").endswith("bootstrap-reboot.css")


def test_other_files_of_a_package_are_not_served() -> None:
    assert PackageFinder().find("bootstrap/dist/js/bootstrap.js") == []


def test_a_missing_package_is_named_with_the_remedy(settings: Settings) -> None:
    settings.PACKAGE_FILES = {"x.css": "nowhere/x.css"}
    faults = run_checks(tags=["staticfiles"])
    assert [(fault.msg, fault.hint) for fault in faults] == [
        ("x.css belum terpasang.", "Jalankan `make run` atau `make test`.")
    ]


def test_the_log_names_the_place_of_a_failure_and_not_its_data() -> None:
    typed = "198001012005011001"
    try:
        int(f"{typed} sudah ada")
    except ValueError:
        record = logging.makeLogRecord({"msg": "gagal", "exc_info": sys.exc_info()})
    written = DiscreetFormatter("{message}", style="{").format(record)
    assert "ValueError" in written
    assert "test_kit.py" in written
    assert typed not in written


@pytest.mark.parametrize("handler", ["console"])
def test_every_log_handler_is_discreet(settings: Settings, handler: str) -> None:
    assert settings.LOGGING["handlers"][handler]["formatter"] == "discreet"
