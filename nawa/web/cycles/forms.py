"""Shapes of what is typed on these pages; whether it may be done is asked of the rules."""

from __future__ import annotations

import datetime
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nawa.core import clock
from nawa.core.scans import MOST_BYTES
from nawa.policy import wording
from nawa.policy.loading import load, shipped
from nawa.policy.sentences import label
from nawa.rulebook.models import PolicyVersion
from nawa.rulebook.queries import profiles
from nawa.talent.enums import CONTEST_DAYS, LONGEST_REASON, MOVES, SHORTEST_REASON, Stage, Withdrawal
from nawa.talent.rules import Letter
from nawa.web.kit.fields import day_field
from nawa.web.kit.languages import spoken

_FINAL: Final = (Stage.PUBLISHED, Stage.WITHDRAWN)
"""Moves that nothing undoes: the code of the stage is typed in."""


class OpenForm(forms.Form):
    """A month whose cycle is to be opened."""

    month_on = forms.TypedChoiceField(label=_("Bulan"), coerce=datetime.date.fromisoformat)
    contest_days = forms.IntegerField(
        label=_("Lama masa sanggah (hari kalender)"),
        min_value=1,
        max_value=90,
        initial=CONTEST_DAYS,
        help_text=_("Bawaan 7 hari kalender, yang memuat 5 hari kerja (perlu konfirmasi)."),
    )

    def __init__(self, *args: Any, today: datetime.date, taken: set[datetime.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [month for month in _months(today) if month not in taken]
        field = cast("forms.TypedChoiceField", self.fields["month_on"])
        field.choices = [(f"{month}", month_label(month)) for month in months]


def policies() -> list[tuple[str, str]]:
    """Return the policies that are in force, by code, each with its version; the shipped ones while there are none."""
    found = [(row.code, _in_force(row)) for row in profiles(on=clock.today())]
    return found or [(name, load(name, on=clock.today()).label) for name in shipped()]


def _in_force(version: PolicyVersion) -> str:
    since = wording.day(version.effective_from or clock.today(), spoken())
    words = {"label": version.label, "version": version.version, "since": since}
    return _("%(label)s: versi %(version)s sejak %(since)s") % words


class StartForm(forms.Form):
    """A policy and a reference date."""

    policy = forms.ChoiceField(
        label=_("Kebijakan"),
        choices=policies,
        help_text=_("Yang dipakai adalah versi yang berlaku pada tanggal acuan."),
    )
    on = day_field(_("Tanggal acuan"))


class MoveForm(forms.Form):
    """A move from the stage at which the run was seen; one that nothing undoes asks for a word."""

    expected = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, to: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{to.lower()}-%s", **kwargs})
        self.to = to
        if to in _FINAL:
            self.fields["word"] = forms.RegexField(
                rf"\s*{to.value}\s*",
                label=_("Ketik %(word)s untuk menegaskan") % {"word": to.value},
                error_messages={"invalid": _("Ketik %(word)s dengan huruf besar.") % {"word": to.value}},
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def given(self) -> dict[str, Any]:
        """What was given: the stage that whoever sent the form has seen, a letter, a reason (empty where not asked)."""
        data = self.cleaned_data
        scan = data.get("scan")
        content = scan.read(MOST_BYTES + 1) if scan else b""
        return {
            "expected": Stage(data["expected"]),
            "letter": Letter(data.get("number", ""), data.get("dated_on"), content),
            "reason": data.get("reason", ""),
        }


class LetterForm(MoveForm):
    """A move with a letter: number, date, scan."""

    number = forms.CharField(
        label=_("Nomor surat"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    dated_on = day_field(_("Tanggal surat"))
    scan = forms.FileField(
        label=_("Pindaian surat"),
        help_text=_("PDF, JPEG, atau PNG, paling banyak 5 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )


class ReleaseForm(forms.Form):
    """Why a run may be published although its data are not complete enough."""

    why = forms.CharField(
        label=_("Alasan mengizinkan terbit"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Paling pendek 20 huruf; tampak bagi yang melihat pemetaan ini. Jangan menyebut nama pegawai."),
    )


class WithdrawalForm(MoveForm):
    """A withdrawal with its reason."""

    reason = forms.ChoiceField(label=_("Alasan"), choices=lambda: withdrawals())


def move_form(origin: Stage, to: Stage) -> type[MoveForm]:
    """Return the form of a move: with a letter, with a reason, or with neither."""
    move = MOVES.get((origin, to))
    if move is None or not (move.letter or move.reason):
        return MoveForm
    return LetterForm if move.letter else WithdrawalForm


def withdrawals() -> list[tuple[str, str]]:
    """Return the reasons for withdrawing in the reader's language, none chosen."""
    return [("", "—"), *((code, label("withdrawals", code, spoken())) for code in Withdrawal.values)]


def month_label(month: datetime.date) -> str:
    """Return a month in words: `November 2026`."""
    return f"{label('months', month.month, spoken())} {month.year}"


def _months(today: datetime.date) -> list[datetime.date]:
    """The month of today, the next, and the eleven before, the latest first."""
    first = today.year * 12 + today.month - 1
    return [datetime.date(number // 12, number % 12 + 1, 1) for number in range(first + 1, first - 12, -1)]
