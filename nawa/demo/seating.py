"""Who sits where: the city's posts with their seats, which are vacant, and one seat for every person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nawa.demo.chance import Bools, Chance, Ints, Streams, shares
from nawa.demo.jobs import JOBS, Job, places_for
from nawa.demo.parameters import Process
from nawa.demo.posts import TIER, Post, closed_posts, leader_of, managerial_posts
from nawa.demo.units import Unit, city_units, fields_for

LEAST_PEOPLE = 250
"""Fewer people would not fill the smallest city that still has every kind of unit."""

_OPEN_FIELDS = (
    "Administrasi Publik",
    "Umum",
    "Informatika",
    "Akuntansi",
    "Manajemen",
)  # for staff with secondary school
_OPEN_SEAT = 0.12  # functional posts with one seat more than holders


@dataclass(frozen=True, slots=True)
class Organisation:
    """Units and posts, with places of one in the other; -1 stands for none."""

    units: list[Unit]
    posts: list[Post]
    parent: Ints  # unit → unit
    leader: Ints  # unit → its head's post
    unit_of: Ints  # post → unit
    tier_of: Ints  # post → place in TIERS


@dataclass(frozen=True, slots=True)
class Seats:
    """One entry per person: the post, and whether on contract (PPPK), part-time."""

    post: Ints
    contract: Bools
    part_time: Bools


def seat(people: int, process: Process, streams: Streams) -> tuple[Organisation, Seats]:
    """The organisation for so many people and their seats: managers and heads of schools and clinics, then the rest.

    Raises:
        ValueError: fewer people than the smallest city needs.
    """
    if people < LEAST_PEOPLE:
        raise ValueError(f"kota contoh memerlukan sekurang-kurangnya {LEAST_PEOPLE} pegawai, bukan {people}")
    units = city_units(people)
    posts = managerial_posts(units)
    filled = _filled(posts, units, process, streams.of("vacancies"))
    permanent = round(people * process.permanent_share)
    rest, seated = _functional(units, len(posts), permanent - len(filled), people - permanent, streams.of("jobs"))
    every = [*posts, *rest, *closed_posts(units)]
    managers = np.asarray(filled, dtype=np.int64)
    seats = Seats(
        post=np.concatenate([managers, seated.post]),
        contract=np.concatenate([np.zeros(len(managers), dtype=np.bool_), seated.contract]),
        part_time=np.concatenate([np.zeros(len(managers), dtype=np.bool_), seated.part_time]),
    )
    return _organisation(units, every), seats


def _organisation(units: list[Unit], posts: list[Post]) -> Organisation:
    place = {unit.code: number for number, unit in enumerate(units)}
    leaders = leader_of(posts)
    return Organisation(
        units,
        posts,
        parent=np.array([-1 if unit.parent is None else place[unit.parent] for unit in units], dtype=np.int64),
        leader=np.array([leaders.get(unit.code, -1) for unit in units], dtype=np.int64),
        unit_of=np.array([place[post.unit] for post in posts], dtype=np.int64),
        tier_of=np.array([TIER[post.tier] for post in posts], dtype=np.int64),
    )


def _filled(posts: Sequence[Post], units: Sequence[Unit], process: Process, chance: Chance) -> list[int]:
    """Places of the posts that are not vacant; the Sekda's is always filled."""
    roles = {unit.code: unit.role for unit in units}
    groups: dict[str, list[int]] = {"top": [], "village": [], "manager": [], "principal": []}
    for place, post in enumerate(posts):
        if post.stream != "MANAGERIAL":
            groups["principal"].append(place)
        elif post.echelon == "II.b":
            groups["top"].append(place)
        elif post.head and roles[post.unit] == "VILLAGE":
            groups["village"].append(place)
        elif post.echelon != "II.a":
            groups["manager"].append(place)
    rates = (process.vacant_top, process.vacant_villages, process.vacant_managers, process.vacant_principals)
    vacant: set[int] = set()
    for rate, members in zip(rates, groups.values(), strict=True):
        chosen = chance.sample(max(1, round(rate * len(members))), len(members))
        vacant.update(members[number] for number in chosen)
    return [place for place in range(len(posts)) if place not in vacant]


def _functional(
    units: list[Unit], first: int, permanent: int, contract: int, chance: Chance
) -> tuple[list[Post], Seats]:
    """Posts numbered from `first` for jobs without a managerial seat, and the seats of those who fill them."""
    counts = zip(
        JOBS,
        shares([job.permanent for job in JOBS], permanent),
        shares([job.contract for job in JOBS], contract),
        strict=True,
    )
    posts: list[Post] = []
    taken: list[int] = []
    on_contract: list[bool] = []
    part_time: list[bool] = []
    for job, of_permanent, of_contract in counts:
        total = of_permanent + of_contract
        places = places_for(job, units)
        order = chance.order(len(places))
        chosen = [places[order[number % len(places)]] for number in range(total)]
        holders = sorted(Counter(chosen).items())
        post_of = {unit: first + len(posts) + number for number, (unit, _) in enumerate(holders)}
        open_seats = chance.happens(_OPEN_SEAT, len(holders)).tolist()
        posts.extend(
            _post(job, units[unit], count + extra) for (unit, count), extra in zip(holders, open_seats, strict=True)
        )
        taken.extend(post_of[unit] for unit in chosen)
        contracts = chance.order(total) < of_contract
        on_contract.extend(contracts.tolist())
        part_time.extend((contracts & chance.happens(job.part_time, total)).tolist())
    return posts, Seats(np.array(taken, dtype=np.int64), np.array(on_contract), np.array(part_time))


def _post(job: Job, unit: Unit, seats: int) -> Post:
    return Post(
        code=f"{unit.code}-{_short(job)}",
        name=job.name,
        unit=unit.code,
        tier=job.tier,
        stream=job.stream,
        work_field=unit.work_field,
        fields=job.fields or _staff_fields(job, unit),
        job_class=job.job_class,
        retirement_age=job.retirement_age,
        least_education=job.least_education,
        family=job.family,
        seats=seats,
    )


def _short(job: Job) -> str:
    """A code part of its own for each job: F01 to F99."""
    return f"F{JOBS.index(job) + 1:02d}"


def _staff_fields(job: Job, unit: Unit) -> tuple[str, ...]:
    """Staff with a degree: the unit's fields; with secondary school: the open ones; operators: none stated."""
    if job.least_education == "SMP":
        return ()
    return fields_for(unit) if job.least_education == "S1" else _OPEN_FIELDS


def vacant_seats(organisation: Organisation, seats: Seats) -> Ints:
    """Places of managerial and head posts that nobody holds."""
    held = np.bincount(seats.post, minlength=len(organisation.posts))
    return np.array(
        [
            place
            for place, post in enumerate(organisation.posts)
            if held[place] == 0 and post.valid_through is None and (post.head or post.stream == "MANAGERIAL")
        ],
        dtype=np.int64,
    )
