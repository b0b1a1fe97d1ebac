"""Fields that forms of several areas have."""

from __future__ import annotations

from typing import Any

from django import forms


def day_field(text: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, typed or picked; `text` is its label."""
    return forms.DateField(label=text, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)
