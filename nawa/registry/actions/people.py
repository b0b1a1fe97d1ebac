"""What people's own rows say of registers that are empty, and taking out of them what tells of somebody."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db import transaction

from nawa.core import privacy
from nawa.registry.enums import ERASED, ERASED_NAME
from nawa.registry.models import Person
from nawa.registry.models.people import NIP_DIGITS

_AT_ONCE: Final = 2_000
_RANDOM: Final = NIP_DIGITS - len(ERASED)
_TOLD: Final = frozenset(name for name, kind in privacy.classes(Person).items() if kind in privacy.PERSONAL) - {
    *("nip", "name", "inactive_since"),
}
"""Fields of a person that are emptied."""


@transaction.atomic
def say_none(said: Mapping[int, Sequence[str]]) -> None:
    """Write, by primary key, in which registers people have nothing. The caller records the deed."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for person, registers in said.items():
        alike[tuple(registers)].append(person)
    for registers, people in alike.items():
        for start in range(0, len(people), _AT_ONCE):
            rows = Person.objects.filter(pk__in=people[start : start + _AT_ONCE])
            rows.update(verified_none=list(registers))


@transaction.atomic
def forget_people(people: Iterable[int]) -> dict[str, str]:
    """Take what tells of these people (primary keys) out of their own rows, and return by which number each goes.

    What stays is the opaque id, which the audit record and published maps name, and the day on which they left. The
    number is random and begins as no NIP does. The caller records the deed.
    """
    numbers: dict[str, str] = {}
    for person in Person.objects.select_for_update().filter(pk__in=list(people)):
        old, person.nip = person.nip, ERASED + "".join(secrets.choice("0123456789") for _ in range(_RANDOM))
        numbers[old] = person.nip
        for field in Person._meta.concrete_fields:
            if field.name in _TOLD:
                setattr(person, field.name, None if field.null else field.get_default())
        person.name = person.position_name = ERASED_NAME  # a row names some post, if in words
        person.position = person.unit = None
        person.save()
        Person.objects.filter(superior_nip=old).update(superior_nip=person.nip)
    return numbers
