"""Every address of the site, asked for by every role, by a plain employee and by nobody.

The table says who may, by hand: what a guard says of itself is not believed. An address that stands in no row fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from nawa.accounts.models import Grant, User
from nawa.accounts.roles import ROLES, Role
from nawa.audit.models import RecordedEvent
from nawa.core import clock
from nawa.exchange.enums import Stage as ImportStage
from nawa.exchange.models import Upload
from nawa.registry.models import ActingAssignment, Person, PlannedMove, Position, Reorganisation, Unit
from nawa.rulebook.actions import ship
from nawa.rulebook.models import PolicyVersion
from nawa.talent.enums import Stage
from nawa.talent.models import MappingResult, MappingRun
from tests.web.roles import enter

pytestmark = pytest.mark.django_db

ALL: Final = frozenset(Role)
SCORES: Final = ALL - {Role.UNIT_VERIFIER, Role.ASSESSOR, Role.ADMINISTRATOR}
"""Roles that see who stands where; the others see counts, or no scores at all."""
COUNTS: Final = ALL - {Role.ADMINISTRATOR}
RUNS: Final = SCORES - {Role.UNIT_HEAD}

STARTERS: Final = frozenset({Role.ANALYST})
IMPORTERS: Final = frozenset({Role.ANALYST})
IMPORT_READERS: Final = IMPORTERS | {Role.AGENCY_HEAD, Role.INSPECTORATE, Role.AUDITOR}
RETENTION: Final = IMPORT_READERS | {Role.COMMITTEE_SECRETARY}
RELEASERS: Final = frozenset({Role.AGENCY_HEAD})
OPENERS: Final = frozenset({Role.ANALYST, Role.ADMINISTRATOR})
HELPERS: Final = OPENERS | {Role.UNIT_VERIFIER}
GIVERS: Final = frozenset({Role.ADMINISTRATOR})

QUALITY: Final = frozenset(
    {Role.UNIT_HEAD, Role.UNIT_VERIFIER, Role.ANALYST, Role.COMMITTEE_SECRETARY, Role.AGENCY_HEAD, Role.INSPECTORATE}
) | {Role.AUDITOR}
KEEPERS: Final = frozenset({Role.ANALYST})

WATCHERS: Final = frozenset({Role.INSPECTORATE, Role.AUDITOR})
TRAIL: Final = WATCHERS | {Role.AGENCY_HEAD, Role.ADMINISTRATOR}
APPROVERS: Final = frozenset({Role.AGENCY_HEAD, Role.APPOINTER})
VERIFIERS: Final = frozenset({Role.UNIT_VERIFIER})
SAMPLERS: Final = frozenset({Role.ANALYST})
EVIDENCE: Final = VERIFIERS | SAMPLERS | WATCHERS | {Role.AGENCY_HEAD}

EVERYBODY, ENTERED, EMPLOYEES = "everybody", "whoever has logged in", "employees, for what is theirs"

MAY: Final[dict[str, frozenset[Role] | str]] = {
    "home": EVERYBODY,
    "language": EVERYBODY,
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "mfa_authenticate": EVERYBODY,
    "demo_log_in": EVERYBODY,
    "activation": EVERYBODY,
    "account_reauthenticate": ENTERED,
    "account_change_password": ENTERED,
    "mfa_index": ENTERED,
    "mfa_reauthenticate": ENTERED,
    "mfa_activate_totp": ENTERED,
    "mfa_deactivate_totp": ENTERED,
    "mfa_view_recovery_codes": ENTERED,
    "mfa_generate_recovery_codes": ENTERED,
    "mfa_download_recovery_codes": ENTERED,
    "mine": EMPLOYEES,
    "directory": ALL,
    "directory_file": ALL,
    "organisation": ALL,
    "unit": ALL,
    "posts": ALL,
    "posts_file": ALL,
    "post": ALL,
    "reorganisations": ALL,
    "reorganisation": ALL,
    "reorganisation_scan": ALL,
    "reorganisation_affected": ALL,
    "reorganisation_affected_file": ALL,
    "reorganisation_new": STARTERS,
    "reorganisation_head": STARTERS,
    "reorganisation_line": STARTERS,
    "reorganisation_line_remove": STARTERS,
    "reorganisation_decide": STARTERS,
    "reorganisation_cancel": STARTERS,
    "reorganisation_carry_out": STARTERS,
    "acting": ALL,
    "acting_file": ALL,
    "acting_record": KEEPERS,
    "acting_duty": KEEPERS,
    "move": KEEPERS,
    "planned_moves": KEEPERS,
    "planned_move": KEEPERS,
    "search": ENTERED,  # it finds within the reader's scopes: for a plain employee pages alone
    "mine_card": EMPLOYEES,
    "profile": SCORES,
    "profile_card": SCORES,
    "map": COUNTS,
    "map_file": SCORES,
    "imports": IMPORT_READERS,
    "import": IMPORT_READERS,
    "import_rows": IMPORT_READERS,
    "import_problems": IMPORT_READERS,
    "import_marked": IMPORT_READERS,
    "import_absent": IMPORT_READERS,
    "import_twins": IMPORT_READERS,
    "import_upload": IMPORTERS,
    "import_decide_absent": IMPORTERS,
    "import_decide_twins": IMPORTERS,
    "import_check": IMPORTERS,
    "import_apply": IMPORTERS,
    "import_cancel": IMPORTERS,
    "import_undo": IMPORTERS,
    "movement": COUNTS,
    "movement_trace": STARTERS,
    "movers": SCORES,
    "movers_file": SCORES,
    "quality": QUALITY,
    "quality_file": QUALITY,
    "quality_chase": QUALITY,
    "quality_findings": QUALITY,
    "quality_findings_file": QUALITY,
    "quality_sheet": QUALITY,  # all of them may know of whom something is unknown
    "retention": RETENTION,  # of the whole institution
    "retention_preview": RELEASERS,
    "retention_erase": RELEASERS,
    "erasure": RETENTION,
    "erasure_ask": STARTERS,
    "erasure_confirm": RELEASERS,
    "erasure_decline": RELEASERS,
    "erasure_withdraw": STARTERS,
    "coverage": EVIDENCE,
    "coverage_file": EVIDENCE,
    "coverage_letters": EVIDENCE,
    "coverage_letter": EVIDENCE,
    "coverage_declare": frozenset({Role.UNIT_VERIFIER}),
    "coverage_preview": frozenset({Role.UNIT_VERIFIER}),
    "coverage_confirm": frozenset({Role.UNIT_VERIFIER}),
    "coverage_withdraw": frozenset({Role.UNIT_VERIFIER}),
    "disagreements": IMPORT_READERS,
    "disagreements_file": IMPORT_READERS,
    "disagreements_decide": IMPORTERS,
    "cycles": RUNS,
    "cycle": RUNS,
    "cycle_open": STARTERS,
    "run": RUNS,
    "run_start": STARTERS,
    "run_cancel": STARTERS,
    "run_letter": RUNS,
    "run_check": frozenset({Role.ANALYST, Role.AGENCY_HEAD}),
    "run_contest": RELEASERS,
    "run_validate": frozenset({Role.COMMITTEE_SECRETARY}),
    "run_determine": frozenset({Role.APPOINTER}),
    "run_publish": RELEASERS,
    "run_release": RELEASERS | {Role.APPOINTER},  # whoever started or checked the run is refused besides
    "run_withdraw": RELEASERS,
    "trail": TRAIL,
    "trail_file": TRAIL,
    "event": TRAIL,
    "read_log": WATCHERS,
    "read_log_file": WATCHERS,
    "users": HELPERS,
    "user": HELPERS,
    "user_slip": HELPERS,
    "users_open": OPENERS,
    "user_open_outsider": OPENERS,
    "user_close": OPENERS,
    "user_reopen": OPENERS,
    "user_drop_second_factor": GIVERS,
    "role_give": GIVERS,
    "role_end": GIVERS,
    "own_roles": ENTERED,
    "role_delegate": ENTERED,  # of what is one's own: the holder, or whoever gives roles
    "delegation_end": ENTERED,
    "evidence": EVIDENCE,
    "evidence_file": EVIDENCE,
    "evidence_one": EVIDENCE,
    "evidence_scan": EVIDENCE,
    "evidence_accept": VERIFIERS,
    "evidence_ask": VERIFIERS,
    "evidence_refuse": VERIFIERS,
    "evidence_samples": SAMPLERS,
    "evidence_samples_file": SAMPLERS,
    "evidence_judge": SAMPLERS,
    "my_evidence": EMPLOYEES,
    "my_evidence_new": EMPLOYEES,
    "my_evidence_one": EMPLOYEES,
    "my_evidence_answer": EMPLOYEES,
    "my_evidence_withdraw": EMPLOYEES,
    "my_evidence_scan": EMPLOYEES,
    "policies": COUNTS,
    "policy": COUNTS,
    "policy_compare": COUNTS,
    "policy_instrument": COUNTS,
    "simata": COUNTS,
    "simata_compare": IMPORTERS,
    "simata_sheet": RUNS,
    "simata_comparison": COUNTS,
    "earlier_maps": COUNTS,
    "earlier_people": SCORES,
    "earlier_pools": SCORES,
    "simata_cancel": IMPORTERS,
    "simata_people": SCORES,
    "simata_letter": SCORES,
    "simata_letter_file": SCORES,
    "simata_person": SCORES,
    "policy_simulation": COUNTS,
    "policy_affected": SCORES,
    "policy_draft": STARTERS,
    "policy_write": STARTERS,
    "policy_submit": STARTERS,
    "policy_take_back": STARTERS,
    "policy_withdraw": STARTERS,
    "policy_simulate": STARTERS,
    "policy_simulate_cancel": STARTERS,
    "policy_approve": APPROVERS,
    "policy_refuse": APPROVERS,
}


@cache
def addresses() -> dict[str, URLPattern]:
    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            else:
                yield pattern

    return {str(pattern.name): pattern for pattern in walk(get_resolver().url_patterns)}


def upload() -> str:
    """An upload that waits to be applied."""
    given: dict[str, Any] = {"file_size": 1, "digest": "0" * 64, "uploaded_by": "user:a", "uploaded_at": clock.now()}
    counts = {"person": {"new": 0, "changed": 0, "unchanged": 0, "problems": 0, "given": []}}
    given |= {"kept_through": clock.today(), "stage": ImportStage.READY, "counts": counts}
    return Upload.objects.get_or_create(public_id="unggahan", defaults=given)[0].public_id


def reorganisation() -> str:
    """A plan that is being drafted."""
    given = {"title": "Uji", "effective_on": clock.today(), "instrument": "PERWALI", "prepared_by": "user:a"}
    given |= {"prepared_at": clock.now()}
    return Reorganisation.objects.get_or_create(public_id="rencana", defaults=given)[0].public_id


def planned_move() -> str:
    """A movement that waits for its day."""
    given = {"person": Person.objects.first(), "kind": "PEMBEBASAN", "number": "1", "since": clock.today()}
    given |= {"seen": "", "recorded_by": "user:a", "recorded_at": clock.now()}
    return PlannedMove.objects.get_or_create(public_id="perpindahan", defaults=given)[0].public_id


def known(run: MappingRun) -> dict[str, str]:
    """What addresses name, taken from the mapped city."""
    ship()
    return {
        "policy_id": PolicyVersion.objects.get(code="semarang").public_id,
        "chapter": "bobot",
        "listing": "berpindah",
        "move_id": planned_move(),
        "public_id": MappingResult.objects.filter(run=run, box=9).values_list("person__public_id", flat=True)[0],
        "run_id": run.public_id,
        "cycle_id": run.cycle.public_id,
        "stage": Stage.VALIDATED.value,
        "file_format": "csv",
        "event_id": RecordedEvent.objects.values_list("public_id", flat=True)[0],
        "unit_id": str(Unit.objects.get(code="KOTA").pk),
        "post_id": str(Position.objects.order_by("pk")[0].pk),
        "account_id": User.objects.values_list("public_id", flat=True).first() or "nobody",
        "grant_id": Grant.objects.values_list("public_id", flat=True).first() or "none",
        "delegation_id": "none",
        "upload_id": upload(),
        "comparison_id": "none",
        "plan_id": reorganisation(),
        "operation": "PINDAH_UNIT",
        "declaration_id": "none",
        "erasure_id": "none",
        "sheet": "pegawai",
        "kind": "penghargaan",
        "submission_id": "none",
        "scan_id": "none",
        "duty_id": str(ActingAssignment.objects.order_by("pk")[0].pk),
    }


def ask(client: Client, name: str, parts: dict[str, str]) -> HttpResponse:
    """The address as it is used: by GET where it reads, by an empty POST where it only changes."""
    address = reverse(name, kwargs={part: parts[part] for part in addresses()[name].pattern.converters})
    response: HttpResponse = client.get(address)
    if response.status_code == 405:
        response = client.post(address)
    return response


def is_refused(response: HttpResponse) -> bool:
    return response.status_code == 403


def test_every_address_stands_in_the_table() -> None:
    assert set(addresses()) == set(MAY)


@pytest.mark.parametrize("name", sorted(addresses()))
def test_every_view_has_a_guard_and_says_whether_it_writes(name: str) -> None:
    view = addresses()[name].callback
    assert getattr(view, "guard", None)
    assert getattr(view, "mode", None) in ("reads", "changes")


@pytest.mark.parametrize("name", sorted(name for name, who in MAY.items() if who != EVERYBODY))
def test_nobody_is_let_in_without_logging_in(client: Client, mapped: MappingRun, name: str) -> None:
    response = ask(client, name, known(mapped))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/masuk/?next=/")


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_let_in_where_the_table_says_and_nowhere_else(client: Client, mapped: MappingRun, role: Role) -> None:
    enter(client, role, unit="KOTA" if ROLES[role].of_unit else None)
    parts = known(mapped)
    refused = {name for name in MAY if not isinstance(MAY[name], str) and is_refused(ask(client, name, parts))}
    assert refused == {name for name, who in MAY.items() if not isinstance(who, str) and role not in who}


def test_an_employee_without_a_role_is_let_in_to_their_own_page_alone(client: Client, mapped: MappingRun) -> None:
    enter(client, None, person=MappingResult.objects.filter(run=mapped).select_related("person")[0].person)
    parts = known(mapped)
    let_in = {
        name for name, who in MAY.items() if not isinstance(who, str) and not is_refused(ask(client, name, parts))
    }
    assert let_in == set()
    assert ask(client, "mine", parts).status_code == 200


def test_whoever_has_logged_in_comes_to_their_own_settings(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ASSESSOR)
    parts = known(mapped)
    for name in (name for name, who in MAY.items() if who == ENTERED):
        assert ask(client, name, parts).status_code in (200, 302, 404, 422)  # nothing set up yet, nothing filled in


@pytest.mark.parametrize("role", [role for role in Role if ROLES[role].needs_second_factor])
def test_whoever_decides_comes_nowhere_without_a_second_factor(client: Client, mapped: MappingRun, role: Role) -> None:
    user = enter(client, role, unit="KOTA" if ROLES[role].of_unit else None)
    Authenticator.objects.filter(user=user).delete()
    parts = known(mapped)
    for name in ("home", "map", "cycles", "profile", "run_publish"):
        assert ask(client, name, parts).headers["Location"] == reverse("mfa_activate_totp")
