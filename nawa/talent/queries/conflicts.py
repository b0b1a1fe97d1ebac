"""Where the records contradict each other or the law, as they stand now: each kind is one pure function over a table.

A worker does this and keeps what it found (`nawa.talent.queries.checks`). Only people who have not left are looked at.
A finding tells whom it is about and, as far as its kind has them, two days or a number. Unknown is no finding.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import polars as pl
from django.db.models import CharField, Count, F, Max, QuerySet
from django.db.models.functions import Cast, Coalesce

from nawa.core.scope import Scope
from nawa.engine.parameters import Parameters
from nawa.evidence.models import AssessmentResult, CompetencyAssessment, PerformanceRating, PotentialAssessment
from nawa.registry.enums import CIVIL_SERVANTS
from nawa.registry.models import CareerEntry, Person, RankEntry
from nawa.registry.queries import active, people

_DEFINITIVE: Final = ("", "D")
"""Codes of assignments in the history that are posts, and no duties beside one."""

GAP_DAYS: Final = 31
"""Days without a definitive post that are nothing to ask about."""


class Kind(StrEnum):
    """What is wrong, as addresses name it."""

    NIP_BIRTH = "nip-lahir"
    NIP_CANDIDATE = "nip-cpns"
    PERMANENT = "pns-cpns"
    RANK = "golongan-cpns"
    RETIRED = "lewat-pensiun"
    SEATS = "kursi"
    RATER = "penilai"
    GAP = "jeda"
    OVERLAP = "tumpang-tindih"
    EXPIRED = "asesmen"


FINDING: Final[Mapping[str, Any]] = {
    "person_id": pl.Int64,
    "first_on": pl.Date,
    "second_on": pl.Date,
    "number": pl.Int64,
}
"""The columns of findings; what a kind does not tell is null."""


def found(*, scope: Scope, on: datetime.date, parameters: Parameters) -> Mapping[Kind, pl.DataFrame]:
    """Return the findings of every kind among the people in scope on a day: ten queries at most."""
    rating_years, assessment_years = parameters.rating.years, parameters.assessment.years
    staff = people(scope=scope).filter(active(on)).order_by()
    persons, careers = _persons(staff), _careers(staff)
    return {
        Kind.NIP_BIRTH: nip_against_birth(persons),
        Kind.NIP_CANDIDATE: nip_against_candidacy(persons),
        Kind.PERMANENT: permanent_before_candidate(persons),
        Kind.RANK: rank_before_candidate(persons, _ranks(staff)),
        Kind.RETIRED: past_retirement(persons, on),
        Kind.SEATS: more_holders_than_seats(_seats(staff, on)),
        Kind.RATER: rating_without_rater(_ratings(staff, on.year - rating_years)),
        Kind.GAP: career_gaps(careers),
        Kind.OVERLAP: career_overlaps(careers),
        Kind.EXPIRED: expired_assessments(_assessed(staff), on, assessment_years),
    }


# -- kinds


def nip_against_birth(persons: pl.DataFrame) -> pl.DataFrame:
    """The first eight digits of the NIP are another day than that of birth."""
    wrong = pl.col("nip").str.slice(0, 8) != pl.col("born_on").dt.strftime("%Y%m%d")
    return _finding(persons.filter(wrong), first_on="born_on")


def nip_against_candidacy(persons: pl.DataFrame) -> pl.DataFrame:
    """Of a civil servant, the ninth to the fourteenth digit are another month than that of candidacy."""
    wrong = pl.col("nip").str.slice(8, 6) != pl.col("candidate_since").dt.strftime("%Y%m")
    return _finding(persons.filter(pl.col("staff_kind").is_in(CIVIL_SERVANTS) & wrong), first_on="candidate_since")


def permanent_before_candidate(persons: pl.DataFrame) -> pl.DataFrame:
    """Somebody became a civil servant before becoming a candidate."""
    wrong = persons.filter(pl.col("permanent_since") < pl.col("candidate_since"))
    return _finding(wrong, first_on="permanent_since", second_on="candidate_since")


def rank_before_candidate(persons: pl.DataFrame, ranks: pl.DataFrame) -> pl.DataFrame:
    """A rank is dated before candidacy: the present one, or the first of the history (`person_id`, `since`)."""
    both = persons.join(ranks, on="person_id", how="left", maintain_order="left")
    first = both.with_columns(pl.min_horizontal("rank_since", "since").alias("earliest"))
    wrong = first.filter(pl.col("earliest") < pl.col("candidate_since"))
    return _finding(wrong, first_on="earliest", second_on="candidate_since")


def past_retirement(persons: pl.DataFrame, on: datetime.date) -> pl.DataFrame:
    """Somebody still counts as serving although the day of retirement has come."""
    return _finding(persons.filter(pl.col("retires_on") <= on), first_on="retires_on")


def more_holders_than_seats(holders: pl.DataFrame) -> pl.DataFrame:
    """A post has more definitive holders than seats: a row for each holder (`person_id`, `seats`, `holders`)."""
    return _finding(holders.filter(pl.col("holders") > pl.col("seats")), number="holders")


def rating_without_rater(ratings: pl.DataFrame) -> pl.DataFrame:
    """A rating that may still count names no rater (`person_id`, `year`, `rater_nip`); the newest year is told."""
    wrong = ratings.filter(pl.col("rater_nip") == "").group_by("person_id").agg(pl.col("year").max()).sort("person_id")
    return _finding(wrong, number="year")


def career_gaps(careers: pl.DataFrame) -> pl.DataFrame:
    """More than 31 days lie between the end of all earlier definitive posts and the start of the next; the longest.

    `careers`: `person_id`, `started_on`, `ended_through`. After a post whose end is unknown nothing is a gap.
    """
    lasting = _with_earlier(careers).with_columns(
        ((pl.col("started_on") - pl.col("earlier")).dt.total_days() - 1).alias("days")
    )
    wrong = lasting.filter((pl.col("days") > GAP_DAYS) & pl.col("is_known"))
    return _finding(_worst(wrong), first_on="earlier", second_on="started_on", number="days")


def career_overlaps(careers: pl.DataFrame) -> pl.DataFrame:
    """A definitive post begins before an earlier one has ended; the longest overlap. A shared day is a handing over."""
    lasting = _with_earlier(careers).with_columns(
        ((pl.min_horizontal("earlier", "ended_through") - pl.col("started_on")).dt.total_days() + 1).alias("days")
    )
    wrong = lasting.filter((pl.col("days") > 1) & pl.col("earlier").is_not_null())
    return _finding(_worst(wrong), first_on="started_on", second_on="earlier", number="days")


def expired_assessments(assessed: pl.DataFrame, on: datetime.date, years: int) -> pl.DataFrame:
    """The newest assessment no longer holds (`person_id`, `assessed_on`, `valid_through` or null): it held `years`."""
    ends = pl.coalesce("valid_through", pl.col("assessed_on").dt.offset_by(f"{years}y") - pl.duration(days=1))
    last = assessed.with_columns(ends.alias("through")).group_by("person_id").agg(pl.all().sort_by("through").last())
    return _finding(last.filter(pl.col("through") < on).sort("person_id"), first_on="assessed_on", second_on="through")


def _with_earlier(careers: pl.DataFrame) -> pl.DataFrame:
    """Add the latest end of a person's earlier posts, and whether all of them have one."""
    ordered = careers.sort("person_id", "started_on", "ended_through", nulls_last=True)
    return ordered.with_columns(
        pl.col("ended_through").cum_max().shift(1).over("person_id").alias("earlier"),
        pl.col("ended_through")
        .is_not_null()
        .cast(pl.Int8)
        .cum_min()
        .shift(1)
        .over("person_id")
        .eq(1)
        .alias("is_known"),
    )


