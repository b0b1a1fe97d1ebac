"""Registers declared complete or empty by a signed letter: what is stored, refused, and left by a withdrawal."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import connection

from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.core.dates import months_after
from nawa.core.refusal import Refusal
from nawa.evidence import actions
from nawa.evidence.actions import Letter
from nawa.evidence.models import Declaration, RegisterCoverage
from nawa.evidence.queries import declarations as queries
from nawa.exchange.actions import import_workbook
from nawa.exchange.models import Disagreement
from nawa.registry.models import Person, Unit
from tests.core.test_scans import depths, photograph
from tests.office import HEAD, STAFF, TEACHER, office, rows
from tests.publishing import PDF

pytestmark = pytest.mark.django_db
BY = Actor(ActorKind.USER, "verifikator")
LETTER = Letter("800/12/2026", PDF)
ON = date(2026, 1, 31)


@pytest.fixture(autouse=True)
def stored() -> None:
    tables = office()
    blank = tables["person"].with_columns(verified_none=pl.lit(None, pl.List(pl.String)))
    import_workbook({**tables, "person": blank}, by=BY)


def unit(code: str = "DINAS") -> Unit:
    return Unit.objects.get(code=code)


def none_of(nip: str) -> list[str]:
    found: list[str] = Person.objects.get(nip=nip).verified_none
    return found


def complete(on: date = ON, *registers: str, **how: Any) -> Declaration:
    return actions.declare_complete(unit(), registers or ("disiplin",), **{"on": on, "letter": LETTER, "by": BY, **how})


def nihil(*nips: str, registers: tuple[str, ...] = ("penghargaan",), code: str = "KOTA", **how: Any) -> Declaration:
    given = {"on": ON, "letter": LETTER, "by": BY, **how}
    return actions.declare_none(unit(code), registers, nips=nips, **given)


def codes(refused: Refusal) -> list[str]:
    return [reason.code for reason in refused.reasons]


def told(kind: Event) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(RecordedEvent.objects.filter(event=kind).latest("pk").canonical)["details"]
    return found


# -- complete


def test_a_letter_makes_registers_complete_for_the_unit_and_all_below_it() -> None:
    declaration = complete(ON, "disiplin", "diklat")
    row = RegisterCoverage.objects.get(unit=unit(), register="disiplin")
    assert (row.complete_on, row.letter_number, row.source) == (ON, LETTER.number, "RECORDED")
    assert (row.verified_by, row.verified_at) == (str(BY), declaration.declared_at)
    assert declaration.people == 2
    assert bytes(declaration.scan.content) == LETTER.scan
    covered = queries.coverage([unit("SD1").pk])[unit("SD1").pk]
    assert (covered["diklat"].on, covered["diklat"].of) == (ON, "Dinas Pendidikan")
    expected = {"said": "LENGKAP", "registers": 2, "people": 2, "on": "2026-01-31", "scan": declaration.scan.digest}
    assert told(Event.REGISTERS_DECLARED) == expected


def test_a_newer_letter_takes_the_place_of_an_older_and_the_older_comes_back_when_it_is_withdrawn() -> None:
    import_workbook({"register_coverage": rows("register_coverage", imported(date(2024, 5, 1)))}, by=BY)
    first, second = complete(ON), complete(ON + timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        actions.withdraw_declaration(first, reason="Keliru", by=BY)
    assert codes(refused.value) == ["declaration.newer"]
    actions.withdraw_declaration(second, reason="Keliru", by=BY)
    assert RegisterCoverage.objects.get().complete_on == ON
    actions.withdraw_declaration(first, reason="Keliru", by=BY)
    row = RegisterCoverage.objects.get()
    assert (row.complete_on, row.letter_number, row.source, row.verified_by) == (
        date(2024, 5, 1),
        "1/2024",
        "WORKBOOK",
        "",
    )


def test_what_was_written_after_a_letter_stays_when_it_is_withdrawn() -> None:
    letter = complete()
    RegisterCoverage.objects.update(letter_number="9/2026", verified_by="user:analis", verified_at=clock.now())
    actions.withdraw_declaration(letter, reason="Keliru", by=BY)
    assert RegisterCoverage.objects.get().letter_number == "9/2026"


def imported(on: date) -> dict[str, Any]:
    return {"unit_code": "DINAS", "register": "disiplin", "complete_on": on, "letter_number": "1/2024"}


def test_what_nothing_stood_before_is_gone_with_its_withdrawal() -> None:
    actions.withdraw_declaration(complete(), reason="Surat dicabut", by=BY)
    assert not RegisterCoverage.objects.exists()
    declaration = Declaration.objects.get()
    assert (declaration.withdrawn_by, declaration.withdrawn_for) == (str(BY), "Surat dicabut")
    assert told(Event.DECLARATION_WITHDRAWN) == {"registers": 1, "people": 2}


def test_an_import_does_not_replace_a_declared_letter() -> None:
    complete()
    import_workbook({"register_coverage": rows("register_coverage", imported(date(2024, 5, 1)))}, by=BY)
    assert RegisterCoverage.objects.get().complete_on == ON
    assert Disagreement.objects.get().unit == unit()


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"on": clock.today() + timedelta(days=1)}, "declaration.future"),
        ({"letter": Letter(" ", LETTER.scan)}, "declaration.letter"),
        ({"letter": Letter("1", b"")}, "letter.scan"),
        ({"letter": Letter("1", b"MZ program")}, "letter.kind"),
    ],
)
def test_a_declaration_needs_a_day_that_has_come_and_a_signed_letter(how: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        complete(**how)
    assert codes(refused.value) == [code]
    with pytest.raises(Refusal) as refused:
        nihil(HEAD, **how)
    assert codes(refused.value) == [code]
    assert not Declaration.objects.exists()


def test_the_same_day_twice_and_no_register_are_refused() -> None:
    complete()
    for letter, code in ((LETTER, "declaration.twice"), (Letter("800/2/2026", PDF), "declaration.older")):
        with pytest.raises(Refusal) as refused:
            complete(letter=letter)
        assert codes(refused.value) == [code]
    with pytest.raises(Refusal) as refused:
        actions.declare_complete(unit(), (), on=ON, letter=LETTER, by=BY)
    assert codes(refused.value) == ["declaration.registers"]


def test_a_picture_is_decoded_before_the_records_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    found, letter = depths(monkeypatch), Letter("800/2/2026", photograph("PNG"))
    complete(letter=letter)
    nihil(HEAD, letter=letter)
    assert found == [len(connection.savepoint_ids)] * 2


# -- nihil


def test_people_are_said_to_have_none_all_at_once() -> None:
    assert nihil(registers=("penghargaan", "disiplin")).people == 3
    assert [none_of(nip) for nip in (HEAD, STAFF, TEACHER)] == [["penghargaan", "disiplin"]] * 3


def test_whoever_has_rows_is_not_said_to_have_none() -> None:
    with pytest.raises(Refusal) as refused:
        nihil(registers=("diklat", "riwayat_jabatan"))
    counted = [(reason.code, dict(reason.arguments)) for reason in refused.value.reasons]
    assert counted == [
        ("declaration.rows", {"count": 1, "register": "diklat"}),
        ("declaration.rows", {"count": 1, "register": "riwayat_jabatan"}),
    ]
    assert nihil(HEAD, TEACHER, registers=("diklat",)).people == 2


def test_people_of_another_unit_and_nobody_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        nihil(STAFF, code="SD1")
    assert codes(refused.value) == ["declaration.people", "declaration.strangers"]
    Person.objects.filter(nip=TEACHER).update(inactive_since=ON)
    with pytest.raises(Refusal) as refused:
        nihil(code="SD1")
    assert codes(refused.value) == ["declaration.people"]


def test_withdrawing_leaves_what_other_letters_and_the_records_say() -> None:
    Person.objects.filter(nip=HEAD).update(verified_none=["penghargaan"])
    first, second = nihil(HEAD, STAFF), nihil(STAFF, TEACHER)
    actions.withdraw_declaration(first, reason="Keliru", by=BY)
    assert [none_of(nip) for nip in (HEAD, STAFF, TEACHER)] == [["penghargaan"]] * 3
    actions.withdraw_declaration(second, reason="Keliru", by=BY)
    assert [none_of(nip) for nip in (HEAD, STAFF, TEACHER)] == [["penghargaan"], [], []]


def test_an_import_adds_to_what_was_declared_and_takes_nothing_off() -> None:
    nihil(HEAD)
    said = office()["person"].with_columns(verified_none=pl.lit(["disiplin"]))
    import_workbook({"person": said}, by=BY)
    assert (none_of(HEAD), none_of(STAFF)) == (["disiplin", "penghargaan"], ["disiplin"])
    assert import_workbook({"person": said}, by=BY).corrected == 0


def test_a_withdrawal_needs_a_reason_and_happens_once() -> None:
    declaration = nihil(HEAD)
    with pytest.raises(Refusal) as refused:
        actions.withdraw_declaration(declaration, reason=" ", by=BY)
    assert codes(refused.value) == ["declaration.reason"]
    with pytest.raises(Refusal) as refused:
        actions.withdraw_declaration(declaration, reason="x" * 501, by=BY)
    assert codes(refused.value) == ["declaration.reason_long"]
    actions.withdraw_declaration(declaration, reason="Keliru", by=BY)
    with pytest.raises(Refusal) as refused:
        actions.withdraw_declaration(declaration, reason="Keliru", by=BY)
    assert codes(refused.value) == ["declaration.withdrawn"]


@pytest.mark.parametrize("months", [6, 12])
def test_a_letter_is_to_be_renewed_when_the_engine_no_longer_counts_it(months: int) -> None:
    complete()
    last = queries.renew_through(ON, months=months)
    assert months_after(ON, months) == last + timedelta(days=1)
    counted = [
        queries.to_declare({"DINAS"}, on=day, months=months, remind_days=0)
        for day in (last - timedelta(days=1), last, last + timedelta(days=1))
    ]
    registers = len(queries.ROWS_OF)
    assert [(found.waiting, found.overdue) for found in counted] == [
        (registers - 1, registers - 1), (registers, registers - 1), (registers, registers),
    ]  # fmt: skip
