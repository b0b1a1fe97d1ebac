"""Shapes of what is typed of acting duties; whether it may be done is asked of the rules."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nawa.core import clock
from nawa.core.constraints import NAME
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.registry.rules.acting import Letter
from nawa.web.kit.fields import day_field
from nawa.web.kit.languages import spoken
from nawa.workbook.codes import ASSIGNMENTS


class LetterForm(forms.Form):
    """What a letter of appointment says."""

    kind = forms.ChoiceField(
        label=_("Sebagai"), choices=lambda: [(kind, label("assignments", kind, spoken())) for kind in ASSIGNMENTS]
    )
    number = forms.CharField(
        label=_("Nomor surat perintah"), max_length=NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    dated_on = day_field(_("Tanggal surat"))
    started_on = day_field(_("Mulai"))
    ended_through = day_field(_("Hari terakhir"), help_text=_("Hari terakhir masih dihitung."))

    def clean(self) -> None:
        """Ask for days in their order."""
        start, through = self.cleaned_data.get("started_on"), self.cleaned_data.get("ended_through")
        if start and through and through < start:
            self.add_error("ended_through", wording.refusal("acting.order", {}, spoken()))

    def letter(self) -> Letter:
        """Return the letter."""
        data = self.cleaned_data
        number = " ".join(data["number"].split())
        return Letter(number, data["dated_on"], data["started_on"], data["ended_through"])


class EndForm(forms.Form):
    """The last day of a duty. `seen` is the one that was stated when the form was shown."""

    through = day_field(_("Hari terakhir"), initial=clock.today)
    seen = forms.DateField(widget=forms.HiddenInput, required=False)
