"""Service indicators per unit and month, with the real effect of whoever led the unit in that month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from nawa.demo.chance import Array, Bools, Chance, Floats, Ints
from nawa.demo.parameters import Process
from nawa.demo.people import Population
from nawa.demo.postings import Postings
from nawa.demo.seating import Organisation
from nawa.demo.tables import known, table

INDEX: Final = "Indeks Kepuasan Masyarakat"
WAIT: Final = "Waktu penyelesaian layanan"
_SERVING: Final = ("KECAMATAN", "KELURAHAN", "PUSKESMAS", "OPD")
_WAITING: Final = ("KECAMATAN", "KELURAHAN", "PUSKESMAS")
_SEASON: Final = (0.6, 0.3, 0.0, -0.4, -0.2, 0.1, 0.2, 0.3, 0.2, 0.0, -0.3, -0.8)  # points by calendar month
_TREND: Final = 0.04  # points a month
_NOISE: Final = 1.1
_UNLED: Final = -0.8  # points while nobody holds the post
_MISSING: Final = 0.015  # months that a unit did not report


@dataclass(frozen=True, slots=True)
class Service:
    """What units reported, the true values behind it, and the true effect of each head in points of the index."""

    reported: pl.DataFrame
    truth: pl.DataFrame  # unit_code, indicator, period, value, head_nip (none: an earlier head or nobody)
    effects: pl.DataFrame  # unit_code, head_nip, effect


def serve(
    people: Population,
    organisation: Organisation,
    postings: Postings,
    on: np.datetime64,
    process: Process,
    chance: Chance,
) -> Service:
    """Months before `on`'s month, for units that serve the public; the index 0 to 100 and days of waiting."""
    places = [
        place
        for place, unit in enumerate(organisation.units)
        if unit.kind in _SERVING and unit.role != "CLOSED" and organisation.leader[place] >= 0
    ]
    months = on.astype("datetime64[M]") - np.arange(process.months, 0, -1)
    holder = dict(zip(people.post.tolist(), range(len(people)), strict=True))
    heads = np.array([holder.get(post, -1) for post in organisation.leader[places].tolist()], dtype=np.int64)
    since = np.where(heads >= 0, postings.start[postings.last][heads], months[-1].astype("datetime64[D]"))
    leads = (since[:, None] <= months[None, :].astype("datetime64[D]")) & (heads[:, None] >= 0)
    effect = process.head_effect * people.traits.leadership[heads]
    before = process.head_effect * chance.normal(len(places))
    led = np.where(leads, effect[:, None], np.where((heads < 0)[:, None] & _lately(months), _UNLED, before[:, None]))
    value = 79 + 4 * chance.normal(len(places))[:, None] + led + _course(months)[None, :]
    led_now = heads >= 0
    effects = {
        "unit_code": _codes(places, organisation)[led_now].tolist(),
        "head_nip": people.nip[heads[led_now]].tolist(),
        "effect": effect[led_now],
    }
    return Service(
        reported=_reported(places, organisation, months, value, chance),
        truth=_truth(places, organisation, months, value, np.where(leads, heads[:, None], -1), people),
        effects=pl.DataFrame(effects),
    )


def _lately(months: Array) -> Bools:
    """The last year: since when today's vacancies have been open."""
    recent: Bools = (np.arange(len(months)) >= len(months) - 12)[None, :]
    return recent


def _course(months: Array) -> Floats:
    of_year = (months - months.astype("datetime64[Y]").astype("datetime64[M]")).astype(np.int64)
    course: Floats = np.array(_SEASON)[of_year] + _TREND * np.arange(len(months))
    return course


def _reported(
    places: list[int], organisation: Organisation, months: Array, value: Floats, chance: Chance
) -> pl.DataFrame:
    index = np.clip(value + _NOISE * chance.normal(value.size).reshape(value.shape), 40, 99.5)
    parts = [_indicator(INDEX, places, organisation, months, index, chance)]
    waiting = [number for number, place in enumerate(places) if organisation.units[place].kind in _WAITING]
    days = np.clip(
        _wait(value[waiting]) + 0.3 * chance.normal(len(waiting) * len(months)).reshape(-1, len(months)), 0.2, None
    )
    parts.append(_indicator(WAIT, [places[number] for number in waiting], organisation, months, days, chance))
    return pl.concat(parts)


def _wait(value: Floats) -> Floats:
    """True days of waiting: the better the service, the shorter."""
    days: Floats = np.maximum(3.0 - 0.12 * (value - 79), 0.3)
    return days


def _indicator(
    name: str, places: list[int], organisation: Organisation, months: Array, value: Floats, chance: Chance
) -> pl.DataFrame:
    kept = ~chance.happens(_MISSING, value.size)
    return table(
        "service_indicator",
        {
            "unit_code": np.repeat(_codes(places, organisation), len(months))[kept],
            "indicator": [name] * int(kept.sum()),
            "period": np.tile(months.astype(str).astype(object), len(places))[kept],
            "value": (np.round(value * 100).astype(np.int64) * 100).reshape(-1)[kept],
            "measure": ["poin" if name == INDEX else "hari"] * int(kept.sum()),
            "direction": ["NAIK" if name == INDEX else "TURUN"] * int(kept.sum()),
            "source": ["Survei Kepuasan Masyarakat" if name == INDEX else "Laporan layanan"] * int(kept.sum()),
        },
    )


def _codes(places: list[int], organisation: Organisation) -> Array:
    return np.array([organisation.units[place].code for place in places], dtype=object)


def _truth(
    places: list[int], organisation: Organisation, months: Array, value: Floats, heads: Ints, people: Population
) -> pl.DataFrame:
    units = np.repeat(_codes(places, organisation), len(months)).tolist()
    periods = np.tile(months.astype(str).astype(object), len(places)).tolist()
    nips = known(heads.reshape(-1) >= 0, people.nip[heads.reshape(-1)]).tolist()
    columns = {
        "unit_code": units,
        "period": periods,
        "head_nip": nips,
        "index": value.reshape(-1),
        "wait": _wait(value).reshape(-1),
    }
    return pl.DataFrame(columns)
