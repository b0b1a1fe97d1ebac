"""What a row of evidence says, in words: the codes that the run had, with the names that the record adds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from nawa.policy.sentences import label
from nawa.policy.wording import day, number
from nawa.web.kit.languages import spoken

Row = Mapping[str, Any]


def words_of(table: str, row: Row, record: Row) -> str:
    """Return what a row of an engine table says; `record` is the record of today behind it, empty where none is."""
    return " · ".join(part for part in _WORDS[table](row, record) if part)


def period_of_row(table: str, row: Row) -> str:
    """Return the day or the time that a row speaks of; empty where it states none."""
    if table == "rating":
        return str(row["year"])
    if table == "feedback":
        return str(row["period"])
    if "started_on" in row:
        return span(row["started_on"], row["ended_before"])
    on = next((row[name] for name in ("assessed_on", "awarded_on", "completed_on") if name in row), None)
    return day(on, spoken()) if on else ""


def span(start: datetime.date, ended_before: datetime.date | None) -> str:
    """Return a time from its first day to its last; one without an end goes on."""
    if ended_before is None:
        return _("sejak %(day)s") % {"day": day(start, spoken())}
    last = ended_before - datetime.timedelta(days=1)
    return f"{day(start, spoken())} – {day(last, spoken())}"


def _label(group: str, code: str | None) -> str:
    return label(group, code, spoken()) if code else ""


def _rating(row: Row, record: Row) -> list[str]:
    stated = _label("raw_codes", row["rating"])
    cells = [
        _("hasil kerja %(level)s") % {"level": _label("expectations", row["results"])} if row["results"] else "",
        _("perilaku kerja %(level)s") % {"level": _label("expectations", row["behaviour"])} if row["behaviour"] else "",
    ]
    former = row["former_score_e4"]
    old = _("nilai lama %(score)s") % {"score": number(Decimal(former).scaleb(-4), spoken())} if former else ""
    part = _("sebagian tahun: %(period)s") % {"period": row["period"]} if row["period"] else ""
    return [stated, *cells, old, part]


def _award(row: Row, record: Row) -> list[str]:
    return [record.get("name") or "", _label("raw_codes", row["level"]), record.get("decree_number") or ""]


def _team(row: Row, record: Row) -> list[str]:
    role = _label("raw_codes", f"{row['role']}_{row['scope']}")
    return [record.get("name") or "", role, record.get("decree_number") or ""]


def _total(row: Row, record: Row) -> list[str]:
    figures = (("JPM", row["job_person_match_e4"]), (_("potensi"), row["potential_score_e4"]))
    told = [f"{name} {number(Decimal(value).scaleb(-4), spoken())}" for name, value in figures if value is not None]
    return [record.get("provider") or _("laporan asesmen"), *told, record.get("number") or ""]


def _training(row: Row, record: Row) -> list[str]:
    hours = _("%(hours)s JP") % {"hours": row["hours"]} if row["hours"] else ""
    return [record.get("name") or "", _label("training_kinds", row["kind"]), hours]


def _career(row: Row, record: Row) -> list[str]:
    places = [row["unit"] or "", row["institution"] or ""]
    return [record.get("title") or "", _label("tiers", row["tier"]), *places, _label("assignments", _duty(row))]


def _duty(row: Row) -> str | None:
    return None if row["assignment"] == "D" else row["assignment"]


def _acting(row: Row, record: Row) -> list[str]:
    told = [record.get("position") or "", record.get("unit") or "", record.get("letter_number") or ""]
    return [_label("assignments", row["kind"]), *told, _label("tiers", row["tier"])]


def _education(row: Row, record: Row) -> list[str]:
    year = record.get("graduated_in")
    field = _("bidang ilmu %(field)s") % {"field": row["field"]} if row["field"] else ""
    places = [record.get("major") or "", record.get("institution") or "", str(year) if year else ""]
    return [_label("raw_codes", row["level"]), *places, field]


def _discipline(row: Row, record: Row) -> list[str]:
    told = [record.get("kind") or "", record.get("decree_number") or ""]
    return [_label("raw_codes", row["level"]), *told, _label("discipline_states", row["state"])]


_WORDS: Final[Mapping[str, Callable[[Row, Row], list[str]]]] = {
    "rating": _rating,
    "award": _award,
    "team_role": _team,
    "assessment_total": _total,
    "training": _training,
    "career": _career,
    "acting": _acting,
    "education": _education,
    "discipline": _discipline,
}
