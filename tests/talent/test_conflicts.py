"""Each kind of finding by itself: at its edge, one day before, and where something is unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from nawa.core.scope import Scope
from nawa.policy import Policy
from nawa.registry.models import CareerEntry, Person, Position
from nawa.talent.queries import conflicts
from nawa.talent.queries.conflicts import Kind, found
from nawa.workbook.sheets import Tables
from tests.office import HEAD, STAFF, TEACHER
from tests.talent.conftest import DAY

DAYS = ("born_on", "candidate_since", "permanent_since", "rank_since", "retires_on")


def persons(*given: dict[str, Any]) -> pl.DataFrame:
    schema = {"person_id": pl.Int64, "nip": pl.String, "staff_kind": pl.String, **dict.fromkeys(DAYS, pl.Date)}
    empty = {"nip": "198001312005021001", "staff_kind": "PNS", **dict.fromkeys(DAYS)}
    rows = [{"person_id": place, **empty, **row} for place, row in enumerate(given)]
    return pl.DataFrame(rows, schema=schema)


def careers(*spans: tuple[int, date, date | None]) -> pl.DataFrame:
    schema = {"person_id": pl.Int64, "started_on": pl.Date, "ended_through": pl.Date}
    return pl.DataFrame(spans, schema=schema, orient="row")


def who(findings: pl.DataFrame) -> list[int]:
    return findings["person_id"].to_list()


def test_a_nip_says_another_day_of_birth() -> None:
    rows = persons({"born_on": date(1980, 1, 31)}, {"born_on": date(1980, 1, 30)}, {})
    assert conflicts.nip_against_birth(rows).rows() == [(1, date(1980, 1, 30), None, None)]


def test_a_nip_says_another_month_of_candidacy_of_civil_servants_alone() -> None:
    rows = persons(
        {"candidate_since": date(2005, 2, 28)},
        {"candidate_since": date(2005, 3, 1)},
        {"candidate_since": date(2005, 3, 1), "staff_kind": "PPPK"},
        {},
    )
    assert who(conflicts.nip_against_candidacy(rows)) == [1]


def test_nobody_is_a_civil_servant_before_being_a_candidate() -> None:
    day = date(2005, 2, 1)
    rows = persons(
        {"candidate_since": day, "permanent_since": day},
        {"candidate_since": day, "permanent_since": date(2005, 1, 31)},
        {"permanent_since": day},
    )
    assert conflicts.permanent_before_candidate(rows).rows() == [(1, date(2005, 1, 31), day, None)]


def test_no_rank_is_older_than_candidacy_now_or_in_the_history() -> None:
    day, before = date(2005, 2, 1), date(2004, 12, 1)
    rows = persons(
        {"candidate_since": day, "rank_since": day},
        {"candidate_since": day, "rank_since": before},
        {"candidate_since": day, "rank_since": day},
        {"rank_since": before},
    )
    history = pl.DataFrame({"person_id": [2], "since": [before]}, schema={"person_id": pl.Int64, "since": pl.Date})
    assert conflicts.rank_before_candidate(rows, history).rows() == [(1, before, day, None), (2, before, day, None)]


def test_somebody_serves_past_the_day_of_retirement() -> None:
    rows = persons({"retires_on": DAY}, {"retires_on": date(2026, 11, 2)}, {})
    assert who(conflicts.past_retirement(rows, DAY)) == [0]


def test_a_post_has_more_holders_than_seats() -> None:
    rows = pl.DataFrame({"person_id": [1, 2, 3], "seats": [1, 2, 2], "holders": [2, 2, 3]})
    assert conflicts.more_holders_than_seats(rows).rows() == [(1, None, None, 2), (3, None, None, 3)]


def test_a_rating_names_no_rater_and_its_newest_year_is_told() -> None:
    rows = pl.DataFrame({"person_id": [1, 1, 2], "year": [2024, 2025, 2025], "rater_nip": ["", "", HEAD]})
    assert conflicts.rating_without_rater(rows).rows() == [(1, None, None, 2025)]


@pytest.mark.parametrize(("begins", "days"), [(date(2020, 2, 1), None), (date(2020, 2, 2), 32)])
def test_a_career_has_a_gap_of_more_than_31_days(begins: date, days: int | None) -> None:
    rows = careers((1, date(2015, 1, 1), date(2019, 12, 31)), (1, begins, None), (2, date(2000, 1, 1), None))
    expected = [] if days is None else [(1, date(2019, 12, 31), begins, days)]
    assert conflicts.career_gaps(rows).rows() == expected


def test_no_gap_is_seen_through_a_longer_post_or_after_an_unknown_end() -> None:
    rows = careers(
        (1, date(2010, 1, 1), date(2020, 12, 31)), (1, date(2011, 1, 1), date(2011, 6, 30)),
        (1, date(2021, 1, 1), None),
        (2, date(2010, 1, 1), None), (2, date(2015, 1, 1), date(2015, 12, 31)), (2, date(2019, 1, 1), None),
    )  # fmt: skip
    assert conflicts.career_gaps(rows).rows() == []


def test_the_longest_gap_of_somebody_is_told() -> None:
    rows = careers(
        (1, date(2010, 1, 1), date(2010, 12, 31)), (1, date(2011, 3, 1), date(2011, 12, 31)),
        (1, date(2013, 1, 1), None),
    )  # fmt: skip
    assert conflicts.career_gaps(rows).rows() == [(1, date(2011, 12, 31), date(2013, 1, 1), 366)]


@pytest.mark.parametrize(
    ("begins", "days"), [(date(2020, 1, 1), None), (date(2019, 12, 31), None), (date(2019, 12, 30), 2)]
)
def test_posts_overlap_by_more_than_the_day_of_handing_over(begins: date, days: int | None) -> None:
    ends = date(2019, 12, 31)
    rows = careers((1, date(2015, 1, 1), ends), (1, begins, None), (2, date(2015, 1, 1), None))
    assert conflicts.career_overlaps(rows).rows() == ([] if days is None else [(1, begins, ends, days)])


def test_an_assessment_holds_for_the_years_of_the_policy_or_as_its_report_says() -> None:
    schema = {"person_id": pl.Int64, "assessed_on": pl.Date, "valid_through": pl.Date}
    rows = pl.DataFrame(
        [
            (1, date(2023, 11, 1), None),  # through 31 October 2026
            (2, date(2023, 11, 2), None),  # through today
            (3, date(2020, 1, 1), DAY),
            (4, date(2020, 1, 1), None), (4, date(2025, 1, 1), None),
        ],
        schema=schema, orient="row",
    )  # fmt: skip
    assert conflicts.expired_assessments(rows, DAY, 3).rows() == [(1, date(2023, 11, 1), date(2026, 10, 31), None)]


# -- read from the records


@pytest.fixture
def records(stored: Tables) -> None:
    """The small office with a fault of nearly every kind."""
    head, staff, teacher = (Person.objects.get(nip=nip) for nip in (HEAD, STAFF, TEACHER))
    Person.objects.filter(pk=head.pk).update(born_on=date(1970, 1, 2), retires_on=DAY)
    Person.objects.filter(pk=staff.pk).update(
        position=Position.objects.get(code="KADIN"), candidate_since=date(2010, 2, 1), permanent_since=date(2010, 1, 1)
    )
    CareerEntry.objects.filter(person=head).delete()
    held = {"person": teacher, "source": "WORKBOOK", "title": "Guru"}
    CareerEntry.objects.create(**held, started_on=date(2010, 1, 1), ended_through=date(2010, 12, 31), assignment="D")
    CareerEntry.objects.create(**held, started_on=date(2012, 1, 1))
    CareerEntry.objects.create(**held, started_on=date(2011, 1, 1), ended_through=date(2011, 12, 30), assignment="PLT")


@pytest.mark.django_db
def test_the_records_are_read_as_they_stand_in_scope(records: None, policy: Policy) -> None:
    told = found(scope=Scope.everything(), on=DAY, parameters=policy.parameters)
    keys = {nip: Person.objects.get(nip=nip).pk for nip in (HEAD, STAFF, TEACHER)}
    expected = {
        Kind.NIP_BIRTH: [HEAD],
        Kind.PERMANENT: [STAFF],
        Kind.NIP_CANDIDATE: [STAFF],
        Kind.RETIRED: [HEAD],
        Kind.SEATS: [HEAD, STAFF],
        Kind.RATER: [HEAD, STAFF],
        Kind.GAP: [TEACHER],
    }
    assert {kind: sorted(who(frame)) for kind, frame in told.items() if frame.height} == {
        kind: sorted(keys[nip] for nip in nips) for kind, nips in expected.items()
    }
    school = found(scope=Scope.below("SD1"), on=DAY, parameters=policy.parameters)
    assert {kind for kind, frame in school.items() if frame.height} == {Kind.GAP}
    assert not any(
        frame.height for frame in found(scope=Scope.nothing(), on=DAY, parameters=policy.parameters).values()
    )


@pytest.mark.django_db
def test_whoever_has_left_is_not_looked_at(records: None, policy: Policy) -> None:
    def look() -> int:
        return sum(
            frame.height for frame in found(scope=Scope.everything(), on=DAY, parameters=policy.parameters).values()
        )

    assert look() > 0
    Person.objects.update(inactive_since=date(2026, 1, 1), legal_status="PENSIUN")
    assert look() == 0
