"""Shapes of what is sent on these pages; whether it may be done is asked of the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nawa.core import clock
from nawa.exchange.enums import Absence, Declared, Mode, Twin
from nawa.policy.sentences import label
from nawa.web.kit.fields import day_field
from nawa.web.kit.languages import spoken


def _worded(group: str, codes: Any) -> list[tuple[str, str]]:
    return [(code, label(group, code, spoken())) for code in codes]


class UploadForm(forms.Form):
    """A file, and whether it holds everybody."""

    file = forms.FileField(
        label=_("Berkas"),
        allow_empty_file=True,  # what is wrong with it is said by the rules
        help_text=_("Buku kerja .xlsx atau zip berkas .csv, paling banyak 50 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.zip"}),
    )
    declared = forms.ChoiceField(
        label=_("Cakupan berkas"),
        choices=lambda: _worded("import_coverages", Declared.values),
        initial=Declared.PARTIAL,
        help_text=_("Seluruh pegawai: yang aktif di catatan tetapi tidak ada di berkas akan ditanyakan."),
    )


class AbsenceForm(forms.Form):
    """Why people are absent, and since when."""

    why = forms.ChoiceField(label=_("Sebab"), choices=lambda: [("", "—"), *_worded("absences", Absence.values)])
    on = day_field(
        _("Sejak"),
        required=False,
        initial=clock.today,
    )


class TwinForm(forms.Form):
    """What new rows are that differ from stored ones by a date alone."""

    what = forms.ChoiceField(label=_("Keputusan"), choices=lambda: [("", "—"), *_worded("twins", Twin.values)])


class ApplyForm(forms.Form):
    """What to write, as seen in which preview."""

    preview = forms.CharField(max_length=40, widget=forms.HiddenInput)
    mode = forms.ChoiceField(
        label=_("Yang ditulis"),
        choices=lambda: _worded("import_modes", Mode.values),
        initial=Mode.GOOD_ROWS,
        widget=forms.RadioSelect,
    )
