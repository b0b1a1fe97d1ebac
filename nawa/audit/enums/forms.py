"""The sentence of every event, in both languages, with what details it tells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from nawa.audit.enums.codes import CHANGE_DETAILS, Detail, Event, EventForm

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
_DUTY: Final[Mapping[str, Detail]] = MappingProxyType(
    {"kind": Detail.CODE, "position": Detail.ID, "since": Detail.DATE, "through": Detail.DATE}
)
_MOVE: Final[Mapping[str, Detail]] = MappingProxyType({"since": Detail.DATE, "duties": Detail.COUNT})
_PLANNED: Final[Mapping[str, Detail]] = MappingProxyType({"kind": Detail.CODE, "since": Detail.DATE})
_POLICY: Final[Mapping[str, Detail]] = MappingProxyType({"policy": Detail.CODE, "version": Detail.VERSION})
_POLICY_TEXT: Final[Mapping[str, Detail]] = MappingProxyType({**_POLICY, "policy_hash": Detail.DIGEST})
_EVIDENCE: Final[Mapping[str, Detail]] = MappingProxyType({"evidence": Detail.CODE, "person": Detail.ID})
_CAUSE: Final[Mapping[str, Detail]] = MappingProxyType({**_EVIDENCE, "cause": Detail.CODE})

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
        Event.SIMATA_COMPARED: EventForm(
            {"file": Detail.DIGEST, "on": Detail.DATE},
            "Perbandingan lembar SIMATA dengan peta per {on} diminta.",
            "Comparison of SIMATA's sheet with the map as of {on} requested.",
        ),
        Event.SIMATA_EMPTIED: EventForm(
            {"on": Detail.DATE},
            "Masa simpan perbandingan lembar SIMATA dengan peta per {on} berakhir; isinya dihapus.",
            "The retention of a comparison of SIMATA's sheet with the map as of {on} ended; its contents were deleted.",
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
            "Perbedaan sumber ikut diurungkan: {withdrawn} ditarik, {reopened} menunggu keputusan lagi.",
            "Differences undone with their import: {withdrawn} withdrawn, {reopened} wait for a decision again.",
        ),
        Event.DISAGREEMENTS_KEPT: EventForm(
            {"rows": Detail.COUNT},
            "Catatan dipertahankan pada {rows} perbedaan sumber.",
            "The records stay in {rows} differences of sources.",
        ),
        Event.DISAGREEMENTS_TAKEN: EventForm(
            dict(CHANGE_DETAILS),
            "Isi sumber diambil pada {corrected} perbedaan, di {tables} tabel.",
            "The source's values were taken in {corrected} differences, in {tables} tables.",
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
        Event.ERASURE_WITHDRAWN: EventForm(
            {"ground": Detail.CODE, "person": Detail.ID},
            "Permintaan penghapusan data satu pegawai ditarik oleh peminta.",
            "The request to erase one person's records was taken back by whoever asked.",
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
        Event.RUN_RELEASED: EventForm(
            {"on": Detail.DATE, "completeness": Detail.COUNT, "least": Detail.COUNT},
            "Peta talenta per {on} diizinkan terbit dengan kelengkapan {completeness} persen; ambang {least} persen.",
            "Talent map as of {on} released for publication at a completeness of {completeness} percent; the threshold "
            "is {least} percent.",
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
        Event.REORGANISATION_PREPARED: EventForm(
            {"since": Detail.DATE},
            "Rencana perubahan SOTK per {since} mulai disusun.",
            "Preparing of a reorganisation as of {since} begun.",
        ),
        Event.REORGANISATION_CANCELLED: EventForm(
            {"since": Detail.DATE},
            "Rencana perubahan SOTK per {since} dibatalkan.",
            "Reorganisation planned as of {since} cancelled.",
        ),
        Event.REORGANISATION_CARRIED_OUT: EventForm(
            {"since": Detail.DATE, "units": Detail.COUNT, "posts": Detail.COUNT, "people": Detail.COUNT}
            | {"released": Detail.COUNT, "roles": Detail.COUNT, **CHANGE_DETAILS},
            "Perubahan SOTK per {since} dilaksanakan: {units} unit, {posts} jabatan, {people} pegawai dikukuhkan, "
            "{released} tanpa jabatan sementara, {roles} peran mengikuti unit penggantinya.",
            "Reorganisation as of {since} carried out: {units} units, {posts} posts, {people} holders confirmed, "
            "{released} without a post for now, {roles} roles passed on to the succeeding unit.",
        ),
        Event.EVIDENCE_SUBMITTED: EventForm(
            {**_EVIDENCE, "scans": Detail.COUNT, "through": Detail.DATE},
            "Bukti diajukan ({evidence}, {scans} pindaian); diverifikasi paling lambat {through}.",
            "Evidence submitted ({evidence}, scans: {scans}); to be verified through {through}.",
        ),
        Event.EVIDENCE_ANSWERED: EventForm(
            {**_EVIDENCE, "scans": Detail.COUNT, "through": Detail.DATE},
            "Permintaan atas bukti dijawab ({evidence}, {scans} pindaian); diverifikasi paling lambat {through}.",
            "What was asked of evidence was answered ({evidence}, scans: {scans}); to be verified through {through}.",
        ),
        Event.EVIDENCE_ASKED_AGAIN: EventForm(
            {**_CAUSE, "through": Detail.DATE},
            "Bukti diminta lagi ({evidence}): {cause}; dijawab paling lambat {through}.",
            "Evidence asked for again ({evidence}): {cause}; to be answered through {through}.",
        ),
        Event.EVIDENCE_ACCEPTED: EventForm(
            {**_EVIDENCE, "fact": Detail.ID, "corrected": Detail.COUNT},
            "Bukti diterima ({evidence}) dan ditulis sebagai {fact}; data lama yang digantikan: {corrected}.",
            "Evidence accepted ({evidence}) and written as {fact}; older rows replaced: {corrected}.",
        ),
        Event.EVIDENCE_REFUSED: EventForm(
            _CAUSE, "Bukti ditolak ({evidence}): {cause}.", "Evidence refused ({evidence}): {cause}."
        ),
        Event.EVIDENCE_WITHDRAWN: EventForm(
            _EVIDENCE,
            "Bukti ditarik oleh pengajunya ({evidence}).",
            "Evidence withdrawn by whoever submitted it ({evidence}).",
        ),
        Event.EVIDENCE_SAMPLED: EventForm(
            {**_EVIDENCE, "verdict": Detail.CODE},
            "Penerimaan bukti diperiksa ulang ({evidence}): {verdict}.",
            "The acceptance of evidence was checked again ({evidence}): {verdict}.",
        ),
        Event.DUTY_RECORDED: EventForm(
            _DUTY,
            "Penugasan {kind} di jabatan nomor {position} dicatat: mulai {since} sampai dengan {through}.",
            "Acting duty {kind} in post number {position} recorded: from {since} through {through}.",
        ),
        Event.DUTY_ENDED: EventForm(
            _DUTY,
            "Penugasan {kind} di jabatan nomor {position} sejak {since} berakhir sesudah {through}.",
            "Acting duty {kind} in post number {position} since {since} ends after {through}.",
        ),
        Event.PERSON_APPOINTED: EventForm(
            {"kind": Detail.CODE, "origin": Detail.ID, "to": Detail.ID, **_MOVE},
            "Pengangkatan ({kind}) dari jabatan nomor {origin} ke {to} mulai {since} dicatat; {duties} tugas berakhir.",
            "Appointment ({kind}) from post number {origin} to {to} as of {since} recorded; {duties} duties ended.",
        ),
        Event.PERSON_RELEASED: EventForm(
            {"origin": Detail.ID, **_MOVE},
            "Pembebasan dari jabatan nomor {origin} mulai {since} dicatat; {duties} tugas berakhir.",
            "Release from post number {origin} as of {since} recorded; {duties} acting duties ended.",
        ),
        Event.PERSON_DEPARTED: EventForm(
            _MOVE,
            "Pegawai tercatat tidak aktif lagi mulai {since}; {duties} tugas berakhir.",
            "Employee recorded as no longer active from {since}; {duties} acting duties ended.",
        ),
        Event.MOVE_PLANNED: EventForm(
            _PLANNED,
            "Perpindahan ({kind}) mulai {since} dicatat sebelum harinya.",
            "Movement ({kind}) as of {since} recorded before its day.",
        ),
        Event.MOVE_HELD: EventForm(
            _PLANNED,
            "Perpindahan terencana ({kind}) mulai {since} tertahan pada harinya.",
            "Planned movement ({kind}) as of {since} held up on its day.",
        ),
        Event.MOVE_CANCELLED: EventForm(
            _PLANNED,
            "Perpindahan terencana ({kind}) mulai {since} dibatalkan.",
            "Planned movement ({kind}) as of {since} cancelled.",
        ),
    }
)
