import polars as pl
import pytest
from django.test import override_settings

from nawa.core.ids import is_opaque
from nawa.core.refusal import Refusal
from nawa.registry import actions
from nawa.registry.models import Person, Unit
from tests.office import HEAD, office, rows

pytestmark = pytest.mark.django_db


def test_units_may_come_in_any_order() -> None:
    actions.apply(office(), source="WORKBOOK", import_id="")
    assert Unit.objects.get(code="SD1").parent == Unit.objects.get(code="DINAS")


def test_a_superior_may_be_absent() -> None:
    tables = office()
    tables["person"] = tables["person"].with_columns(superior_nip=pl.lit("9" * 18))
    actions.apply(tables, source="WORKBOOK", import_id="")
    assert Person.objects.get(nip=HEAD).superior_nip == "9" * 18


def test_the_public_id_is_opaque_and_the_same_for_the_same_nip_and_secret() -> None:
    with override_settings(SECRET_KEY="rahasia"):
        actions.apply(office(), source="WORKBOOK", import_id="")
    # Pinned: the same on SQLite and PostgreSQL, and after every release.
    public_id = Person.objects.get(nip=HEAD).public_id
    assert public_id == "kpilefgzlxaersvdztseild674"
    assert is_opaque(public_id)


def test_another_secret_gives_another_id_but_never_renames_anybody() -> None:
    with override_settings(SECRET_KEY="rahasia"):
        actions.apply(office(), source="WORKBOOK", import_id="")
    first = set(Person.objects.values_list("public_id", flat=True))
    with override_settings(SECRET_KEY="lain"):
        actions.apply(office(), source="WORKBOOK", import_id="")
        newcomer = rows("person", {"nip": "2" * 18, "name": "Baru", "position_name": "Staf"})
        actions.apply({"person": newcomer}, source="WORKBOOK", import_id="")
    assert first < set(Person.objects.values_list("public_id", flat=True))


def test_a_post_in_no_unit_that_is_known_is_refused() -> None:
    lost = rows("position", {"code": "X", "name": "X", "unit_code": "TIDAK-ADA", "tier": "PENGAWAS"})
    with pytest.raises(Refusal, match=r"sheet\.unknown_reference"):
        actions.apply({"position": lost}, source="WORKBOOK", import_id="")
