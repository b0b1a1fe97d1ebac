"""The grid has the law's shape: potential to the right, performance up."""

from nawa.engine.parameters import Status
from nawa.web.kit.ninebox import Cell, grid

ALL = {(box, status): 10 * box for box in range(1, 10) for status in (Status.LENGKAP, Status.SEMENTARA)}


def cells(counts: dict[tuple[int, str], int], unmapped: int = 0) -> list[Cell]:
    return [cell for _, row in grid(counts, unmapped).rows for cell in row]


def test_boxes_stand_where_the_regulation_draws_them() -> None:
    rows = [[cell.box for cell in row] for _, row in grid(ALL, 0).rows]
    assert rows == [[4, 7, 9], [2, 5, 8], [1, 3, 6]]


def test_rows_are_named_from_above_to_below_expectation() -> None:
    assert [name for name, _ in grid(ALL, 0).rows] == ["Di atas ekspektasi", "Sesuai ekspektasi", "Di bawah ekspektasi"]


def test_strength_rises_along_the_diagonal() -> None:
    assert {cell.box: cell.strength for cell in cells(ALL)} == {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 4, 8: 4, 9: 5}


def test_a_box_adds_complete_and_provisional_and_tells_them_apart() -> None:
    nine = next(cell for cell in cells({(9, Status.LENGKAP): 30, (9, Status.SEMENTARA): 12}) if cell.box == 9)
    assert (nine.total.value, nine.complete.value, nine.provisional.value) == (42, 30, 12)


def test_a_withheld_box_does_not_show_its_parts() -> None:
    one = next(cell for cell in cells({**ALL, (1, Status.LENGKAP): 0, (1, Status.SEMENTARA): 3}) if cell.box == 1)
    assert one.total.value is one.complete.value is one.provisional.value is None


def test_a_box_nobody_is_in_shows_zero() -> None:
    assert all(cell.total.value == 0 for cell in cells({}))
    assert not grid({}, 0).withholds


def test_few_unmapped_people_are_not_shown() -> None:
    assert grid(ALL, 2).unmapped.value is None
