"""Who has looked at whom, with names: for the inspectorate and outside auditors alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.accounts.queries import accounts_called, names_of, roles_of
from nawa.accounts.roles import ROLES, Role
from nawa.audit.models import ReadEntry
from nawa.core.clock import ZONE
from nawa.core.scope import Scope
from nawa.registry.queries import called, people
from nawa.web.kit.actors import who
from nawa.web.kit.languages import spoken
from nawa.web.trail.sought import Asked

PAGE: Final = "read_log"
"""Under this code the log notes that somebody asked it about a person."""

PAGES: Final[Mapping[str, str | Promise]] = {
    "profile": gettext_lazy("Profil Talenta"),
    "profile-card": gettext_lazy("kartu talenta"),
    "map": gettext_lazy("Peta Talenta"),
    "map-drawing": gettext_lazy("gambar sebaran"),
    "map-file": gettext_lazy("berkas daftar peta"),
    "movers": gettext_lazy("daftar pergerakan"),
    "run_movers": gettext_lazy("daftar yang berpindah kotak"),  # in logs from before `movers`
    "import_rows": gettext_lazy("pratinjau impor"),
    "import_problems": gettext_lazy("masalah dalam impor"),
    "import_marked": gettext_lazy("buku kerja impor yang ditandai"),
    "import_twins": gettext_lazy("koreksi dalam impor"),
    "disagreements": gettext_lazy("Perbedaan Sumber"),
    "policy_affected": gettext_lazy("simulasi kebijakan"),
    "simata_sheet": gettext_lazy("lembar untuk SIMATA"),
    "earlier_people": gettext_lazy("peta lama"),
    "earlier_pools": gettext_lazy("kelompok suksesi lama"),
    "simata_letter": gettext_lazy("daftar pembetulan SIMATA"),
    "simata_people": gettext_lazy("selisih dengan SIMATA"),
    "simata_person": gettext_lazy("selisih seorang pegawai dengan SIMATA"),
    "coverage_preview": gettext_lazy("tinjauan pernyataan nihil"),
    "quality-sheet": gettext_lazy("lembar bukti kurang"),
    "quality-findings": gettext_lazy("temuan data"),
    "evidence_scan": gettext_lazy("pindaian bukti"),
    "evidence_file": gettext_lazy("berkas daftar bukti"),
    PAGE: gettext_lazy("catatan baca"),
}
"""What was looked at, by the code that `note_reads` was given."""

_FOUND: Final = 10
"""How many a search shows."""


@dataclass(frozen=True, slots=True)
class Look:
    """One read: by whom and in which roles, of whom, on which page."""

    entry: ReadEntry
    by: str
    roles: str
    of: str
    page: str

    @property
    def day(self) -> datetime.date:
        """The day on which it happened, here."""
        return self.entry.read_at.astimezone(ZONE).date()


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was searched for, and the lists of what they read, or of who read them (empty: no such list)."""

    name: str
    reader_url: str
    person_url: str


def among(scope: Scope) -> QuerySet[Any] | None:
    """Return the public ids of the people about whom the log may be read; None for everybody."""
    return None if scope.all_units else people(scope=scope).values("public_id")


def knows(person: str, *, scope: Scope) -> bool:
    """Tell whether somebody is among the people about whom the log may be read."""
    return people(scope=scope).filter(public_id=person).exists()


def looks_of(entries: Sequence[ReadEntry], *, scope: Scope) -> list[Look]:
    """Return reads with the names of readers and people (three queries)."""
    names = names_of({entry.read_by for entry in entries})
    roles = roles_of({entry.read_by.removeprefix("user:") for entry in entries})
    known = _names({entry.subject for entry in entries}, scope)
    return [
        Look(
            entry=entry,
            by=who(entry.read_by, names),
            roles=_roles(roles.get(entry.read_by.removeprefix("user:"), ())),
            of=known.get(entry.subject, ""),
            page=str(PAGES.get(entry.page, entry.page)),
        )
        for entry in entries
    ]


def words_of(asked: Asked, *, scope: Scope) -> dict[str, str]:
    """Return the filters of an address in words (two queries at most)."""
    reader, person = asked.sought.actor, asked.sought.subject
    known = _names([person], scope) if person else {}
    return {
        "actor": _("pembaca: %(name)s") % {"name": who(reader, names_of([reader]))} if reader else "",
        "subject": _("tentang: %(name)s") % {"name": known.get(person, person)} if person else "",
    }


def search(text: str, asked: Asked, *, scope: Scope) -> list[Found]:
    """Return people and holders of accounts who are called so, with the lists about them (two queries)."""
    accounts = list(accounts_called(text)[:_FOUND])
    readers = {user.person_id: user for user in accounts if user.person_id}
    rows = people(scope=scope).filter(called(text)).order_by("name", "pk")[:_FOUND]
    found = [Found(row.name, _reader(readers.pop(row.pk, None), asked), _person(row.public_id, asked)) for row in rows]
    outside = [user for user in accounts if not user.person_id or user.person_id in readers]
    return [*found, *(Found(user.full_name, _reader(user, asked), "") for user in outside)]


def _reader(user: Any, asked: Asked) -> str:
    return asked.url(actor=f"user:{user.public_id}", subject="") if user else ""


def _person(public_id: str, asked: Asked) -> str:
    return asked.url(subject=public_id, actor="")


def _names(ids: Iterable[str], scope: Scope) -> dict[str, str]:
    return dict(people(scope=scope).filter(public_id__in=list(ids)).values_list("public_id", "name"))


def _roles(roles: Iterable[Role]) -> str:
    return ", ".join(sorted(ROLES[role].english if spoken() == "en" else ROLES[role].indonesian for role in roles))


def written(looks: Iterable[Look]) -> pl.DataFrame:
    """Return the reads as a table to be saved."""
    rows = [
        (
            look.entry.read_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S"),
            *(look.by, look.roles, look.of, look.page, look.entry.read_by, look.entry.subject),
        )
        for look in looks
    ]
    heads = [_("Waktu"), _("Pembaca"), _("Peran"), _("Pegawai"), _("Yang dibaca"), _("ID pembaca"), _("ID pegawai")]
    return pl.DataFrame(rows, schema=dict.fromkeys(heads, pl.String), orient="row")
