"""What is wrong with an acting duty, in words: the sentence, the rule behind it, and whether that is confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


def findings_in_words(reasons: Iterable[Reason], policy: Policy) -> tuple[Finding, ...]:
    """Return reasons in the reader's language, each with its rule."""
    return tuple(_finding(reason, policy) for reason in reasons)


def _finding(reason: Reason, policy: Policy) -> Finding:
    basis, is_confirmed = _basis(reason.code, policy)
    return Finding(
        name=label("acting_findings", reason.code, spoken()),
        sentence=wording.refusal(reason.code, reason.arguments, spoken()),
        basis=basis,
        is_confirmed=is_confirmed,
        is_note=reason.code in NOTES,
    )


def _basis(code: str, policy: Policy) -> tuple[str, bool]:
    path = PROVISIONS.get(code)
    item = next((one for one in policy.provisions if one.path == path), None)
    if item:
        rule = f"{provision_label(item.path, spoken())}: {value_words(item, spoken())}"
        return f"{rule} ({item.reference})", item.confirmed
    return REFERENCES.get(code) or _("kebiasaan penunjukan; peraturannya belum terbaca"), False
