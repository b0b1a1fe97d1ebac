"""The evidence under each number: as the run had it, with its rules, and nobody who judged can be found out."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from nawa.accounts.roles import Role
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.engine.exact import MILLION
from nawa.engine.explain import Line
from nawa.engine.grounds import Chosen, Use, counted, grounds
from nawa.engine.parameters import Axis, Component, State
from nawa.engine.tables import RECORD_SCHEMAS, SOURCE_TABLES
from nawa.evidence.models import Award, Feedback, PerformanceRating
from nawa.policy.loading import load
from nawa.registry.models import Person
from nawa.talent.actions import run_mapping
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries import run_by_id
from nawa.talent.queries.inputs import rows_of
from nawa.talent.queries.profiles import parameters_of, policy_of
from nawa.talent.queries.statements import paired, statements_of
from nawa.web.kit.periods import Period
from nawa.web.kit.profile.evidence import Evidence, evidence_of
from nawa.web.kit.profile.page import Mapped, profile_of
from nawa.web.kit.profile.telling import words_of
from tests.web.conftest import DAY
from tests.web.roles import enter

pytestmark = pytest.mark.django_db

CHANGED = "Catatan ini telah diubah atau dihapus sesudah hitungan ini"


def results(run: MappingRun, **wanted: Any) -> list[MappingResult]:
    return list(MappingResult.objects.filter(run=run, **wanted).select_related("person").order_by("pk"))


def mapped_of(person: Person, run: MappingRun) -> Mapped:
    """What an analyst sees of somebody in a run."""
    staged = run_by_id(run.public_id, unpublished=True)
    assert staged is not None
    profile = profile_of(person.public_id, Period(staged, is_newest=True), scope=Scope.everything(), unpublished=True)
    assert profile is not None and profile.mapped is not None
    return profile.mapped


def evidence(person: Person, run: MappingRun, component: Component) -> Evidence:
    found = [
        under for axis in mapped_of(person, run).axes for _, under in axis.steps if under.line.component is component
    ]
    return found[0]


def with_known(component: Component, run: MappingRun) -> MappingResult:
    """Somebody of whom a component is known by a row."""
    return next(
        result
        for result in results(run)
        if result.components[component][0] == State.KNOWN and result.components[component][6] is not None
    )


# -- the rows are those of the engine, for everybody


def test_the_rows_that_count_are_those_that_the_engine_counted(mapped: MappingRun) -> None:
    parameters = parameters_of(mapped)
    for result in results(mapped):
        rows = rows_of(mapped, result.person.public_id)
        for component in parameters.components:
            state, raw, _points, on, _expires, table, source = result.components[component]
            chosen = Chosen(table, source, on and date.fromisoformat(on))
            found = grounds(component, rows, chosen, parameters, mapped.on)
            if component in (Component.TRAINING, Component.CERTIFICATION) and state == State.KNOWN:
                assert len(list(counted(found))) == raw
            if state == State.KNOWN and source is not None:
                assert [ground.row["source"] for ground in found if ground.use is Use.DECIDES] == [source]
            if state != State.KNOWN and component is not Component.FIELD:
                assert list(counted(found)) == []


def test_untouched_records_say_what_the_run_had(mapped: MappingRun) -> None:
    for result in results(mapped)[:60]:
        rows, now = rows_of(mapped, result.person.public_id), statements_of(result.person)
        for table, own in SOURCE_TABLES.items():
            found, newer = paired(table, rows[table], now[own])
            assert None not in found
            assert newer == 0


# -- the waterfall


@pytest.mark.parametrize("axis", list(Axis))
def test_the_waterfall_ends_exactly_at_the_score(mapped: MappingRun, axis: Axis) -> None:
    base = parameters_of(mapped).weight_base[axis]
    for result in results(mapped, box__isnull=False)[:60]:
        fall = next(one.waterfall for one in mapped_of(result.person, mapped).axes if one.waterfall.axis is axis)
        score = Fraction(getattr(result, f"{axis.lower()}_score"), MILLION * base)
        assert sum(step.adds or 0 for step in fall.steps) == score == fall.total
        assert fall.steps[-1].running == fall.known == fall.score


def test_each_bar_begins_where_the_one_before_it_ends(mapped: MappingRun) -> None:
    for axis in mapped_of(results(mapped, status="LENGKAP")[0].person, mapped).axes:
        at = Fraction(0)
        for step in axis.waterfall.steps:
            assert step.bar is not None
            assert step.bar.start == at
            at = step.bar.end


@pytest.mark.parametrize("status", ["SEMENTARA", "BELUM_DAPAT_DIPETAKAN"])
def test_what_is_unknown_is_an_open_field_and_never_a_bar_of_nothing(mapped: MappingRun, status: str) -> None:
    for result in results(mapped, status=status)[:20]:
        for axis in mapped_of(result.person, mapped).axes:
            for step in axis.waterfall.steps:
                assert step.is_unknown is (step.adds is None) is (step.bar is None)
                assert step.is_unknown is (step.open is not None)
                assert step.contribution is None or not step.is_unknown


def test_nobody_without_a_box_has_a_score(mapped: MappingRun) -> None:
    shown = mapped_of(results(mapped, status="BELUM_DAPAT_DIPETAKAN")[0].person, mapped)
    assert [axis.waterfall.score for axis in shown.axes] == [None, None]


def test_where_the_weight_of_the_unknown_is_spread_the_bars_still_reach_the_score(mapped: MappingRun) -> None:
    policy = load("bkn-411-2025", on=DAY, alternatives=["renormalise"])
    run = run_mapping(policy=policy, on=DAY, by=Actor.system("test"))
    for result in results(run, status="SEMENTARA")[:10]:
        for axis in mapped_of(result.person, run).axes:
            fall = axis.waterfall
            base = policy.parameters.weight_base[fall.axis]
            stored = Fraction(getattr(result, f"{fall.axis.lower()}_score"), MILLION * base)
            assert abs(fall.total - stored) < Fraction(1, MILLION)  # the stored score is rounded, the bars are exact
            assert all(step.open is None for step in fall.steps)


# -- after the records have changed


def test_a_changed_record_is_shown_as_it_was_counted_and_said_to_have_changed(
    client: Client, mapped: MappingRun
) -> None:
    result = with_known(Component.RATING, mapped)
    rating = PerformanceRating.objects.get(person=result.person, year=2025, period="")
    before = evidence(result.person, mapped, Component.RATING)
    other = "KURANG" if rating.rating != "KURANG" else "BAIK"
    PerformanceRating.objects.filter(pk=rating.pk).update(rating=other)
    after = evidence(result.person, mapped, Component.RATING)
    assert [piece.words for piece in after.pieces] == [piece.words for piece in before.pieces]
    assert (before.changed, after.changed, after.newer) == (0, 1, 1)
    enter(client, Role.ANALYST)
    page = client.get(f"/pegawai/{result.person.public_id}/").content.decode()
    assert CHANGED in page
    assert after.said in page


def test_a_removed_record_is_still_shown_by_its_codes(mapped: MappingRun) -> None:
    result = with_known(Component.AWARD, mapped)
    names = list(Award.objects.filter(person=result.person).values_list("name", flat=True))
    before = evidence(result.person, mapped, Component.AWARD)
    assert any(name in piece.words for name in names for piece in before.pieces)
    Award.objects.filter(person=result.person).delete()
    after = evidence(result.person, mapped, Component.AWARD)
    assert after.counted == before.counted == after.changed
    assert all(piece.is_changed and "tingkat" in piece.words for piece in after.pieces)
    assert not any(name in piece.words for name in names for piece in after.pieces)


def test_a_record_that_came_later_is_told_and_does_not_count(mapped: MappingRun) -> None:
    result = results(mapped, status="LENGKAP")[0]
    before = evidence(result.person, mapped, Component.AWARD)
    Award.objects.create(
        person=result.person, level="INTERNASIONAL", awarded_on=DAY - timedelta(days=3), name="Baru", source="WORKBOOK"
    )
    after = evidence(result.person, mapped, Component.AWARD)
    assert (after.newer, after.pieces) == (before.newer + 1, before.pieces)


# -- who judged is nobody's to see


def feedback(rater_count: int | None) -> Evidence:
    """Feedback of a superior, peers and subordinates, of whom so many subordinates answered."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in RECORD_SCHEMAS}
    rows["person"] = [dict.fromkeys(RECORD_SCHEMAS["person"])]
    given = (("ATASAN", 1, 40_000), ("REKAN", 4, 45_000), ("BAWAHAN", rater_count, 20_000))
    rows["feedback"] = [
        dict.fromkeys(RECORD_SCHEMAS["feedback"])
        | {"source": place, "period": "2025", "relation": relation, "rater_count": count, "value_e4": value}
        for place, (relation, count, value) in enumerate(given)
    ]
    policy = load("bkn-411-2025", on=DAY)
    line = Line(
        component=Component.FEEDBACK,
        indicator=None,  # type: ignore[arg-type]
        axis=Axis.PERFORMANCE,
        state=State.KNOWN,
        raw=None,
        raw_unit=None,
        points=None,
        weight=None,  # type: ignore[arg-type]
        contribution=None,
        table="feedback",
        source=0,
        on=None,
        expires_on=None,
    )
    return evidence_of(line, "", rows, None, policy, on=DAY)


