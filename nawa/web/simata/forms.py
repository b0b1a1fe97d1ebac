"""Shapes of what is sent on these pages; whether it may be done is asked of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nawa.policy import wording
from nawa.talent.models import MappingRun
from nawa.web.kit.languages import spoken


class CompareForm(forms.Form):
    """SIMATA's sheet, and the map to hold it beside."""

    file = forms.FileField(
        label=_("Lembar dari SIMATA"),
        allow_empty_file=True,  # what is wrong with it is said by the rules
        help_text=_("Buku kerja .xlsx dengan 18 kolom, paling banyak 50 MB; nama lembarnya bebas."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    base = forms.ChoiceField(label=_("Dibandingkan dengan peta"))

    def __init__(self, *args: Any, runs: Sequence[MappingRun], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(run.public_id, f"{wording.day(run.on, spoken())} · {run.policy_label}") for run in runs]
        self.fields["base"] = forms.ChoiceField(label=self.base_fields["base"].label, choices=choices)
