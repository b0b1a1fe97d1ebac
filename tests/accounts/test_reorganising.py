"""Reorganisations: prepared by one, carried out by another, with holders, careers, duties and roles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from nawa.accounts.actions import (
    Head,
    add_line,
    cancel_reorganisation,
    carry_out_reorganisation,
    decide_on_people,
    prepare_reorganisation,
    remove_line,
    revise_reorganisation,
    roles_concerned,
)
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.permissions import Permission
from nawa.accounts.roles import Role
from nawa.audit.enums import Event, Language
from nawa.audit.models import ChangeChunk, RecordedEvent
from nawa.audit.rules import sentence
from nawa.core import clock, scans
from nawa.core.models import Source
from nawa.core.refusal import Refusal
from nawa.core.scope import Scope
from nawa.engine.pipeline import map_talent
from nawa.policy import load
from nawa.policy.stewardship import BEFORE
from nawa.registry.enums import Fate, Operation, PlanState
from nawa.registry.frames import standards_on
from nawa.registry.models import (
    ActingAssignment,
    CareerEntry,
    CompetencyStandard,
    Confirmation,
    Person,
    PlannedVacancy,
    Position,
    Reorganisation,
    Unit,
    UnitNeed,
)
from nawa.registry.queries import assess, confirmations, people, plan_by_id, plans, subtree, tree
from nawa.talent import frames
from tests.accounts.conftest import acting, given, may, opened
from tests.office import HEAD, STAFF, TEACHER
from tests.publishing import PDF

EQUAL = BEFORE["posts.equivalent_tiers"]
TODAY = clock.today()
SINCE = date(2021, 3, 1)


@pytest.fixture
def analyst(staffed: None) -> User:
    analyst = opened("analis")
    given(analyst, Role.ANALYST)
    return analyst


@pytest.fixture
def other(staffed: None) -> User:
    other = opened("pelaksana")
    given(other, Role.ANALYST)
    return other


def head(**own: Any) -> Head:
    named = {"title": "Penataan 2026", "effective_on": TODAY, "instrument": "PERWALI", "number": "9/2026"}
    return Head(**{**named, "dated_on": TODAY, **own})


def planned(by: User, *lines: tuple[Operation, dict[str, Any]], **own: Any) -> Reorganisation:
    plan = prepare_reorganisation(head=head(**own), by=acting(by))
    for operation, arguments in lines:
        plan = add_line(plan, operation=operation, arguments=arguments, edition=plan.edition, by=acting(by))
    return plan


def carried_out(plan: Reorganisation, by: User) -> Reorganisation:
    return carry_out_reorganisation(plan, edition=plan.edition, by=acting(by), equivalent=EQUAL)


def codes(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


RENAME = (Operation.RENAME_UNIT, {"unit": "DINAS", "code": "DINAS2", "name": "Dinas Pendidikan dan Kebudayaan"})


def test_a_renamed_unit_keeps_its_people_their_tenure_and_their_history(analyst: User, other: User) -> None:
    carried_out(planned(analyst, RENAME), other)
    old, new = Unit.objects.get(code="DINAS"), Unit.objects.get(code="DINAS2")
    assert (old.name, old.valid_through, old.successor_code) == (
        "Dinas Pendidikan",
        TODAY - timedelta(days=1),
        "DINAS2",
    )
    assert (new.valid_from, new.kind, new.parent) == (TODAY, "OPD", Unit.objects.get(code="KOTA"))
    assert (new.source, new.verified_by) == (Source.RECORDED, str(acting(other)))
    assert Unit.objects.get(code="SD1").parent == new
    person = Person.objects.get(nip=HEAD)
    assert (person.unit, person.position_since) == (new, SINCE)
    assert person.position is not None
    assert (person.position.code, person.position.unit) == ("KADIN", new)
    closed, opened_entry = CareerEntry.objects.filter(person=person, title="Kepala Dinas").order_by("started_on")
    assert (closed.started_on, closed.ended_through, closed.unit) == (
        SINCE,
        TODAY - timedelta(days=1),
        "Dinas Pendidikan",
    )
    assert (opened_entry.started_on, opened_entry.ended_through, opened_entry.unit) == (TODAY, None, "")
    assert opened_entry.decree_number.startswith("Perwali 9/2026 tanggal ")
    told = {row.person.nip: row.fate for row in Confirmation.objects.all()}
    assert told == {HEAD: Fate.MOVED, TEACHER: Fate.KEPT}


def test_what_somebody_has_verified_comes_along_with_the_first_plan_and_the_next(analyst: User, other: User) -> None:
    Person.objects.filter(nip=HEAD).update(verified_by="user:analis", verified_at=clock.now())
    day = TODAY - timedelta(days=30)
    carried_out(planned(analyst, RENAME, effective_on=day, dated_on=day), other)
    again = (Operation.RENAME_UNIT, {"unit": "DINAS2", "code": "DINAS3", "name": "Dinas Pendidikan"})
    carried_out(planned(analyst, again), other)
    person = Person.objects.get(nip=HEAD)
    assert person.unit is not None and person.position is not None
    assert (person.unit.code, person.position.unit.code) == ("DINAS3", "DINAS3")
    assert CareerEntry.objects.filter(person=person, title="Kepala Dinas", ended_through=None).count() == 1


def test_one_event_tells_of_it_with_counts_and_keeps_every_row_sealed(analyst: User, other: User) -> None:
    plan = carried_out(planned(analyst, RENAME), other)
    event = RecordedEvent.objects.get(event=Event.REORGANISATION_CARRIED_OUT)
    assert (event.subject_id, event.done_by) == (plan.public_id, str(acting(other)))
    told = sentence(event, Language.INDONESIAN)
    assert "3 unit, 2 jabatan, 2 pegawai dikukuhkan, 0 tanpa jabatan sementara, 0 peran" in told
    assert ChangeChunk.objects.filter(event=event.public_id).exists()
    assert plan.state == PlanState.CARRIED_OUT


def test_a_post_under_another_name_keeps_holder_tenure_standards_and_duties(analyst: User, other: User) -> None:
    duty = ActingAssignment.objects.create(
        person=Person.objects.get(nip=STAFF),
        position=Position.objects.get(code="KADIN"),
        kind="PLH",
        started_on=SINCE,
        source="WORKBOOK",
    )
    rename = (Operation.RENAME_POST, {"post": "KADIN", "code": "KADIN2", "name": "Kepala Dinas Baru"})
    carried_out(planned(analyst, rename), other)
    post = Position.objects.get(code="KADIN2")
    assert (post.tier, post.seats, post.fields_of_study) == ("JPT_PRATAMA", 1, ["Pendidikan", "Manajemen"])
    former, standard = CompetencyStandard.objects.filter(position_code__startswith="KADIN").order_by("position_code")
    assert (former.valid_through, former.successor_code) == (TODAY - timedelta(days=1), "KADIN2")
    assert (standard.level, standard.valid_from, standard.valid_through) == (4, TODAY, None)
    person = Person.objects.get(nip=HEAD)
    assert (person.position, person.position_since) == (post, SINCE)
    duty.refresh_from_db()
    assert (duty.position, duty.ended_through) == (post, None)  # the very post goes on, and so does the duty
    assert CareerEntry.objects.get(person=person, title="Kepala Dinas Baru").tier == "JPT_PRATAMA"


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_role_given_for_a_duty_ends_where_the_post_does_and_goes_on_with_it(
    analyst: User, other: User, goes_on: bool
) -> None:
    stood_in, chief = opened("plt", person=STAFF), opened("kepala")
    until = TODAY + timedelta(days=30)
    duty = ActingAssignment.objects.create(
        person=Person.objects.get(nip=STAFF),
        position=Position.objects.get(code="SEKDIN"),
        kind="PLT",
        started_on=SINCE,
        source="WORKBOOK",
    )
    given(stood_in, Role.UNIT_HEAD, "DINAS", acting_as="PLT", ended_before=until, basis="SP/1")
    given(chief, Role.UNIT_HEAD, "DINAS")
    line = (Operation.RENAME_POST, {"post": "SEKDIN", "code": "SEKDIN2", "name": "Sekretaris Baru"})
    plan = planned(analyst, line if goes_on else (Operation.ABOLISH_POST, {"post": "SEKDIN"}))
    assert roles_concerned(assess(plan, equivalent=EQUAL).outcome, on=TODAY) == (0, 0 if goes_on else 1)
    carried_out(plan, other)
    duty.refresh_from_db()
    assert duty.ended_through == (None if goes_on else TODAY - timedelta(days=1))
    assert stood_in.grants.get().ended_before == (until if goes_on else TODAY)
    assert chief.grants.get().ended_before is None  # the unit itself goes on
    told = [row.subject_id for row in RecordedEvent.objects.filter(event=Event.ROLE_ENDED)]
    assert told == ([] if goes_on else [stood_in.grants.get().public_id])


def test_a_map_of_a_day_reads_the_standards_that_held_on_it(analyst: User, other: User) -> None:
    policy, yesterday = load("semarang", on=TODAY), TODAY - timedelta(days=1)

    def mapped(on: date) -> list[int | None]:
        return map_talent(frames.records(on), policy.parameters, on=on).map["competence_points"].to_list()

    before, unchanged = mapped(yesterday), mapped(TODAY)
    rename = (Operation.RENAME_POST, {"post": "KADIN", "code": "KADIN2", "name": "Kepala Dinas Baru"})
    carried_out(planned(analyst, rename), other)
    assert (mapped(yesterday), mapped(TODAY)) == (before, unchanged)
    CompetencyStandard.objects.filter(position_code="KADIN2").update(level=5)  # it asks for more from today
    assert mapped(yesterday) == before
    assert sum(filter(None, mapped(TODAY))) < sum(filter(None, unchanged))


def test_a_new_post_gets_the_standards_of_those_of_its_tier_that_end_with_it(analyst: User, other: User) -> None:
    """Of two the one that asks for more; and so on, when it is renamed in turn."""
    unit = Unit.objects.get(code="DINAS")
    for code, tier, level in (("KABAN", "JPT_PRATAMA", 5), ("KABID", "PENGAWAS", 2)):
        Position.objects.create(code=code, name=code, unit=unit, tier=tier, seats=1, source="DEMO")
        CompetencyStandard.objects.create(position_code=code, competency="INTEGRITAS", level=level, source="DEMO")
    closing = [(Operation.ABOLISH_POST, {"post": code, "successor": "C"}) for code in ("KADIN", "KABAN", "KABID")]
    new = (Operation.NEW_POST, {"code": "C", "name": "Pimpinan", "unit": "DINAS", "tier": "JPT_PRATAMA", "seats": 3})
    carried_out(planned(analyst, new, *closing, effective_on=TODAY - timedelta(days=2)), other)
    renamed = (Operation.RENAME_POST, {"post": "C", "code": "D", "name": "Kepala"})
    carried_out(planned(analyst, renamed), other)
    told = {row.position_code: row.successor_code for row in CompetencyStandard.objects.all()}
    assert told == {"KADIN": "C", "KABAN": "C", "KABID": "", "C": "D", "D": "", "JENJANG:ADMINISTRATOR": ""}
    held = {
        days: dict(standards_on(TODAY - timedelta(days)).select("position_code", "level").rows()) for days in (3, 1, 0)
    }
    assert held[3] == {"KADIN": 4, "KABAN": 5, "KABID": 2, "C": 5, "D": 5, "JENJANG:ADMINISTRATOR": 3}
    assert held[1] == {"C": 5, "D": 5, "JENJANG:ADMINISTRATOR": 3}
    assert held[0] == {"D": 5, "JENJANG:ADMINISTRATOR": 3}


def test_needs_and_planned_vacancies_follow_or_end_with_what_they_belong_to(analyst: User, other: User) -> None:
    dinas, post = Unit.objects.get(code="DINAS"), Position.objects.get(code="SEKDIN")
    head = Position.objects.get(code="KADIN")
    need = UnitNeed.objects.create(unit=dinas, position=post, source="DEMO", description="Analis")
    UnitNeed.objects.create(unit=dinas, position=head, source="DEMO")
    vacancy = PlannedVacancy.objects.create(unit=dinas, position=post, source="DEMO", started_on=TODAY)
    plan = planned(analyst, RENAME, (Operation.ABOLISH_POST, {"post": "KADIN"}))
    left = [Person.objects.get(nip=HEAD).public_id]
    plan = decide_on_people(plan, people=left, post="", edition=plan.edition, by=acting(analyst), equivalent=EQUAL)
    carried_out(plan, other)
    new = Unit.objects.get(code="DINAS2")
    for row in (need, vacancy):
        row.refresh_from_db()
        assert (row.unit, row.position) == (new, post)
    assert UnitNeed.objects.get(position=head).unit == dinas  # nothing takes the place of the post


def test_tenure_goes_on_in_an_equal_post_and_begins_anew_in_another(analyst: User, other: User) -> None:
    Person.objects.filter(nip=TEACHER).update(position_since=SINCE)
    lines = (
        (Operation.NEW_POST, {"code": "PLK", "name": "Pelaksana", "unit": "SD1", "tier": "PELAKSANA", "seats": 4}),
        (Operation.ABOLISH_POST, {"post": "GURU", "successor": "PLK"}),
        (Operation.ABOLISH_POST, {"post": "KADIN", "successor": "SEKDIN"}),
    )
    carried_out(planned(analyst, *lines), other)
    assert Person.objects.get(nip=TEACHER).position_since == SINCE  # equal by the policy
    fallen = Person.objects.get(nip=HEAD)
    assert (fallen.position_since, fallen.position) == (TODAY, Position.objects.get(code="SEKDIN"))


def test_nobody_is_left_without_a_decision(analyst: User, other: User) -> None:
    plan = planned(analyst, (Operation.ABOLISH_POST, {"post": "KADIN"}))
    with pytest.raises(Refusal) as refused:
        carried_out(plan, other)
    assert codes(refused) == ["sotk.undecided"]
    chief = Person.objects.get(nip=HEAD)
    teacher = Person.objects.get(nip=TEACHER)
    for chosen, post, code in (
        ([], "", "sotk.nobody"),
        ([teacher.public_id], "", "sotk.not_left"),
        ([chief.public_id], "KADIN", "sotk.unknown_target"),
    ):
        with pytest.raises(Refusal) as refused:
            decide_on_people(plan, people=chosen, post=post, edition=plan.edition, by=acting(analyst), equivalent=EQUAL)
        assert codes(refused) == [code]
    plan = decide_on_people(
        plan, people=[chief.public_id], post="", edition=plan.edition, by=acting(analyst), equivalent=EQUAL
    )
    carried_out(plan, other)
    chief.refresh_from_db()
    assert (chief.position, chief.position_name, chief.position_since) == (None, "Tanpa jabatan sementara", None)
    assert chief.unit == Unit.objects.get(code="DINAS")
    assert not CareerEntry.objects.filter(person=chief, title="Kepala Dinas", ended_through=None).exists()
    assert Confirmation.objects.get(person=chief).fate == Fate.RELEASED


def test_an_entry_that_begins_later_stays_as_it_is(analyst: User, other: User) -> None:
    chief = Person.objects.get(nip=HEAD)
    CareerEntry.objects.create(person=chief, title="Kepala Dinas", started_on=TODAY, source="WORKBOOK")
    carried_out(planned(analyst, RENAME), other)
    entry = CareerEntry.objects.get(person=chief, title="Kepala Dinas")
    assert (entry.started_on, entry.ended_through) == (TODAY, None)


def test_it_is_carried_out_by_another_person_on_its_day_with_its_paper(analyst: User, other: User) -> None:
    plan = planned(analyst, RENAME)
    with pytest.raises(Refusal) as refused:
        carried_out(plan, analyst)
    assert codes(refused) == ["sotk.own"]
    second = opened("kedua", email="satu@contoh.id")
    given(second, Role.ANALYST)
    analyst.email = "satu@contoh.id"
    analyst.save()
    with pytest.raises(Refusal) as refused:
        carried_out(plan, second)  # a second account under the same address
    assert codes(refused) == ["sotk.tied"]
    later = planned(analyst, RENAME, effective_on=TODAY + timedelta(days=1), number="", dated_on=None)
    with pytest.raises(Refusal) as refused:
        carried_out(later, other)
    assert codes(refused) == ["sotk.unsigned", "sotk.not_yet"]
    touched = add_line(
        plan,
        operation=Operation.NEW_UNIT,
        arguments={"code": "N", "name": "Unit N", "kind": "OPD", "parent": "KOTA"},
        edition=plan.edition,
        by=acting(other),
    )
    with pytest.raises(Refusal) as refused:
        carried_out(touched, other)  # whoever had a hand in it prepared it as well
    assert codes(refused) == ["sotk.own"]


def test_a_plan_that_somebody_has_changed_or_closed_is_not_changed_unseen(analyst: User, other: User) -> None:
    plan = planned(analyst, RENAME)
    with pytest.raises(Refusal) as refused:
        remove_line(plan, line=plan.lines[0]["id"], edition=plan.edition - 1, by=acting(analyst))
    assert codes(refused) == ["sotk.meanwhile"]
    plan = remove_line(plan, line=plan.lines[0]["id"], edition=plan.edition, by=acting(analyst))
    with pytest.raises(Refusal) as refused:
        carried_out(plan, other)
    assert codes(refused) == ["sotk.empty"]
    plan = cancel_reorganisation(plan, edition=plan.edition, by=acting(analyst))
    for deed in (
        lambda: carried_out(plan, other),
        lambda: cancel_reorganisation(plan, edition=plan.edition, by=acting(analyst)),
        lambda: revise_reorganisation(plan, head=head(), edition=plan.edition, by=acting(analyst)),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert codes(refused) == ["sotk.closed"]
    assert not plans(drafts=False).exists()
    assert plan_by_id(plan.public_id, drafts=False) is None
    assert RecordedEvent.objects.filter(event=Event.REORGANISATION_CANCELLED).count() == 1


def test_a_wrong_line_stops_it_and_a_wrong_head_is_told(analyst: User, other: User) -> None:
    plan = planned(analyst, (Operation.MOVE_UNIT, {"unit": "KOTA", "parent": "SD1"}))
    with pytest.raises(Refusal) as refused:
        carried_out(plan, other)
    assert codes(refused) == ["sotk.problems"]
    with pytest.raises(Refusal) as refused:
        prepare_reorganisation(
            head=head(title=" ", instrument="SE", dated_on=TODAY + timedelta(days=1), scan=b"teks"), by=acting(analyst)
        )
    assert codes(refused) == ["sotk.title", "sotk.instrument", "letter.future", "letter.kind"]
    with pytest.raises(Refusal) as refused:
        planned(analyst, (Operation.MOVE_UNIT, {"unit": "KOTA"}), title="Penataan lain")
    assert codes(refused) == ["sotk.lacking"]
    kept = revise_reorganisation(plan, head=head(scan=PDF), edition=plan.edition, by=acting(analyst))
    assert kept.scan is not None
    assert revise_reorganisation(kept, head=head(), edition=kept.edition, by=acting(analyst)).scan == kept.scan


MERGE = (
    (Operation.NEW_UNIT, {"code": "BARU", "name": "Dinas Baru", "kind": "OPD", "parent": "KOTA"}),
    (Operation.MERGE_UNITS, {"units": ["DINAS", "SD1"], "into": "BARU"}),
)


def test_roles_over_a_merged_unit_follow_and_still_reach_its_people(analyst: User, other: User) -> None:
    chief, deputy = opened("pimpinan"), opened("wakil")
    given(chief, Role.UNIT_HEAD, "DINAS", basis="SK 1")
    lent = given(chief, Role.UNIT_VERIFIER, "DINAS")
    Delegation.objects.create(
        grant=lent,
        to=deputy,
        kind="PLH",
        started_on=TODAY,
        ended_before=TODAY + timedelta(days=9),
        basis="SP 1",
        delegated_by="system:tests",
        delegated_at=clock.now(),
    )
    before = may(chief).scope(Permission.PROFILE)
    names = {person.nip for person in people(scope=before)}
    assert names == {HEAD, TEACHER}
    carried_out(planned(analyst, *MERGE), other)
    after = may(chief).scope(Permission.PROFILE)
    assert after == Scope.below("BARU")
    assert {person.nip for person in people(scope=after)} == names
    assert may(deputy).scope(Permission.EVIDENCE_VERIFY) == Scope.below("BARU")
    former = set(Unit.objects.filter(code__in=("DINAS", "SD1")).values_list("pk", flat=True))
    assert former < (subtree(after) or set())  # and what was mapped there, before, is theirs to read as well
    assert {unit.code for unit in tree(scope=after, on=TODAY).ended} == {"DINAS", "SD1"}
    assert chief.grants.get(unit__code="BARU", role=Role.UNIT_HEAD).basis == "SK 1"


def test_a_role_over_a_part_of_what_becomes_a_new_unit_ends(analyst: User, other: User) -> None:
    Unit.objects.create(code="SD2", name="SD Dua", parent=Unit.objects.get(code="DINAS"), source="WORKBOOK")
    verifier, head = opened("pemeriksa"), opened("kepala")
    given(verifier, Role.UNIT_VERIFIER, "SD1")
    for code in ("SD1", "SD2"):
        given(head, Role.UNIT_HEAD, code)
    new = {"code": "SD3", "name": "SD Tiga", "kind": "SEKOLAH", "parent": "DINAS"}
    plan = planned(analyst, (Operation.MERGE_UNITS, {"units": ["SD1", "SD2"], **new}))
    assert roles_concerned(assess(plan, equivalent=EQUAL).outcome, on=TODAY) == (2, 1)
    carried_out(plan, other)
    assert may(verifier).scope(Permission.EVIDENCE_VERIFY) == Scope.nothing()
    assert may(head).scope(Permission.PROFILE) == Scope.below("SD3")


def test_a_role_over_a_unit_that_is_merged_into_another_ends_and_reaches_nobody_more(
    analyst: User, other: User
) -> None:
    teacher, verifier = opened("kepala"), opened("pemeriksa")
    given(teacher, Role.UNIT_HEAD, "SD1")
    given(verifier, Role.UNIT_VERIFIER, "DINAS")
    plan = planned(analyst, (Operation.MERGE_UNITS, {"units": ["SD1"], "into": "DINAS"}))
    assert roles_concerned(assess(plan, equivalent=EQUAL).outcome, on=TODAY) == (0, 1)
    carried_out(plan, other)
    assert may(teacher).scope(Permission.PROFILE) == Scope.nothing()
    assert may(verifier).scope(Permission.EVIDENCE_VERIFY) == Scope.below("DINAS")
    event = RecordedEvent.objects.get(event=Event.ROLE_ENDED)
    assert event.subject_id == Grant.objects.get(user=teacher).public_id


def test_one_role_over_two_merged_units_becomes_one(analyst: User, other: User) -> None:
    chief = opened("pimpinan")
    given(chief, Role.UNIT_HEAD, "DINAS")
    given(chief, Role.UNIT_HEAD, "SD1")
    carried_out(planned(analyst, *MERGE), other)
    assert chief.grants.filter(unit__code="BARU").count() == 1


def test_a_reader_of_a_unit_sees_those_of_the_plan_who_are_theirs(analyst: User, other: User) -> None:
    plan = planned(analyst, RENAME)
    assert len(assess(plan, equivalent=EQUAL).effects) == 2
    carried_out(plan, other)
    assert [row.person.nip for row in confirmations(plan, scope=Scope.below("SD1"))] == [TEACHER]
    assert confirmations(plan, scope=Scope.nothing()).count() == 0


def test_a_scan_is_decoded_before_the_transaction_in_which_others_would_wait(
    analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    within: list[int] = []
    cleaned = scans.cleaned
    monkeypatch.setattr(scans, "cleaned", lambda scan: within.append(len(connection.savepoint_ids)) or cleaned(scan))
    plan = prepare_reorganisation(head=head(scan=PDF), by=acting(analyst))
    revise_reorganisation(plan, head=head(scan=PDF), edition=plan.edition, by=acting(analyst))
    assert within == [0, 0]
    assert plan.scan is not None
