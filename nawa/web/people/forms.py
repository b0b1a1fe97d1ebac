"""Shapes of what is typed of a decree; whether it may be recorded is asked of the rules."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nawa.core import clock
from nawa.core.constraints import NAME
from nawa.policy.sentences import label
from nawa.registry.enums import APPOINTMENTS, DEPARTURES, Move
from nawa.registry.rules.moves import Decree
from nawa.web.kit.fields import day_field
from nawa.web.kit.languages import spoken

_KINDS: Final = {"pengangkatan": APPOINTMENTS, "pembebasan": (Move.RELEASE,), "berhenti": DEPARTURES}


def _text_field(text: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=text, max_length=NAME, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)


class DecreeForm(forms.Form):
    """What a decree says. `purpose` tells which kinds there are, and what is asked besides."""

    kind = forms.ChoiceField(label=_("Jenis perpindahan"))
    number = _text_field(_("Nomor keputusan"))
    since = day_field(
        _("TMT"),
        initial=clock.today,
        help_text=_("Hari pertama keadaan yang baru. Bila belum tiba, perpindahan menunggu sampai harinya."),
    )
    inaugurated_on = day_field(
        _("Tanggal pelantikan"), required=False, help_text=_("Kosongkan bila tidak ada pelantikan.")
    )
    title = _text_field(_("Jabatan sesudahnya"), initial="Pelaksana")

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(str(move), label("moves", move, spoken())) for move in _KINDS[purpose]]
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = kinds if len(kinds) == 1 else [("", "—"), *kinds]
        for name, asked in (("inaugurated_on", "pengangkatan"), ("title", "pembebasan")):
            if purpose != asked:
                del self.fields[name]

    def decree(self) -> Decree:
        """Return the decree."""
        data = self.cleaned_data
        number, title = (" ".join(data.get(name, "").split()) for name in ("number", "title"))
        return Decree(Move(data["kind"]), number, data["since"], data.get("inaugurated_on"), title)
