"""What becomes of a fact that somebody submits about themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from nawa.accounts.models import Delegation
from nawa.audit.models import RecordedEvent
from nawa.audit.rules import details_of
from nawa.core import clock
from nawa.core.refusal import Refusal
from nawa.evidence import actions
from nawa.evidence.enums import TABLES, Cause, Kind, State, Verdict
from nawa.evidence.models import Award, Submission, Training
from nawa.evidence.queries.submissions import known, with_key
from nawa.evidence.rules.submissions import MOST_OPEN, is_drawn
from nawa.registry.models import CareerEntry, Education
from tests.core.test_scans import photograph
from tests.evidence.submitting import AWARD, PDF, TEXTS, Office, actor, verifier

pytestmark = pytest.mark.django_db

_TODAY = clock.today()


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def refused(deed: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refusal) as told:
        deed()
    return [reason.code for reason in told.value.reasons]


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_accepted_becomes_a_verified_fact(office: Office, kind: Kind) -> None:
    row = office.submit(kind)
    assert (row.state, row.verify_through) == (State.SUBMITTED, _TODAY + timedelta(days=14))
    done = office.accept(row)
    (fact,) = known(office.rina, kind)
    assert (done.state, done.fact, done.before) == (State.ACCEPTED, fact.row, None)
    assert (fact.source, fact.verified_by, fact.verified_at) == ("SUBMITTED", str(actor(office.joko)), done.decided_at)
    said = {name: str(value) for name, value in fact.values.items() if value not in (None, "")}
    assert said == TEXTS[kind]
    assert fact.row.startswith(TABLES[kind])


def test_a_certificate_is_a_training_of_its_own_kind(office: Office) -> None:
    office.accept(office.submit(Kind.CERTIFICATE))
    assert Training.objects.get().kind == "SERTIFIKASI"
    assert known(office.rina, Kind.TRAINING) == []
    texts = {**TEXTS[Kind.TRAINING], "kind": "SERTIFIKASI"}
    assert refused(lambda: office.submit(Kind.TRAINING, texts=texts)) == ["evidence.content"]


@pytest.mark.parametrize(
    "change",
    [
        {"level": "KECAMATAN"},
        {"level": ""},
        {"awarded_on": "31-02-2025"},
        {"awarded_on": f"{_TODAY + timedelta(days=1)}"},
        {"name": "x" * 301},
    ],
)
def test_a_fact_obeys_what_an_import_obeys(office: Office, change: dict[str, str]) -> None:
    assert refused(lambda: office.submit(texts={**AWARD, **change})) == ["evidence.content"]
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("papers", "code"),
    [
        ([], "evidence.scan"),
        ([PDF] * 4, "evidence.scans"),
        ([b"MZ", b"MZ"], "letter.kind"),
        ([photograph("JPEG")[:400]], "letter.broken"),
    ],
)
def test_a_fact_needs_sound_scans(office: Office, papers: list[bytes], code: str) -> None:
    assert refused(lambda: office.submit(papers=papers)) == [code]
    assert not Submission.objects.exists()


def test_of_a_photograph_the_picture_alone_is_kept(office: Office) -> None:
    scan = office.submit(papers=[photograph("JPEG")]).scans.get()
    assert b"RAHASIA" not in bytes(scan.content)
    assert (scan.content_type, scan.size) == ("image/jpeg", len(bytes(scan.content)))


def test_the_same_is_not_submitted_twice_while_it_waits(office: Office) -> None:
    row = office.submit()
    assert refused(office.submit) == ["evidence.twice"]
    actions.withdraw(row, edition=row.edition, by=actor(office.account))
    assert office.submit().state == State.SUBMITTED


def test_a_fact_that_replaces_another_of_its_key_corrects_it_and_what_it_said_stays_readable(office: Office) -> None:
    old = Award.objects.create(
        person=office.rina, level="INSTANSI", awarded_on=date(2024, 1, 1), name="Inovasi Layanan",
        decree_number="12/2025", source="WORKBOOK", import_id="abc",
    )  # fmt: skip
    done = office.accept(office.submit(replaces=f"award-{old.pk}"))
    old.refresh_from_db()
    assert (old.level, old.awarded_on, old.source, old.import_id) == ("NASIONAL", date(2025, 8, 17), "SUBMITTED", "")
    assert done.before == {
        "level": "INSTANSI", "awarded_on": "2024-01-01", "name": "Inovasi Layanan", "decree_number": "12/2025",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "kind", "change"),
    [
        (Kind.TEAM, Kind.TEAM, {"decree_number": "", "name": "Tim B"}),
        (Kind.TRAINING, Kind.CERTIFICATE, {"name": "Manajemen Arsip"}),
        (Kind.AWARD, Kind.AWARD, {"decree_number": "", "name": "", "level": "INSTANSI"}),
    ],
)
def test_a_new_fact_writes_over_no_other_of_its_key(
    office: Office, first: Kind, kind: Kind, change: dict[str, str]
) -> None:
    none = {name: "" for name in ("decree_number", "name") if change.get(name) == ""}
    there = office.accept(office.submit(first, texts={**TEXTS[first], **none}))
    row = office.submit(kind, texts={**TEXTS[kind], **change})
    assert refused(lambda: office.accept(row)) == ["evidence.same_key"]
    assert [fact.row for fact in with_key(row)] == [there.fact]
    told = {name: str(value) for name, value in known(office.rina, first)[0].values.items() if value}
    assert told == {name: text for name, text in {**TEXTS[first], **none}.items() if text}
    asked = actions.ask_again(row, edition=1, cause=Cause.INCOMPLETE, by=actor(office.joko))
    texts = {**TEXTS[kind], **change, **{name: "Lain" for name in ("decree_number", "name") if name in change}}
    answered = actions.answer(asked, texts=texts, papers=[], edition=2, by=actor(office.account))
    assert office.accept(answered).fact != there.fact


def test_what_says_the_same_as_a_record_verifies_it(office: Office) -> None:
    old = Award.objects.create(person=office.rina, source="WORKBOOK", **AWARD)
    assert office.accept(office.submit()).fact == f"award-{old.pk}"
    assert Award.objects.get().verified_by == str(actor(office.joko))


def test_an_answer_drops_what_it_no_longer_replaces(office: Office) -> None:
    old = Education.objects.create(person=office.rina, level="S2", major="Adm. Publik", source="WORKBOOK")
    row = office.submit(Kind.EDUCATION, replaces=f"education-{old.pk}")
    actions.ask_again(row, edition=1, cause=Cause.INCOMPLETE, by=actor(office.joko))
    old.delete()
    mine = {"texts": TEXTS[Kind.EDUCATION], "papers": [], "edition": 2, "by": actor(office.account)}
    assert refused(lambda: actions.answer(row, **mine)) == ["evidence.replaces"]
    assert office.accept(actions.answer(row, replaces="", **mine)).before is None


def test_so_many_wait_at_once_and_no_more(office: Office) -> None:
    row = office.submit()
    held = {field.attname: getattr(row, field.attname) for field in Submission._meta.concrete_fields}
    del held["id"], held["public_id"]
    Submission.objects.bulk_create(Submission(**held) for _again in range(MOST_OPEN - 1))
    assert refused(lambda: office.submit(Kind.TEAM)) == ["evidence.many"]
    actions.withdraw(row, edition=row.edition, by=actor(office.account))
    assert office.submit(Kind.TEAM).state == State.SUBMITTED


def test_nobody_has_graduated_in_a_year_to_come(office: Office) -> None:
    texts = TEXTS[Kind.EDUCATION]
    late = {**texts, "graduated_in": f"{_TODAY.year + 1}"}
    assert refused(lambda: office.submit(Kind.EDUCATION, texts=late)) == ["evidence.content"]
    assert office.submit(Kind.EDUCATION, texts={**texts, "graduated_in": f"{_TODAY.year}"}).state == State.SUBMITTED


def test_a_fact_takes_the_place_of_the_older_one_that_it_names(office: Office) -> None:
    old = Education.objects.create(person=office.rina, level="S2", major="Adm. Publik", source="WORKBOOK")
    done = office.accept(office.submit(Kind.EDUCATION, replaces=f"education-{old.pk}"))
    assert list(Education.objects.values_list("pk", "major")) == [(old.pk, "Administrasi Publik")]
    assert done.before == {"level": "S2", "major": "Adm. Publik"}


def test_it_takes_no_place_of_another_persons_nor_of_two_at_once(office: Office) -> None:
    theirs = Education.objects.create(person=office.joko.person, level="S1", major="Hukum", source="WORKBOOK")
    assert refused(lambda: office.submit(Kind.EDUCATION, replaces=f"education-{theirs.pk}")) == ["evidence.replaces"]
    old = Education.objects.create(person=office.rina, level="S1", major="Hukum", source="WORKBOOK")
    Education.objects.create(person=office.rina, level="S2", major="Administrasi Publik", source="WORKBOOK")
    row = office.submit(Kind.EDUCATION, replaces=f"education-{old.pk}")
    assert refused(lambda: office.accept(row)) == ["sheet.taken"]
    old.delete()
    assert refused(lambda: office.accept(row)) == ["sheet.gone"]
    assert Submission.objects.get().state == State.SUBMITTED


def test_columns_that_nobody_is_asked_for_stay_as_they_are(office: Office) -> None:
    old = CareerEntry.objects.create(
        person=office.rina, title="Analis", position_code="AN1", started_on=date(2019, 2, 1), source="WORKBOOK"
    )
    office.accept(office.submit(Kind.CAREER, replaces=f"career_entry-{old.pk}"))
    old.refresh_from_db()
    assert (old.position_code, old.ended_through) == ("AN1", date(2020, 12, 31))


def test_of_two_who_decide_the_second_is_told(office: Office) -> None:
    row = office.submit()
    office.accept(row)
    assert refused(lambda: office.accept(row)) == ["evidence.meanwhile"]
    late = {"edition": row.edition + 1, "cause": Cause.DOUBTFUL, "by": actor(office.joko)}
    assert refused(lambda: actions.refuse(row, **late)) == ["evidence.no_move"]
    assert Award.objects.count() == 1


def test_what_is_asked_again_is_answered_and_waits_anew(office: Office) -> None:
    row = office.submit()
    asked = actions.ask_again(row, edition=1, cause=Cause.UNREADABLE, note="Nomor SK kabur", by=actor(office.joko))
    assert (asked.state, asked.answer_through) == (State.ASKED_AGAIN, _TODAY + timedelta(days=14))
    assert refused(lambda: office.accept(asked)) == ["evidence.no_move"]
    mine = {"texts": {**AWARD, "decree_number": "13/2025"}, "by": actor(office.account)}
    assert refused(lambda: actions.answer(row, papers=[], edition=1, **mine)) == ["evidence.meanwhile"]
    scans = list(row.scans.values_list("pk", flat=True))
    answered = actions.answer(row, papers=[], edition=2, **mine)
    assert (answered.state, answered.decided_by, list(row.scans.values_list("pk", flat=True))) == (
        "DIAJUKAN",
        "",
        scans,
    )
    office.accept(answered)
    assert Award.objects.get().decree_number == "13/2025"


def test_an_answer_with_new_scans_keeps_these_alone(office: Office) -> None:
    row = office.submit(papers=[PDF, PDF])
    actions.ask_again(row, edition=1, cause=Cause.UNREADABLE, by=actor(office.joko))
    actions.answer(row, texts=AWARD, papers=[photograph("PNG")], edition=2, by=actor(office.account))
    assert [scan.content_type for scan in row.scans.all()] == ["image/png"]


@pytest.mark.parametrize("deed", [actions.ask_again, actions.refuse])
def test_a_refusal_says_why(office: Office, deed: Any) -> None:
    row = office.submit()
    assert refused(lambda: deed(row, edition=1, cause="", by=actor(office.joko))) == ["evidence.cause"]
    assert refused(lambda: deed(row, edition=1, cause="LAIN", note="x" * 301, by=actor(office.joko))) == [
        "evidence.cause", "evidence.note",
    ]  # fmt: skip
    assert deed(row, edition=1, cause=Cause.KNOWN, by=actor(office.joko)).cause == Cause.KNOWN


def test_nobody_verifies_their_own_not_through_a_second_account_either(office: Office) -> None:
    row = office.submit()
    second = verifier("rina2", office.unit, full_name="Rina Wati")
    assert refused(lambda: office.accept(row, by=actor(office.account))) == ["evidence.own"]
    assert refused(lambda: office.accept(row, by=actor(second))) == ["evidence.tied"]
    grant = office.joko.grants.get()
    Delegation.objects.create(
        grant=grant, to=office.account, kind="CUTI", started_on=_TODAY, ended_before=_TODAY + timedelta(days=9),
        delegated_by=str(actor(office.joko)), delegated_at=clock.now(),
    )  # fmt: skip
    assert refused(lambda: office.accept(row)) == ["evidence.tied"]
    assert Submission.objects.get().state == State.SUBMITTED


@pytest.mark.parametrize("who", ["joko", "tini"])
def test_only_the_employee_withdraws_and_answers(office: Office, who: str) -> None:
    row, other = office.submit(), actor(getattr(office, who))
    assert refused(lambda: actions.withdraw(row, edition=1, by=other)) == ["evidence.not_own"]
    actions.ask_again(row, edition=1, cause=Cause.KNOWN, by=actor(office.joko))
    late = {"texts": AWARD, "papers": [], "edition": 2}
    assert refused(lambda: actions.answer(row, by=other, **late)) == ["evidence.not_own"]


def drawn_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> Submission:
    monkeypatch.setattr("nawa.evidence.rules.submissions.is_drawn", lambda *_, **__: True)
    return office.accept(office.submit())


def test_a_drawn_acceptance_is_judged_once_by_somebody_else(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    row = drawn_one(office, monkeypatch)
    for hand in (actor(office.joko), actor(office.account)):
        assert refused(partial(actions.sample, row, verdict=Verdict.RIGHT, by=hand)) == ["evidence.own_sample"]
    by = actor(office.tini)
    for verdict in ("", Verdict.WRONG):
        assert refused(partial(actions.sample, row, verdict=verdict, by=by)) == ["evidence.verdict"]
    done = actions.sample(row, verdict=Verdict.WRONG, note="Tahunnya lain", by=by)
    assert (done.verdict, done.verdict_note, done.sampled_by) == (Verdict.WRONG, "Tahunnya lain", str(by))
    assert refused(lambda: actions.sample(row, verdict=Verdict.RIGHT, by=by)) == ["evidence.sampled"]


def test_what_was_not_drawn_is_not_judged(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nawa.evidence.rules.submissions.is_drawn", lambda *_, **__: False)
    row = office.accept(office.submit())
    judged = {"verdict": Verdict.RIGHT, "by": actor(office.tini)}
    assert refused(lambda: actions.sample(row, **judged)) == ["evidence.not_drawn"]


def test_the_sample_follows_from_id_and_secret_and_has_the_share_that_is_asked() -> None:
    ids = [f"id{number}" for number in range(4_000)]
    found = [name for name in ids if is_drawn(name, percent=10, key=b"a" * 32)]
    assert found == [name for name in ids if is_drawn(name, percent=10, key=b"a" * 32)]
    assert 300 < len(found) < 500
    assert set(found) != {name for name in ids if is_drawn(name, percent=10, key=b"b" * 32)}
    assert not any(is_drawn(name, percent=0, key=b"a") for name in ids)
    assert all(is_drawn(name, percent=100, key=b"a") for name in ids)


def test_each_step_is_told_in_the_trail_without_a_personal_word(office: Office) -> None:
    row = office.submit()
    actions.ask_again(row, edition=1, cause=Cause.UNREADABLE, note="Rahasia", by=actor(office.joko))
    actions.answer(row, texts=AWARD, papers=[], edition=2, by=actor(office.account))
    row.refresh_from_db()
    done = office.accept(row)
    events = RecordedEvent.objects.filter(subject_id=row.public_id).order_by("pk")
    assert [event.event for event in events] == [
        "evidence.submitted", "evidence.asked_again", "evidence.answered", "evidence.accepted",
    ]  # fmt: skip
    assert events[3].done_by == str(actor(office.joko))
    assert details_of(events[3]) == {
        "evidence": "PENGHARGAAN", "person": office.rina.public_id, "fact": done.fact, "corrected": 0,
    }  # fmt: skip
    told = " ".join(event.canonical for event in events)
    assert not any(word in told for word in ("Inovasi", "Rahasia", office.rina.nip, "12/2025"))


def test_a_fact_that_cannot_be_told_is_not_written(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    row = office.submit()

    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("the trail is full")

    monkeypatch.setattr("nawa.evidence.actions.submissions.audit.record", breaks)
    with pytest.raises(RuntimeError):
        office.accept(row)
    assert (Award.objects.count(), Submission.objects.get().state) == (0, State.SUBMITTED)


def test_an_account_without_an_employee_may_verify(office: Office) -> None:
    assert office.accept(office.submit(), by=actor(verifier("luar", office.unit))).state == State.ACCEPTED
