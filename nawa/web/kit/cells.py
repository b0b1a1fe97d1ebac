"""Cells of the workbook's tables as pages show them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final

import polars as pl
from django.db.models import Model
from django.utils.translation import gettext as _

from nawa.core import privacy
from nawa.core.privacy import Privacy
from nawa.exchange.frames import SHEET_MAPS
from nawa.policy import wording
from nawa.web.kit.languages import spoken
from nawa.workbook.sheets import BY_TABLE

UNSHOWN: Final = frozenset({"relative"})
"""Tables whose rows no page shows: kinship is read by rules alone."""

MASKED: Final = frozenset({("person", "disability")})
MASK: Final = "•••"


def tells_of_evaluations(table: str) -> bool:
    """Whether rows of this table say what was thought of somebody, or what few may know."""
    classes = privacy.classes(SHEET_MAPS[table].model)
    kept = {SHEET_MAPS[table].path(column).partition("__")[0] for column in SHEET_MAPS[table].stored}
    return any(classes.get(name) in (Privacy.EVALUATION, Privacy.SPECIFIC) for name in kept)


def holds_evaluations(model: type[Model]) -> bool:
    """Whether rows of a model say what was thought of somebody, or what few may know."""
    return any(kind in (Privacy.EVALUATION, Privacy.SPECIFIC) for kind in privacy.classes(model).values())


def shown(value: Any) -> str:
    """Return a value as a page shows it."""
    if value is None or value in ([], ""):
        return _("belum diketahui")
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime.date):
        return wording.day(value, spoken())
    if isinstance(value, Decimal):
        return wording.number(value, spoken())
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def told(table: str, column: str, value: Any) -> str:
    """Return a value as JSON holds it (`nawa.exchange.tasks.queueing.plain`) as a page shows it."""
    if table in UNSHOWN or (table, column) in MASKED:
        return MASK
    dtype = BY_TABLE[table].schema[column]
    if value is not None and dtype == pl.Date:
        return shown(datetime.date.fromisoformat(value))
    return shown(Decimal(value) if value is not None and dtype.is_decimal() else value)