def _worst(wrong: pl.DataFrame) -> pl.DataFrame:
    return wrong.sort("person_id", "days", descending=[False, True]).unique(
        "person_id", keep="first", maintain_order=True
    )


def _finding(rows: pl.DataFrame, **columns: str) -> pl.DataFrame:
    names = {"person_id": "person_id", **columns}
    return rows.select(
        (pl.col(names[name]) if name in names else pl.lit(None)).cast(kind).alias(name)
        for name, kind in FINDING.items()
    )


# -- what the records say


def _persons(staff: QuerySet[Person]) -> pl.DataFrame:
    days = ("born_on", "candidate_since", "permanent_since", "rank_since", "retires_on")
    return _frame(staff, {"person_id": "pk", "nip": "nip", "staff_kind": "staff_kind"}, days)


def _careers(staff: QuerySet[Person]) -> pl.DataFrame:
    """Definitive posts alone: a duty beside one is no post."""
    rows = CareerEntry.objects.filter(person__in=staff, assignment__in=_DEFINITIVE).order_by()
    return _frame(rows, {"person_id": "person_id"}, ("started_on", "ended_through"))


def _ranks(staff: QuerySet[Person]) -> pl.DataFrame:
    rows = RankEntry.objects.filter(person__in=staff, since__lt=F("person__candidate_since")).order_by()
    return _frame(rows, {"person_id": "person_id"}, ("since",)).group_by("person_id").agg(pl.col("since").min())