def test_enough_answers_are_told_by_relation() -> None:
    assert [piece.words for piece in feedback(3).pieces] == [
        "Atasan: rata-rata 4 dari 5 · 1 penilai",
        "Bawahan: rata-rata 2 dari 5 · 3 penilai",
        "Rekan: rata-rata 4,5 dari 5 · 4 penilai",
    ]


@pytest.mark.parametrize("count", [1, 2, None])
def test_too_few_answers_are_told_together_so_that_none_can_be_worked_out(count: int | None) -> None:
    pieces = feedback(count).pieces
    assert len(pieces) == 1
    assert "rata-rata" not in pieces[0].words
    assert "hanya ditampilkan bersama" in pieces[0].words


def test_no_page_names_who_judged(client: Client, mapped: MappingRun) -> None:
    result = with_known(Component.FEEDBACK, mapped)
    raters = Feedback.objects.filter(person=result.person).exclude(rater_nip="").values_list("rater_nip", flat=True)
    superior = PerformanceRating.objects.filter(person=result.person).values_list("rater_nip", flat=True)
    given = {*raters, *superior} - {""}
    assert given
    enter(client, Role.ANALYST)
    page = client.get(f"/pegawai/{result.person.public_id}/").content.decode()
    assert not any(nip in page for nip in given)
    statements = statements_of(result.person)
    for table in ("feedback", "performance_rating", "competency_assessment", "potential_assessment"):
        assert not any({"rater_nip", "assessor"} & set(row) for row in statements[table])


