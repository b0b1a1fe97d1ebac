"""What is wrong with an acting duty, in words: the sentence, the rule behind it, and whether that is confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext as _

from nawa.core.refusal import Reason
from nawa.policy import wording
from nawa.policy.loading import Policy
from nawa.policy.sentences import label, provision_label
from nawa.policy.values import value_words
from nawa.registry.rules.acting import NOTES, PROVISIONS, REFERENCES
from nawa.web.kit.languages import spoken


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `is_note`: it has to be verified by hand; `is_confirmed`: its rule was read and confirmed."""

    name: str
    sentence: str
    basis: str
    is_confirmed: bool
    is_note: bool


Bases: TypeAlias = Mapping[str, tuple[str, bool]]


def bases_of(policy: Policy) -> Bases:
    """Return the rule behind each code that has one, with its citation, and whether that is confirmed."""
    by_path = {item.path: item for item in policy.provisions}
    bases = {code: (reference, False) for code, reference in REFERENCES.items()}
    for code, path in PROVISIONS.items():
        if item := by_path.get(path):
            rule = f"{provision_label(path, spoken())}: {value_words(item, spoken())}"
            bases[code] = (f"{rule} ({item.reference})", item.confirmed)
    return bases


def findings_in_words(reasons: Iterable[Reason], bases: Bases) -> tuple[Finding, ...]:
    """Return reasons in the reader's language, each with its rule."""
    return tuple(_finding(reason, bases) for reason in reasons)


def _finding(reason: Reason, bases: Bases) -> Finding:
    basis, is_confirmed = bases.get(reason.code) or (_("kebiasaan penunjukan; peraturannya belum terbaca"), False)
    return Finding(
        name=label("acting_findings", reason.code, spoken()),
        sentence=wording.refusal(reason.code, reason.arguments, spoken()),
        basis=basis,
        is_confirmed=is_confirmed,
        is_note=reason.code in NOTES,
    )
