"""Who sees how much of the trail: links where they lead somewhere, and nothing to those who may see a part only."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from nawa.accounts.models import Grant
from nawa.accounts.roles import Role
from nawa.audit.models import RecordedEvent
from nawa.registry.models import Unit
from nawa.talent.models import MappingRun
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


def test_a_subject_is_linked_where_the_reader_may_open_it(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.INSPECTORATE)
    address = reverse("run", args=[mapped.public_id])
    assert address in client.get(reverse("trail")).content.decode()
    enter(client, Role.ADMINISTRATOR)
    page = client.get(reverse("trail")).content.decode()
    assert "Peta talenta per 1 November 2026 terbit" in page
    assert address not in page


def test_whoever_has_the_permission_for_a_part_alone_is_refused(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.AUDITOR, unit=Unit.objects.filter(parent__isnull=False)[0].code)
    assert Grant.objects.filter(role=Role.AUDITOR, unit__isnull=False).exists()
    event = RecordedEvent.objects.first()
    assert event
    for address in (reverse("trail"), reverse("trail_file", args=["csv"]), reverse("event", args=[event.public_id])):
        assert client.get(address).status_code == 403
