"""The page of an event, what can be searched for, and the trail as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.accounts.queries import Access, names_of
from nawa.audit.enums import CHANGE_DETAILS, Event, Language
from nawa.audit.models import RecordedEvent
from nawa.audit.queries import DEEDS, changes_root, is_short
from nawa.audit.rules import details_of, kind_of, signs_of_tampering
from nawa.core.clock import ZONE
from nawa.web.kit.actors import who
from nawa.web.kit.events import Line, lines_of
from nawa.web.kit.languages import spoken
from nawa.web.trail.sought import APPS, Asked

_APPS: Final[Mapping[str, str | Promise]] = {
    "accounts": gettext_lazy("Akun"),
    "exchange": gettext_lazy("Impor"),
    "rulebook": gettext_lazy("Kebijakan"),
    "talent": gettext_lazy("Pemetaan"),
}


def kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds of events to choose from, in groups: those that are many at once, then each app's own."""
    language = Language(spoken())
    groups = [("", [("", _("Semua peristiwa")), (DEEDS, _("Tanpa masuk dan keluar"))])]
    for app in APPS:
        own = [(str(event), kind_of(event, language)) for event in Event if event.startswith(f"{app}.")]
        groups.append((_app(app), [(app, _("Semua: %(group)s") % {"group": _app(app)}), *own]))
    return groups


def words_of(asked: Asked) -> dict[str, str]:
    """Return the filters of an address in words (one query at most)."""
    sought = asked.sought
    said = {code: name for _group, offered in kinds() for code, name in offered}
    return {
        "kind": said.get(sought.kind, ""),
        "actor": _("oleh %(who)s") % {"who": who(sought.actor, names_of([sought.actor]))} if sought.actor else "",
        "subject": _("tentang objek %(id)s") % {"id": f"{sought.subject[:8]}…"} if sought.subject else "",
    }


def _app(app: str) -> str:
    return str(_APPS.get(app, app.capitalize()))


def written(lines: Iterable[Line]) -> pl.DataFrame:
    """Return the lines as a table to be saved."""
    rows = [
        (
            line.recorded.done_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S"),
            line.by,
            line.sentence,
            line.subject,
            _("utuh") if line.is_whole else _("tidak utuh"),
            *(line.recorded.event, line.recorded.done_by, line.recorded.subject_id),
            *(line.recorded.public_id, line.recorded.digest),
        )
        for line in lines
    ]
    heads = [_("Waktu"), _("Pelaku"), _("Peristiwa"), _("Objek"), _("Keutuhan"), _("Kode")]
    heads += [_("ID pelaku"), _("ID objek"), _("ID peristiwa"), "SHA-256"]
    return pl.DataFrame(rows, schema=dict.fromkeys(heads, pl.String), orient="row")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a bulk deed tells of itself. `recomputed` is the root over the kept lines, None until it was asked for."""

    counts: Mapping[str, int]
    root: str
    recomputed: str | None
    is_short: bool

    @property
    def agrees(self) -> bool:
        """Whether the kept lines are those that were recorded."""
        return self.recomputed == self.root


def event_page(recorded: RecordedEvent, access: Access, *, recompute: bool) -> dict[str, Any]:
    """Return what the page of an event shows; the kept lines of a bulk deed are hashed where that is asked for."""
    (line,) = lines_of([recorded], access)
    return {
        "line": line,
        "signs": [sign.arguments["field"] for sign in signs_of_tampering(recorded)],
        "canonical": _indented(recorded.canonical),
        "changes": _changes(recorded, recompute=recompute) if line.is_whole else None,
    }


def _changes(recorded: RecordedEvent, *, recompute: bool) -> Changes | None:
    told = details_of(recorded)
    if not told.keys() >= CHANGE_DETAILS.keys():
        return None
    is_few = is_short(recorded)
    return Changes(
        counts={name: told[name] for name in ("tables", "added", "corrected", "unchanged")},
        root=told["changes_root"],
        recomputed=changes_root(recorded) if recompute and is_few else None,
        is_short=is_few,
    )


def _indented(canonical: str) -> str:
    """Return the canonical text as it stands, each part on a line of its own where it is JSON."""
    try:
        return json.dumps(json.loads(canonical), indent=2, ensure_ascii=True)
    except ValueError:
        return canonical
