import datetime
from datetime import date

import pytest
from django.conf import settings

from nawa.core import clock
from nawa.core.dates import months_before, on_day
from tests.core.models import Unit


@pytest.mark.django_db
def test_a_row_holds_from_its_first_to_its_last_counted_day() -> None:
    for code, start, through in (
        ("a", date(2026, 1, 1), date(2026, 1, 31)),
        ("b", None, None),
        ("c", None, date(2026, 1, 1)),
    ):
        Unit.objects.create(code=code, source="DEMO", valid_from=start, valid_through=through)

    def holding(on: date) -> set[str]:
        return set(Unit.objects.filter(on_day(on, "valid_from", "valid_through")).values_list("code", flat=True))

    assert holding(date(2025, 12, 31)) == {"b", "c"}
    assert holding(date(2026, 1, 1)) == {"a", "b", "c"}
    assert holding(date(2026, 1, 31)) == {"a", "b"}
    assert holding(date(2026, 2, 1)) == {"b"}


def test_the_clock_tells_an_instant_in_utc_and_the_date_of_the_installation() -> None:
    assert clock.now().tzinfo == datetime.UTC
    assert str(clock.ZONE) == settings.TIME_ZONE
    assert clock.today() == clock.now().astimezone(clock.ZONE).date()


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 25), 3, date(2026, 8, 25)),
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
        (date(2026, 1, 15), 3, date(2025, 10, 15)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
    ],
)
def test_some_months_before_a_day_is_the_same_day_or_the_months_last(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
