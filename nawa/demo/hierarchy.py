"""Who leads whom: the superior of every person, through vacancies and acting holders."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nawa.demo.acting import Duty
from nawa.demo.chance import Ints
from nawa.demo.people import Population
from nawa.demo.seating import Organisation


def leaders(people: Population, organisation: Organisation, duties: Sequence[Duty]) -> Ints:
    """The person who leads each unit: its head, else who acts for the head today; -1 where nobody does."""
    holder = dict(zip(people.post.tolist(), range(len(people)), strict=True))
    for duty in duties:
        if duty.through is None and duty.post not in holder:
            holder[duty.post] = duty.person
    return np.array([holder.get(post, -1) for post in organisation.leader.tolist()], dtype=np.int64)


def superiors(people: Population, organisation: Organisation, leading: Ints) -> Ints:
    """Each person's superior: the leader of the unit or, for that leader, of the next unit above; -1 for the Sekda."""
    parent, lead = organisation.parent.tolist(), leading.tolist()
    found = np.full(len(people), -1, dtype=np.int64)
    for person, unit in enumerate(people.unit.tolist()):
        while unit >= 0 and lead[unit] in (-1, person):
            unit = parent[unit]
        found[person] = lead[unit] if unit >= 0 else -1
    return found
