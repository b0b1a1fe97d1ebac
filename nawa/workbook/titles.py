"""Academic and religious titles around a name, kept apart from it: `Dr. Ir. H. Budi Santoso, S.T., M.T.`"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_FRONT: Final = re.compile(
    r"(?:(?:prof|drs|dra|drg|drh|dr|ir|hj|h|apt|ns|kh|pdt)\s*\.\s*)+"  # with its dot, in any case
    r"|(?:(?:Prof|Drs|Dra|Drg|drg|drh|dr|Dr|Ir|Hj|H|Apt|apt|Ns)\s+)+",  # without, only as commonly written
    re.IGNORECASE,
)
_LONGEST: Final = 200
_DEGREE: Final = (
    r"(?:[SM]\.\s?(?:Pd|Si|Kom|Sos|Kep|Farm|Ak|Ag|Hum|Psi|Kes|Kn|Sc|Eng|Ed|Pt|Hut|Ds|Gz|Par|Ked|Tr|Sy|IP|AP|AB|AN|STP|[HETMAPI])"
    r"(?:\.[A-Za-z]{1,4})*\.?|A\.\s?M[ad](?:\.[A-Za-z]{1,4})*\.?|Ph\.?D\.?|SKM\.?|SSTP\.?|MBA\.?)"
)
_BACK: Final = re.compile(rf"\s+({_DEGREE}(?:\s+{_DEGREE})*)$")


class TitledName(NamedTuple):
    """A name without titles, and the titles as written; null where there are none."""

    name: str
    front_title: str | None
    back_title: str | None


def split_titles(written: str) -> TitledName:
    """Split a name as offices write it.

    What follows the first comma is a title; before it, only the usual titles are taken off. A name of which nothing
    would be left stays whole, and so does one too long to be a name.
    """
    if len(written) > _LONGEST:
        return TitledName(written, None, None)
    stem, _, behind = (part.strip() for part in written.partition(","))
    front = _FRONT.match(stem)
    bare = stem[front.end() :] if front else stem
    back = _BACK.search(bare)
    name = bare[: back.start()] if back else bare
    if not name.strip():
        return TitledName(written.strip(), None, None)
    titles = [part for part in (back.group(1) if back else "", behind) if part]
    return TitledName(name.strip(), front.group().strip() if front else None, ", ".join(titles) or None)
