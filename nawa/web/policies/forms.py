"""Shapes of what is typed on these pages; whether it may be done is asked of the rules."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nawa.core.scans import MOST_BYTES
from nawa.policy.entries import plain
from nawa.policy.layouts import LAYOUTS, Chapter, Kind, chapter_of
from nawa.policy.sentences import label
from nawa.rulebook.enums import MOVES, SIGNED, Objection, State
from nawa.rulebook.rules import Paper
from nawa.web.kit.fields import day_field
from nawa.web.kit.languages import spoken

LONGEST: Final = 2_000
"""Characters of a single entry."""

_STEP: Final = re.compile(r"[0-9]{1,2}/(?:from|to)")


class DraftForm(forms.Form):
    """A name for a version to be drafted."""

    version = forms.CharField(
        label=_("Nama versi baru"),
        max_length=64,
        help_text=_("Misalnya 2027.1; tampil pada setiap peta yang dihitung dengannya."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class MoveForm(forms.Form):
    """A move from the state and edition in which the version was seen."""

    expected = forms.ChoiceField(choices=State.choices, widget=forms.HiddenInput)
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, to: State, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{to.lower()}-%s", **kwargs})
        self.to = to

    def given(self) -> dict[str, Any]:
        """What was given: state and edition that whoever sent the form has seen, a paper, a reason."""
        data = self.cleaned_data
        return {
            "expected": State(data["expected"]),
            "edition": data["edition"],
            "paper": self._paper(),
            "reason": data.get("reason", ""),
        }

    def _paper(self) -> Paper | None:
        return None


class ApprovalForm(MoveForm):
    """The instrument that sets a version in force."""

    kind = forms.ChoiceField(label=_("Jenis dasar hukum"), choices=lambda: _instruments())
    number = forms.CharField(label=_("Nomor"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    dated_on = day_field(_("Tanggal ditetapkan"))
    signatory = forms.CharField(
        label=_("Penanda tangan"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    effective_from = day_field(
        _("Berlaku mulai"),
        help_text=_("Paling awal hari ini: kebijakan tidak berlaku surut."),
    )
    scan = forms.FileField(
        label=_("Pindaian dasar hukum"),
        help_text=_("PDF, JPEG, atau PNG, paling banyak 5 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def _paper(self) -> Paper:
        data = self.cleaned_data
        names = ("kind", "number", "dated_on", "signatory", "effective_from")
        return Paper(**{name: data[name] for name in names}, scan=data["scan"].read(MOST_BYTES + 1))


class RefusalForm(MoveForm):
    """A refusal with its reason."""

    reason = forms.ChoiceField(label=_("Alasan"), choices=lambda: _objections())


def move_form(origin: str, to: State) -> type[MoveForm]:
    """Return the form of a move: with an instrument, with a reason, or with neither."""
    move = MOVES.get((State(origin), to))
    if move is None or not (move.instrument or move.reason):
        return MoveForm
    return ApprovalForm if move.instrument else RefusalForm


def _instruments() -> list[tuple[str, str]]:
    return [(kind.value, label("instruments", kind, spoken())) for kind in SIGNED]


def _objections() -> list[tuple[str, str]]:
    return [("", "—"), *((code, label("objections", code, spoken())) for code in Objection.values)]


def typed_in(sent: Mapping[str, str], own: Mapping[str, str], chapter: Chapter) -> dict[str, str]:
    """Return the entries of a chapter as they were sent; a box that is not ticked is not sent at all."""
    known = [name for name in own if chapter_of(_path(name)) is chapter]
    found = {name: plain(sent.get(name, "" if _is_box(name) else own[name]))[:LONGEST] for name in known}
    return found | {name: plain(sent[name])[:LONGEST] for name in sent if _is_step(name, chapter)}


def day_in(sent: Mapping[str, str]) -> datetime.date | None:
    """Return the day from which a draft is to hold, where one was sent."""
    try:
        return datetime.date.fromisoformat(sent.get("proposed_from", ""))
    except ValueError:
        return None


def edition_in(sent: Mapping[str, str]) -> int:
    """Return the edition of the chapter that whoever sent the form has seen; one that never was for nonsense."""
    text = sent.get("edition", "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def _path(name: str) -> str:
    return name.partition("#")[0].partition("/")[0]


def _is_box(name: str) -> bool:
    path = _path(name)
    return "#" not in name and path in LAYOUTS and LAYOUTS[path].kind in (Kind.SET, Kind.LISTS)


def _is_step(name: str, chapter: Chapter) -> bool:
    path, _slash, rest = name.partition("/")
    is_scale = path in LAYOUTS and LAYOUTS[path].kind is Kind.STEPS
    return is_scale and chapter_of(path) is chapter and bool(_STEP.fullmatch(rest))
