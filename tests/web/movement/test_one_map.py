"""With one map there is nothing to compare."""

import pytest
from django.test import Client

from nawa.accounts.roles import Role
from nawa.talent.models import MappingRun
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


def test_without_two_maps_it_says_so(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert "Belum ada dua peta untuk dibandingkan" in client.get("/pergerakan/").content.decode()
    assert client.get("/pergerakan/pegawai/").status_code == 404
