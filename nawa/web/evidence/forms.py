"""Shapes of what is typed on these pages; whether it may be submitted is asked of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.core import clock
from nawa.core.constraints import NAME
from nawa.core.refusal import Reason
from nawa.core.scans import MOST_BYTES
from nawa.evidence.enums import Cause, Kind, Verdict
from nawa.evidence.queries.submissions import Known
from nawa.evidence.rules.submissions import (
    MOST_SCANS,
    asked_columns,
    judged_fact,
    reasons_against_content,
    reasons_against_scans,
)
from nawa.policy.sentences import label
from nawa.registry.models import Person
from nawa.web.evidence.facts import choices, heading, summary
from nawa.web.kit.languages import spoken
from nawa.web.kit.refusals import sentences
from nawa.workbook.problems import Problem
from nawa.workbook.shape import Column
from nawa.workbook.shape import Kind as Cell

_OPEN_ENDED: Final = frozenset({"ended_through", "valid_through"})


class _Papers(forms.FileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Several scans at once; what cleaning returns are their bytes."""

    widget = _Papers

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """Read no more of each than shows that it is too large, and no more of them than shows that they are many."""
        return [one.read(MOST_BYTES + 1) for one in (data or [])[: MOST_SCANS + 1] if one]


class FactForm(forms.Form):
    """A fact of a kind, and the scans that prove it. `kept` counts those that are there already."""

    def __init__(
        self, *args: Any, kind: Kind, person: Person, known: Sequence[Known] = (), kept: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.person, self.kept = kind, person, kept
        for column in asked_columns(kind):
            self.fields[column.name] = _field(kind, column)
        if known:
            self.fields["replaces"] = _replaces(kind, known)
        self.fields["papers"] = _papers(kept)

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by column."""
        return {column.name: str(self.data.get(column.name, "")) for column in asked_columns(self.kind)}

    def clean(self) -> dict[str, Any]:
        """Judge it as a row of the workbook, and the scans."""
        values, problems = judged_fact(self.kind, self.texts, nip=self.person.nip)
        for name, reason in reasons_against_content(self.kind, values, problems, today=clock.today()):
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, _told(reason))
        for sentence in sentences(reasons_against_scans(self.cleaned_data.get("papers", []), kept=self.kept)):
            self.add_error("papers", sentence)
        return self.cleaned_data


class EditionForm(forms.Form):
    """Which edition of a submission somebody has seen."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class CauseForm(EditionForm):
    """A decision that says why."""

    cause = forms.ChoiceField(label=gettext_lazy("Alasan"), choices=lambda: _codes("evidence_causes", Cause.values))
    note = forms.CharField(
        label=gettext_lazy("Catatan untuk pegawai"),
        required=False,
        max_length=NAME,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Sebutkan apa yang kurang dan bagaimana melengkapinya."),
    )


class VerdictForm(forms.Form):
    """What the analyst found of an acceptance."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Hasil"), choices=lambda: _codes("evidence_verdicts", Verdict.values)
    )
    note = forms.CharField(
        label=gettext_lazy("Alasan bila keliru"),
        required=False,
        max_length=NAME,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _told(reason: Reason) -> str:
    if reason.code == "evidence.cell":
        problem = Problem.from_dict(cast("Any", dict(reason.arguments)))
        return f"{problem.reason(spoken())} {problem.remedy(spoken())}"
    return sentences([reason])[0]


def _field(kind: Kind, column: Column) -> forms.Field:
    """Return the field of a column; what is missing or wrong in it is told by the workbook's own rules."""
    common: dict[str, Any] = {"label": _label(kind, column), "required": False}
    attributes: dict[str, Any] = {"required": True} if column.required else {}
    if column.kind is Cell.CODE:
        options = [("", "—"), *choices(column)]
        return forms.ChoiceField(**common, choices=options, widget=forms.Select(attrs=attributes))
    if column.kind is Cell.DATE:
        wanted = {**attributes, "type": "date"}
        hint = _("Kosongkan bila tidak berbatas waktu atau masih berjalan.") if column.name in _OPEN_ENDED else ""
        return forms.CharField(**common, help_text=hint, widget=forms.TextInput(attrs=wanted))
    digits = {"inputmode": "numeric"} if column.kind is Cell.INTEGER else {}
    wanted = {**attributes, **digits, "autocomplete": "off", "maxlength": NAME}
    return forms.CharField(**common, widget=forms.TextInput(attrs=wanted))


def _label(kind: Kind, column: Column) -> str:
    name = heading(kind, column)
    is_told = column.required or column.name in _OPEN_ENDED
    return name if is_told else _("%(name)s (bila ada)") % {"name": name}


def _replaces(kind: Kind, known: Sequence[Known]) -> forms.Field:
    return forms.ChoiceField(
        label=_("Menggantikan data lama"),
        required=False,
        choices=[("", _("tidak, ini data baru")), *((fact.row, summary(kind, fact.values)) for fact in known)],
        help_text=_("Pilih bila data yang sudah tercatat keliru. Isi lamanya tetap dapat dibaca."),
    )


def _papers(kept: int) -> PapersField:
    limits = _("PDF, JPEG, atau PNG, paling banyak %(most)s berkas, masing-masing paling banyak 5 MB.")
    told = limits % {"most": MOST_SCANS}
    anew = _("Kosongkan bila pindaian yang sudah ada tetap dipakai; yang baru menggantikannya.") if kept else ""
    accepted = {"accept": "application/pdf,image/jpeg,image/png", **({} if kept else {"required": True})}
    return PapersField(
        label=_("Pindaian"), required=False, help_text=f"{told} {anew}".strip(), widget=_Papers(attrs=accepted)
    )


def _codes(group: str, codes: Sequence[str]) -> list[tuple[str, str]]:
    return [("", "—"), *((code, label(group, code, spoken())) for code in codes)]
