"""Shapes of what is typed on these pages; whether it may be done is asked of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nawa.accounts.actions import Head
from nawa.core.constraints import CODE, NAME
from nawa.core.scans import MOST_BYTES
from nawa.policy.sentences import label
from nawa.registry.enums import Contents, Instrument, Operation
from nawa.registry.rules import FORMS, Outcome
from nawa.registry.rules.plans import MOST_SEATS
from nawa.web.kit.fields import day_field
from nawa.web.kit.languages import spoken
from nawa.web.reorganisation import choices
from nawa.workbook.codes import TIERS, UNIT_KINDS

UNITS: Final = ("unit", "units", "parent", "into")
POSTS: Final = ("post",)
FIND: Final = "cari_"

_LABELS: Final[Mapping[str, Any]] = {
    "unit": _("Unit"),
    "units": _("Unit yang digabung"),
    "parent": _("Di bawah unit"),
    "into": _("Digabung ke unit yang ada"),
    "post": _("Jabatan"),
    "successor": _("Pengganti"),
    "code": _("Kode baru"),
    "name": _("Nama baru"),
    "kind": _("Jenis unit"),
    "tier": _("Jenjang"),
    "seats": _("Formasi"),
    "contents": _("Unit dan jabatan di dalamnya"),
}
_HELP: Final[Mapping[tuple[Operation, str], Any]] = {
    (Operation.MERGE_UNITS, "into"): _("Kosongkan bila digabung menjadi unit baru; isi lalu kode, nama, dan jenisnya."),
    (Operation.ABOLISH_POST, "successor"): _("Kosongkan bila tidak ada: pejabatnya diputuskan satu per satu."),
    (Operation.MERGE_UNITS, "parent"): _("Kosongkan bila tetap di bawah unit yang membawahi semua unit yang digabung."),
    (Operation.NEW_UNIT, "parent"): _("Kosongkan untuk unit tertinggi."),
    (Operation.RENAME_UNIT, "code"): _("Kode lama tetap menunjuk unit yang lama, agar peta dan riwayat terbaca."),
    (Operation.RENAME_POST, "code"): _("Kode lama tetap menunjuk jabatan yang lama, agar peta dan riwayat terbaca."),
}


def _text(text: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=text, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)


class HeadForm(forms.Form):
    """What a plan is called, from when it takes effect, and by which instrument."""

    title = _text(_("Judul rencana"), max_length=NAME, help_text=_("Misalnya: Penataan Dinas Pendidikan 2027."))
    effective_on = day_field(_("Berlaku mulai"))
    instrument = forms.ChoiceField(label=_("Jenis dasar"), choices=Instrument.choices)
    number = _text(_("Nomor"), max_length=NAME, required=False, help_text=_("Boleh menyusul; wajib saat dilaksanakan."))
    dated_on = day_field(_("Tanggal ditetapkan"), required=False)
    scan = forms.FileField(
        label=_("Pindaian dasar"),
        required=False,
        help_text=_("PDF, JPEG, atau PNG, paling banyak 5 MB. Boleh dikosongkan."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def given(self) -> Head:
        """Return what was given."""
        data = self.cleaned_data
        names = ("title", "effective_on", "instrument", "number", "dated_on")
        scan = data["scan"].read(MOST_BYTES + 1) if data["scan"] else b""
        return Head(**{name: data[name] for name in names}, scan=scan)


class EditionForm(forms.Form):
    """The edition in which the plan was seen."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class LineForm(EditionForm):
    """A line of one operation: texts, and units and posts to be found and chosen."""

    def __init__(self, *args: Any, operation: Operation, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "baris-%s", **kwargs})
        self.operation, self.outcome = operation, outcome
        for name in FORMS[operation].names:
            required = name in FORMS[operation].required
            if self._is_reference(name):
                self.fields[FIND + name] = _text("", required=False, max_length=100)
            self.fields[name] = self._field(name, required=required)
            self.fields[name].help_text = _HELP.get((operation, name), "")

    def given(self) -> dict[str, Any]:
        """Return what the line says."""
        return {name: self.cleaned_data[name] for name in FORMS[self.operation].names}

    def rows(self) -> Iterable[tuple[Any, Any]]:
        """Return the fields in order, each with the one in which its choices are found, if it has one."""
        for name in FORMS[self.operation].names:
            yield self[name], self[FIND + name] if self._is_reference(name) else None

    def _is_reference(self, name: str) -> bool:
        return name in UNITS or name in POSTS or name == "successor"

    def _field(self, name: str, *, required: bool) -> forms.Field:
        said: dict[str, Any] = {"label": _LABELS[name], "required": required}
        if name == "units":
            return forms.MultipleChoiceField(**said, choices=self._options(name), widget=forms.CheckboxSelectMultiple)
        if self._is_reference(name):
            return forms.ChoiceField(**said, choices=[("", "—"), *self._options(name)])
        if name == "seats":
            return forms.IntegerField(**said, min_value=1, max_value=MOST_SEATS)
        if name in _CODES:
            return forms.ChoiceField(**said, choices=[("", "—"), *_CODES[name]()])
        return _text(said["label"], required=required, max_length=CODE if name == "code" else NAME)

    def _options(self, name: str) -> Sequence[choices.Option]:
        text, chosen = self._sent(FIND + name), self._sent_all(name)
        abolishing = self.operation is Operation.ABOLISH_UNIT
        if name in POSTS or (name == "successor" and not abolishing):
            rows = self.outcome.before.posts if name == "post" else self.outcome.posts
            return choices.posts(self.outcome, text, among=rows.values(), chosen=chosen)
        own = name == "units" or (name == "unit" and self.operation not in (Operation.NEW_POST, Operation.MOVE_POST))
        among = self.outcome.before.units.values() if own else self._standing()
        return choices.units(self.outcome, text, among=among, chosen=chosen)

    def _standing(self) -> list[Any]:
        return [row for code, row in self.outcome.units.items() if self.outcome.is_open(code)]

    def _sent(self, name: str) -> str:
        return str((self.data or {}).get(name, "")).strip()

    def _sent_all(self, name: str) -> list[str]:
        data: Any = self.data
        return list(data.getlist(name)) if hasattr(data, "getlist") else []


_CODES: Final[Mapping[str, Any]] = {
    "kind": lambda: [(code, label("unit_kinds", code, spoken()).capitalize()) for code in UNIT_KINDS],
    "tier": lambda: [(code, label("tiers", code, spoken())) for code in TIERS],
    "contents": lambda: Contents.choices,
}
