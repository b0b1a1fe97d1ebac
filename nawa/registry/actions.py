"""What may be done to the registry."""

from __future__ import annotations

import hashlib

import polars as pl
from django.conf import settings
from django.db import transaction

from nawa.core import ids
from nawa.core.sheets import Changes, upsert
from nawa.registry.frames import SHEET_MAPS
from nawa.workbook.sheets import Tables


@transaction.atomic
def apply(tables: Tables, *, source: str, import_id: str) -> list[Changes]:
    """Bring the registry to what the tables say, table by table; rows that they do not name stay as they are.

    The caller records the deed. Raises `Refusal` as `nawa.core.sheets.upsert` does; nothing is then kept.
    """
    given = tables | {"person": _identified(tables["person"])} if "person" in tables else tables
    return [
        upsert(held, given[held.table], source=source, import_id=import_id)
        for held in SHEET_MAPS
        if held.table in given
    ]


def _identified(people: pl.DataFrame) -> pl.DataFrame:
    """Return the people with the public ids that they get if they are new."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"nawa.person").digest()
    names = [ids.derived_id(nip, key=key) for nip in people["nip"]]
    return people.with_columns(pl.Series("public_id", names, pl.String))
