"""The profile of one person: who may see it, that its numbers are the engine's, and that looking is logged."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.core.scope import Scope
from nawa.engine.explain import ReasonCode
from nawa.engine.parameters import Axis
from nawa.registry.models import Unit
from nawa.registry.queries import subtree
from nawa.talent.frames import map_of
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.profiles import explained, history, parameters_of, row_of
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


def somebody(status: str = "LENGKAP") -> MappingResult:
    return MappingResult.objects.filter(status=status).select_related("person", "unit").order_by("pk")[0]


def office_of(result: MappingResult) -> Unit:
    """The unit below the root in which somebody works."""
    unit = result.unit
    assert unit is not None
    while unit.parent and unit.parent.parent:
        unit = unit.parent
    return unit


def path(result: MappingResult) -> str:
    return f"/pegawai/{result.person.public_id}/"


def test_an_analyst_sees_box_reasons_and_arithmetic(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    result = somebody()
    page = client.get(path(result)).content.decode()
    assert f"Kotak {result.box}" in page
    assert "Mengapa kotak ini?" in page
    assert "Penilaian Kinerja" in page


def test_looking_is_logged_once_and_names_nobody(client: Client, mapped: MappingRun) -> None:
    reader = enter(client, Role.ANALYST)
    result = somebody()
    client.get(path(result))
    entry = ReadEntry.objects.get()
    assert (entry.subject, entry.page) == (result.person.public_id, "profile")
    assert entry.read_by == f"user:{reader.public_id}"


def test_a_head_sees_their_own_unit_and_no_other(client: Client, mapped: MappingRun) -> None:
    result = somebody()
    office = office_of(result)
    inside = subtree(Scope.below(office.code)) or frozenset()
    other = MappingResult.objects.exclude(unit_id__in=inside).select_related("person").order_by("pk")[0]
    enter(client, Role.UNIT_HEAD, unit=office.code)
    assert client.get(path(result)).status_code == 200
    assert client.get(path(other)).status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ASSESSOR, Role.UNIT_VERIFIER])
def test_roles_without_scores_are_refused(client: Client, mapped: MappingRun, role: Role) -> None:
    enter(client, role, unit="KOTA" if role is Role.UNIT_VERIFIER else None)
    assert client.get(path(somebody())).status_code == 403
    assert not ReadEntry.objects.exists()


def test_an_unknown_id_is_not_found(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert client.get("/pegawai/tidak-ada/").status_code == 404


def test_a_stored_row_is_the_row_that_the_engine_gave(mapped: MappingRun) -> None:
    parameters = parameters_of(mapped)
    whole = {row["subject"]: row for row in map_of(mapped, parameters).to_dicts()}
    for result in MappingResult.objects.filter(run=mapped).select_related("person")[:40]:
        assert row_of(result, parameters) == whole[result.person.public_id]


def test_contributions_add_up_to_the_score(mapped: MappingRun) -> None:
    found = explained(somebody(), mapped)
    scores = {r.arguments["axis"]: r.arguments["score"] for r in found.reasons if r.code is ReasonCode.CLASS}
    for axis in Axis:
        total = sum((line.contribution for line in found.lines if line.axis is axis and line.contribution), Decimal(0))
        assert abs(total - Decimal(str(scores[axis]))) <= Decimal("0.0005")  # each is rounded for show


def test_what_is_unknown_is_said_and_never_zero(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    page = client.get(path(somebody("BELUM_DAPAT_DIPETAKAN"))).content.decode()
    assert "Belum dapat dipetakan" in page
    assert "belum diketahui" in page


def test_provisional_is_marked(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert "Sementara: sekurang-kurangnya kotak" in client.get(path(somebody("SEMENTARA"))).content.decode()


def test_history_holds_published_runs_for_all_and_others_for_few(mapped: MappingRun) -> None:
    result = somebody()
    assert [past.box for past in history(result.person.public_id, unpublished=False)] == [result.box]


def test_it_takes_few_queries(client: Client, mapped: MappingRun, django_assert_max_num_queries: object) -> None:
    enter(client, Role.ANALYST)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(path(somebody()))
