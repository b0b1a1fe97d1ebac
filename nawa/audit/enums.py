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
    IMPORT_UPLOADED = "exchange.import_uploaded"
    IMPORT_REFUSED = "exchange.import_refused"  # nothing in the file could be read
    IMPORT_CANCELLED = "exchange.import_cancelled"
    IMPORT_EXPIRED = "exchange.import_expired"
    IMPORT_EMPTIED = "exchange.import_emptied"  # what was needed to undo it has gone
    IMPORT_ENDED_WITHOUT_RESULT = "exchange.import_ended_without_result"
    IMPORT_UNDONE = "exchange.import_undone"
    DEMO_CITY_LOADED = "exchange.demo_city_loaded"
    DEMO_ACCOUNTS_OPENED = "accounts.demo_accounts_opened"
    MAP_PUBLISHED = "talent.map_published"  # of runs before there were stages; later ones tell of each stage
    CYCLE_OPENED = "talent.cycle_opened"
    RUN_REQUESTED = "talent.run_requested"
    RUN_CANCEL_ASKED = "talent.run_cancel_asked"
    RUN_ENDED_WITHOUT_RESULT = "talent.run_ended_without_result"
    RUN_COMPUTED = "talent.run_computed"
    RUN_CHECKED = "talent.run_checked"
    CONTEST_OPENED = "talent.contest_opened"
    RUN_VALIDATED = "talent.run_validated"
    RUN_DETERMINED = "talent.run_determined"
    RUN_PUBLISHED = "talent.run_published"
    RUN_WITHDRAWN = "talent.run_withdrawn"


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

_RUN_DETAILS: Final[Mapping[str, Detail]] = MappingProxyType(
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
    }
)
_LETTER: Final[Mapping[str, Detail]] = MappingProxyType(
    {"on": Detail.DATE, "dated_on": Detail.DATE, "scan": Detail.DIGEST}
)

