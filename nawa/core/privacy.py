"""How private each stored field is, said beside the field: `privacy = {"name": Privacy.IDENTITY}` on the model.

The classes follow UU 27/2022 Pasal 4 (general and specific personal data) and what the merit system treats with more
care. A field without a class fails a house rule, so that nobody stores something about a person without having
thought of it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.db import models


class Privacy(StrEnum):
    """Classes of privacy, from what anybody may read to what few may."""

    PUBLIC = "public"  # facts of the organisation: units, posts, standards, counts
    OPAQUE = "opaque"  # ids, states and bookkeeping that name nobody by themselves
    IDENTITY = "identity"  # who somebody is: name, NIP, address, e-mail, telephone
    EMPLOYMENT = "employment"  # ordinary data of employment: rank, post, career, education, birth date
    EVALUATION = "evaluation"  # what was thought of somebody: ratings, assessments, scores, boxes
    SPECIFIC = "specific"  # health, disability, discipline, kinship: need-to-know only


PERSONAL: Final = frozenset({Privacy.IDENTITY, Privacy.EMPLOYMENT, Privacy.EVALUATION, Privacy.SPECIFIC})
"""Classes that say something about a person."""


def classes(model: type[models.Model]) -> Mapping[str, Privacy]:
    """Return the class of each of the model's fields that has one; a subclass may overrule what it inherits.

    The automatic primary key and references to other rows are opaque without being declared.
    """
    found: dict[str, Privacy] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.is_relation:
            found[field.name] = Privacy.OPAQUE
    for ancestor in reversed(model.__mro__):
        found.update(ancestor.__dict__.get("privacy", {}))
    return found


def unclassified(model: type[models.Model]) -> list[str]:
    """Return the names of stored fields for which nobody has said how private they are."""
    known = classes(model)
    return [field.name for field in model._meta.concrete_fields if field.name not in known]


def unknown(model: type[models.Model]) -> list[str]:
    """Return names that are given a class but are no fields of the model (a renamed or removed field)."""
    stored = {field.name for field in model._meta.concrete_fields}
    return sorted(set(classes(model)) - stored)
