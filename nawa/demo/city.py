"""The demo city: a synthetic kota shaped as Semarang is, with the evidence about its people and the truth behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from nawa.demo import (
    assessment,
    candidacy,
    establishment,
    performance,
    personnel,
    planning,
    public_services,
    recognition,
)
from nawa.demo.acting import duties
from nawa.demo.calendar import day
from nawa.demo.chance import Streams
from nawa.demo.hierarchy import leaders, superiors
from nawa.demo.parameters import DEFAULT, Process
from nawa.demo.people import populate
from nawa.demo.performance import Workplace
from nawa.demo.postings import postings, present_since
from nawa.demo.ranks import rank_history
from nawa.demo.registers import registers, verified_none
from nawa.demo.seating import seat
from nawa.demo.spans import spans
from nawa.demo.truth import Truth, uncover
from nawa.workbook.sheets import SHEETS, Tables


@dataclass(frozen=True, slots=True)
class City:
    """The tables an institution would hold, and what really was."""

    tables: Tables
    truth: Truth


def build(*, people: int = 12_000, seed: int = 1, on: date = date(2026, 11, 1), process: Process = DEFAULT) -> City:
    """The city of so many people as of `on`: every table of the workbook, the same for the same arguments anywhere.

    Seven of twelve are PNS, the others PPPK. Fewer people than 12,000 make a smaller city of the same shape.

    Raises:
        ValueError: fewer people than the smallest city needs.
    """
    streams, today = Streams(seed), day(on)
    organisation, seats = seat(people, process, streams)
    staff = populate(organisation, seats, today, process, streams)
    passed = spans(staff, organisation, today, process, streams.of("spans"))
    held = postings(staff, organisation, passed, today, process, streams.of("postings"))
    acting = duties(staff, organisation, seats, passed, today, streams)
    leading = leaders(staff, organisation, acting)
    superior = superiors(staff, organisation, leading)
    ranks = rank_history(staff, organisation, today, streams.of("ranks"))
    files = personnel.Files(staff, organisation, held, ranks, acting, superior, today)
    kept = registers(staff, organisation, today, process, streams.of("registers"))
    assessed = assessment.assess(staff, organisation, kept, today, process, streams)
    place = Workplace(staff, superior, leading, present_since(held))
    service = public_services.serve(staff, organisation, held, today, process, streams.of("services"))
    checked = assessed.people & streams.of("verification").happens(process.verified_at_assessment, len(staff))
    tables: Tables = {
        **establishment.tables(organisation, streams.of("standards")),
        **personnel.tables(files, process, streams),
        "register_coverage": kept.letters,
        "performance_rating": performance.ratings(place, today, process, streams),
        "feedback": performance.feedback(place, kept, assessed.people, today, process, streams.of("feedback")),
        **recognition.tables(staff, kept, today, process, streams),
        **assessed.tables,
        **candidacy.tables(staff, organisation, assessed.people, today, streams),
        **planning.tables(staff, organisation, seats, assessed.people, today, streams),
        "service_indicator": service.reported,
    }
    empty = pl.Series("verified_none", verified_none(staff, kept, tables, checked), dtype=pl.List(pl.String))
    tables["person"] = tables["person"].with_columns(empty)
    raters = set(tables["performance_rating"]["rater_nip"].drop_nulls())
    return City({sheet.table: tables[sheet.table] for sheet in SHEETS}, uncover(staff, raters, assessed, service))
