"""What is to be corrected in SIMATA: by unit, each with the value there, the right one, and the paper for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.core import clock
from nawa.exchange import queries
from nawa.exchange.enums import Cause
from nawa.exchange.models import Comparison
from nawa.exchange.queries.proofs import Proof, proofs
from nawa.policy.sentences import label
from nawa.talent.queries.maps import Described, described
from nawa.talent.queries.places import Places, places
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import asked_of, chips
from nawa.web.kit.units import PARAMETER, unit_filter
from nawa.web.simata.listing import proof_words, shown, written_as_there

MOST: Final = 100
"""Rows that the page shows; the file holds all."""

TITLE: Final = gettext_lazy("pembetulan SIMATA")


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to correct there, in words; numbers as their sheet writes them."""

    public_id: str
    nip: str
    name: str
    unit: str
    item: str
    theirs: str
    right: str
    deed: str
    proof: str
    number: str
    dated_on: datetime.date | None


def letter_page(request: Request, found: Comparison) -> dict[str, Any]:
    """Return what the list shows: the units in the order of their names, the people in the order of theirs."""
    within = places(scope=request.scope)
    filters = [unit_filter(request, within)]
    asked = asked_of(request, filters, ())
    rows = _rows(found, within, asked.filters.get(PARAMETER, ""))
    lines = list(_corrections(found, rows.head(MOST), within))
    return {
        "comparison": found,
        "wanted": asked,
        "filters": [(one, asked.filters.get(one.name, "")) for one in filters],
        "chips": chips(asked, filters),
        "groups": [(unit, list(group)) for unit, group in groupby(lines, key=lambda line: line.unit)],
        "total": rows.height,
        "shown": len(lines),
        "printed_at": clock.now(),
        "seen": sorted({line.public_id for line in lines}),
    }


def letter_frame(request: Request, found: Comparison) -> tuple[pl.DataFrame, list[str]]:
    """Return the whole list, in the units that the address names, as a table, and the public ids of the people."""
    within = places(scope=request.scope)
    asked = asked_of(request, [unit_filter(request, within)], ())
    lines = list(_corrections(found, _rows(found, within, asked.filters.get(PARAMETER, "")), within))
    columns = {
        _("NIP"): [line.nip for line in lines],
        _("Nama"): [line.name for line in lines],
        _("Unit"): [line.unit for line in lines],
        _("Kolom SIMATA"): [line.item for line in lines],
        _("Di SIMATA"): [line.theirs for line in lines],
        _("Seharusnya"): [line.right for line in lines],
        _("Yang diminta"): [line.deed for line in lines],
        _("Bukti"): [line.proof for line in lines],
        _("Nomor"): [line.number for line in lines],
    }
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    days = pl.Series(_("Tanggal"), [line.dated_on for line in lines], dtype=pl.Date)
    return frame.with_columns(days), sorted({line.public_id for line in lines})


def _rows(found: Comparison, within: Places, unit: str) -> pl.DataFrame:
    """Return what is to be corrected, by the name of the unit, then by person; without a unit last."""
    rows = queries.to_correct(queries.differences(found, within=within))
    if unit:
        rows = rows.filter(pl.col("unit_id").is_in(list(within.below(int(unit)))))
    order = {pk: place for place, pk in enumerate(within.names)}
    ranked = pl.col("unit_id").replace_strict(order, default=None, return_dtype=pl.Int64)
    return rows.sort(ranked, "person_id", "item", nulls_last=True)


def _corrections(found: Comparison, rows: pl.DataFrame, within: Places) -> Iterator[Correction]:
    known = described(found.base, rows["person_id"].to_list(), within=within)
    papers = proofs(found.base, rows.select("person_id", "component").iter_rows())
    for row in rows.iter_rows(named=True):
        of = known.get(row["person_id"])
        if of is not None:
            yield _correction(found, row, of, papers.get((row["person_id"], row["component"])))


def _correction(found: Comparison, row: Mapping[str, Any], of: Described, proof: Proof | None) -> Correction:
    item, is_absent = row["item"], row["cause"] == Cause.ONLY_HERE
    right = written_as_there(found, item, row["ours"])
    return Correction(
        public_id=of.public_id,
        nip=of.nip,
        name=of.name,
        unit=of.unit or _("tanpa unit"),
        item=label("simata_items", item, spoken()),
        theirs=_("tidak tercantum")
        if is_absent
        else _("kosong")
        if row["printed"] is None
        else shown(row["printed"], item),
        right=_("tercantum") if is_absent else shown(right, item),
        deed=_("Tambahkan pegawai ini") if is_absent else _("Catat buktinya"),
        proof=proof_words(proof, letter=False) if proof else "",
        number=proof.number if proof else "",
        dated_on=proof.dated_on if proof else None,
    )
