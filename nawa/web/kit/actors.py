"""Who did something, in words: an account by its holder's name, the rest by which part of the system it is."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


def who(actor: str, names: Mapping[str, str]) -> str:
    """Return who an actor (as rows and events keep it) is; `names` are those of accounts (`accounts.names_of`)."""
    if actor in names:
        return names[actor]
    kind, _separator, part = actor.partition(":")
    return _("baris perintah") if kind == "command_line" else _("sistem (%(part)s)") % {"part": part}
