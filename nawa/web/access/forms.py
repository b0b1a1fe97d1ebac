"""The form in which the code of a slip is given for a password."""

from __future__ import annotations

from typing import Any, Final

from allauth.core.ratelimit import consume
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.accounts.actions import activate
from nawa.accounts.models import User
from nawa.core.refusal import Refusal
from nawa.policy import wording
from nawa.web.kit.languages import spoken

_LIMIT: Final = "activation"


class ActivationForm(forms.Form):
    """Log-in name, code, and the new password twice.

    The password is judged before the code, so that a bad one costs no try and tells nothing of the account.
    """

    login = forms.CharField(
        label=gettext_lazy("Nama masuk (NIP)"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Kode aktivasi"),
        max_length=40,
        help_text=gettext_lazy("Dari lembar aktivasi Anda; huruf besar atau kecil, dengan atau tanpa tanda hubung."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Kata sandi baru"),
        max_length=4096,
        strip=False,
        help_text=gettext_lazy("Sekurang-kurangnya sepuluh karakter, dan bukan kata sandi yang umum."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Kata sandi baru, sekali lagi"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "password" in given:
            self._judge(given)
        return given

    def _judge(self, given: dict[str, Any]) -> None:
        password = given["password"]
        if password != given.get("again", password):
            self.add_error("again", _("Kedua kata sandi tidak sama. Ketik lagi."))
        try:
            validate_password(password, User(username=given.get("login", "")))
        except ValidationError as faults:
            self.add_error("password", faults)

    def activated(self) -> User | None:
        """Return the account that has its password now, or None with the reason in the form's errors.

        Only codes that do not fit count against the limits: a whole office may activate behind one address.
        """
        given = self.cleaned_data
        key = given["login"].strip()
        if not consume(self.request, action=_LIMIT, key=key, dry_run=True):
            self.add_error(None, _("Terlalu banyak percobaan yang gagal. Tunggu lima menit, lalu coba lagi."))
            return None
        try:
            return activate(login=key, code=given["code"], password=given["password"])
        except Refusal as refused:
            consume(self.request, action=_LIMIT, key=key)
            for reason in refused.reasons:
                self.add_error(None, wording.refusal(reason.code, reason.arguments, spoken()))
            return None
