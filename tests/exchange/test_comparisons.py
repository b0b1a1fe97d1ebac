"""A comparison as a deed: taken in, carried out by a worker, read in scope, stopped, given up, and emptied in time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.core import clock, leases
from nawa.core.actor import Actor
from nawa.core.refusal import Refusal
from nawa.core.scope import Scope
from nawa.engine.parameters import Component, State
from nawa.evidence import actions as evidence
from nawa.evidence.actions import Letter, declare_none
from nawa.evidence.models import RegisterCoverage
from nawa.exchange import actions, queries
from nawa.exchange.enums import Cause, ComparingStep, Failure
from nawa.exchange.frames.beside import ITEMS, PRESENCE
from nawa.exchange.frames.simata import _homes
from nawa.exchange.models import Comparison
from nawa.exchange.queries import proofs as papers
from nawa.exchange.tasks import comparing
from nawa.policy import load
from nawa.policy.sentences import LANGUAGES, Language, sentences
from nawa.registry import actions as registry
from nawa.registry.models import Person, Unit
from nawa.talent import actions as talent
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.places import places
from nawa.workbook.grid import Limits
from nawa.workbook.notation import Ground, Notation
from nawa.workbook.reading import Reading
from nawa.workbook.simata import SHEET, read_simata_here
from tests.office import HEAD, STAFF, TEACHER, office
from tests.publishing import PDF

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)
BY = Actor.system("test")
EVERYWHERE = Scope.everything()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("simata_causes", set(Cause)),
        ("simata_grounds", set(Ground)),
        ("simata_items", {*ITEMS, PRESENCE}),
        ("simata_notations", set(Notation)),
        ("simata_steps", set(ComparingStep)),
    ],
)
def test_every_code_has_words(group: str, codes: set[str], language: Language) -> None:
    assert set(sentences(language)[group]) == {str(code) for code in codes}


@pytest.fixture(autouse=True)
def read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path, *, limits: Limits) -> Reading:
        return read_simata_here(path, limits=limits)

    if request.node.get_closest_marker("guarded") is None:
        monkeypatch.setattr(comparing, "read_simata", read)


@pytest.fixture
def base() -> MappingRun:
    for app in (registry, evidence, talent):
        app.apply(office(), source="WORKBOOK", import_id="")
    return talent.run_mapping(policy=load("semarang", on=DAY), on=DAY, by=BY)


def sheet(*rows: Sequence[Any]) -> bytes:
    """Rows of NIP, box and the rating, as SIMATA's sheet."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    page.append([column.heading for column in SHEET.columns])
    for nip, box, rating in rows:
        page.append([nip, "", "", "", None, None, box, *[None] * 7, rating, None, None, None])
    book.save(content)
    return content.getvalue()


def asked(base: MappingRun, content: bytes | None = None) -> Comparison:
    content = content or sheet((HEAD, 9, 100), (STAFF, 1, 80), ("123", 1, 1))
    return actions.compare_with_simata(content, file_name="simata.xlsx", base=base, by=BY)


def carried_out(base: MappingRun, content: bytes | None = None) -> Comparison:
    comparison = asked(base, content)
    comparing.compare_sheet.func(comparison.public_id)
    return Comparison.objects.get(pk=comparison.pk)


def of(comparison: Comparison, scope: Scope = EVERYWHERE) -> dict[tuple[int | None, str], str]:
    rows = queries.differences(comparison, within=places(scope=scope))
    return {(person, item): cause for person, item, cause in rows.select("person_id", "item", "cause").iter_rows()}


def key(nip: str) -> int:
    return Person.objects.get(nip=nip).pk


def test_somebody_without_a_unit_belongs_to_that_of_their_post(base: MappingRun) -> None:
    Person.objects.filter(nip=HEAD).update(unit=None)
    post = Person.objects.get(nip=HEAD).position
    assert post is not None
    assert dict(_homes([HEAD])) == {HEAD: {"person_id": key(HEAD), "unit_id": post.unit_id}}


def test_a_worker_leaves_what_was_found_and_not_the_file(base: MappingRun) -> None:
    found = carried_out(base)
    assert (found.state, found.rows, found.file, found.progress) == ("SUCCEEDED", 2, None, 100)
    assert found.compared == ["rating", "box"]
    told = of(found)
    assert told[key(TEACHER), "presence"] == Cause.ONLY_HERE
    assert told[None, "presence"] == Cause.BAD_NIP
    assert told[key(HEAD), "box"] == Cause.UNKNOWN
    assert not {(key(HEAD), "rating"), (key(STAFF), "rating")} & set(told)
    (event,) = RecordedEvent.objects.filter(event=Event.SIMATA_COMPARED)
    assert event.subject_id == found.public_id


def test_only_people_in_scope_are_shown_and_rows_of_nobody_to_none_but_the_whole(base: MappingRun) -> None:
    found = carried_out(base)
    assert {person for person, _item in of(found, Scope.below("SD1"))} == {key(TEACHER)}
    assert of(found, Scope.nothing()) == {}
    people = queries.compared_people(found, within=places(scope=Scope.below("SD1")))
    assert people["person_id"].to_list() == [key(TEACHER)]


