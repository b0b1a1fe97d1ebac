"""What the institution plans with: needs of units, posts about to fall vacant, and earlier maps and pools."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from nawa.demo.calendar import first_of_month, plus_days
from nawa.demo.chance import Bools, Chance, Streams
from nawa.demo.people import Population
from nawa.demo.seating import Organisation, Seats, vacant_seats
from nawa.demo.tables import table, table_of_rows

_NEEDS: Final = (
    ("Analis kebijakan untuk penyusunan rencana kerja", "Beban kerja bertambah"),
    ("Pejabat yang berpengalaman dalam pengadaan", "Temuan pengawasan"),
    ("Tenaga yang menguasai pengolahan data", "Layanan digital baru"),
    ("Pejabat dengan latar belakang keuangan", "Pejabat lama akan pensiun"),
    ("Petugas layanan garis depan", "Antrean layanan panjang"),
)
_BOX: Final = ((1, 3, 6), (2, 5, 8), (4, 7, 9))  # performance × potential
_LOW, _HIGH = 60.0, 80.0


def tables(
    people: Population, organisation: Organisation, seats: Seats, assessed: Bools, on: np.datetime64, streams: Streams
) -> dict[str, pl.DataFrame]:
    """Unit needs, planned vacancies, earlier map and earlier pool."""
    earlier = _earlier_map(people, assessed, on, streams.of("earlier map"))
    return {
        "unit_need": _needs(organisation, on, streams.of("needs")),
        "planned_vacancy": _vacancies(people, organisation, seats, on, streams.of("planned vacancies")),
        "earlier_map": earlier,
        "earlier_pool": _earlier_pool(people, organisation, earlier, streams.of("earlier pool")),
    }


def _needs(organisation: Organisation, on: np.datetime64, chance: Chance) -> pl.DataFrame:
    units = [unit for unit in organisation.units if unit.kind in ("OPD", "KECAMATAN", "UPTD") and unit.role != "CLOSED"]
    asking = [unit for unit, asks in zip(units, chance.happens(0.6, len(units)).tolist(), strict=True) if asks]
    n = len(asking)
    texts, priorities = chance.below(len(_NEEDS), n).tolist(), (1 + chance.below(5, n)).tolist()
    starts = first_of_month(plus_days(np.full(n, on), 30 * chance.below(12, n))).astype(object).tolist()
    return table_of_rows(
        "unit_need",
        (
            {
                "unit_code": unit.code,
                "description": _NEEDS[text][0],
                "priority": priority,
                "started_on": start,
                "reason": _NEEDS[text][1],
            }
            for unit, text, priority, start in zip(asking, texts, priorities, starts, strict=True)
        ),
    )


def _vacancies(
    people: Population, organisation: Organisation, seats: Seats, on: np.datetime64, chance: Chance
) -> pl.DataFrame:
    """Posts that are vacant now, and most of the managerial ones whose holder retires within two years."""
    holders = dict(zip(people.post.tolist(), range(len(people)), strict=True))
    horizon = on + np.timedelta64(730, "D")
    retires: list[date] = people.retires.astype(object).tolist()
    today: date = on.astype(object)
    planned = chance.happens(0.8, len(organisation.posts)).tolist()
    retiring = [
        (place, retires[holders[place]])
        for place, post in enumerate(organisation.posts)
        if post.echelon and place in holders and people.retires[holders[place]] < horizon and planned[place]
    ]
    return table_of_rows(
        "planned_vacancy",
        [
            *(_vacancy(organisation, place, today, "Kosong") for place in vacant_seats(organisation, seats).tolist()),
            *(_vacancy(organisation, place, day, "Pejabat memasuki batas usia pensiun") for place, day in retiring),
        ],
    )


def _vacancy(organisation: Organisation, place: int, start: date, reason: str) -> dict[str, object]:
    post = organisation.posts[place]
    return {
        "unit_code": post.unit,
        "position_code": post.code,
        "description": post.name,
        "priority": 5 if post.critical else 4 if post.tier == "JPT_PRATAMA" else 3,
        "started_on": start,
        "reason": reason,
    }


def _earlier_map(people: Population, assessed: Bools, on: np.datetime64, chance: Chance) -> pl.DataFrame:
    """Last year's map by another system: both scores with its own errors, the box that follows from them."""
    n = len(people)
    who = np.flatnonzero((assessed & chance.happens(0.75, n)) | (chance.happens(0.05, n) & ~people.contract))
    n = len(who)
    performance = np.clip(66 + 8 * people.traits.diligence[who] + 6 * chance.normal(n), 30, 99)
    potential = np.clip(69 + 8 * people.traits.ability[who] + 5 * chance.normal(n), 35, 99)
    performance, potential = np.round(performance * 100) / 100, np.round(potential * 100) / 100
    rows, columns = ((score >= _LOW).astype(np.int64) + (score >= _HIGH) for score in (performance, potential))
    return table(
        "earlier_map",
        {
            "nip": people.nip[who],
            "period": [str(int(str(on)[:4]) - 1)] * n,
            "box": np.array(_BOX)[rows, columns],
            "performance_score": np.round(performance * 100).astype(np.int64) * 100,
            "potential_score": np.round(potential * 100).astype(np.int64) * 100,
        },
    )


def _earlier_pool(
    people: Population, organisation: Organisation, earlier: pl.DataFrame, chance: Chance
) -> pl.DataFrame:
    """Half of those in boxes 7 to 9, in the order of their scores for a post each."""
    able = earlier.filter(pl.col("box") >= 7).select("nip", "period")
    taken = able.filter(pl.Series(chance.happens(0.5, able.height)))
    posts = [
        post.code
        for post in organisation.posts
        if post.tier in ("JPT_PRATAMA", "ADMINISTRATOR") and not post.valid_through
    ]
    chosen = chance.below(len(posts), taken.height).tolist()
    order: dict[int, int] = {}
    ranks = []
    for post in chosen:
        order[post] = order.get(post, 0) + 1
        ranks.append(order[post])
    return table(
        "earlier_pool",
        {
            "nip": taken["nip"].to_list(),
            "period": taken["period"].to_list(),
            "position_code": [posts[post] for post in chosen],
            "order": ranks,
        },
    )
