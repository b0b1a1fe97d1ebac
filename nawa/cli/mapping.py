"""From what was read to the map and its record, as `nawa map` and `nawa explain` need it: no database."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal

import polars as pl
import typer

from nawa.cli.policy import load_policy
from nawa.cli.speech import t
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import Records
from nawa.engine.trace import RunRecord, result_hash
from nawa.policy.loading import Policy
from nawa.proof.commitments import commit
from nawa.proof.contents import content_hash
from nawa.workbook.read import Reading
from nawa.workbook.records import records_from
from nawa.workbook.sheets import Tables

UnknownOption = Annotated[
    Literal["floor", "renormalise"] | None,
    typer.Option(
        "--unknown",
        help=t(
            "Bukti belum diketahui: floor = sekurang-kurangnya, renormalise = bobot dinormalkan; bawaan: kebijakan",
            "Unknown evidence: floor = at least, renormalise = weights renormalised; default: as the policy says",
        ),
    ),
]

_KEY_DOMAIN: Final = b"nawa.command-line-key/1\0"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A map made without a database. `nips` gives the NIP of each subject."""

    map: pl.DataFrame
    record: RunRecord
    result_hash: str
    records: Records
    nips: Mapping[str, str]


def map_reading(reading: Reading, policy: Policy, *, on: date) -> Mapped:
    """Map what was read. The same input, policy and date always give the same record and the same bytes."""
    key = _key(reading.tables)
    subjects = _subjects(reading.tables["person"]["nip"], key)
    records = records_from(reading.tables, subjects=subjects, withheld=reading.withheld)
    result = map_talent(records, policy.parameters, on=on)
    record = RunRecord(
        input_commitment=commit(records, key).root.hex(),
        policy_id=policy.id,
        policy_version=policy.version,
        policy_hash=policy.hash,
        on=on,
    )
    nips = dict(zip(subjects["subject"], subjects["nip"], strict=True))
    return Mapped(result.map, record, result_hash(result.map), records, nips)


def _key(tables: Tables) -> bytes:
    """Derive the key from the whole input: nothing is published here, and the same file must give the same record."""
    return hashlib.sha256(_KEY_DOMAIN + content_hash(tables).encode()).digest()


def _subjects(nips: pl.Series, key: bytes) -> pl.DataFrame:
    """Give each NIP an opaque id."""
    distinct = nips.unique().sort()
    ids = [hashlib.blake2b(nip.encode(), key=key, digest_size=16).hexdigest() for nip in distinct]
    return pl.DataFrame({"nip": distinct, "subject": ids})


def load_chosen(name: str, *, on: date, alternatives: list[str] | None, unknown: str | None) -> Policy:
    """Return the policy with the alternatives asked for; the other way to count unknown evidence is one of them.

    Ends the command when the policy cannot be used, or does not know that way.
    """
    policy = load_policy(name, on=on, alternatives=alternatives)
    if unknown in (None, policy.parameters.unknown):
        return policy
    return load_policy(name, on=on, alternatives=[*(alternatives or ()), unknown])
