"""`nawa admin`: the first administrator of an installation comes in by a code on the terminal."""

from __future__ import annotations

import re

import pytest

from nawa.accounts.actions import activate
from nawa.accounts.models import User
from nawa.accounts.permissions import Permission
from nawa.accounts.queries import access_of
from nawa.cli.speech import Exit
from nawa.core import clock
from tests.cli.conftest import Nawa

pytestmark = pytest.mark.django_db


def test_the_code_that_is_shown_lets_an_administrator_in(nawa: Nawa) -> None:
    answer = nawa("admin", "siti@kota.go.id", "--name", "Siti Rahmawati")
    assert answer.code == 0, answer.err
    code = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", answer.out)[0]
    account = activate(login="siti@kota.go.id", code=code, password="kuda-lumping-berlari")
    access = access_of(account, on=clock.today())
    assert access.scope(Permission.GRANTS).all_units
    assert access.needs_second_factor
    assert code not in str(User.objects.values().get())


def test_a_new_account_needs_a_name(nawa: Nawa) -> None:
    answer = nawa("--lang", "en", "admin", "siti@kota.go.id")
    assert answer.code == Exit.REFUSED
    assert "Fill in the name" in answer.err
    assert not User.objects.exists()
