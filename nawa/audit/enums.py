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
    REGISTERS_DECLARED = "evidence.registers_declared"  # complete, or empty for people, by a signed letter
    DECLARATION_WITHDRAWN = "evidence.declaration_withdrawn"
    DISAGREEMENTS_QUEUED = "exchange.disagreements_queued"  # verified facts that a file says otherwise
    DISAGREEMENTS_WITHDRAWN = "exchange.disagreements_withdrawn"
    DISAGREEMENTS_KEPT = "exchange.disagreements_kept"
    DISAGREEMENTS_TAKEN = "exchange.disagreements_taken"
    ERASURE_ASKED = "exchange.erasure_asked"
    ERASURE_DECLINED = "exchange.erasure_declined"
    RECORDS_ERASED = "exchange.records_erased"
    DEMO_CITY_LOADED = "exchange.demo_city_loaded"
    DEMO_ACCOUNTS_OPENED = "accounts.demo_accounts_opened"
    ACCOUNTS_OPENED = "accounts.accounts_opened"
    ACCOUNT_OPENED = "accounts.account_opened"
    SLIP_RENEWED = "accounts.slip_renewed"
    ACCOUNT_ACTIVATED = "accounts.account_activated"
    ACCOUNT_CLOSED = "accounts.account_closed"
    ACCOUNT_REOPENED = "accounts.account_reopened"
    SECOND_FACTOR_DROPPED = "accounts.second_factor_dropped"
    ROLE_GIVEN = "accounts.role_given"
    ROLE_ENDED = "accounts.role_ended"
    ROLE_DELEGATED = "accounts.role_delegated"
    DELEGATION_ENDED = "accounts.delegation_ended"
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
    ENTERED = "accounts.entered"
    LEFT = "accounts.left"
    SESSION_IDLED = "accounts.session_idled"
    PASSWORD_REFUSED = "accounts.password_refused"  # noqa: S105 - an event's code
    CODE_REFUSED = "accounts.code_refused"
    NAME_REFUSED = "accounts.name_refused"  # its subject is `UNKNOWN_NAME`: the name itself is nobody's to keep
    POLICY_SHIPPED = "rulebook.policy_shipped"
    POLICY_DRAFTED = "rulebook.policy_drafted"
    POLICY_SUBMITTED = "rulebook.policy_submitted"
    POLICY_TAKEN_BACK = "rulebook.policy_taken_back"
    POLICY_APPROVED = "rulebook.policy_approved"
    POLICY_REFUSED = "rulebook.policy_refused"
    POLICY_WITHDRAWN = "rulebook.policy_withdrawn"
    POLICY_SIMULATED = "talent.policy_simulated"


ENTRANCE: Final = frozenset(
    {
        Event.ENTERED,
        Event.LEFT,
        Event.SESSION_IDLED,
        Event.PASSWORD_REFUSED,
        Event.CODE_REFUSED,
        Event.NAME_REFUSED,
    }
)
"""Who came, left and was turned away; of these there are many more than of deeds."""

