"""Events as lines to be read: when, who, what happened, to what, and whether the record is whole."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import Access, names_of
from nawa.audit.enums import Language
from nawa.audit.models import RecordedEvent
from nawa.audit.rules import sentence, signs_of_tampering
from nawa.core.clock import ZONE
from nawa.web.kit.actors import who
from nawa.web.kit.languages import spoken

_ACCOUNT: Final = "accounts.user"


@dataclass(frozen=True, slots=True)
class _Opens:
    """What a kind of subject is called, and the page that shows it to whoever has the permission."""

    label: str | Promise
    page: str = ""
    permission: Permission | None = None


_SUBJECTS: Final[Mapping[str, _Opens]] = {
    "talent.mappingrun": _Opens(gettext_lazy("Pemetaan"), "run", Permission.UNPUBLISHED),
    "talent.cycle": _Opens(gettext_lazy("Siklus"), "cycle", Permission.UNPUBLISHED),
    "registry.person": _Opens(gettext_lazy("Pegawai"), "profile", Permission.PROFILE),
    "exchange.import": _Opens(gettext_lazy("Impor")),
    "exchange.upload": _Opens(gettext_lazy("Unggahan"), "import", Permission.IMPORT_READ),
    "exchange.comparison": _Opens(gettext_lazy("SIMATA"), "simata_comparison", Permission.MAP_COUNTS),
    "exchange.erasure": _Opens(gettext_lazy("Penghapusan data"), "erasure", Permission.QUALITY),
    "evidence.declaration": _Opens(gettext_lazy("Pernyataan register")),
    "rulebook.policyversion": _Opens(gettext_lazy("Kebijakan"), "policy", Permission.POLICY_READ),
    "registry.reorganisation": _Opens(gettext_lazy("Perubahan SOTK"), "reorganisation", Permission.ORGANISATION),
    "evidence.submission": _Opens(gettext_lazy("Bukti"), "evidence_one", Permission.EVIDENCE_READ),
    _ACCOUNT: _Opens(gettext_lazy("Akun"), "user", Permission.ACCOUNTS_RESET),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An event in words. `subject` is empty where it is whoever acted; `url` is its page, if the reader may see it."""

    recorded: RecordedEvent
    by: str
    sentence: str
    subject: str
    url: str
    is_whole: bool

    @property
    def day(self) -> datetime.date:
        """The day on which it happened, here."""
        return self.recorded.done_at.astimezone(ZONE).date()


def lines_of(rows: Sequence[RecordedEvent], access: Access) -> list[Line]:
    """Return events in the reader's language (one query, for the names of accounts)."""
    names = names_of({actor for row in rows for actor in (row.done_by, _account(row))})
    return [_line(row, names, access) for row in rows]


def _line(row: RecordedEvent, names: Mapping[str, str], access: Access) -> Line:
    is_whole = not signs_of_tampering(row)
    return Line(
        recorded=row,
        by=who(row.done_by, names),
        sentence=_told(row) if is_whole else _("Isi peristiwa ini tidak lagi sama dengan yang dicatat."),
        subject=_subject(row, names),
        url=_url(row, access),
        is_whole=is_whole,
    )


def _told(row: RecordedEvent) -> str:
    return sentence(row, Language(spoken()))


def _account(row: RecordedEvent) -> str:
    return f"user:{row.subject_id}" if row.subject_kind == _ACCOUNT else ""


def _subject(row: RecordedEvent, names: Mapping[str, str]) -> str:
    account = _account(row)
    if account and account == row.done_by:
        return ""
    known = _SUBJECTS.get(row.subject_kind)
    label = str(known.label) if known else _("Objek")
    return f"{label} {names[account]}" if account in names else label


def _url(row: RecordedEvent, access: Access) -> str:
    opens = _SUBJECTS.get(row.subject_kind)
    if opens is None or opens.permission is None or not access.scope(opens.permission).all_units:
        return ""
    return reverse(opens.page, args=[row.subject_id])