def test_a_comparison_of_a_run_that_is_not_known_yet_is_not_known_either(base: MappingRun) -> None:
    found = carried_out(base)
    assert queries.comparison_by_id(found.public_id, unpublished=True) == found
    assert queries.comparison_by_id(found.public_id, unpublished=False) is None


ZIP = b"PK\x03\x04" + b"0" * 60


@pytest.mark.parametrize(("content", "code"), [(b"", "import.empty"), (b"%PDF", "simata.kind"), (ZIP, "simata.kind")])
def test_what_is_no_workbook_is_refused_at_the_door(base: MappingRun, content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        actions.compare_with_simata(content, file_name="a", base=base, by=BY)
    assert [reason.code for reason in caught.value.reasons] == [code]
    assert not Comparison.objects.exists()


@pytest.mark.guarded
def test_a_workbook_without_the_sheet_fails_in_words_and_goes(base: MappingRun) -> None:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.save(content)
    found = carried_out(base, content.getvalue())
    assert (found.state, found.failure, found.refused["code"]) == ("FAILED", Failure.UNREADABLE, "NO_SIMATA")
    assert (found.file, found.file_name, found.has_contents) == (None, "", False)


def test_one_that_waits_is_stopped_at_once_and_its_file_goes(base: MappingRun) -> None:
    comparison = asked(base)
    actions.cancel_comparison(comparison, by=BY)
    comparing.compare_sheet.func(comparison.public_id)
    stopped = Comparison.objects.get(pk=comparison.pk)
    assert (stopped.state, stopped.file, stopped.has_contents) == ("CANCELLED", None, False)
    with pytest.raises(Refusal, match=r"work\.no_cancel"):
        actions.cancel_comparison(comparison, by=BY)


def test_one_that_runs_stops_before_its_next_step(base: MappingRun, monkeypatch: pytest.MonkeyPatch) -> None:
    comparison = asked(base)

    def read(path: Path, *, limits: Limits) -> Reading:
        actions.cancel_comparison(comparison, by=BY)
        return read_simata_here(path, limits=limits)

    monkeypatch.setattr(comparing, "read_simata", read)
    comparing.compare_sheet.func(comparison.public_id)
    stopped = Comparison.objects.get(pk=comparison.pk)
    assert (stopped.state, stopped.file, stopped.has_contents) == ("CANCELLED", None, False)


def test_one_whose_worker_was_killed_is_tried_three_times(base: MappingRun) -> None:
    comparison = asked(base)
    at = clock.now()
    for _try in range(leases.ATTEMPTS):
        assert leases.take(Comparison, comparison.public_id, at=at)
        at += 2 * leases.LEASE
        assert [one.pk for one in actions.tick_comparisons(at=at)] == [comparison.pk]
    ended = Comparison.objects.get(pk=comparison.pk)
    assert (ended.state, ended.failure, ended.file) == ("FAILED", Failure.ABANDONED, None)


def test_what_was_found_goes_when_its_time_is_over_and_not_a_day_before(base: MappingRun) -> None:
    found = carried_out(base)
    last = clock.now() + timedelta(days=(found.kept_through - clock.today()).days)
    actions.tick_comparisons(at=last)
    assert Comparison.objects.get(pk=found.pk).has_contents
    actions.tick_comparisons(at=last + timedelta(days=1))
    emptied = Comparison.objects.get(pk=found.pk)
    assert (emptied.has_contents, emptied.people, emptied.differences, emptied.file_name) == (False, None, None, "")
    assert emptied.readings == found.readings
    assert RecordedEvent.objects.filter(event=Event.SIMATA_EMPTIED, subject_id=found.public_id).count() == 1


def test_the_letter_that_the_engine_counted_is_cited_and_else_that_of_the_person(
    base: MappingRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = MappingResult.objects.get(run=base, person__nip=TEACHER)
    cells = {Component.AWARD: [State.VERIFIED_NONE, *[None] * 6]}
    monkeypatch.setattr(papers, "_results", lambda run, people: [(result.person_id, (result.unit_id, cells))])
    own, above = Unit.objects.get(pk=result.unit_id), Unit.objects.get(code="KOTA")
    RegisterCoverage.objects.all().delete()
    declared = declare_none(own, ["penghargaan"], nips=[TEACHER], on=DAY, letter=Letter("800/3", PDF), by=BY)

    def cited() -> str:
        return papers.proofs(base, [(result.person_id, Component.AWARD)])[result.person_id, Component.AWARD].number

    assert cited() == declared.letter_number
    for unit, number, on in ((own, "800/1", date(2025, 11, 1)), (above, "800/2", date(2025, 11, 2))):
        RegisterCoverage.objects.create(
            unit=unit, register="penghargaan", complete_on=on, letter_number=number, source="WORKBOOK"
        )
    assert cited() == "800/2"
    RegisterCoverage.objects.filter(unit=above).delete()
    assert cited() == declared.letter_number
