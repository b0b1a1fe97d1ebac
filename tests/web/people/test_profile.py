"""The profile of one person: who may see it, that its numbers are the engine's, and that looking is logged."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.engine.explain import ReasonCode
from nawa.engine.parameters import Axis
from nawa.policy.loading import load
from nawa.policy.wording import day, number
from nawa.registry.models import ActingAssignment, CareerEntry, Person, Unit
from nawa.registry.queries import subtree
from nawa.talent.actions import advance, run_mapping
from nawa.talent.enums import Stage, Withdrawal
from nawa.talent.frames import map_of
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries import inputs, run_by_id
from nawa.talent.queries.profiles import explained, history, parameters_of, row_of
from nawa.talent.queries.statements import statements_of
from nawa.web.kit.periods import Period
from nawa.web.kit.profile.career import career_of
from nawa.web.kit.profile.competences import Competences
from nawa.web.kit.profile.page import Mapped, profile_of
from tests.documents.examples import text, unbroken
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


def somebody(status: str = "LENGKAP") -> MappingResult:
    return MappingResult.objects.filter(status=status).select_related("person", "unit").order_by("pk")[0]


def office_of(result: MappingResult) -> Unit:
    """The unit below the root in which somebody works."""
    unit = result.unit
    assert unit is not None
    while unit.parent and unit.parent.parent:
        unit = unit.parent
    return unit


def path(result: MappingResult) -> str:
    return f"/pegawai/{result.person.public_id}/"


def test_an_analyst_sees_box_reasons_and_arithmetic(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    result = somebody()
    page = client.get(path(result)).content.decode()
    assert f"Kotak {result.box}" in page
    assert "Mengapa kotak ini?" in page
    assert "Penilaian Kinerja" in page


def test_looking_is_logged_once_and_names_nobody(client: Client, mapped: MappingRun) -> None:
    reader = enter(client, Role.ANALYST)
    result = somebody()
    client.get(path(result))
    entry = ReadEntry.objects.get()
    assert (entry.subject, entry.page) == (result.person.public_id, "profile")
    assert entry.read_by == f"user:{reader.public_id}"


def test_a_head_sees_their_own_unit_and_no_other(client: Client, mapped: MappingRun) -> None:
    result = somebody()
    office = office_of(result)
    inside = subtree(Scope.below(office.code)) or frozenset()
    other = MappingResult.objects.exclude(unit_id__in=inside).select_related("person").order_by("pk")[0]
    enter(client, Role.UNIT_HEAD, unit=office.code)
    assert client.get(path(result)).status_code == 200
    assert client.get(path(other)).status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ASSESSOR, Role.UNIT_VERIFIER])
def test_roles_without_scores_are_refused(client: Client, mapped: MappingRun, role: Role) -> None:
    enter(client, role, unit="KOTA" if role is Role.UNIT_VERIFIER else None)
    assert client.get(path(somebody())).status_code == 403
    assert not ReadEntry.objects.exists()


def test_an_unknown_id_is_not_found(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert client.get("/pegawai/tidak-ada/").status_code == 404


def test_a_stored_row_is_the_row_that_the_engine_gave(mapped: MappingRun) -> None:
    parameters = parameters_of(mapped)
    whole = {row["subject"]: row for row in map_of(mapped, parameters).to_dicts()}
    for result in MappingResult.objects.filter(run=mapped).select_related("person")[:40]:
        assert row_of(result, parameters) == whole[result.person.public_id]


def test_contributions_add_up_to_the_score(mapped: MappingRun) -> None:
    found = explained(somebody(), mapped)
    scores = {r.arguments["axis"]: r.arguments["score"] for r in found.reasons if r.code is ReasonCode.CLASS}
    for axis in Axis:
        total = sum((line.contribution for line in found.lines if line.axis is axis and line.contribution), Decimal(0))
        assert abs(total - Decimal(str(scores[axis]))) <= Decimal("0.0005")  # each is rounded for show


def test_what_is_unknown_is_said_and_never_zero(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    page = client.get(path(somebody("BELUM_DAPAT_DIPETAKAN"))).content.decode()
    assert "Belum dapat dipetakan" in page
    assert "belum diketahui" in page


def test_provisional_is_marked(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert "Sementara: sekurang-kurangnya kotak" in client.get(path(somebody("SEMENTARA"))).content.decode()


def test_unknown_components_are_drawn_as_open_fields(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    result = somebody("BELUM_DAPAT_DIPETAKAN")
    page = client.get(path(result)).content.decode()
    unknown = sum(kept[0] == "UNKNOWN" for kept in result.components.values())
    bars, fields = page.count('class="fall-bar" x='), page.count('class="fall-open"')
    assert unknown
    assert bars - page.count("line-of-time") * _spells(page) == len(result.components) - unknown
    assert fields >= unknown


def _spells(page: str) -> int:
    """Bars of posts held: they are drawn alike."""
    return page[page.index("line-of-time") :].count('class="fall-bar" x=')


def test_the_head_says_who_and_where(client: Client, mapped: MappingRun) -> None:
    duty = ActingAssignment.objects.select_related("person__unit", "position__unit")[0]
    person = duty.person
    Person.objects.filter(pk=person.pk).update(front_title="Dr.", back_title="M.Si.")
    ActingAssignment.objects.filter(pk=duty.pk).update(ended_through=None, letter_number="800/17/2026")
    enter(client, Role.ANALYST)
    page = client.get(f"/pegawai/{person.public_id}/").content.decode()
    assert f"Dr. {person.name}, M.Si." in page
    for told in (duty.position.name, duty.position.unit.name, "800/17/2026", "Pemerintah Kota"):
        assert told in page
    nip = person.nip
    assert f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}" in page


def test_a_duty_that_has_ended_is_in_the_career_and_not_in_the_head(mapped: MappingRun) -> None:
    duty = ActingAssignment.objects.select_related("person")[0]
    ActingAssignment.objects.filter(pk=duty.pk).update(ended_through=duty.started_on)
    shown = profile_of(duty.person.public_id, None, scope=Scope.everything(), unpublished=False)
    assert shown is not None and shown.career is not None
    assert shown.head.duties == ()
    assert any(post.duty for post in shown.career.posts)


def newcomer(unit: Unit) -> Person:
    return Person.objects.create(
        nip="199901012026111001", name="Pendatang Baru", unit=unit, position_name="Staf", source="WORKBOOK"
    )


def test_a_newcomer_has_a_page_that_says_why_there_is_no_box(client: Client, mapped: MappingRun) -> None:
    person = newcomer(office_of(somebody()))
    enter(client, Role.ANALYST)
    response = client.get(f"/pegawai/{person.public_id}/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "Pendatang Baru" in page
    assert "Belum ada kotak" in page
    assert "pemetaan berikutnya memuatnya" in page
    assert ReadEntry.objects.get().subject == person.public_id
    assert client.get(f"/pegawai/{person.public_id}/kartu.pdf").status_code == 404


def test_a_newcomer_elsewhere_is_not_found(client: Client, mapped: MappingRun) -> None:
    office = office_of(somebody())
    other = Unit.objects.filter(parent=office.parent).exclude(pk=office.pk)[0]
    person = newcomer(other)
    enter(client, Role.UNIT_HEAD, unit=office.code)
    assert client.get(f"/pegawai/{person.public_id}/").status_code == 404


def test_of_somebody_who_has_moved_away_only_the_result_is_told(client: Client, mapped: MappingRun) -> None:
    result = somebody()
    office = office_of(result)
    other = Unit.objects.filter(parent=office.parent).exclude(pk=office.pk)[0]
    Person.objects.filter(pk=result.person_id).update(unit=other, position=None, position_name="Jabatan Baru")
    enter(client, Role.UNIT_HEAD, unit=office.code)
    page = client.get(path(result)).content.decode()
    assert f"Kotak {result.box}" in page
    assert "kini bekerja di unit di luar wewenang Anda" in page
    assert "Perjalanan karier" not in page
    assert "Jabatan Baru" not in page
    assert other.name not in page


def test_whoever_sees_both_units_sees_where_somebody_was_then(client: Client, mapped: MappingRun) -> None:
    result = somebody()
    Person.objects.filter(pk=result.person_id).update(position=None, position_name="Jabatan Baru")
    enter(client, Role.ANALYST)
    page = client.get(path(result)).content.decode()
    assert "Jabatan Baru" in page
    assert "Perjalanan karier" in page


# -- competences


def test_a_competency_of_which_nothing_is_known_is_a_gap(mapped: MappingRun) -> None:
    result = next(one for one in _mapped_results() if one.components["COMPETENCE"][0] == "UNKNOWN")
    shown = _competences(result, mapped)
    assert shown.match is None
    assert shown.unknown == len(shown.rows)
    assert shown.radar is not None
    assert shown.radar.lines == () and shown.radar.area == ""
    assert [spoke.point for spoke in shown.radar.spokes] == [None] * len(shown.rows)


def test_the_job_person_match_follows_from_the_table(mapped: MappingRun) -> None:
    results = [one for one in _mapped_results() if one.components["COMPETENCE"][5] == "competency"]
    assert results
    for result in results[:20]:
        shown = _competences(result, mapped)
        assert shown.unknown == 0
        weight = {row.number: row.weight or Decimal(1) for row in shown.rows}
        attained = sum(weight[row.number] * min(row.attained or Decimal(0), row.required) for row in shown.rows)
        match = 100 * attained / sum(weight[row.number] * row.required for row in shown.rows)
        assert shown.match is not None and abs(shown.match - match) < Decimal("0.5")  # levels are shown to hundredths


def _mapped_results() -> list[MappingResult]:
    return list(MappingResult.objects.select_related("person").order_by("pk"))


def _competences(result: MappingResult, run: MappingRun) -> Competences:
    competences = _shown(result, run).competences
    assert competences is not None
    return competences


def _shown(result: MappingResult, run: MappingRun) -> Mapped:
    staged = run_by_id(run.public_id, unpublished=True)
    assert staged is not None
    shown = profile_of(
        result.person.public_id, Period(staged, is_newest=True), scope=Scope.everything(), unpublished=True
    )
    assert shown is not None and shown.mapped is not None
    return shown.mapped


# -- the card


@pytest.mark.parametrize("status", ["LENGKAP", "SEMENTARA", "BELUM_DAPAT_DIPETAKAN"])
def test_the_card_is_a_pdf_with_the_numbers_of_the_page(client: Client, mapped: MappingRun, status: str) -> None:
    result = somebody(status)
    reader = enter(client, Role.ANALYST)
    response = client.get(f"{path(result)}kartu.pdf")
    assert response["Content-Type"] == "application/pdf"
    told = text(response.content)
    assert result.person.name in told
    assert mapped.results_hash in unbroken(told)
    assert reader.full_name in told
    if result.box:
        assert f"Kotak {result.box}" in told
        for axis in ("performance", "potential"):
            base = parameters_of(mapped).weight_base[Axis(axis.upper())]
            score = Decimal(getattr(result, f"{axis}_score")) / (1_000_000 * base)
            assert number(score.quantize(Decimal("0.0001"), ROUND_HALF_UP)) in told
    else:
        assert "BELUM DAPAT DIPETAKAN" in told


def test_the_card_tells_where_its_evidence_comes_from(client: Client, mapped: MappingRun) -> None:
    result = somebody()
    enter(client, Role.ANALYST)
    told = text(client.get(f"{path(result)}kartu.pdf").content)
    origins = {
        evidence.origin for axis in _shown(result, mapped).axes for _step, evidence in axis.steps if evidence.origin
    }
    assert origins
    assert [origin for origin in origins if origin not in told] == []


def test_a_card_is_logged_before_it_leaves_and_stays_in_scope(client: Client, mapped: MappingRun) -> None:
    result = somebody()
    office = office_of(result)
    enter(client, Role.UNIT_HEAD, unit=office.code)
    client.get(f"{path(result)}kartu.pdf")
    entry = ReadEntry.objects.get()
    assert (entry.subject, entry.page) == (result.person.public_id, "profile-card")
    inside = subtree(Scope.below(office.code)) or frozenset()
    other = MappingResult.objects.exclude(unit_id__in=inside).select_related("person").order_by("pk")[0]
    assert client.get(f"{path(other)}kartu.pdf").status_code == 404
    assert ReadEntry.objects.count() == 1


def test_the_card_speaks_the_language_of_the_reader(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    client.post("/bahasa/", {"language": "en", "next": "/"})
    told = text(client.get(f"{path(somebody())}kartu.pdf").content)
    assert "Talent Card" in told
    assert "Why this box?" in told


# -- the whole page


def test_english_is_spoken_throughout(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    client.post("/bahasa/", {"language": "en", "next": "/"})
    page = client.get(path(somebody("SEMENTARA"))).content.decode()
    for said in ("Why this box?", "Open all evidence", "to be confirmed", "Career", "Boxes so far", "Each bar begins"):
        assert said in page
    for left in ("Mengapa", "Sumber:", "sejak ", "Masanya", "Dasar:", "Belum"):
        assert left not in page


def test_each_period_of_the_history_is_a_link(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    result = somebody()
    page = client.get(path(result)).content.decode()
    assert f'href="?periode={mapped.public_id}" aria-current="true"' in page
    assert client.get(f"{path(result)}?periode={mapped.public_id}").status_code == 200


def test_the_print_sheet_says_who_printed_when_and_the_hash(client: Client, mapped: MappingRun) -> None:
    reader = enter(client, Role.ANALYST)
    page = client.get(path(somebody())).content.decode()
    assert f"Dicetak oleh {reader.full_name} pada" in page
    assert mapped.results_hash in page


def test_history_holds_published_runs_for_all_and_others_for_few(mapped: MappingRun) -> None:
    result = somebody()
    assert [past.box for past in history(result.person.public_id, unpublished=False)] == [result.box]


def test_a_withdrawn_run_tells_of_nobody(mapped: MappingRun) -> None:
    result = somebody()
    run = run_mapping(policy=load("semarang", on=mapped.on), on=mapped.on, by=Actor.system("test"))
    assert len(history(result.person.public_id, unpublished=True)) == 2
    advance(run, to=Stage.WITHDRAWN, expected=Stage.COMPUTED, by=Actor.system("test"), reason=Withdrawal.DATA)
    assert [past.run_id for past in history(result.person.public_id, unpublished=True)] == [mapped.public_id]


@pytest.mark.parametrize("status", ["LENGKAP", "SEMENTARA", "BELUM_DAPAT_DIPETAKAN"])
def test_it_takes_few_queries(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: Any, status: str
) -> None:
    result = somebody(status)
    enter(client, Role.UNIT_HEAD, unit=office_of(result).code)
    inputs._held.cache_clear()  # the first to look after a start reads the run's input
    with django_assert_max_num_queries(15):
        assert client.get(path(result)).status_code == 200


def test_it_takes_as_many_queries_for_whoever_has_much_on_record(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    much = CareerEntry.objects.values("person").annotate(rows=Count("pk")).order_by("-rows", "person")
    people = [Person.objects.get(pk=row["person"]) for row in (much[0], much[len(much) - 1])]
    client.get(f"/pegawai/{people[0].public_id}/")
    counts = []
    for person in people:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/pegawai/{person.public_id}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_where_the_career_comes_from_is_told_once_and_beside_what_comes_from_elsewhere(mapped: MappingRun) -> None:
    entry = CareerEntry.objects.filter(ended_through__isnull=True).select_related("person").order_by("pk").first()
    assert entry is not None
    CareerEntry.objects.filter(pk=entry.pk).update(
        source="SUBMITTED", verified_by="system:tests", verified_at=clock.now()
    )
    career = career_of(entry.person, statements_of(entry.person), on=clock.today())
    verified = f"diajukan pegawai, diverifikasi {day(clock.today())}"
    assert (career.source, career.has_others) == ("Sumber: data kota peraga, belum diverifikasi.", True)
    (apart,) = [held for held in (*career.posts, *career.ranks, *career.studies) if held.source]
    assert verified in apart.source