UNKNOWN_NAME: Final = "unknown-name"
"""The subject of an attempt to log in under a name that no account has."""


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
_POLICY: Final[Mapping[str, Detail]] = MappingProxyType({"policy": Detail.CODE, "version": Detail.VERSION})
_POLICY_TEXT: Final[Mapping[str, Detail]] = MappingProxyType({**_POLICY, "policy_hash": Detail.DIGEST})

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
        Event.REGISTERS_DECLARED: EventForm(
            {
                "said": Detail.CODE,
                "registers": Detail.COUNT,
                "people": Detail.COUNT,
                "on": Detail.DATE,
                "scan": Detail.DIGEST,
            },
            "{registers} register dinyatakan {said} per {on} untuk {people} pegawai, dengan surat bertanda tangan.",
            "{registers} registers were declared {said} as of {on} for {people} people, by a signed letter.",
        ),
        Event.DECLARATION_WITHDRAWN: EventForm(
            {"registers": Detail.COUNT, "people": Detail.COUNT},
            "Pernyataan atas {registers} register ditarik; {people} pegawai tidak lagi dicakupnya.",
            "The declaration on {registers} registers was withdrawn; it covers {people} people no more.",
        ),
        Event.DISAGREEMENTS_QUEUED: EventForm(
            {"queued": Detail.COUNT, "replaced": Detail.COUNT, "agreed": Detail.COUNT},
            "Perbedaan dari fakta terverifikasi: {queued} menunggu keputusan, {replaced} di antaranya mengganti yang "
            "lama; {agreed} selesai karena berkas kini sama.",
            "Differences from verified facts: {queued} wait for a decision, {replaced} of them in place of an older "
            "one; {agreed} ended because the file now agrees.",
        ),
        Event.DISAGREEMENTS_WITHDRAWN: EventForm(
            {"withdrawn": Detail.COUNT, "reopened": Detail.COUNT},
            "Impor diurungkan: {withdrawn} perbedaan ditarik, {reopened} menunggu keputusan lagi.",
            "Import undone: {withdrawn} differences withdrawn, {reopened} wait for a decision again.",
        ),
        Event.DISAGREEMENTS_KEPT: EventForm(
            {"rows": Detail.COUNT},
            "{rows} perbedaan diputuskan: catatan dipertahankan.",
            "{rows} differences decided: the records stay.",
        ),
        Event.DISAGREEMENTS_TAKEN: EventForm(
            dict(CHANGE_DETAILS),
            "{corrected} perbedaan diputuskan: isi sumber diambil, di {tables} tabel.",
            "{corrected} differences decided: the source's values were taken, in {tables} tables.",
        ),
        Event.ERASURE_ASKED: EventForm(
            {"ground": Detail.CODE, "person": Detail.ID},
            "Penghapusan data satu pegawai diminta dengan dasar {ground}; menunggu penegasan orang kedua.",
            "The erasure of one person's records was asked for on the ground {ground}; a second person is to confirm.",
        ),
        Event.ERASURE_DECLINED: EventForm(
            {"ground": Detail.CODE, "person": Detail.ID},
            "Permintaan penghapusan data satu pegawai ditolak.",
            "The erasure of one person's records was declined.",
        ),
        Event.RECORDS_ERASED: EventForm(
            {
                "ground": Detail.CODE,
                "kinds": Detail.COUNT,
                "people": Detail.COUNT,
                "rows": Detail.COUNT,
                "imports": Detail.COUNT,
            },
            "Data pribadi dihapus dengan dasar {ground}: {rows} baris dari {people} pegawai, {kinds} jenis data; kunci "
            "atau rincian {imports} impor dimusnahkan.",
            "Personal records erased on the ground {ground}: {rows} rows of {people} people, {kinds} kinds of record; "
            "keys or details of {imports} imports destroyed.",
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
        Event.ACCOUNTS_OPENED: EventForm(
            {"accounts": Detail.COUNT, "renewed": Detail.COUNT, "through": Detail.DATE},
            "{accounts} akun dibuka dan {renewed} lembar aktivasi dibuat ulang, berlaku sampai dengan {through}.",
            "{accounts} accounts opened and {renewed} activation slips made anew, valid through {through}.",
        ),
        Event.ACCOUNT_OPENED: EventForm(
            {"through": Detail.DATE},
            "Satu akun dibuka; lembar aktivasinya berlaku sampai dengan {through}.",
            "One account opened; its activation slip is valid through {through}.",
        ),
        Event.SLIP_RENEWED: EventForm(
            {"through": Detail.DATE},
            "Lembar aktivasi baru dibuat, berlaku sampai dengan {through}; kata sandi lama tidak berlaku lagi.",
            "New activation slip made, valid through {through}; the old password is void.",
        ),
        Event.ACCOUNT_ACTIVATED: EventForm({}, "Akun diaktifkan oleh pemiliknya.", "Account activated by its holder."),
        Event.ACCOUNT_CLOSED: EventForm({}, "Akun ditutup.", "Account closed."),
        Event.ACCOUNT_REOPENED: EventForm({}, "Akun dibuka kembali.", "Account opened again."),
        Event.SECOND_FACTOR_DROPPED: EventForm(
            {}, "Verifikasi dua langkah akun dilepas.", "Second factor of the account taken off."
        ),
        Event.ROLE_GIVEN: EventForm(
            {"account": Detail.ID, "role": Detail.CODE, "since": Detail.DATE},
            "Peran {role} diberikan kepada akun {account} mulai {since}.",
            "Role {role} given to account {account} from {since}.",
        ),
        Event.ROLE_ENDED: EventForm(
            {"account": Detail.ID, "role": Detail.CODE, "before": Detail.DATE},
            "Peran {role} akun {account} tidak berlaku lagi mulai {before}.",
            "Role {role} of account {account} no longer holds from {before}.",
        ),
        Event.ROLE_DELEGATED: EventForm(
            {"role": Detail.CODE, "owner": Detail.ID, "to": Detail.ID, "kind": Detail.CODE}
            | {"since": Detail.DATE, "before": Detail.DATE},
            "Peran {role} milik akun {owner} didelegasikan kepada akun {to} ({kind}) mulai {since}, sebelum {before}.",
            "Role {role} of account {owner} delegated to account {to} ({kind}) from {since}, before {before}.",
        ),
        Event.DELEGATION_ENDED: EventForm(
            {"role": Detail.CODE, "to": Detail.ID, "before": Detail.DATE},
            "Delegasi peran {role} kepada akun {to} tidak berlaku lagi mulai {before}.",
            "Delegation of role {role} to account {to} no longer holds from {before}.",
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
        Event.ENTERED: EventForm({}, "Masuk ke Nawa.", "Logged in."),
        Event.LEFT: EventForm({}, "Keluar dari Nawa.", "Logged out."),
        Event.SESSION_IDLED: EventForm(
            {}, "Sesi ditutup karena lama tidak dipakai.", "Session closed after lying idle."
        ),
        Event.PASSWORD_REFUSED: EventForm(
            {},
            "Kata sandi keliru atau akun tertutup: upaya masuk ditolak.",
            "Wrong password or shut account: an attempt to log in was refused.",
        ),
        Event.CODE_REFUSED: EventForm(
            {},
            "Kode langkah kedua keliru: upaya masuk ditolak.",
            "Wrong code in the second step: an attempt to log in was refused.",
        ),
        Event.NAME_REFUSED: EventForm(
            {},
            "Nama masuk tidak dikenal: upaya masuk ditolak.",
            "Unknown name: an attempt to log in was refused.",
        ),
        Event.POLICY_SHIPPED: EventForm(
            {**_POLICY_TEXT, "state": Detail.CODE},
            "Kebijakan bawaan {policy} versi {version} masuk buku kebijakan: {state}.",
            "Shipped policy {policy} version {version} entered the rulebook: {state}.",
        ),
        Event.POLICY_DRAFTED: EventForm(
            {**_POLICY, "parent": Detail.ID},
            "Rancangan kebijakan {policy} versi {version} mulai disusun.",
            "Drafting of policy {policy} version {version} begun.",
        ),
        Event.POLICY_SUBMITTED: EventForm(
            {**_POLICY_TEXT, "changes": Detail.COUNT, "proposed_from": Detail.DATE},
            "Rancangan kebijakan {policy} versi {version} diajukan: {changes} ketentuan berubah, per {proposed_from}.",
            "Draft of policy {policy} version {version} submitted: {changes} provisions changed, from {proposed_from}.",
        ),
        Event.POLICY_TAKEN_BACK: EventForm(
            _POLICY,
            "Rancangan kebijakan {policy} versi {version} diambil kembali untuk diperbaiki.",
            "Draft of policy {policy} version {version} taken back to be mended.",
        ),
        Event.POLICY_APPROVED: EventForm(
            {**_POLICY_TEXT, "effective_from": Detail.DATE, "dated_on": Detail.DATE, "instrument": Detail.CODE}
            | {"scan": Detail.DIGEST},
            "Kebijakan {policy} versi {version} disahkan ({instrument}, {dated_on}), berlaku mulai {effective_from}.",
            "Policy {policy} version {version} approved ({instrument}, {dated_on}), effective from {effective_from}.",
        ),
        Event.POLICY_REFUSED: EventForm(
            {**_POLICY_TEXT, "reason": Detail.CODE},
            "Rancangan kebijakan {policy} versi {version} ditolak: {reason}.",
            "Draft of policy {policy} version {version} refused: {reason}.",
        ),
        Event.POLICY_WITHDRAWN: EventForm(
            _POLICY,
            "Rancangan kebijakan {policy} versi {version} ditarik.",
            "Draft of policy {policy} version {version} withdrawn.",
        ),
        Event.POLICY_SIMULATED: EventForm(
            {"on": Detail.DATE, **_POLICY_TEXT},
            "Simulasi rancangan kebijakan {policy} versi {version} atas peta per {on} diminta.",
            "Simulation of the draft of policy {policy} version {version} over the map as of {on} requested.",
        ),
    }
)


class Language(StrEnum):
    """Languages in which the log is told."""

    INDONESIAN = "id"
    ENGLISH = "en"
