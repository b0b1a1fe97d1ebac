import datetime
import hashlib
import json
import time
from typing import Any

import polars as pl
import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from pytest_django import DjangoAssertNumQueries

from nawa.audit import actions, queries, rules
from nawa.audit.enums import FORMS, Detail, Event, Language
from nawa.audit.models import ChangeChunk, RecordedEvent
from nawa.core.actor import Actor, ActorKind
from nawa.core.refusal import Refusal
from nawa.core.sheets import Changes
from nawa.proof import sealing
from nawa.proof.merkle import Tree, includes, leaf_hash
from tests.audit.deeds import changes_of_trainings

KEY = bytes(range(32))
BY = Actor(ActorKind.USER, "abcd")
AT = datetime.datetime(2026, 11, 1, 9, 30, 0, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
PUBLISHED = {
    "on": datetime.date(2026, 11, 1),
    "people": 12_000,
    "policy": "bkn-411-2025",
    "policy_version": "1.0",
    "policy_hash": "a" * 64,
    "engine_version": "0.1.0",
    "seed": 1,
    "inputs_root": "b" * 64,
    "results_hash": "c" * 64,
}


def publish(**changed: Any) -> RecordedEvent:
    details = {name: value for name, value in {**PUBLISHED, **changed}.items() if value is not ...}
    return actions.record(Event.MAP_PUBLISHED, subject="run-1", by=BY, details=details, at=AT)


def import_trainings(changes: list[Changes] | None = None) -> RecordedEvent:
    with transaction.atomic():
        return actions.record_bulk(
            Event.WORKBOOK_IMPORTED,
            changes=[changes_of_trainings()] if changes is None else changes,
            key=KEY,
            subject="import-1",
            by=BY,
            details={"file": "d" * 64},
            at=AT,
        )


@pytest.mark.django_db
def test_an_event_is_stored_as_canonical_json_with_its_digest() -> None:
    recorded = RecordedEvent.objects.get(pk=publish().pk)
    assert recorded.canonical == (
        '{"at":"2026-11-01T02:30:00.000005Z","by":{"id":"abcd","kind":"user"},"details":{"engine_version":"0.1.0",'
        f'"inputs_root":"{"b" * 64}","on":"2026-11-01","people":12000,"policy":"bkn-411-2025",'
        f'"policy_hash":"{"a" * 64}","policy_version":"1.0","results_hash":"{"c" * 64}","seed":1}},'
        f'"event":"talent.map_published","form":"nawa.audit/1","id":"{recorded.public_id}",'
        '"subject":{"id":"run-1","kind":""}}'
    )
    assert recorded.digest == hashlib.sha256(recorded.canonical.encode("ascii")).hexdigest()
    assert (recorded.event, recorded.subject_id, recorded.done_by, recorded.done_at) == (
        "talent.map_published", "run-1", "user:abcd", AT,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_event_may_be_about_a_row_with_a_public_id() -> None:
    first = publish()
    second = actions.record(Event.MAP_PUBLISHED, subject=first, by=BY, details=PUBLISHED)
    assert (second.subject_kind, second.subject_id) == ("audit.recordedevent", first.public_id)


@pytest.mark.django_db
def test_an_event_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        publish()


@pytest.mark.django_db(transaction=True)
def test_a_deed_without_a_transaction_is_not_recorded() -> None:
    with pytest.raises(TransactionManagementError):
        publish()
    assert not RecordedEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_is_undone_with_its_deed() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish()
        raise ZeroDivisionError
    assert not RecordedEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("detail", "value"),
    [
        ("policy", "Budi Santoso"),
        ("policy", "197806262002042002"),
        ("policy_version", "197806262002042002"),
        ("policy_hash", "A" * 64),
        ("policy_hash", "a" * 63),
        ("people", -1),
        ("people", True),
        ("people", 1.5),
        ("seed", "1"),
        ("on", AT),
        ("on", "2026-11-01"),
        ("on", None),
        ("people", ...),
        ("name", "abc"),
    ],
)
def test_a_detail_that_is_missing_unforeseen_or_of_another_kind_is_refused(detail: str, value: Any) -> None:
    with pytest.raises(Refusal) as refused:
        publish(**{detail: value})
    assert [dict(reason.arguments) for reason in refused.value.reasons] == [
        {"event": "talent.map_published", "detail": detail}
    ]
    assert not RecordedEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["Budi Santoso", "197806262002042002", ""])
def test_a_subject_that_is_not_opaque_is_refused(subject: str) -> None:
    with pytest.raises(ValueError):
        actions.record(Event.MAP_PUBLISHED, subject=subject, by=BY, details=PUBLISHED)


@pytest.mark.django_db
def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError):
        actions.record(Event.MAP_PUBLISHED, subject="run-1", by=BY, details=PUBLISHED, at=AT.replace(tzinfo=None))


@pytest.mark.django_db
def test_a_bulk_deed_is_one_event_with_counts_and_the_root_of_its_changes() -> None:
    recorded = import_trainings()
    assert RecordedEvent.objects.get() == recorded
    assert rules.details_of(recorded) == {
        "file": "d" * 64, "tables": 1, "added": 2, "corrected": 1, "unchanged": 7,
        "changes_root": queries.changes_root(recorded),
    }  # fmt: skip


