"""The small office (`tests.office`), its people with accounts that they have activated."""

from __future__ import annotations

import pytest

from nawa.accounts.models import User
from nawa.core.actor import Actor
from nawa.exchange.actions import import_workbook
from tests.accounts.conftest import opened
from tests.office import HEAD, STAFF, TEACHER, office


@pytest.fixture
def office_accounts(db: None) -> dict[str, User]:
    """The head of DINAS, a teacher of SD1 below it, and a member of staff of KOTA above it."""
    import_workbook(office(), by=Actor.system("tests"))
    return {nip: opened(nip, person=nip) for nip in (HEAD, STAFF, TEACHER)}
