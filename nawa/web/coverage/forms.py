"""Shapes of what is typed on these pages; whether it may be declared is asked of the rules."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nawa.core import clock
from nawa.core.scans import MOST_BYTES
from nawa.engine.codes import REGISTERS
from nawa.evidence.actions import Letter
from nawa.evidence.models import Said
from nawa.policy.sentences import label
from nawa.registry.queries import ended_units
from nawa.talent.queries.places import Places
from nawa.web.kit.fields import day_field
from nawa.web.kit.languages import spoken


def _registers() -> list[tuple[str, str]]:
    return [(code, label("retained", code, spoken())) for code in REGISTERS]


def _said() -> list[tuple[str, str]]:
    return [(code, label("declarations", code, spoken())) for code in Said.values]


class DeclarationForm(forms.Form):
    """What is declared, of which unit, as of which day."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    said = forms.ChoiceField(label=_("Yang dinyatakan"), choices=_said, initial=Said.COMPLETE, widget=forms.RadioSelect)
    registers = forms.MultipleChoiceField(
        label=_("Register"), choices=_registers, widget=forms.CheckboxSelectMultiple, required=False
    )
    on = day_field(
        _("Per tanggal"),
        initial=clock.today,
    )
    nips = forms.CharField(
        label=_("NIP yang nihil"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Untuk nihil saja: satu NIP per baris. Kosong berarti semua pegawai aktif unit ini."),
    )

    def __init__(self, *args: Any, within: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        highest, ended = within.children(None), ended_units(on=clock.today())
        below = [pk for pk in within.names if pk not in highest]
        lasting = [pk for pk in (*highest, *below) if pk not in ended]
        units = [(pk, within.names[pk]) for pk in lasting]  # a verifier's own unit stands first
        cast("forms.TypedChoiceField", self.fields["unit"]).choices = units

    def clean_nips(self) -> list[str]:
        """Return the numbers, however they were set apart."""
        return list(dict.fromkeys(re.findall(r"\S+", self.cleaned_data["nips"].replace(",", " ").replace(";", " "))))


class LetterForm(forms.Form):
    """The signed letter."""

    number = forms.CharField(
        label=_("Nomor surat"), max_length=300, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    scan = forms.FileField(
        label=_("Pindaian surat bertanda tangan"),
        required=False,
        allow_empty_file=True,  # what is wrong with it is said by the rules
        help_text=_("PDF, JPEG, atau PNG, paling banyak 5 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def letter(self) -> Letter:
        """Return what was sent, empty where nothing was."""
        scan = self.cleaned_data["scan"]
        return Letter(self.cleaned_data["number"], scan.read(MOST_BYTES + 1) if scan else b"")
