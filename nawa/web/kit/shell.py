"""What stands around every page: the rail with the places that the reader may visit, and who is reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nawa.accounts.models import User
from nawa.accounts.permissions import Permission
from nawa.accounts.queries import Access, demo_accounts
from nawa.accounts.roles import ROLES, Role
from nawa.web.kit.languages import spoken


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the rail; without `permission` every employee may visit it. `area` is its first URL part.

    With `is_whole` only whoever has the permission for the whole institution may.
    """

    label: str | Promise
    url_name: str
    icon: str
    permission: Permission | None
    area: str
    is_whole: bool = False


RAIL: Final[tuple[tuple[str | Promise, tuple[Place, ...]], ...]] = (
    (_("Data"), (
        Place(_("Pegawai"), "directory", "people", Permission.DIRECTORY, "pegawai"),
        Place(_("Unit & Jabatan"), "organisation", "tree", Permission.ORGANISATION, "organisasi"),
        Place(_("Plt & Plh"), "acting", "clock", Permission.ORGANISATION, "plt"),
        Place(_("SOTK"), "reorganisations", "sotk", Permission.ORGANISATION, "sotk"),
        Place(_("Bukti"), "evidence", "evidence", Permission.EVIDENCE_READ, "bukti"),
        Place(_("Kelengkapan Register"), "coverage", "covered", Permission.EVIDENCE_READ, "kelengkapan-register"),
        Place(_("Impor"), "imports", "upload", Permission.IMPORT_READ, "impor"),
        Place(_("Perbedaan Sumber"), "disagreements", "differ", Permission.IMPORT_READ, "perbedaan"),
        Place(_("Kualitas Data"), "quality", "check", Permission.QUALITY, "kualitas-data"),
    )),
    (_("Talenta"), (
        Place(_("Peta Talenta"), "map", "boxes", Permission.MAP_COUNTS, "peta"),
        Place(_("Pergerakan"), "movement", "flow", Permission.MAP_COUNTS, "pergerakan"),
        Place(_("Siklus"), "cycles", "cycle", Permission.UNPUBLISHED, "siklus"),
        Place(_("SIMATA"), "simata", "compare", Permission.MAP_COUNTS, "simata"),
        Place(_("Talenta Saya"), "mine", "person", None, "saya"),
    )),
    (_("Pengawasan"), (
        Place(_("Jejak Audit"), "trail", "trail", Permission.TRAIL, "jejak"),
        Place(_("Retensi"), "retention", "clock", Permission.QUALITY, "retensi", is_whole=True),
    )),
    (_("Aturan"), (
        Place(_("Pengguna"), "users", "key", Permission.ACCOUNTS_RESET, "pengguna"),
        Place(_("Kebijakan"), "policies", "rules", Permission.POLICY_READ, "kebijakan"),
    )),
)  # fmt: skip
"""Grouped by the way data walks; Beranda stands before them."""

BAR: Final = (
    *("map", "directory", "mine", "organisation", "cycles", "evidence", "movement", "quality", "acting", "imports"),
    *("coverage", "disagreements", "reorganisations", "simata", "policies", "trail", "retention", "users"),
)
"""On a phone the first three that the reader may visit stand in the bar beside Beranda; the rest is under Lainnya."""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the rail, the reader's roles, the institution's name and whether it is the demo city."""
    access: Access = getattr(request, "access", None) or Access()
    shown = {"rail": (), "reader": None, "language": spoken(), "demo": settings.DEMO}
    if not request.user.is_authenticated:
        return {**shown, "demo_accounts": _demo_accounts()}
    area = request.path.strip("/").partition("/")[0]
    rail = tuple(_visible(access, area))
    places = [place for group in rail for place in group["places"]]
    bar = sorted(places, key=lambda shown: BAR.index(shown["place"].url_name))
    return {
        **shown,
        "rail": rail,
        "bar": bar[:3],
        "more": bar[3:],
        "reader": request.user,
        "may_search": access.may(Permission.DIRECTORY) or access.may(Permission.ORGANISATION),
        "roles": _roles(access),
    }


def places_of(access: Access) -> list[Place]:
    """Return the places of the rail that a reader may visit, in their order."""
    return [place for _label, places in RAIL for place in places if _may_visit(access, place)]


def _demo_accounts() -> list[dict[str, str]]:
    """Return the accounts of the demo city, those of a role together; where there are several they are numbered."""
    name = "english" if spoken() == "en" else "indonesian"
    by_role: dict[str, list[User]] = {}
    for user in demo_accounts():
        by_role.setdefault(next((grant.role for grant in user.grants.all()), ""), []).append(user)
    shown = []
    for role, users in by_role.items():
        said = getattr(ROLES[Role(role)], name) if role else _("Pegawai")
        for number, user in enumerate(users, start=1):
            called = f"{said} {number}" if role and len(users) > 1 else said
            shown.append({"public_id": user.public_id, "role": role, "label": f"{called} · {user.full_name}"})
    return shown


def _visible(access: Access, area: str) -> Iterator[dict[str, Any]]:
    for label, places in RAIL:
        mine = [place for place in places if _may_visit(access, place)]
        if mine:
            yield {
                "label": label,
                "places": [
                    {"place": place, "url": reverse(place.url_name), "here": place.area == area} for place in mine
                ],
            }


def _may_visit(access: Access, place: Place) -> bool:
    if place.permission is None:
        return bool(access.person_id)
    return access.scope(place.permission).all_units if place.is_whole else access.may(place.permission)


def _roles(access: Access) -> list[dict[str, Any]]:
    name = "english" if spoken() == "en" else "indonesian"
    return [
        {
            "label": getattr(ROLES[held.role], name),
            "unit": held.unit_name,
            "delegated_as": held.delegated_as.label if held.delegated_as else "",
            "through": held.through,
        }
        for held in access.roles
    ]