@pytest.mark.django_db
def test_the_kept_changes_name_rows_and_seal_their_contents() -> None:
    heading, first, second, _ = queries.lines_of(import_trainings())
    salt = sealing.salt(KEY, "training training-000000")
    sealed = [sealing.seal(salt, text).hex() for text in (b"i1,", b"i0,t9:Sri Mulya,")]
    assert heading == "= training hours:i name:t"
    assert first == f"training training-000000 {sealed[0]} {sealed[1]}"
    assert second.split()[:3] == ["training", "training-000001", "-"]


@pytest.mark.django_db
def test_nothing_personal_is_kept() -> None:
    recorded = import_trainings()
    assert "Sri" not in recorded.canonical + "".join(ChangeChunk.objects.values_list("lines", flat=True))


@pytest.mark.django_db
def test_one_row_can_be_proved_to_be_among_the_changes() -> None:
    recorded = import_trainings()
    lines = list(queries.lines_of(recorded))
    path = Tree.over(line.encode() for line in lines).proof(2)
    root = bytes.fromhex(rules.details_of(recorded)["changes_root"])
    assert includes(root, leaf_hash(lines[2].encode()), 2, len(lines), path)


@pytest.mark.django_db
def test_the_order_in_which_tables_were_written_does_not_matter() -> None:
    other = Changes("award", "level:t", changes_of_trainings().rows, unchanged=0)
    roots = {
        rules.details_of(import_trainings(changes))["changes_root"]
        for changes in ([changes_of_trainings(), other], [other, changes_of_trainings()])
    }
    assert len(roots) == 1


@pytest.mark.django_db
def test_a_bulk_deed_that_changed_nothing_is_recorded_too() -> None:
    nothing = Changes("training", "hours:i", changes_of_trainings().rows.clear(), unchanged=9)
    recorded = import_trainings([nothing])
    assert rules.details_of(recorded)["added"] == 0
    assert queries.changes_root(recorded) == rules.details_of(recorded)["changes_root"]
    assert rules.details_of(import_trainings([]))["tables"] == 0


@pytest.mark.django_db
def test_a_row_that_is_not_named_opaquely_is_refused() -> None:
    named = changes_of_trainings().rows.with_columns(row=pl.lit("197806262002042002"))
    with pytest.raises(ValueError):
        import_trainings([Changes("training", "hours:i", named, unchanged=0)])


@pytest.mark.django_db
def test_many_changes_are_kept_in_few_rows_and_in_little_time() -> None:
    began = time.process_time()
    recorded = import_trainings([changes_of_trainings(50_000)])
    assert time.process_time() - began < 5  # about 0.5 s; slow machines take more
    assert ChangeChunk.objects.filter(event=recorded.public_id).count() == 11
    assert queries.changes_root(recorded) == rules.details_of(recorded)["changes_root"]


@pytest.mark.django_db
def test_every_event_has_a_sentence_in_both_languages() -> None:
    published, imported = publish(), import_trainings([changes_of_trainings(1_234)])
    assert rules.sentence(published) == (
        "Peta talenta per 1 November 2026 terbit untuk 12.000 pegawai menurut kebijakan bkn-411-2025 versi 1.0."
    )
    assert rules.sentence(imported) == "Buku kerja diimpor: 1.233 baris baru, 1 diperbaiki, 7 tetap, di 1 tabel."
    assert rules.sentence(imported, Language.ENGLISH) == (
        "Workbook imported: 1,233 rows added, 1 corrected, 7 unchanged, in 1 tables."
    )


@pytest.mark.parametrize("event", list(Event))
def test_every_event_has_a_form_whose_sentences_tell_only_its_details(event: Event) -> None:
    form = FORMS[event]
    shown = dict.fromkeys(form.details, "x")
    assert form.indonesian.format(**shown) != form.english.format(**shown)
    assert set(form.details.values()) <= set(Detail)


@pytest.mark.django_db
def test_a_recorded_event_shows_no_sign_of_tampering() -> None:
    assert rules.signs_of_tampering(RecordedEvent.objects.get(pk=publish().pk)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["event", "subject_kind", "subject_id", "done_by", "public_id"])
def test_a_column_that_contradicts_the_canonical_form_is_exposed(field: str) -> None:
    recorded = publish()
    setattr(recorded, field, "other")
    assert [reason.arguments["field"] for reason in rules.signs_of_tampering(recorded)] == [field]


@pytest.mark.django_db
def test_a_backdated_event_is_exposed() -> None:
    recorded = publish()
    recorded.done_at -= datetime.timedelta(microseconds=1)
    assert [reason.arguments["field"] for reason in rules.signs_of_tampering(recorded)] == ["done_at"]


@pytest.mark.django_db
def test_a_changed_canonical_form_is_exposed_by_its_digest() -> None:
    recorded = publish()
    told = json.loads(recorded.canonical)
    told["details"]["people"] += 1
    for text in (json.dumps(told), "é"):
        recorded.canonical = text
        assert [reason.arguments["field"] for reason in rules.signs_of_tampering(recorded)] == ["digest"]
