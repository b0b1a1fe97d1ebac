"""Facts in words: what the columns of each kind are called, what their codes mean, and what a fact says in short."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.evidence.enums import Kind
from nawa.evidence.rules.submissions import asked_columns, sheet_of
from nawa.policy.sentences import label
from nawa.policy.wording import day
from nawa.web.kit.languages import spoken
from nawa.workbook.entry import typed
from nawa.workbook.sheets import Column

_LABELS: Final[Mapping[str, str | Promise]] = {
    "awarded_on": gettext_lazy("Tanggal penghargaan"),
    "role": gettext_lazy("Peran"),
    "scope": gettext_lazy("Lingkup tim"),
    "hours": gettext_lazy("Jam pelajaran (JP)"),
    "valid_through": gettext_lazy("Berlaku sampai"),
    "major": gettext_lazy("Program studi atau jurusan"),
    "field": gettext_lazy("Bidang ilmu"),
    "graduated_in": gettext_lazy("Tahun lulus"),
    "title": gettext_lazy("Nama jabatan"),
    "tier": gettext_lazy("Jenjang jabatan"),
    "echelon": gettext_lazy("Eselon"),
    "unit": gettext_lazy("Nama unit kerja"),
    "work_field": gettext_lazy("Bidang tugas"),
    "inaugurated_on": gettext_lazy("Tanggal pelantikan"),
    "assignment": gettext_lazy("Penugasan"),
    "started_on": gettext_lazy("Mulai"),
    "ended_through": gettext_lazy("Sampai dengan"),
    "decree_number": gettext_lazy("Nomor SK"),
}
_OWN_LABELS: Final[Mapping[tuple[Kind, str], str | Promise]] = {
    (Kind.AWARD, "level"): gettext_lazy("Tingkat pemberi penghargaan"),
    (Kind.AWARD, "name"): gettext_lazy("Nama penghargaan"),
    (Kind.AWARD, "decree_number"): gettext_lazy("Nomor SK atau piagam"),
    (Kind.TEAM, "name"): gettext_lazy("Nama tim"),
    (Kind.TRAINING, "name"): gettext_lazy("Nama pelatihan"),
    (Kind.TRAINING, "kind"): gettext_lazy("Jenis pelatihan"),
    (Kind.TRAINING, "completed_on"): gettext_lazy("Tanggal selesai"),
    (Kind.CERTIFICATE, "name"): gettext_lazy("Nama sertifikat"),
    (Kind.CERTIFICATE, "completed_on"): gettext_lazy("Tanggal terbit"),
    (Kind.EDUCATION, "level"): gettext_lazy("Tingkat pendidikan"),
    (Kind.EDUCATION, "institution"): gettext_lazy("Sekolah atau perguruan tinggi"),
    (Kind.CAREER, "institution"): gettext_lazy("Instansi"),
    (Kind.CAREER, "started_on"): gettext_lazy("TMT jabatan"),
}
_GROUPS: Final[Mapping[str, str]] = {
    "level": "raw_codes",
    "role": "team_roles",
    "scope": "team_scopes",
    "kind": "training_kinds",
    "tier": "tiers",
    "assignment": "assignments",
}
_DEFINITIVE: Final = "D"
_SHORT: Final = ("name", "title", "level", "role", "major", "decree_number")
_DATES: Final = ("awarded_on", "completed_on", "started_on", "graduated_in")

PROOFS: Final[Mapping[Kind, str | Promise]] = {
    Kind.AWARD: gettext_lazy(
        "Pindai piagam atau SK penghargaannya: nama Anda, pemberi, tanggal, dan nomornya terbaca."
    ),
    Kind.TEAM: gettext_lazy("Pindai SK timnya: halaman dengan nomor, tanggal, dan nama Anda beserta perannya."),
    Kind.TRAINING: gettext_lazy("Pindai sertifikat pelatihannya, halaman depan dan halaman jam pelajaran (JP)."),
    Kind.CERTIFICATE: gettext_lazy("Pindai sertifikatnya: nama Anda, tanggal terbit, dan masa berlakunya terbaca."),
    Kind.EDUCATION: gettext_lazy("Pindai ijazahnya; bila lulusan luar negeri, sertakan penyetaraannya."),
    Kind.CAREER: gettext_lazy("Pindai SK jabatannya; bila dilantik, sertakan berita acara pelantikan."),
}
"""What is to be scanned, by kind."""


def heading(kind: Kind, column: Column) -> str:
    """Return what a column of a kind is called."""
    return str(_OWN_LABELS.get((kind, column.name)) or _LABELS[column.name])


def choices(column: Column) -> list[tuple[str, str]]:
    """Return the codes of a column with their words."""
    return [(code, said(column, code)) for code in column.codes]


def said(column: Column, value: Any) -> str:
    """Return a value in words; nothing for what is unknown."""
    if value in (None, ""):
        return ""
    if isinstance(value, datetime.date):
        return day(value, spoken())
    if column.name == "assignment" and value == _DEFINITIVE:
        return _("definitif")
    return label(_GROUPS[column.name], value, spoken()) if column.name in _GROUPS else str(value)


def kept(kind: Kind, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of what a submission keeps."""
    return typed(sheet_of(kind), content)


def lines(kind: Kind, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what a fact says: each column that is filled in, with its value."""
    found = [(heading(kind, column), said(column, values.get(column.name))) for column in asked_columns(kind)]
    return [(name, text) for name, text in found if text]


def summary(kind: Kind, values: Mapping[str, Any]) -> str:
    """Return what a fact says in short."""
    known = {column.name: said(column, values.get(column.name)) for column in asked_columns(kind)}
    what = [known[name] for name in _SHORT if known.get(name)][:2]
    when = next((known[name] for name in _DATES if known.get(name)), "")
    return " · ".join([*what, *([when] if when else [])])