FORMS: Final[Mapping[Event, EventForm]] = MappingProxyType(
    {
        Event.WORKBOOK_IMPORTED: EventForm(
            {"file": Detail.DIGEST, **CHANGE_DETAILS},
            "Buku kerja diimpor: {added} baris baru, {corrected} diperbaiki, {unchanged} tetap, di {tables} tabel.",
            "Workbook imported: {added} rows added, {corrected} corrected, {unchanged} unchanged, in {tables} tables.",
        ),
        Event.IMPORT_UPLOADED: EventForm(
            {"file": Detail.DIGEST, "declared": Detail.CODE},
            "Berkas diunggah untuk diimpor; cakupannya dinyatakan {declared}.",
            "A file was uploaded for import; its coverage was declared {declared}.",
        ),
        Event.IMPORT_REFUSED: EventForm(
            {"file": Detail.DIGEST, "reason": Detail.CODE},
            "Berkas yang diunggah tidak dapat dibaca: {reason}.",
            "The uploaded file could not be read: {reason}.",
        ),
        Event.IMPORT_CANCELLED: EventForm(
            {"stage": Detail.CODE},
            "Unggahan dibatalkan pada tahap {stage}; isinya dihapus.",
            "Upload cancelled at stage {stage}; its contents were deleted.",
        ),
        Event.IMPORT_EXPIRED: EventForm(
            {"stage": Detail.CODE},
            "Masa simpan unggahan berakhir pada tahap {stage}; isinya dihapus.",
            "An upload's retention ended at stage {stage}; its contents were deleted.",
        ),
        Event.IMPORT_EMPTIED: EventForm(
            {"stage": Detail.CODE},
            "Masa simpan rincian impor berakhir pada tahap {stage}; impor itu tidak dapat diurungkan lagi.",
            "The retention of an import's details ended at stage {stage}; it can no longer be undone.",
        ),
        Event.IMPORT_ENDED_WITHOUT_RESULT: EventForm(
            {"deed": Detail.CODE, "state": Detail.CODE, "failure": Detail.CODE},
            "Pekerjaan {deed} atas unggahan berakhir tanpa hasil: {failure}.",
            "The work {deed} on an upload ended without a result: {failure}.",
        ),
        Event.IMPORT_UNDONE: EventForm(
            {"removed": Detail.COUNT, **CHANGE_DETAILS},
            "Impor diurungkan: {removed} baris dihapus lagi, {corrected} dikembalikan, di {tables} tabel.",
            "Import undone: {removed} rows removed again, {corrected} restored, in {tables} tables.",
        ),
        Event.DEMO_CITY_LOADED: EventForm(
            {"people": Detail.COUNT, "seed": Detail.INTEGER, **CHANGE_DETAILS},
            "Kota peraga dimuat: {people} pegawai sintetis (benih {seed}), {added} baris di {tables} tabel.",
            "Demo city loaded: {people} synthetic employees (seed {seed}), {added} rows in {tables} tables.",
        ),
        Event.DEMO_ACCOUNTS_OPENED: EventForm(
            {"accounts": Detail.COUNT},
            "{accounts} akun peraga dibuka.",
            "{accounts} demo accounts opened.",
        ),
        Event.MAP_PUBLISHED: EventForm(
            _RUN_DETAILS,
            "Peta talenta per {on} terbit untuk {people} pegawai menurut kebijakan {policy} versi {policy_version}.",
            "Talent map as of {on} published for {people} employees under policy {policy} version {policy_version}.",
        ),
        Event.CYCLE_OPENED: EventForm(
            {"month": Detail.DATE, "contest_days": Detail.COUNT},
            "Siklus bulan yang mulai {month} dibuka; masa sanggahnya {contest_days} hari.",
            "Cycle of the month beginning {month} opened; its contest period lasts {contest_days} days.",
        ),
        Event.RUN_REQUESTED: EventForm(
            {"on": Detail.DATE, "policy": Detail.CODE, "policy_hash": Detail.DIGEST},
            "Pemetaan per {on} menurut kebijakan {policy} diminta.",
            "Mapping as of {on} under policy {policy} requested.",
        ),
        Event.RUN_CANCEL_ASKED: EventForm(
            {"on": Detail.DATE},
            "Pembatalan pemetaan per {on} diminta.",
            "Cancelling of the mapping as of {on} requested.",
        ),
        Event.RUN_ENDED_WITHOUT_RESULT: EventForm(
            {"on": Detail.DATE, "state": Detail.CODE, "failure": Detail.CODE},
            "Pemetaan per {on} berakhir tanpa hasil: {failure}.",
            "Mapping as of {on} ended without a result: {failure}.",
        ),
        Event.RUN_COMPUTED: EventForm(
            _RUN_DETAILS,
            "Peta talenta per {on} dihitung untuk {people} pegawai menurut kebijakan {policy} versi {policy_version}.",
            "Talent map as of {on} computed for {people} employees under policy {policy} version {policy_version}.",
        ),
        Event.RUN_CHECKED: EventForm(
            {"on": Detail.DATE, "people": Detail.COUNT},
            "Peta talenta per {on} diperiksa: {people} pegawai.",
            "Talent map as of {on} checked: {people} employees.",
        ),
        Event.CONTEST_OPENED: EventForm(
            {"on": Detail.DATE, "people": Detail.COUNT, "through": Detail.DATE},
            "Masa sanggah peta talenta per {on} dibuka bagi {people} pegawai, sampai dengan {through}.",
            "Contest period of the talent map as of {on} opened to {people} employees, through {through}.",
        ),
        Event.RUN_VALIDATED: EventForm(
            _LETTER,
            "Validasi komite atas peta talenta per {on} dicatat: berita acara tanggal {dated_on}.",
            "The committee's validation of the talent map as of {on} recorded: minutes dated {dated_on}.",
        ),
        Event.RUN_DETERMINED: EventForm(
            _LETTER,
            "Penetapan peta talenta per {on} dicatat: keputusan tanggal {dated_on}.",
            "The determination of the talent map as of {on} recorded: decree dated {dated_on}.",
        ),
        Event.RUN_PUBLISHED: EventForm(
            {"on": Detail.DATE, "people": Detail.COUNT, "results_hash": Detail.DIGEST},
            "Peta talenta per {on} terbit untuk {people} pegawai.",
            "Talent map as of {on} published for {people} employees.",
        ),
        Event.RUN_WITHDRAWN: EventForm(
            {"on": Detail.DATE, "stage": Detail.CODE, "reason": Detail.CODE},
            "Peta talenta per {on} ditarik pada tahap {stage}: {reason}.",
            "Talent map as of {on} withdrawn at stage {stage}: {reason}.",
        ),
    }
)


class Language(StrEnum):
    """Languages in which the log is told."""

    INDONESIAN = "id"
    ENGLISH = "en"
