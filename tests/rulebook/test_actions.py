"""A version's way: shipped, drafted, submitted, approved by another person, in force from a day; and every refusal."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from nawa.accounts.enums import DelegationKind, Tie
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.roles import Role
from nawa.accounts.rules import ties_of_identity
from nawa.audit.enums import Event
from nawa.audit.models import AppendOnlyError, RecordedEvent
from nawa.core import clock
from nawa.core.refusal import Refusal
from nawa.core.scans import MOST_BYTES
from nawa.policy import PolicyRefused, load, shipped
from nawa.policy.drafting import Basis, drafted
from nawa.policy.layouts import Chapter
from nawa.policy.wording import day
from nawa.rulebook import actions, queries, rules
from nawa.rulebook.enums import MOVES, Instrument, Objection, State
from nawa.rulebook.models import InstrumentScan, PolicyVersion, SealedVersionError
from tests.core.test_scans import depths
from tests.drafting import SWAP, account, actor, advance, employee, paper, write
from tests.publishing import PDF

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def codes(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def told(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(RecordedEvent.objects.filter(event=event).latest("pk").canonical)["details"]
    return found


# -- shipped


def test_shipped_profiles_are_in_the_rulebook_with_the_very_text_of_their_files(city: PolicyVersion) -> None:
    for name in shipped():
        policy, row = load(name, on=TODAY), PolicyVersion.objects.get(code=name)
        assert (row.text.encode(), row.digest) == (policy.canonical, policy.hash)
        assert (row.state, row.instrument, row.effective_from) == ("DISAHKAN", Instrument.SHIPPED, date(2025, 1, 1))
        assert rules.policy_of(row, on=TODAY).parameters == policy.parameters


def test_records_are_kept_by_the_numbers_of_the_institutions_policy_or_of_the_one_that_comes_with_nawa(
    city: PolicyVersion, settings: Any
) -> None:
    shipped_one = load("semarang", on=TODAY).stewardship
    assert queries.stewardship(on=TODAY) == shipped_one
    row = PolicyVersion.objects.get(code="semarang")
    made = drafted(row.text, {"records.verify_days": "7"}, Basis("2026.1", date(2026, 1, 1), "SE"))
    row.pk, row.public_id, row.code, row.effective_from = None, "kota", "kota", date(2026, 1, 1)
    row.text, row.digest, row._state.adding = made.canonical.decode(), made.hash, True
    row.save()
    settings.POLICY = "kota"
    assert queries.stewardship(on=TODAY) == replace(shipped_one, verify_days=7)


def test_shipping_again_changes_nothing(city: PolicyVersion) -> None:
    before = list(PolicyVersion.objects.values_list("pk", "digest"))
    assert actions.ship() == []
    assert list(PolicyVersion.objects.values_list("pk", "digest")) == before
    assert RecordedEvent.objects.filter(event=Event.POLICY_SHIPPED).count() == len(shipped())


def test_a_profile_that_a_release_changed_is_a_new_version_that_waits_for_approval(
    city: PolicyVersion, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = load("semarang", on=TODAY, alternatives=["renormalise"])

    def released(name: str, **_: Any) -> Any:
        return load(name, on=TODAY) if name != "semarang" else _renamed(other)

    monkeypatch.setattr("nawa.rulebook.actions.load", released)
    (new,) = actions.ship()
    assert (new.state, new.digest) == (State.SUBMITTED, other.hash)
    assert new.version == f"{city.version}-{other.hash[:8]}"
    assert queries.in_force("semarang", on=TODAY) == city
    approved = advance(new, State.APPROVED, actor(head), paper=paper())
    assert (approved.text, approved.digest) == (new.text, other.hash)


def _renamed(policy: Any) -> Any:
    class Released:
        id, version, label = "semarang", policy.version, policy.label
        canonical, hash = policy.canonical, policy.hash

    return Released()


# -- drafting


def test_a_draft_begins_as_its_parent_under_its_own_name(city: PolicyVersion, analyst: User) -> None:
    draft = actions.draft(parent=city, version="2027.1", by=actor(analyst))
    assert (draft.state, draft.label, draft.parent) == (State.DRAFT, city.label, city)
    assert draft.proposed_from is not None
    assert draft.proposed_from > TODAY
    policy = rules.policy_in_force(draft, on=TODAY)
    assert policy.parameters.weighing == rules.policy_of(city, on=TODAY).parameters.weighing
    assert told(Event.POLICY_DRAFTED) == {"policy": "semarang", "version": "2027.1", "parent": city.public_id}


@pytest.mark.parametrize(
    ("name", "code"),
    [("2025.1", "policy.name_taken"), ("", "policy.name"), ("a b", "policy.name"), ("1" * 16, "policy.name")],
)
def test_a_name_that_is_taken_or_is_none_is_refused(city: PolicyVersion, analyst: User, name: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.draft(parent=city, version=name, by=actor(analyst))
    assert codes(refused) == [code]


def test_only_what_was_approved_has_drafts(submitted: PolicyVersion, analyst: User) -> None:
    with pytest.raises(Refusal) as refused:
        actions.draft(parent=submitted, version="2027.3", by=actor(analyst))
    assert codes(refused) == ["policy.parent_state"]


def test_what_is_typed_is_kept_even_when_it_is_wrong(city: PolicyVersion, analyst: User) -> None:
    draft = actions.draft(parent=city, version="2027.1", by=actor(analyst))
    draft = write(draft, {"indicators.AWARD.weight": "banyak"}, actor(analyst))
    assert (draft.typed, draft.text, draft.digest) == ({"indicators.AWARD.weight": "banyak"}, "", "")
    with pytest.raises(Refusal) as refused:
        advance(draft, State.SUBMITTED, actor(analyst))
    assert codes(refused) == ["policy.invalid"]
    draft = write(draft, SWAP, actor(analyst))
    assert rules.policy_in_force(draft, on=TODAY).parameters.weighing["AWARD"].weight


def test_a_chapter_takes_its_own_entries_and_leaves_the_others(city: PolicyVersion, analyst: User) -> None:
    draft = write(actions.draft(parent=city, version="2027.1", by=actor(analyst)), SWAP, actor(analyst))
    draft = write(draft, {"award.years": "4", "indicators.AWARD.weight": "90"}, actor(analyst), Chapter.PERFORMANCE)
    assert draft.typed == {**SWAP, "award.years": "4"}
    draft = write(draft, {}, actor(analyst), Chapter.WEIGHTS)
    assert draft.typed == {"award.years": "4"}


def test_the_second_of_two_who_change_a_chapter_is_told(city: PolicyVersion, analyst: User) -> None:
    other = account("analis-2", Role.ANALYST)
    draft = actions.draft(parent=city, version="2027.1", by=actor(analyst))
    write(draft, SWAP, actor(analyst))
    with pytest.raises(Refusal) as refused:
        actions.write(draft, chapter=Chapter.WEIGHTS, typed={}, edition=0, by=actor(other))
    assert codes(refused) == ["policy.meanwhile"]
    actions.write(draft, chapter=Chapter.PEOPLE, typed={}, edition=0, by=actor(other))
    assert PolicyVersion.objects.get(pk=draft.pk).typed == SWAP


def test_saving_what_is_saved_is_no_change_and_no_hand(city: PolicyVersion, analyst: User, head: User) -> None:
    draft = write(actions.draft(parent=city, version="2027.1", by=actor(analyst)), SWAP, actor(analyst))
    again = write(draft, SWAP, actor(head))
    assert (again.edition, again.hands) == (draft.edition, [str(actor(analyst))])


# -- moves


def test_a_draft_is_submitted_and_approved_and_in_force_from_its_day(submitted: PolicyVersion, head: User) -> None:
    own = paper()
    made = advance(submitted, State.APPROVED, actor(head), paper=own)
    assert (made.state, made.effective_from, made.decided_on) == (State.APPROVED, own.effective_from, TODAY)
    assert made.scan is not None
    assert made.scan.digest == hashlib.sha256(PDF).hexdigest()
    assert own.effective_from is not None
    assert queries.in_force("semarang", on=TODAY) == made.parent
    assert queries.in_force("semarang", on=own.effective_from) == made
    policy = rules.policy_of(made, on=own.effective_from)
    award = next(item for item in policy.provisions if item.path == "indicators.AWARD.weight")
    assert (award.value, award.since) == (10, own.effective_from)
    assert award.reference == own.citation == f"Peraturan Wali Kota Nomor 12/2026 tanggal {day(TODAY)}"
    assert policy.parameters.weighing == rules.policy_in_force(submitted, on=TODAY).parameters.weighing
    assert told(Event.POLICY_SUBMITTED)["changes"] == 2
    assert told(Event.POLICY_APPROVED)["policy_hash"] == made.digest == policy.hash


def test_a_scan_is_decoded_before_the_version_is_held(
    submitted: PolicyVersion, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = depths(monkeypatch)
    advance(submitted, State.APPROVED, actor(head), paper=paper())
    assert found == [len(connection.savepoint_ids)]


def test_a_draft_is_refused_with_a_reason(submitted: PolicyVersion, head: User) -> None:
    with pytest.raises(Refusal) as refused:
        advance(submitted, State.REFUSED, actor(head))
    assert codes(refused) == ["policy.reason"]
    made = advance(submitted, State.REFUSED, actor(head), reason=Objection.EFFECT)
    assert (made.state, made.reason) == (State.REFUSED, Objection.EFFECT)
    assert told(Event.POLICY_REFUSED)["reason"] == "DAMPAK"


def test_a_draft_is_taken_back_mended_and_submitted_again(submitted: PolicyVersion, analyst: User) -> None:
    draft = advance(submitted, State.DRAFT, actor(analyst))
    assert (draft.submitted_by, draft.submitted_at) == ("", None)
    draft = write(draft, {"indicators.AWARD.weight": "5", "indicators.TEAM.weight": "25"}, actor(analyst))
    assert advance(draft, State.SUBMITTED, actor(analyst)).state == State.SUBMITTED


@pytest.mark.parametrize("is_submitted", [True, False])
def test_a_draft_is_withdrawn_and_its_name_is_free_again(
    city: PolicyVersion, analyst: User, is_submitted: bool
) -> None:
    draft = write(actions.draft(parent=city, version="2026.9", by=actor(analyst)), SWAP, actor(analyst))
    if is_submitted:
        draft = advance(draft, State.SUBMITTED, actor(analyst))
    assert advance(draft, State.WITHDRAWN, actor(analyst)).state == State.WITHDRAWN
    assert actions.draft(parent=city, version="2026.9", by=actor(analyst))


@pytest.mark.parametrize(("origin", "to"), [(a, b) for a in State for b in State if (a, b) not in MOVES])
def test_there_is_no_other_move(submitted: PolicyVersion, head: User, origin: State, to: State) -> None:
    reasons = rules.reasons_against_move(PolicyVersion(state=origin), to, ties=())
    assert [reason.code for reason in reasons] == ["policy.no_move"]


def test_whoever_saw_another_edition_decides_nothing(submitted: PolicyVersion, head: User) -> None:
    for seen in ({"edition": submitted.edition + 1}, {"expected": State.DRAFT}):
        given = {"to": State.APPROVED, "expected": State.SUBMITTED, "edition": submitted.edition, **seen}
        with pytest.raises(Refusal) as refused:
            actions.advance(submitted, **given, by=actor(head), paper=paper())
        assert codes(refused) == ["policy.meanwhile"]


def test_a_draft_that_changes_nothing_is_not_submitted(city: PolicyVersion, analyst: User) -> None:
    with pytest.raises(Refusal) as refused:
        advance(actions.draft(parent=city, version="2027.1", by=actor(analyst)), State.SUBMITTED, actor(analyst))
    assert codes(refused) == ["policy.unchanged"]


def test_nothing_that_was_submitted_is_edited(submitted: PolicyVersion, analyst: User) -> None:
    with pytest.raises(Refusal) as refused:
        write(submitted, {}, actor(analyst))
    assert codes(refused) == ["policy.not_draft"]


# -- papers and days


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "BAWAAN"}, "policy.instrument"),
        ({"kind": ""}, "policy.instrument"),
        ({"number": " "}, "letter.number"),
        ({"dated_on": None}, "letter.date"),
        ({"dated_on": TODAY + timedelta(days=1)}, "letter.future"),
        ({"signatory": ""}, "policy.signatory"),
        ({"scan": b""}, "letter.scan"),
        ({"scan": b"MZ" + bytes(9)}, "letter.kind"),
        ({"scan": b"%PDF-" + bytes(MOST_BYTES)}, "letter.size"),
        ({"effective_from": None}, "policy.from"),
        ({"effective_from": TODAY - timedelta(days=1)}, "policy.retroactive"),
    ],
)
def test_an_instrument_that_is_not_whole_sets_nothing_in_force(
    submitted: PolicyVersion, head: User, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        advance(submitted, State.APPROVED, actor(head), paper=paper(**changed))
    assert codes(refused) == [code]
    assert not InstrumentScan.objects.exists()


def test_the_day_of_approval_is_the_earliest(submitted: PolicyVersion, head: User) -> None:
    made = advance(submitted, State.APPROVED, actor(head), paper=paper(effective_from=TODAY))
    assert queries.in_force("semarang", on=TODAY) == made
    assert queries.in_force("semarang", on=TODAY - timedelta(days=1)) == made.parent


def test_a_version_does_not_hold_before_the_one_it_was_made_from(
    submitted: PolicyVersion, analyst: User, head: User
) -> None:
    parent = advance(submitted, State.APPROVED, actor(head), paper=paper(effective_from=TODAY + timedelta(days=90)))
    child = actions.draft(parent=parent, version="2027.2", by=actor(analyst))
    assert child.proposed_from == parent.effective_from
    child = advance(
        write(child, {"award.years": "4"}, actor(analyst), Chapter.PERFORMANCE), State.SUBMITTED, actor(analyst)
    )
    with pytest.raises(Refusal) as refused:
        advance(child, State.APPROVED, actor(head), paper=paper())
    assert codes(refused) == ["policy.before_parent"]


def test_a_proposed_day_that_has_passed_is_not_submitted(city: PolicyVersion, analyst: User) -> None:
    draft = write(actions.draft(parent=city, version="2027.1", by=actor(analyst)), SWAP, actor(analyst))
    for proposed, code in ((TODAY - timedelta(days=1), "policy.retroactive"), (None, "policy.from")):
        seen = draft.edition_of(Chapter.HEAD)
        draft = actions.write(
            draft, chapter=Chapter.HEAD, typed={}, edition=seen, by=actor(analyst), proposed_from=proposed
        )
        with pytest.raises(Refusal) as refused:
            advance(draft, State.SUBMITTED, actor(analyst))
        assert codes(refused) == [code]


def test_periods_follow_one_another_and_a_version_overtaken_before_it_began_has_none(
    submitted: PolicyVersion, analyst: User, head: User
) -> None:
    begins = TODAY + timedelta(days=30)
    first = advance(submitted, State.APPROVED, actor(head), paper=paper(effective_from=begins))
    assert first.parent is not None
    second = write(actions.draft(parent=first.parent, version="2027.5", by=actor(analyst)), SWAP, actor(analyst))
    second = advance(second, State.SUBMITTED, actor(analyst))
    second = advance(second, State.APPROVED, actor(head), paper=paper(effective_from=begins))
    found = queries.periods(PolicyVersion.objects.filter(code="semarang"))
    assert [(period.version.version, period.start, period.end) for period in found] == [
        ("2025.1", date(2025, 1, 1), begins),
        ("2026.9", begins, begins),
        ("2027.5", begins, None),
    ]
    assert [period.is_empty for period in found] == [False, True, False]
    assert queries.in_force("semarang", on=begins) == second
    assert [row.version for row in queries.profiles(on=begins) if row.code == "semarang"] == ["2027.5"]


# -- another person


def refusals_of(version: PolicyVersion, user: User) -> list[str]:
    reasons = rules.reasons_against_move(
        version, State.APPROVED, ties=actions.ties_of(version, actor(user), on=clock.today())
    )
    return [f"{reason.code}:{reason.arguments.get('tie', '')}".rstrip(":") for reason in reasons]


def test_nobody_decides_on_their_own_draft(submitted: PolicyVersion, analyst: User) -> None:
    for to in (State.APPROVED, State.REFUSED):
        with pytest.raises(Refusal) as refused:
            advance(submitted, to, actor(analyst), paper=paper(), reason=Objection.BASIS)
        assert codes(refused) == ["policy.own_draft"]


def test_nor_on_one_that_they_only_edited_or_submitted(city: PolicyVersion, analyst: User, head: User) -> None:
    draft = write(actions.draft(parent=city, version="2027.1", by=actor(analyst)), SWAP, actor(head))
    draft = advance(draft, State.SUBMITTED, actor(analyst))
    assert refusals_of(draft, head) == ["policy.own_draft"]


@pytest.mark.parametrize(
    "second", [{"full_name": "SITI  AMINAH, S.Kom., M.Si."}, {"full_name": "Orang Lain", "email": "Siti@kota.go.id"}]
)
def test_a_second_account_under_the_same_name_or_address_is_the_same_person(
    submitted: PolicyVersion, analyst: User, second: dict[str, str]
) -> None:
    User.objects.filter(pk=analyst.pk).update(email="siti@kota.go.id")
    assert refusals_of(submitted, account("kedua", Role.AGENCY_HEAD, **second)) == ["policy.tied:NAMA"]


def test_two_accounts_of_one_employee_are_one_person(analyst: User) -> None:
    twin = User(pk=analyst.pk + 1, person=analyst.person, username="kembar")
    version, ties = PolicyVersion(state=State.SUBMITTED, text="{}"), ties_of_identity(analyst, twin)
    (reason,) = rules.reasons_against_move(version, State.APPROVED, ties=ties)
    assert (ties, reason.code) == ({Tie.PERSON}, "policy.own_draft")


def test_two_employees_of_one_name_are_two(submitted: PolicyVersion) -> None:
    namesake = account("lain", Role.AGENCY_HEAD, person=employee("198001012005011009", "Siti Aminah"))
    assert refusals_of(submitted, namesake) == []


def test_whoever_uses_the_drafter_s_role_speaks_for_them(submitted: PolicyVersion, analyst: User, head: User) -> None:
    lend(analyst.grants.get(), head)
    assert refusals_of(submitted, head) == ["policy.tied:DELEGASI"]
    assert refusals_of(submitted, account("lain", Role.AGENCY_HEAD)) == []


def test_whoever_lent_the_right_to_draft_does_not_approve_what_was_drafted_with_it(
    submitted: PolicyVersion, analyst: User
) -> None:
    both = account("rangkap", Role.AGENCY_HEAD)
    own = Grant.objects.create(
        user=both, role=Role.ANALYST, started_on=TODAY, granted_by="system:tests", granted_at=clock.now()
    )
    lend(own, analyst)
    assert refusals_of(submitted, both) == ["policy.tied:DELEGASI"]


def test_a_delegation_that_had_ended_ties_nobody(submitted: PolicyVersion, analyst: User, head: User) -> None:
    lend(analyst.grants.get(), head, days_ago=9)
    assert refusals_of(submitted, head) == []


def lend(grant: Grant, to: User, days_ago: int = 0) -> None:
    started = TODAY - timedelta(days=days_ago)
    Delegation.objects.create(
        grant=grant,
        to=to,
        kind=DelegationKind.PLH,
        started_on=started,
        ended_before=started + timedelta(days=3),
        basis="800/1",
        delegated_by="system:tests",
        delegated_at=clock.now(),
    )


def test_whoever_was_made_an_approver_by_the_drafter_does_not_approve(submitted: PolicyVersion, analyst: User) -> None:
    made = account("dibuat", Role.AGENCY_HEAD)
    Grant.objects.filter(user=made).update(granted_by=str(actor(analyst)))
    assert refusals_of(submitted, made) == ["policy.tied:PEMBERIAN"]


# -- never changed


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rulebook_policyversion SET effective_from = '2020-01-01' WHERE state = 'DISAHKAN'",
        "UPDATE rulebook_policyversion SET text = '{}' WHERE version = '2026.9'",
        "UPDATE rulebook_policyversion SET decided_at = NULL",
        "DELETE FROM rulebook_policyversion WHERE version = '2026.9'",
        "UPDATE rulebook_instrumentscan SET digest = 'x'",
        "DELETE FROM rulebook_instrumentscan",
    ],
)
def test_the_database_refuses_to_change_what_was_decided(submitted: PolicyVersion, head: User, statement: str) -> None:
    made = advance(submitted, State.APPROVED, actor(head), paper=paper())
    with pytest.raises(IntegrityError), transaction.atomic():
        execute(statement)
    assert PolicyVersion.objects.get(pk=made.pk).text == made.text


def test_the_models_refuse_as_well(submitted: PolicyVersion, head: User) -> None:
    made = advance(submitted, State.APPROVED, actor(head), paper=paper())
    for deed in (made.save, made.delete):
        with pytest.raises(SealedVersionError):
            deed()
    assert made.scan is not None
    with pytest.raises(AppendOnlyError):
        made.scan.save()


@pytest.mark.parametrize(
    "changed",
    [
        {"effective_from": TODAY - timedelta(days=1)},
        {"number": ""},
        {"signatory": ""},
        {"scan": None},
        {"decided_by": ""},
        {"submitted_by": ""},
        {"text": ""},
        {"reason": "DAMPAK"},
    ],
)
def test_no_row_can_say_what_an_approval_never_says(
    submitted: PolicyVersion, head: User, changed: dict[str, Any]
) -> None:
    made = advance(submitted, State.APPROVED, actor(head), paper=paper())
    twin = PolicyVersion(
        **{field.attname: getattr(made, field.attname) for field in PolicyVersion._meta.concrete_fields}
    )
    twin.pk, twin.public_id, twin.version = None, "twin", "2030.1"
    for name, value in changed.items():
        setattr(twin, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_a_text_that_is_not_what_its_digest_says_is_not_used(city: PolicyVersion) -> None:
    city.text = city.text.replace("60", "61")
    with pytest.raises(PolicyRefused):
        rules.policy_of(city, on=TODAY)


def test_the_next_name_is_the_first_free_number_of_the_year(city: PolicyVersion) -> None:
    today = date(2025, 5, 1)
    assert rules.suggested(city, ["2025.1", "2025.2"], today=today) == "2025.3"
    assert rules.suggested(city, [], today=today) == "2025.2"
