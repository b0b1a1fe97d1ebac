"""Jejak Audit: what is found, what a forged record looks like, and files that hold what is shown."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit import rules
from nawa.audit.actions import record, record_bulk
from nawa.audit.enums import Event, Language
from nawa.audit.models import ChangeChunk, RecordedEvent
from nawa.core.actor import Actor, ActorKind
from nawa.web.trail import views
from tests.audit.deeds import changes_of_trainings
from tests.web.map.reading import text_of
from tests.web.roles import account, enter

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 5, 16, 59, tzinfo=UTC)  # 23.59 in Jakarta
SYSTEM = Actor.system("tick")
MONTH = {"month": AT.date().replace(day=1), "contest_days": 7}


@transaction.atomic
def deed(
    event: Event = Event.CYCLE_OPENED, *, at: datetime = AT, by: Actor = SYSTEM, subject: str = "cycle-1", **told: Any
) -> RecordedEvent:
    return record(event, subject=subject, by=by, at=at, details=told or (MONTH if event is Event.CYCLE_OPENED else {}))


def shown(client: Client, **asked: str) -> list[str]:
    answer = client.get(reverse("trail"), asked)
    assert answer.status_code == 200
    return [line.recorded.public_id for line in answer.context["lines"]]


@pytest.fixture
def reader(client: Client) -> Client:
    enter(client, Role.INSPECTORATE)
    return client


def test_events_are_sentences_with_who_and_when_the_newest_first(reader: Client) -> None:
    analyst = account(Role.ANALYST)
    older = deed()
    newer = deed(at=AT + timedelta(minutes=2), by=Actor(ActorKind.USER, analyst.public_id))
    assert shown(reader) == [newer.public_id, older.public_id]
    page = text_of(reader.get(reverse("trail")).content.decode())
    assert "Selasa, 6 Oktober 2026 00.01 Siklus bulan yang mulai 1 Oktober 2026 dibuka" in page
    assert "Senin, 5 Oktober 2026 23.59" in page
    assert "sistem (tick)" in page
    assert analyst.full_name in page


def test_the_trail_speaks_the_readers_language(reader: Client) -> None:
    deed()
    reader.post("/bahasa/", {"language": "en"})
    page = text_of(reader.get(reverse("trail")).content.decode())
    assert "Cycle of the month beginning 1 October 2026 opened" in page


def test_days_are_days_here_and_both_count(reader: Client) -> None:
    last, next_day = deed(), deed(at=AT + timedelta(minutes=1))
    assert shown(reader, dari="2026-10-05", sampai="2026-10-05") == [last.public_id]
    assert shown(reader, dari="2026-10-06") == [next_day.public_id]
    assert shown(reader, sampai="2026-10-04") == []
    assert shown(reader, dari="kemarin") == [next_day.public_id, last.public_id]


def test_kinds_actors_and_subjects_are_found(reader: Client) -> None:
    somebody = Actor(ActorKind.USER, "somebody")
    opened = deed()
    entered = deed(Event.ENTERED, by=somebody, subject="somebody", at=AT + timedelta(hours=1))
    other = deed(by=somebody, subject="cycle-2", at=AT + timedelta(hours=2))
    everything = [other.public_id, entered.public_id, opened.public_id]
    assert shown(reader, jenis=Event.CYCLE_OPENED) == [other.public_id, opened.public_id]
    assert shown(reader, jenis="accounts") == [entered.public_id]
    assert shown(reader, jenis="deeds") == [other.public_id, opened.public_id]
    assert shown(reader, pelaku="user:somebody") == [other.public_id, entered.public_id]
    assert shown(reader, objek="cycle-1") == [opened.public_id]
    assert shown(reader, objek="cycle-1", jenis="accounts") == []
    for nonsense in ({"jenis": "x"}, {"pelaku": "nobody"}, {"objek": "198001012005011001"}):
        assert shown(reader, **nonsense) == everything


def test_filters_are_chips_that_lead_to_the_list_without_them(reader: Client) -> None:
    deed()
    answer = reader.get(reverse("trail"), {"dari": "2026-10-05", "jenis": "talent", "pelaku": "system:tick"})
    chips = answer.context["chips"]
    assert [chip.label for chip in chips] == ["sejak 5 Oktober 2026", "Semua: Pemetaan", "oleh sistem (tick)"]
    assert "dari=" not in chips[0].url
    assert "jenis=talent" in chips[0].url
    assert 'name="pelaku" value="system:tick"' in answer.content.decode()


def test_pages_of_fifty_lead_on_and_keep_the_filters(reader: Client) -> None:
    made = [deed(at=AT + timedelta(minutes=number)).public_id for number in range(60)]
    first = reader.get(reverse("trail"), {"jenis": "talent"})
    assert len(first.context["lines"]) == 50
    assert "60 baris" in text_of(first.content.decode())
    second = reader.get(reverse("trail") + first.context["older"])
    assert [line.recorded.public_id for line in second.context["lines"]] == made[9::-1]
    assert "jenis=talent" in second.context["newer"]
    assert second.context["older"] is None


def test_the_number_of_queries_does_not_grow_with_the_events(
    reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(55):
        deed(Event.ENTERED, subject=f"user-{number}", by=Actor(ActorKind.USER, f"user-{number}"))
    with django_assert_max_num_queries(10):
        reader.get(reverse("trail"), {"jenis": "accounts"})


# -- what was tampered with


def forged(**changed: Any) -> RecordedEvent:
    """A row as somebody could write it who holds the database and not the deed."""
    true = deed()
    kept = {name: getattr(true, name) for name in ("event", "subject_kind", "subject_id", "done_by", "done_at")}
    kept |= {"canonical": true.canonical, "digest": true.digest} | changed
    return RecordedEvent.objects.create(**kept)


@pytest.mark.parametrize(
    ("changed", "sign"),
    [
        ({"done_by": "user:another"}, "done_by"),
        ({"subject_id": "cycle-9"}, "subject_id"),
        ({"done_at": AT - timedelta(days=1)}, "done_at"),
        ({"canonical": '{"form":"nawa.audit/1"}'}, "digest"),
        ({"canonical": "no json", "digest": rules.digest("no json")}, "canonical"),
        ({"canonical": "[1]", "digest": rules.digest("[1]")}, "canonical"),
    ],
)
def test_an_altered_event_is_shown_as_such_and_what_it_says_is_not_believed(
    reader: Client, changed: dict[str, Any], sign: str
) -> None:
    event = forged(**changed)
    page = text_of(reader.get(reverse("trail")).content.decode())
    assert "Isi peristiwa ini tidak lagi sama dengan yang dicatat" in page
    answer = reader.get(reverse("event", args=[event.public_id]))
    assert sign in answer.context["signs"]
    assert "Catatan ini telah diubah di luar Nawa" in answer.content.decode()


def test_an_event_that_is_whole_says_so_and_shows_its_canonical_form(reader: Client) -> None:
    event = deed()
    page = text_of(reader.get(reverse("event", args=[event.public_id])).content.decode())
    assert "saling cocok" in page
    assert event.digest in page
    assert '"contest_days": 7' in page


def test_an_event_that_does_not_exist_is_not_found(reader: Client) -> None:
    assert reader.get(reverse("event", args=["nothing"])).status_code == 404


@pytest.fixture
def imported() -> RecordedEvent:
    with transaction.atomic():
        return record_bulk(
            Event.WORKBOOK_IMPORTED,
            changes=[changes_of_trainings(20)],
            key=bytes(32),
            subject="import-1",
            by=SYSTEM,
            details={"file": "0" * 64},
        )


def test_a_bulk_deed_tells_its_counts_and_its_root_is_recomputed_when_asked(
    reader: Client, imported: RecordedEvent
) -> None:
    address = reverse("event", args=[imported.public_id])
    before = reader.get(address)
    assert before.context["changes"].counts == {"tables": 1, "added": 19, "corrected": 1, "unchanged": 7}
    assert before.context["changes"].recomputed is None
    after = reader.get(address, {"akar": "hitung"})
    assert after.context["changes"].agrees
    assert "masih sama dengan yang dicatat" in after.content.decode()


def test_a_line_added_to_a_bulk_deed_afterwards_is_found(reader: Client, imported: RecordedEvent) -> None:
    ChangeChunk.objects.create(event=imported.public_id, number=99, lines="training row-x - 00")
    after = reader.get(reverse("event", args=[imported.public_id]), {"akar": "hitung"})
    assert not after.context["changes"].agrees
    assert "tidak lagi sama dengan yang dicatat" in after.content.decode()


def test_a_very_large_bulk_deed_is_not_recomputed_while_somebody_waits(
    reader: Client, imported: RecordedEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nawa.audit.queries.MOST_CHUNKS", 0)
    after = reader.get(reverse("event", args=[imported.public_id]), {"akar": "hitung"})
    assert after.context["changes"].recomputed is None
    assert "terlalu banyak" in after.content.decode()


# -- files


def rows_of(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_a_file_holds_what_the_list_shows(reader: Client) -> None:
    for number in range(3):
        deed(at=AT + timedelta(minutes=number))
    forged(done_by="user:another")
    page = reader.get(reverse("trail"), {"jenis": "talent"})
    rows = rows_of(reader.get(reverse("trail_file", args=["csv"]), {"jenis": "talent"}))
    assert [(row["ID peristiwa"], row["Peristiwa"], row["Pelaku"]) for row in rows] == [
        (line.recorded.public_id, line.sentence, line.by) for line in page.context["lines"]
    ]
    assert sorted(row["Keutuhan"] for row in rows) == ["tidak utuh", "utuh", "utuh", "utuh", "utuh"]
    assert rows[0]["Waktu"] == "2026-10-06 00:01:00"


def test_a_workbook_holds_the_same_as_the_csv(reader: Client, tmp_path: Any) -> None:
    deed()
    answer = reader.get(reverse("trail_file", args=["xlsx"]))
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert reader.get(reverse("trail_file", args=["pdf"])).status_code == 404


def test_more_than_a_file_holds_is_refused_with_what_to_do(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_COUNTED", 2)
    for _ in range(3):
        deed()
    answer = reader.get(reverse("trail_file", args=["csv"]))
    assert answer.status_code == 422
    assert "Persempit tanggal" in answer.content.decode()
    assert len(rows_of(reader.get(reverse("trail_file", args=["csv"]), {"jenis": "accounts"}))) == 0


def test_every_kind_of_event_can_be_chosen_by_words_of_its_own(reader: Client) -> None:
    for language in Language:
        said = [rules.kind_of(event, language) for event in Event]
        assert len(set(said)) == len(said)
    page = reader.get(reverse("trail")).content.decode()
    assert all(f'value="{event}"' in page for event in Event)
