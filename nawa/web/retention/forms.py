"""Shapes of what is typed on these pages; whether it may be erased is asked of the rules."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nawa.exchange.enums import LAWFUL
from nawa.policy.sentences import label
from nawa.web.kit.languages import spoken


def _grounds() -> list[tuple[str, str]]:
    return [("", "—"), *((code.value, label("grounds_of_erasure", code, spoken())) for code in LAWFUL)]


class AskForm(forms.Form):
    """Whose records are to be erased, on what ground."""

    nip = forms.CharField(
        label=_("NIP pegawai"),
        max_length=18,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    ground = forms.ChoiceField(label=_("Dasar penghapusan"), choices=_grounds)
    letter_number = forms.CharField(
        label=_("Nomor surat permohonan atau putusan"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ikut dihapus ketika penghapusan ditegaskan; nomor suratnya tetap."),
    )
