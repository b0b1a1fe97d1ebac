"""Every event there is: its code, what it may tell, and its sentence in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Detail(StrEnum):
    """What a detail of an event may hold. None is free text: no personal text can enter the log."""

    CODE = "code"  # a code of the vocabulary: BAIK, bkn-411-2025
    COUNT = "count"  # a whole number, not negative
    INTEGER = "integer"
    ID = "id"  # an opaque id
    DIGEST = "digest"  # 64 hexadecimal digits, lower case
    DATE = "date"
    VERSION = "version"  # 1.0.3, 2026-11


class Event(StrEnum):
    """Codes of events, as they stand in the log for ever: add, never rename."""

    WORKBOOK_IMPORTED = "exchange.workbook_imported"
    DEMO_CITY_LOADED = "exchange.demo_city_loaded"
    MAP_PUBLISHED = "talent.map_published"


@dataclass(frozen=True, slots=True)
class EventForm:
    """What an event of one type tells: its details, all of them required, and a sentence over them in two languages."""

    details: Mapping[str, Detail]
    indonesian: str
    english: str


CHANGE_DETAILS: Final[Mapping[str, Detail]] = MappingProxyType(
    {
        "tables": Detail.COUNT,
        "added": Detail.COUNT,
        "corrected": Detail.COUNT,
        "unchanged": Detail.COUNT,
        "changes_root": Detail.DIGEST,  # Merkle root over the lines of the event's change chunks
    }
)
"""What every bulk deed tells; `actions.record_bulk` fills it in."""

FORMS: Final[Mapping[Event, EventForm]] = MappingProxyType(
    {
        Event.WORKBOOK_IMPORTED: EventForm(
            {"file": Detail.DIGEST, **CHANGE_DETAILS},
            "Buku kerja diimpor: {added} baris baru, {corrected} diperbaiki, {unchanged} tetap, di {tables} tabel.",
            "Workbook imported: {added} rows added, {corrected} corrected, {unchanged} unchanged, in {tables} tables.",
        ),
        Event.DEMO_CITY_LOADED: EventForm(
            {"people": Detail.COUNT, "seed": Detail.INTEGER, **CHANGE_DETAILS},
            "Kota peraga dimuat: {people} pegawai sintetis (benih {seed}), {added} baris di {tables} tabel.",
            "Demo city loaded: {people} synthetic employees (seed {seed}), {added} rows in {tables} tables.",
        ),
        Event.MAP_PUBLISHED: EventForm(
            {
                "on": Detail.DATE,
                "people": Detail.COUNT,
                "policy": Detail.CODE,
                "policy_version": Detail.VERSION,
                "policy_hash": Detail.DIGEST,
                "engine_version": Detail.VERSION,
                "seed": Detail.INTEGER,
                "inputs_root": Detail.DIGEST,  # commitment to the engine's input
                "results_hash": Detail.DIGEST,
            },
            "Peta talenta per {on} terbit untuk {people} pegawai menurut kebijakan {policy} versi {policy_version}.",
            "Talent map as of {on} published for {people} employees under policy {policy} version {policy_version}.",
        ),
    }
)


class Language(StrEnum):
    """Languages in which the log is told."""

    INDONESIAN = "id"
    ENGLISH = "en"
