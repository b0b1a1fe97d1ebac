"""Tables of the personnel file: people, education, careers, ranks and acting duties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from nawa.demo.acting import Duty
from nawa.demo.calendar import NO_DAY, plus_years, written, year_of
from nawa.demo.chance import Chance, Days, Ints, Streams, Texts
from nawa.demo.names import back_titles, front_titles
from nawa.demo.parameters import Process
from nawa.demo.people import Population
from nawa.demo.places import CITY, KECAMATAN, NEIGHBOURS
from nawa.demo.postings import Postings
from nawa.demo.posts import Post
from nawa.demo.ranks import RankHistory
from nawa.demo.seating import Organisation
from nawa.demo.studies import FIELD, LEVEL, LEVELS, UNIVERSITIES
from nawa.demo.tables import known, table, table_of_rows

_BEFORE: Final = {"PROFESI": ("S1",), "S2": ("S1",), "SPESIALIS": ("PROFESI", "S1"), "S3": ("S2", "S1")}
_GRADUATES_AT: Final = {
    "SD": 12,
    "SMP": 15,
    "SLTA": 18,
    "D3": 21,
    "D4": 22,
    "S1": 22,
    "PROFESI": 24,
    "S2": 26,
    "SPESIALIS": 30,
    "S3": 34,
}
_PLACED: Final = {"PLT": "Plt. ", "PLH": "Plh. ", "PJ": "Penjabat ", "TT": ""}


@dataclass(frozen=True, slots=True)
class Files:
    """What the personnel tables are written from."""

    people: Population
    organisation: Organisation
    postings: Postings
    ranks: RankHistory
    duties: Sequence[Duty]
    superior: Ints
    on: np.datetime64


def tables(files: Files, process: Process, streams: Streams) -> dict[str, pl.DataFrame]:
    """Person (without `verified_none`), education, career, ranks and acting assignments."""
    return {
        "person": _person(files, process, streams.of("person")),
        "education": _education(files.people, files.on, streams.of("schooling")),
        "career_entry": _career(files, streams.of("career")),
        "rank_entry": _rank_entries(files),
        "acting_assignment": _acting(files),
    }


def _person(files: Files, process: Process, chance: Chance) -> pl.DataFrame:
    people, posts, n = files.people, files.organisation.posts, len(files.people)
    status, inactive = _status(people, files.on, process, chance)
    since = files.postings.start[files.postings.last]
    held = [posts[place] for place in people.post.tolist()]
    managerial = np.array([post.echelon is not None for post in held])
    nothing = np.full(n, NO_DAY)
    kinds = np.where(people.candidate, "CPNS", "PNS").astype(object)
    kinds[people.contract] = "PPPK"
    kinds[people.part_time] = "PPPK_PARUH_WAKTU"
    homes = np.array([*KECAMATAN, None], dtype=object)[chance.below(len(KECAMATAN) + 1, n)]
    return table(
        "person",
        {
            "nip": people.nip,
            "name": people.name,
            "front_title": front_titles(people.level, people.field, chance.happens(0.04, n) & ~people.women),
            "back_title": back_titles(people.level, people.field),
            "staff_kind": kinds,
            "sex": np.where(people.women, "P", "L").astype(object),
            "born_on": people.born,
            "rank": files.ranks.rank[files.ranks.last],
            "rank_since": files.ranks.since[files.ranks.last],
            "candidate_since": np.where(people.contract, nothing, people.joined),
            "permanent_since": np.where(people.contract | people.candidate, nothing, plus_years(people.joined, 1)),
            "position_code": [post.code for post in held],
            "position_name": [post.name for post in held],
            "unit_code": [post.unit for post in held],
            "position_since": since,
            "inaugurated_on": np.where(managerial, since, nothing),
            "retires_on": people.retires,
            "legal_status": status,
            "inactive_since": inactive,
            "home_district": homes,
            "email": people.nip + "@pegawai.example",
            "superior_nip": _nip_or_none(people, files.superior),
        },
    )


def _nip_or_none(people: Population, places: Ints) -> Texts:
    return known(places >= 0, people.nip[places])


def _status(people: Population, on: np.datetime64, process: Process, chance: Chance) -> tuple[Texts, Days]:
    """Legal status, and since when those who are away have been: preparing retirement, studying, on unpaid leave."""
    n = len(people)
    draws = chance.uniform(n)
    bound = people.in_tier("JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS") | people.contract | people.candidate
    leaving = people.retires <= on + np.timedelta64(365, "D")
    status = np.full(n, "AKTIF", dtype=object)
    status[~bound & (draws < process.away)] = "TUGAS_BELAJAR"
    status[~bound & (draws > 1 - process.away / 3)] = "CLTN"
    status[~bound & leaving & (draws < process.preparing_retirement)] = "MPP"
    gone = np.where(np.isin(status, ["MPP", "CLTN", "TUGAS_BELAJAR"]), 1, 0)
    since = on - (20 + chance.below(150, n)).astype("timedelta64[D]")
    return status, np.where(gone == 1, since, NO_DAY)


def _education(people: Population, on: np.datetime64, chance: Chance) -> pl.DataFrame:
    """The highest level, the levels that it builds on, and for about half the school-leaving certificate."""
    n = len(people)
    school, other_field = chance.happens(0.5, n).tolist(), chance.happens(0.6, n).tolist()
    picks = chance.uniform(n * 2).reshape(n, 2).tolist()
    late = chance.below(9, n).tolist()
    born = year_of(people.born).tolist()
    rows = []
    for person, (level, field) in enumerate(zip(people.level.tolist(), people.field, strict=True)):
        highest = LEVELS[level]
        steps = [highest, *_BEFORE.get(highest, ())]
        if level > LEVEL["SLTA"] and school[person]:
            steps.append("SLTA")
        for number, step in enumerate(steps):
            extra = late[person] if number == 0 and step in ("S2", "S3", "SPESIALIS") else 0
            year = min(born[person] + _GRADUATES_AT[step] + extra, int(str(on)[:4]) - 1)
            rows.append(_degree(people.nip[person], step, field, picks[person], other_field[person], year))
    return table_of_rows("education", rows)


def _degree(nip: str, level: str, field: str, picks: list[float], named: bool, year: int) -> dict[str, object]:
    schooling = LEVEL[level] <= LEVEL["SLTA"]
    taught = FIELD[field]
    if schooling:
        taught = taught if taught.school_majors else FIELD["Umum"]
    majors = taught.school_majors if schooling else taught.majors
    return {
        "nip": nip,
        "level": level,
        "major": None if LEVEL[level] < LEVEL["SLTA"] else majors[int(picks[0] * len(majors))],
        "field": taught.name if named else None,
        "institution": None if schooling else UNIVERSITIES[int(picks[1] * len(UNIVERSITIES))],
        "graduated_in": year,
    }


def _career(files: Files, chance: Chance) -> pl.DataFrame:
    """Every definitive posting, then acting duties."""
    postings, people, organisation = files.postings, files.people, files.organisation
    n = len(postings.person)
    starts: list[date] = postings.start.astype(object).tolist()
    ends = np.append(postings.start[1:], NO_DAY) - np.timedelta64(1, "D")
    ends[postings.last] = NO_DAY
    through: list[date | None] = ends.astype(object).tolist()
    neighbours = chance.below(len(NEIGHBOURS), n).tolist()
    decrees = chance.below(900, n).tolist()
    years = written(postings.start, "{y}")
    rows = []
    for number, (person, place) in enumerate(zip(postings.person.tolist(), postings.post.tolist(), strict=True)):
        post = organisation.posts[place]
        elsewhere = bool(postings.elsewhere[number])
        rows.append(
            {
                "nip": people.nip[person],
                "title": post.name,
                "position_code": None if elsewhere else post.code,
                "tier": post.tier,
                "echelon": post.echelon,
                "unit": _unit_name(files, place),
                "work_field": post.work_field,
                "institution": NEIGHBOURS[neighbours[number]] if elsewhere else CITY,
                "started_on": starts[number],
                "ended_through": through[number],
                "inaugurated_on": starts[number] if post.echelon else None,
                "assignment": "D",
                "decree_number": f"821.{2 if post.echelon else 1}/{decrees[number] + 100}/{years[number]}",
            }
        )
    rows.extend(_acting_career(files, duty) for duty in files.duties if duty.kind != "TT")
    return table_of_rows("career_entry", rows)


def _unit_name(files: Files, place: int) -> str:
    return files.organisation.units[int(files.organisation.unit_of[place])].name


def _acting_career(files: Files, duty: Duty) -> dict[str, object]:
    post = files.organisation.posts[duty.post]
    return {
        "nip": files.people.nip[duty.person],
        "title": f"{_PLACED[duty.kind]}{post.name}",
        "position_code": post.code,
        "tier": post.tier,
        "echelon": post.echelon,
        "unit": _unit_name(files, duty.post),
        "work_field": post.work_field,
        "institution": CITY,
        "started_on": duty.started.astype(object),
        "ended_through": None if duty.through is None else duty.through.astype(object),
        "assignment": duty.kind,
        "decree_number": _letter(post, duty),
    }


def _letter(post: Post, duty: Duty) -> str:
    return f"800.1.11.1/{(duty.person * 37 + len(post.name)) % 900 + 100}/{str(duty.started)[:4]}"


def _rank_entries(files: Files) -> pl.DataFrame:
    ranks = files.ranks
    return table("rank_entry", {"nip": files.people.nip[ranks.person], "rank": ranks.rank, "since": ranks.since})


def _acting(files: Files) -> pl.DataFrame:
    """Duties of today and of the last year; older ones are in careers alone."""
    recent = files.on - np.timedelta64(365, "D")
    return table_of_rows(
        "acting_assignment",
        (
            {
                "nip": files.people.nip[duty.person],
                "position_code": files.organisation.posts[duty.post].code,
                "kind": duty.kind,
                "started_on": duty.started.astype(object),
                "ended_through": None if duty.through is None else duty.through.astype(object),
                "letter_number": _letter(files.organisation.posts[duty.post], duty),
            }
            for duty in files.duties
            if duty.through is None or duty.through >= recent
        ),
    )
