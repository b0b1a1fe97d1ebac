"""Deeds upon evidence: withholding all that a component rests on, giving it some, mixing up rows, names and company."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from random import Random

from nawa.engine.parameters import Component, Parameters
from nawa.engine.tables import RECORD_SCHEMAS
from tests.reference.patterns import EVIDENCE, add
from tests.reference.people import NewRow, Tables

Keep = Callable[[NewRow], bool]

ACTING_KINDS = ("PLT", "PLH", "PJ")
NEVER: Keep = lambda row: False  # noqa: E731
DROPPED: dict[Component, dict[str, Keep]] = {
    Component.RATING: {"rating": NEVER},
    Component.AWARD: {"award": NEVER},
    Component.TEAM: {"team_role": NEVER},
    Component.FEEDBACK: {"feedback": NEVER},
    Component.COMPETENCE: {"competency": NEVER},
    Component.TRAINING: {"training": lambda row: row["kind"] == "SERTIFIKASI"},
    Component.CERTIFICATION: {"training": lambda row: row["kind"] != "SERTIFIKASI"},
    Component.ACTING: {"acting": NEVER, "career": lambda row: row["assignment"] not in ACTING_KINDS},
    Component.POTENTIAL: {"potential": NEVER},
    Component.DISCIPLINE: {"discipline": NEVER},
}
"""Rows that only this component reads, and which of them stay when it is withheld."""

BLANKED: dict[Component, tuple[str, tuple[str, ...]]] = {
    Component.COMPETENCE: ("assessment_total", ("job_person_match_e4",)),
    Component.POTENTIAL: ("assessment_total", ("potential_score_e4",)),
    Component.TENURE: ("person", ("tier",)),
    Component.BREADTH: ("career", ("unit", "institution")),
    Component.EDUCATION: ("education", ("level",)),
    Component.FIELD: ("person", ("post_fields",)),
}
"""Cells that only this component reads (the tier is read by ACTING too: without it no duty is above it)."""


def copied(tables: Tables) -> Tables:
    """The same rows, free to be changed."""
    return {name: [dict(row) for row in rows] for name, rows in tables.items()}


def withheld(tables: Tables, component: Component) -> Tables:
    """Everybody's evidence without what the component rests on; registers stay as they are."""
    less = copied(tables)
    for name, keep in DROPPED.get(component, {}).items():
        less[name] = [row for row in less[name] if keep(row)]
    if component in BLANKED:
        name, columns = BLANKED[component]
        for row in less[name]:
            row.update(dict.fromkeys(columns))
    return less


def given(tables: Tables, asked: Iterable[tuple[str, Component]], p: Parameters, on: date) -> Tables:
    """The same with plain evidence added, for each subject and component asked."""
    more = copied(tables)
    person = {row["subject"]: row for row in more["person"]}
    for subject, component in asked:
        if component == Component.RATING:  # one annual rating per year: the new one takes the old one's place
            more["rating"] = [row for row in more["rating"] if row["subject"] != subject]
        for name, row in EVIDENCE[component](p, on):
            add(more, name, subject, row)
        if component == Component.TENURE:
            person[subject].update(tier=person[subject]["tier"] or "PENGAWAS", position_since=on)
        if component == Component.COMPETENCE:
            person[subject].update(standard=_standard(more, person[subject]))
        if component == Component.FIELD:
            person[subject].update(post_fields=person[subject]["post_fields"] or ["kehutanan"])
    return more


def _standard(tables: Tables, person: NewRow) -> str:
    held = {row["standard"] for row in tables["standard"]}
    return str(person["standard"]) if person["standard"] in held else "J1"


def shuffled(tables: Tables, chance: Random) -> Tables:
    """The same rows in another order; `source` stays, for it does not come from the order."""
    return {name: chance.sample(rows, len(rows)) for name, rows in tables.items()}


def renamed(tables: Tables, new_name: Callable[[str], str]) -> Tables:
    """The same people under other opaque ids."""
    other = copied(tables)
    for name, rows in other.items():
        if "subject" in RECORD_SCHEMAS[name]:
            for row in rows:
                row["subject"] = new_name(row["subject"])
    return other


def together(ours: Tables, theirs: Tables) -> Tables:
    """Both populations in one input; the second one's rows come after the first one's in every table."""
    joined = copied(ours)
    for name, rows in theirs.items():
        for row in rows if name != "standard" else ():
            shift = {"source": row["source"] + len(ours[name])} if "source" in row else {}
            joined[name].append({**row, **shift})
    return joined
