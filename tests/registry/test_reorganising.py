"""What a reorganisation makes of units, posts and holders: rows in, rows out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nawa.registry.enums import Fate, Operation
from nawa.registry.rules import (
    Effect,
    Holder,
    Line,
    Mark,
    Organisation,
    Outcome,
    PostRow,
    UnitRow,
    effects,
    overfilled,
    reasons_against_line,
    reorganised,
    touched,
)

ON, EVE = date(2027, 1, 1), date(2026, 12, 31)
EQUAL = {"PENGAWAS": ("JF_AHLI_MUDA",)}

UNITS = (
    UnitRow("KOTA", "Kota"),
    UnitRow("A", "Dinas A", "KOTA", "OPD"),
    UnitRow("A1", "Bidang A1", "A", "BIDANG"),
    UnitRow("B", "Dinas B", "KOTA", "OPD"),
    UnitRow("B1", "Bidang B1", "B", "BIDANG"),
)
POSTS = (
    PostRow("KA", "Kepala Dinas A", "A", "JPT_PRATAMA", 1),
    PostRow("KA1", "Kepala Bidang A1", "A1", "PENGAWAS", 1),
    PostRow("KB", "Kepala Dinas B", "B", "JPT_PRATAMA", 1),
    PostRow("FB", "Analis Ahli Muda", "B", "JF_AHLI_MUDA", 3),
)


def organisation(*units: UnitRow, **taken: Any) -> Organisation:
    found = {row.code: row for row in (*UNITS, *units)}
    return Organisation(found, {row.code: row for row in POSTS}, **taken)


def line(operation: Operation, **arguments: Any) -> Line:
    return Line("-".join([operation, *map(str, arguments.values())]), operation, arguments)


def after(*lines: Line, of: Organisation | None = None) -> Outcome:
    return reorganised(of or organisation(), lines, on=ON)


def codes(outcome: Outcome) -> set[str]:
    return {reason.code for _line, reason in outcome.problems}


def test_a_renamed_unit_is_closed_and_its_heir_takes_all_that_was_in_it() -> None:
    outcome = after(line(Operation.RENAME_UNIT, unit="A", code="AX", name="Dinas A dan X"))
    assert (outcome.units["A"].valid_through, outcome.units["A"].successor) == (EVE, "AX")
    assert outcome.units["AX"].valid_from == ON
    assert outcome.units["AX"].kind == "OPD"
    assert (outcome.units["A1"].parent, outcome.posts["KA"].unit) == ("AX", "AX")
    assert not outcome.problems
    assert outcome.marks == {"A": Mark.RENAMED}


def test_units_merge_into_a_new_one_or_into_one_of_them() -> None:
    new = after(line(Operation.MERGE_UNITS, units=["A", "B"], code="AB", name="Dinas AB", kind="OPD", parent="KOTA"))
    assert [new.unit_after(code) for code in ("A", "B", "A1")] == ["AB", "AB", "A1"]
    assert {new.units["A1"].parent, new.units["B1"].parent, new.posts["KB"].unit} == {"AB"}
    into = after(line(Operation.MERGE_UNITS, units=["A"], into="B"))
    assert (into.unit_after("A"), into.is_open("B"), into.posts["KA"].unit) == ("B", True, "B")
    assert not new.problems + into.problems


def test_a_merged_unit_stands_where_those_stood_of_which_it_is_made() -> None:
    made = {"code": "N", "name": "Baru", "kind": "OPD"}
    beside = after(line(Operation.MERGE_UNITS, units=["A", "B"], **made))
    assert (beside.units["N"].parent, beside.problems) == ("KOTA", [])
    assert after(line(Operation.MERGE_UNITS, units=["A", "A1"], **made)).units["N"].parent == "KOTA"
    assert codes(after(line(Operation.MERGE_UNITS, units=["A1", "B1"], **made))) == {"sotk.merge_parent"}
    assert after(line(Operation.MERGE_UNITS, units=["A1", "B1"], parent="B", **made)).units["N"].parent == "B"


def test_lines_take_effect_in_their_own_order_however_they_were_entered() -> None:
    lines = (
        line(Operation.ABOLISH_UNIT, unit="A", successor="B", contents="SENDIRI"),
        line(Operation.ABOLISH_POST, post="KA", successor="KC"),
        line(Operation.MOVE_UNIT, unit="A1", parent="C"),
        line(Operation.NEW_POST, code="KC", name="Kepala C", unit="C", tier="JPT_PRATAMA", seats=1),
        line(Operation.NEW_UNIT, code="C", name="Dinas C", kind="OPD", parent="KOTA"),
    )
    outcome = after(*lines)
    assert not outcome.problems
    assert (outcome.units["A1"].parent, outcome.post_after("KA"), outcome.unit_after("A")) == ("C", "KC", "B")
    assert after(*reversed(lines)) == outcome


def test_the_old_code_of_a_renamed_unit_still_says_which_is_meant() -> None:
    outcome = after(
        line(Operation.RENAME_UNIT, unit="A", code="AX", name="Dinas AX"),
        line(Operation.MOVE_UNIT, unit="B1", parent="A"),
        line(Operation.NEW_UNIT, code="N", name="UPTD", kind="UPTD", parent="A"),
    )
    assert not outcome.problems
    assert {outcome.units["B1"].parent, outcome.units["N"].parent} == {"AX"}


def test_what_is_in_an_abolished_unit_must_be_dealt_with_or_goes_with_it() -> None:
    alone = after(line(Operation.ABOLISH_UNIT, unit="A", successor="B", contents="SENDIRI"))
    assert codes(alone) == {"sotk.children", "sotk.posts"}
    assert {name for name, _reason in alone.problems} == {"HAPUS_UNIT-A-B-SENDIRI"}
    whole = after(line(Operation.ABOLISH_UNIT, unit="A", successor="B", contents="IKUT_DIHAPUS"))
    assert not whole.problems
    assert [whole.is_open(code) for code in ("A", "A1")] == [False, False]
    assert (whole.unit_after("A1"), whole.post_after("KA1")) == ("B", "")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([line(Operation.MOVE_UNIT, unit="Z", parent="A")], "sotk.unknown_unit"),
        ([line(Operation.MOVE_UNIT, unit="A", parent="Z")], "sotk.unknown_unit"),
        ([line(Operation.MOVE_UNIT, unit="A", parent="A1")], "sotk.loop"),
        ([line(Operation.MERGE_UNITS, units=["A"], into="A1")], "sotk.loop"),
        ([line(Operation.MERGE_UNITS, units=["A"], into="A")], "sotk.merge_alone"),
        ([line(Operation.NEW_UNIT, code="N", name="N", kind="OPD", parent="N")], "sotk.loop"),
        ([line(Operation.NEW_UNIT, code="N", name="N", kind="OPD", parent="Z")], "sotk.children"),
        ([line(Operation.NEW_UNIT, code="B", name="Lagi", kind="OPD")], "sotk.taken"),
        ([line(Operation.NEW_UNIT, code="LAMA", name="Lagi", kind="OPD")], "sotk.taken"),
        ([line(Operation.RENAME_POST, post="KA", code="KB", name="Kepala")], "sotk.taken"),
        ([line(Operation.MOVE_POST, post="ZZ", unit="A")], "sotk.unknown_post"),
        ([line(Operation.ABOLISH_POST, post="KA", successor="ZZ")], "sotk.unknown_post"),
        ([line(Operation.ABOLISH_POST, post="KA", successor="KA")], "sotk.itself"),
        ([line(Operation.RENAME_UNIT, unit="MUDA", code="M2", name="Baru")], "sotk.too_early"),
        ([line(Operation.ABOLISH_UNIT, unit="A", successor="Z", contents="IKUT_DIHAPUS")], "sotk.no_successor"),
        ([line(Operation.ABOLISH_UNIT, unit="A", successor="A1", contents="IKUT_DIHAPUS")], "sotk.no_successor"),
        (
            [
                line(Operation.ABOLISH_POST, post="KA", successor="KB"),
                line(Operation.ABOLISH_POST, post="KB", successor="KA"),
            ],
            "sotk.no_successor",
        ),
        (
            [
                line(Operation.MOVE_UNIT, unit="A1", parent="B"),
                line(Operation.RENAME_UNIT, unit="A1", code="X", name="X"),
            ],
            "sotk.twice",
        ),
    ],
)
def test_lines_that_cannot_be_are_told_with_their_reason(lines: list[Line], code: str) -> None:
    of = organisation(UnitRow("MUDA", "Unit muda", "KOTA", valid_from=ON), taken_units={"LAMA"})
    assert code in codes(after(*lines, of=of))


def test_a_line_says_what_its_operation_asks_for_and_nothing_else() -> None:
    assert not reasons_against_line(Operation.MOVE_UNIT, {"unit": "A", "parent": "B"})
    found = reasons_against_line(
        Operation.NEW_POST, {"code": "a b", "name": "x", "unit": "A", "tier": "X", "kind": "OPD"}
    )
    assert [reason.code for reason in found] == ["sotk.unheard", "sotk.code", "sotk.unheard"]
    merged = reasons_against_line(Operation.MERGE_UNITS, {"units": ["A"]})
    assert [reason.arguments["field"] for reason in merged] == ["code", "name", "kind"]


def test_what_was_closed_before_is_no_fault_of_the_plan() -> None:
    of = organisation(UnitRow("YATIM", "Unit lama", "LAMA"), taken_units={"LAMA"})
    assert not after(line(Operation.MOVE_UNIT, unit="B1", parent="A"), of=of).problems


# -- holders


def holder(name: str, post: str = "", unit: str = "") -> Holder:
    return Holder(name, name, name, post, "Jabatan", unit)


def fate(outcome: Outcome, who: Holder, **decisions: str) -> Effect:
    (effect,) = effects(outcome, [who], decisions=decisions, equivalent=EQUAL)
    return effect


def test_holders_keep_move_succeed_or_are_left() -> None:
    outcome = after(
        line(Operation.RENAME_UNIT, unit="A", code="AX", name="Dinas AX"),
        line(Operation.ABOLISH_POST, post="KA1", successor="FB"),
        line(Operation.ABOLISH_POST, post="KB"),
    )
    assert touched(outcome)[0] == {"A", "A1"}
    moved = fate(outcome, holder("p", "KA", "A"))
    assert (moved.fate, moved.post, moved.unit, moved.keeps_tenure) == (Fate.MOVED, "KA", "AX", True)
    across = fate(outcome, holder("p", "KA1"))
    assert (across.fate, across.post, across.unit) == (Fate.SUCCEEDED, "FB", "B")
    assert across.keeps_tenure and across.hint  # pengawas and JF ahli muda are equal by the policy
    left = holder("p", "KB", "B")
    assert fate(outcome, left).fate is Fate.UNDECIDED
    assert (fate(outcome, left, p="").fate, fate(outcome, left, p="").unit) == (Fate.RELEASED, "B")
    placed = fate(outcome, left, p="FB")
    assert (placed.fate, placed.post, placed.keeps_tenure) == (Fate.PLACED, "FB", False)
    assert fate(outcome, left, p="KB").fate is Fate.UNDECIDED  # placed in a post that goes as well
    assert fate(outcome, holder("p", "", "A")).unit == "AX"
    assert fate(outcome, holder("p", "", "A1")).fate is Fate.KEPT
    assert fate(outcome, holder("p", "LUAR", "A")).post == "LUAR"


def test_somebody_lent_to_another_unit_stays_there() -> None:
    outcome = after(line(Operation.RENAME_UNIT, unit="A", code="AX", name="Dinas AX"))
    lent = fate(outcome, holder("p", "KA", "B1"))
    assert (lent.fate, lent.unit) == (Fate.KEPT, "B1")


def test_a_post_takes_no_more_than_its_seats_unless_it_only_took_anothers_place() -> None:
    outcome = after(line(Operation.ABOLISH_POST, post="KA", successor="KB"))
    found = effects(outcome, [holder("p", "KA", "A")], decisions={}, equivalent={})
    assert not overfilled(outcome, found, held={"KA": 1})
    (reason,) = overfilled(outcome, found, held={"KA": 1, "KB": 1})
    assert (reason.code, reason.arguments["people"]) == ("sotk.overfilled", 2)
    renamed = after(line(Operation.RENAME_POST, post="KA", code="KX", name="Kepala X"))
    both = effects(renamed, [holder("p", "KA", "A"), holder("q", "KA", "A")], decisions={}, equivalent={})
    assert not overfilled(renamed, both, held={"KA": 2})