def _seats(staff: QuerySet[Person], on: datetime.date) -> pl.DataFrame:
    """The holders in scope of posts of which one is: other holders count whoever may see them."""
    of_post = Person.objects.filter(active(on), position__isnull=False).order_by().values("position")
    crowded = {
        post: number
        for post, seats, number in of_post.annotate(
            seats=Coalesce("position__seats", 1), holders=Count("pk")
        ).values_list("position", "seats", "holders")
        if number > seats
    }
    rows = staff.filter(position__in=list(crowded)).order_by("pk").values_list("pk", "position", "position__seats")
    holders = [(pk, seats or 1, crowded[post]) for pk, post, seats in rows]
    return pl.DataFrame(holders, schema=dict.fromkeys(("person_id", "seats", "holders"), pl.Int64), orient="row")


def _ratings(staff: QuerySet[Person], since: int) -> pl.DataFrame:
    rows = PerformanceRating.objects.filter(person__in=staff, year__gte=since, rater_nip="").order_by()
    schema = {"person_id": pl.Int64, "year": pl.Int64, "rater_nip": pl.String}
    return pl.DataFrame(list(rows.values_list(*schema)), schema=schema, orient="row")


def _assessed(staff: QuerySet[Person]) -> pl.DataFrame:
    """The newest assessment of everybody in each of the tables that hold one."""
    frames = []
    for model in (CompetencyAssessment, PotentialAssessment):
        rows = (
            model.objects.filter(person__in=staff)
            .order_by()
            .values("person_id")
            .annotate(assessed_on=Max("assessed_on"))
        )
        frames.append(_frame(rows, {"person_id": "person_id"}, ("assessed_on",)))
    totals = AssessmentResult.objects.filter(person__in=staff).order_by()
    frames.append(_frame(totals, {"person_id": "person_id"}, ("assessed_on", "valid_through")))
    return pl.concat(frames, how="diagonal")


def _frame(rows: QuerySet[Any], columns: Mapping[str, str], days: tuple[str, ...]) -> pl.DataFrame:
    """Return these columns of the rows; days come as texts and are read all at once, which is much faster."""
    texts = {f"{day}_text": Cast(day, CharField()) for day in days}
    names = (*columns, *days)
    found = list(rows.annotate(**texts).values_list(*columns.values(), *texts))
    kinds = {name: pl.Int64 if name.endswith("_id") else pl.String for name in names}
    return pl.DataFrame(found, schema=kinds, orient="row").with_columns(
        pl.col(day).str.slice(0, 10).str.to_date("%Y-%m-%d") for day in days
    )
