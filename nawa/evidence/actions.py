"""What may be done to the evidence."""

from __future__ import annotations

from django.db import transaction

from nawa.core.sheets import Changes, upsert
from nawa.evidence.frames import SHEET_MAPS
from nawa.workbook.sheets import Tables


@transaction.atomic
def apply(tables: Tables, *, source: str, import_id: str) -> list[Changes]:
    """Bring the evidence to what the tables say, table by table; rows that they do not name stay as they are.

    The caller records the deed. Raises `Refusal` as `nawa.core.sheets.upsert` does; nothing is then kept.
    """
    return [
        upsert(held, tables[held.table], source=source, import_id=import_id)
        for held in SHEET_MAPS
        if held.table in tables
    ]
