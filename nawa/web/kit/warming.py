"""What the first to ask after a start would wait for, done before anybody asks: views, templates, the newest map."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

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
    """Import every view, compile every template and read the published map; where that fails, a page will say why."""
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
    except Exception as failure:  # a server that does not start would say less than the page that needs it
        _log.warning("the published map is not read ahead: %s", type(failure).__name__)
