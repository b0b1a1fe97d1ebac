"""No count on a public page is small, and none that is withheld can be worked out from the total."""

from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from nawa.web.kit.smallcounts import SMALLEST, Count, protect

counts = st.lists(st.integers(0, 40), min_size=1, max_size=8).map(lambda numbers: dict(enumerate(numbers)))


def test_large_counts_and_zero_are_shown() -> None:
    assert protect({"a": 12, "b": 0, "c": 5}) == {"a": Count(12), "b": Count(0), "c": Count(5)}


def test_a_small_count_is_withheld_together_with_the_next_smallest() -> None:
    assert protect({"a": 3, "b": 40, "c": 90}) == {"a": Count(None, is_small=True), "b": Count(None), "c": Count(90)}


def test_two_small_counts_whose_sum_gives_them_away_take_a_third_along() -> None:
    shown = protect({"a": 1, "b": 1, "c": 30, "d": 50})
    assert [key for key, count in shown.items() if count.value is None] == ["a", "b", "c"]


@given(counts)
def test_no_small_count_is_ever_shown(numbers: dict[int, int]) -> None:
    assert all(
        count.value is None or count.value == 0 or count.value >= SMALLEST for count in protect(numbers).values()
    )


@given(counts)
def test_what_is_shown_is_true(numbers: dict[int, int]) -> None:
    assert all(count.value in (None, numbers[key]) for key, count in protect(numbers).items())


@given(st.lists(st.integers(0, 14), min_size=3, max_size=4).map(lambda numbers: dict(enumerate(numbers))))
def test_the_total_does_not_give_a_small_count_away(numbers: dict[int, int]) -> None:
    shown = protect(numbers)
    withheld = [key for key, count in shown.items() if count.value is None]
    assume(withheld)
    if all(count.value in (None, 0) for count in shown.values()):
        return  # so few people in all that nothing large is left to hide behind: no count is shown
    rest = sum(numbers[key] for key in withheld)
    ranges = [range(1, SMALLEST) if shown[key].is_small else range(SMALLEST, rest + 1) for key in withheld]
    possible = [values for values in product(*ranges) if sum(values) == rest]
    for place, key in enumerate(withheld):
        if shown[key].is_small:
            assert {values[place] for values in possible} == set(range(1, SMALLEST))
