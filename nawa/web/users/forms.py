"""Shapes of what is typed on these pages; whether it may be done is asked of the rules."""

from __future__ import annotations

import datetime
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nawa.accounts.enums import ACTING, DelegationKind
from nawa.accounts.roles import ROLES, Role
from nawa.accounts.rules import Term
from nawa.core import clock
from nawa.core.constraints import NAME
from nawa.registry.models import Unit
from nawa.web.kit.fields import day_field
from nawa.web.kit.languages import spoken

_NEXT_DAY: Final = datetime.timedelta(days=1)


def _text_field(text: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=text, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)


class TermForm(forms.Form):
    """From when, through which day, and by which letter."""

    started_on = day_field(_("Mulai"), initial=clock.today)
    ended_through = day_field(
        _("Hari terakhir"), required=False, help_text=_("Kosongkan bila belum diketahui; peran dapat diakhiri nanti.")
    )
    basis = _text_field(_("Nomor surat"), max_length=NAME)

    def term(self) -> Term:
        """Return the term; the last day typed still counts."""
        through = self.cleaned_data["ended_through"]
        basis = " ".join(self.cleaned_data["basis"].split())
        return Term(self.cleaned_data["started_on"], through + _NEXT_DAY if through else None, basis)


class RoleForm(TermForm):
    """A role, over which unit, and as what. `units` are primary keys and names, in groups."""

    role = forms.ChoiceField(label=_("Peran"), choices=lambda: [("", "—"), *role_names()])
    unit = forms.TypedChoiceField(
        label=_("Unit"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Peran berlaku untuk unit ini dan semua di bawahnya."),
    )
    acting_as = forms.ChoiceField(
        label=_("Sebagai"),
        required=False,
        choices=[("", _("pejabat definitif")), *((kind, kind.label) for kind in ACTING)],
    )
    field_order = ("role", "unit", "acting_as", "started_on", "ended_through", "basis")

    def __init__(self, *args: Any, units: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "peran-%s", **kwargs})
        cast("forms.ChoiceField", self.fields["unit"]).choices = [("", _("Seluruh instansi")), *units]

    def given(self) -> dict[str, Any]:
        """Return what is to be given."""
        data = self.cleaned_data
        unit = Unit.objects.filter(pk=data["unit"]).first()
        return {"role": Role(data["role"]), "unit": unit, "acting_as": data["acting_as"], "term": self.term()}


class DelegationForm(TermForm):
    """To whom a role is lent, as what, and for which time."""

    to = _text_field(_("NIP atau nama masuk penerima"), max_length=80)
    kind = forms.ChoiceField(label=_("Sebagai"), choices=DelegationKind.choices)
    field_order = ("to", "kind", "started_on", "ended_through", "basis")

    def __init__(self, *args: Any, grant_id: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"delegasi-{grant_id}-%s", **kwargs})
        self.grant_id = grant_id
        self.fields["ended_through"].required = True
        self.fields["ended_through"].help_text = ""


class EndForm(forms.Form):
    """From which day on something no longer holds."""

    before = day_field(_("Tidak berlaku lagi mulai"), initial=clock.today)

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"akhir-{of}-%s", **kwargs})
        self.of = of


class OutsiderForm(forms.Form):
    """Somebody without NIP."""

    name = _text_field(_("Nama dan gelar"), max_length=NAME)
    login = _text_field(
        _("Nama masuk"), max_length=80, help_text=_("Misalnya alamat surel dinasnya. Tidak dapat diubah.")
    )


def role_names() -> list[tuple[str, str]]:
    """Return the roles with their names in the reader's language."""
    return [(role.value, role_name(role)) for role in Role]


def role_name(role: str) -> str:
    """Return the name of a role in the reader's language."""
    form = ROLES[Role(role)]
    return form.english if spoken() == "en" else form.indonesian
