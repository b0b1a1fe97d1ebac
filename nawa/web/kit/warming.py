"""What the first to ask after a start would wait for, done before anybody asks: views, templates, the newest map."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from django.db import DatabaseError
from django.template.loader import get_template
from django.urls import reverse

from nawa.core.scope import Scope
from nawa.policy.sentences import LANGUAGES, sentences
from nawa.talent.queries import latest_visible
from nawa.talent.queries.completeness import course, knowledge
from nawa.talent.queries.places import places
from nawa.talent.queries.profiles import policy_of

TEMPLATES: Final = Path(__file__).resolve().parents[1] / "templates"
_log: Final = logging.getLogger(__name__)


def warm() -> None:
    """Import every view, compile every template and read the published map; without a database only the former."""
    reverse("home")  # imports every view, and knows every address from now on
    for template in TEMPLATES.rglob("*.html"):
        get_template(template.relative_to(TEMPLATES).as_posix())
    for language in LANGUAGES:
        sentences(language)
    try:
        published = latest_visible(unpublished=False)
        if published is not None:
            knowledge(published, policy_of(published).parameters.components, within=places(scope=Scope.everything()))
        for unpublished in (False, True):
            course(unpublished=unpublished, inside=None)
    except DatabaseError as unreachable:
        _log.warning("nothing of the database is read ahead: %s", type(unreachable).__name__)