# -- the rules


def test_every_number_names_its_rules_with_their_citation(mapped: MappingRun) -> None:
    policy = policy_of(mapped)
    for axis in mapped_of(results(mapped, status="LENGKAP")[0].person, mapped).axes:
        for _, under in axis.steps:
            assert under.rules
            assert all(rule.basis and rule.value for rule in under.rules)
    rating = evidence(results(mapped)[0].person, mapped, Component.RATING)
    stated = next(item for item in policy.provisions if item.path == "rating.points")
    assert rating.rules[0].basis.startswith(stated.reference)
    assert policy.sources["S7"] in rating.rules[0].basis
    assert rating.rules[0].confirmed is stated.confirmed


def test_an_empty_register_says_who_verified_it(mapped: MappingRun) -> None:
    result = next(one for one in results(mapped) if one.components["AWARD"][0] == State.VERIFIED_NONE)
    under = evidence(result.person, mapped, Component.AWARD)
    assert any("diverifikasi kosong" in note or "register ini lengkap" in note for note in under.notes)
    assert under.rules[0].label.startswith("Poin Penghargaan bila register")


def test_a_row_is_told_without_the_record_that_named_it() -> None:
    row = {"role": "KETUA", "scope": "INTERNAL", "started_on": DAY, "ended_before": None}
    assert words_of("team_role", row, {}) == "ketua tim internal"
    assert (
        words_of("team_role", row, {"name": "Tim A", "decree_number": "1/2026"})
        == "Tim A · ketua tim internal · 1/2026"
    )
