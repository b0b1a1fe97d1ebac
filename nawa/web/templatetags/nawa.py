"""How pages write numbers, codes and marks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nawa.policy import sentences, wording
from nawa.web.kit.languages import spoken

register = template.Library()


@register.filter
def worded(code: Any, group: str) -> str:
    """The label of a code: `{{ row.status|worded:"statuses" }}`."""
    return sentences.label(group, str(code), spoken()) if code not in (None, "") else _("belum diketahui")


@register.filter
def score(value: Decimal | None) -> str:
    """A score with its decimals, or that it is unknown."""
    return _("belum diketahui") if value is None else wording.number(value, spoken())


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon out of the sprite."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("nawa/icons.svg"), name
    )
