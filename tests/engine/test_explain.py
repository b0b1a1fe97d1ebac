"""Why a person stands in a box, what decided, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nawa.engine.explain import Explanation, Reason, ReasonCode, explain
from nawa.engine.parameters import AXIS_OF, Axis, Component, Parameters
from tests.engine.build import BKN, Row, bkn, mapped
from tests.engine.whole import EVIDENCE, whole_person

RENORMALISED = bkn("renormalise")


def _explained(*withheld: str, parameters: Parameters = BKN, **changes: list[Row]) -> tuple[Row, Explanation]:
    tables = {name: rows for name, rows in {**whole_person(), **changes}.items() if name not in withheld}
    row = mapped(parameters=parameters, **tables)
    return row, explain(row, parameters)


def _of(code: ReasonCode, reasons: Iterable[Reason]) -> list[Reason]:
    return [reason for reason in reasons if reason.code is code]


def test_lines_hold_the_whole_arithmetic() -> None:
    _, found = _explained()
    award = next(line for line in found.lines if line.component is Component.AWARD)
    assert (award.raw, award.points, award.weight, award.contribution) == ("INSTANSI", 25, 15, Decimal("3.75"))
    assert (award.table, award.source, award.on) == ("award", 0, date(2026, 1, 1))
    assert award.expires_on == date(2031, 1, 1)
    assert [line.component for line in found.lines] == list(Component)


@given(st.sets(st.sampled_from(EVIDENCE)))
@settings(max_examples=15)
def test_contributions_add_up_to_the_axis_scores(withheld: set[str]) -> None:
    row, found = _explained(*withheld)
    for axis in Axis:
        total = sum(line.contribution or 0 for line in found.lines if line.axis is axis)
        if row["box"] is not None:
            score = Decimal(row[f"{axis.lower()}_score"]) / (1_000_000 * BKN.weight_base[axis])
            assert abs(total - score) < Decimal("0.001")  # each is rounded to four decimals


def test_thirds_are_shown_to_four_decimals_half_up() -> None:
    _, found = _explained()
    tenure = next(line for line in found.lines if line.component is Component.TENURE)
    assert tenure.weight == Decimal("3.3333")
    assert tenure.contribution == Decimal("2.6667")


def test_a_complete_result_names_both_classes_and_the_box() -> None:
    row, found = _explained()
    assert found.reasons[0].code is ReasonCode.COMPLETE
    classes = _of(ReasonCode.CLASS, found.reasons)
    assert [reason.arguments["class"] for reason in classes] == [row["performance_class"], row["potential_class"]]
    assert classes[0].arguments["score"] == Decimal("63.5")
    assert (classes[0].arguments["from"], classes[0].arguments["to"]) == (60, 80)
    assert _of(ReasonCode.BOX, found.reasons)[0].arguments == {"box": row["box"]}
    assert not _of(ReasonCode.BOX_AT_LEAST, found.reasons)


def test_a_provisional_result_says_at_least_and_at_most() -> None:
    row, found = _explained("award")
    assert found.reasons[0].code is ReasonCode.PROVISIONAL
    limits = _of(ReasonCode.BOX_AT_LEAST, found.reasons)[0].arguments
    assert limits == {"lowest": row["box_lowest"], "highest": row["box_highest"]}


def test_who_is_not_mapped_is_told_what_would_give_a_box() -> None:
    _, found = _explained("rating", "award")
    assert found.reasons[0].code is ReasonCode.NOT_MAPPED
    assert not _of(ReasonCode.CLASS, found.reasons)
    assert [(reason.code, reason.arguments["component"]) for reason in found.missing] == [
        (ReasonCode.MISSING_GIVES_BOX, Component.RATING),
        (ReasonCode.MISSING_ADDS, Component.AWARD),
    ]
    assert found.changes == ()


def test_missing_evidence_is_ranked_by_what_it_could_change() -> None:
    _, found = _explained("award", "feedback", "education")
    codes = [reason.code for reason in found.missing]
    assert codes == sorted(codes, key=lambda code: code is ReasonCode.MISSING_ADDS)
    assert _of(ReasonCode.MISSING_LIFTS_CLASS, found.missing)[0].arguments["component"] is Component.AWARD


@pytest.mark.parametrize("parameters", [BKN, RENORMALISED], ids=["floor", "renormalise"])
@pytest.mark.parametrize("withheld", [(), ("award",), ("potential",), ("feedback", "education")])
def test_the_smallest_single_change_truly_lifts_the_class(withheld: tuple[str, ...], parameters: Parameters) -> None:
    row, found = _explained(*withheld, parameters=parameters)
    for reason in _of(ReasonCode.NEXT_CLASS, found.changes):
        component, axis = Component(str(reason.arguments["component"])), Axis(str(reason.arguments["axis"]))
        points = Decimal(str(reason.arguments["points"]))
        raised = {f"{component.lower()}_points": int(points * 1_000_000), f"{component.lower()}_state": "KNOWN"}
        after = explain({**row, **raised, "box": 1}, parameters)
        classes = {str(r.arguments["axis"]): r.arguments["class"] for r in _of(ReasonCode.CLASS, after.reasons)}
        assert classes[axis] == reason.arguments["class"]
        assert classes[axis] != row[f"{axis.lower()}_class"]
        assert AXIS_OF[component] is axis


def test_where_no_single_change_is_enough_it_says_what_is_lacking() -> None:
    _, found = _explained()  # 63.5; the best single change is a better predikat, twelve points
    assert found.changes[0].code is ReasonCode.NEXT_CLASS_NEEDS_SEVERAL
    assert found.changes[0].arguments == {"axis": Axis.PERFORMANCE, "class": "ABOVE", "lack": Decimal("16.5")}


def test_the_highest_class_needs_no_change() -> None:
    top: dict[str, list[Row]] = {
        "rating": [{"year": 2025, "rating": "SANGAT_BAIK"}],
        "award": [{"level": "INTERNASIONAL", "awarded_on": date(2026, 1, 1)}],
    }
    _, found = _explained(**top)
    assert found.changes[0].code is ReasonCode.HIGHEST_CLASS


def test_an_unknown_kind_of_staff_and_staff_who_are_no_candidates_are_told() -> None:
    for kind, code in ((None, ReasonCode.STAFF_KIND_UNKNOWN), ("PPPK", ReasonCode.NO_CANDIDATE)):
        person = {**whole_person()["person"][0], "staff_kind": kind}
        _, found = _explained(person=[person])
        assert _of(code, found.reasons)


def test_what_expires_is_told_with_its_day() -> None:
    _, found = _explained()
    expiries = {
        reason.arguments["component"]: reason.arguments["expires_on"]
        for reason in _of(ReasonCode.EXPIRES, found.reasons)
    }
    assert expiries[Component.RATING] == date(2027, 4, 1)
    assert Component.TENURE not in expiries


def test_a_stamp_is_on_every_explanation() -> None:
    stamped = replace(BKN, stamp="bobot BKN; bobot kota belum diketahui")
    _, found = _explained(parameters=stamped)
    assert _of(ReasonCode.STAMP, found.reasons)[0].arguments == {"stamp": stamped.stamp}
