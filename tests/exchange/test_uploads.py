"""An upload from file to records: what its preview shows, what is written, and what is said where it may not be."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from nawa.accounts.models import Grant, User
from nawa.accounts.roles import Role
from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.audit.queries import changes_root
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.core.refusal import Refusal
from nawa.core.sheets import was
from nawa.evidence.models import PerformanceRating, Training
from nawa.exchange import actions, queries
from nawa.exchange.enums import Absence, Declared, Mode, Stage, Twin
from nawa.exchange.frames import export_tables
from nawa.exchange.models import Content, Decision, Import, Upload, Work
from nawa.exchange.queries import parts
from nawa.registry.models import Person
from tests.exchange.uploading import BY, again, applied, book, counts, last, same, shown, uploaded, work_off, workbook
from tests.office import HEAD, STAFF, TEACHER, office, rows

pytestmark = pytest.mark.django_db
BASE = office()


def people(*rows_: tuple[Any, ...]) -> tuple[tuple[Any, ...], ...]:
    return (("nip", "nama", "jabatan_kode", "tanggal_lahir", "kegemaran"), *rows_)


def codes(refused: Refusal) -> list[str]:
    return [reason.code for reason in refused.reasons]


@pytest.fixture
def stored() -> Upload:
    return applied(office())


# -- from file to records


def test_what_was_uploaded_and_confirmed_is_what_is_exported(stored: Upload) -> None:
    assert stored.stage == Stage.APPLIED
    assert same(export_tables(), office())
    assert set(Training.objects.values_list("import_id", flat=True)) == {stored.made and stored.made.public_id}


def test_nothing_is_written_before_the_preview_is_confirmed() -> None:
    upload = uploaded(office())
    assert (upload.stage, export_tables(), Import.objects.count()) == (Stage.READY, {}, 0)
    assert counts(upload, "person") == (3, 0, 0, 0)


def test_the_same_file_twice_changes_nothing(stored: Upload) -> None:
    upload = uploaded(office())
    assert {table: counts(upload, table)[:2] for table in upload.counts} == dict.fromkeys(office(), (0, 0))
    assert applied(upload).made is not None
    assert Training.objects.get().import_id == (stored.made and stored.made.public_id)


def test_a_change_is_shown_old_beside_new_and_alone_is_written(stored: Upload) -> None:
    tables = {"person": office()["person"], "performance_rating": office()["performance_rating"]}
    worse = pl.when(nip=STAFF).then(pl.lit("KURANG")).otherwise("rating").alias("rating")
    upload = uploaded({**tables, "performance_rating": tables["performance_rating"].with_columns(worse)})
    assert counts(upload, "performance_rating") == (0, 1, 1, 0)
    (row,) = shown(upload, "performance_rating", change="BERUBAH").iter_rows(named=True)
    assert (row["nip"], row[was("rating")], row["rating"], row["columns"]) == (STAFF, "BAIK", "KURANG", ["rating"])
    written = applied(upload)
    assert written.made is not None
    ids = dict(PerformanceRating.objects.values_list("person__nip", "import_id"))
    assert ids[STAFF] == written.made.public_id != ids[HEAD]


def test_columns_that_nobody_knows_never_leave_the_file() -> None:
    upload = uploaded(book(pegawai=people((HEAD, "Kepala", "KADIN", None, "memancing"))))
    kept = Content.objects.filter(upload=upload)
    assert not kept.filter(name=parts.FILE).exists()
    frames = [part.frame() for part in kept.exclude(name__in=[parts.MARKED])]
    assert not [frame for frame in frames if "memancing" in str(frame.to_dicts())]


@pytest.mark.guarded
def test_a_zip_of_csv_files_is_taken_too(stored: Upload) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("pegawai.csv", f"nip,nama,jabatan_kode\n{HEAD},Kepala Baru,KADIN\n")
    upload = uploaded(packed.getvalue())
    assert counts(upload, "person") == (0, 1, 0, 0)


# -- what is wrong


def test_good_rows_are_not_held_back_by_bad_ones(stored: Upload) -> None:
    content = book(
        pegawai=people((HEAD, "Kepala Baru", "KADIN", None, None), (STAFF, "Staf", "TIDAK-ADA", None, None)),
        diklat=(("nip", "nama", "tanggal"), (STAFF, "Bahasa", "2025-02-30"), (STAFF, "Hukum", "2025-02-03")),
    )
    upload = uploaded(content)
    assert counts(upload, "person") == (0, 1, 0, 1)
    assert counts(upload, "training") == (1, 0, 0, 1)
    assert upload.problem_rows == 2
    applied(upload)
    assert dict(Person.objects.filter(nip__in=[HEAD, STAFF]).values_list("nip", "name")) == {
        HEAD: "Kepala Baru",
        STAFF: "Staf",
    }
    assert set(Training.objects.values_list("name", flat=True)) == {"Diklat Arsip", "Hukum"}


def test_all_or_nothing_writes_nothing_while_something_is_wrong(stored: Upload) -> None:
    upload = uploaded(book(pegawai=people((HEAD, "Baru", "KADIN", None, None), (STAFF, "Staf", "X", None, None))))
    with pytest.raises(Refusal) as refused:
        applied(upload, mode=Mode.ALL)
    assert codes(refused.value) == ["import.has_errors"]
    assert Person.objects.get(nip=HEAD).name == "Kepala"


def test_a_bad_cell_leaves_what_is_stored(stored: Upload) -> None:
    good = book(pegawai=people((HEAD, "Kepala", "KADIN", "1970-01-01", None)))
    applied(good)
    upload = uploaded(book(pegawai=people((HEAD, "Kepala", "KADIN", "1970-13-41", None))))
    assert counts(upload, "person") == (0, 0, 1, 1)
    applied(upload)
    assert Person.objects.get(nip=HEAD).born_on == date(1970, 1, 1)


def test_a_row_that_names_a_row_left_out_is_left_out_too(stored: Upload) -> None:
    new = "199501012020121001"
    content = book(
        pegawai=people((new, "Baru", "TIDAK-ADA", None, None)),
        diklat=(("nip", "nama", "tanggal"), (new, "Hukum", "2025-02-03")),
    )
    upload = uploaded(content)
    assert (counts(upload, "person"), counts(upload, "training")) == ((0, 0, 0, 1), (0, 0, 0, 1))
    found = {problem.code for problem in parts.problems(upload)}
    assert {"POSITION_NOT_HELD", "PERSON_NOT_HELD"} <= found


def test_a_unit_that_would_stand_above_itself_is_left_out(stored: Upload) -> None:
    upload = uploaded(
        {"unit": rows("unit", {"code": "KOTA", "name": "Kota", "parent_code": "SD1"}), "person": BASE["person"]}
    )
    assert counts(upload, "unit") == (0, 0, 0, 1)


def test_dates_that_contradict_what_is_stored_are_told(stored: Upload) -> None:
    applied(
        {"unit": rows("unit", {"code": "SD1", "name": "SD", "valid_from": date(2020, 1, 1)}), "person": BASE["person"]}
    )
    content = book(
        pegawai=people((HEAD, "Kepala", "KADIN", None, None)),
        unit=(("kode", "nama", "berlaku_sampai"), ("SD1", "SD", "2019-01-01")),
    )
    upload = uploaded(content)
    assert counts(upload, "unit") == (0, 0, 0, 1)
    assert "ORDER_STORED" in {problem.code for problem in parts.problems(upload)}


@pytest.mark.guarded
def test_bad_cells_come_back_marked() -> None:
    upload = uploaded(book(pegawai=people((HEAD, "Kepala", "KADIN", "1970-13-41", "rahasia"))))
    marked = parts.content(upload, parts.MARKED)
    assert marked is not None
    assert marked.startswith(b"PK")


def test_a_file_that_cannot_be_read_is_refused_and_forgotten() -> None:
    upload = uploaded(b"PK\x03\x04" + b"x" * 200)
    assert (upload.stage, upload.refused["code"]) == (Stage.REFUSED, "BROKEN")
    assert not Content.objects.exists()
    assert RecordedEvent.objects.filter(event=Event.IMPORT_REFUSED).count() == 1


@pytest.mark.parametrize(("content", "code"), [(b"", "import.empty"), (b"%PDF-1.7", "import.kind")])
def test_what_is_no_workbook_is_refused_at_once(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.accept(content, file_name="x", declared=Declared.PARTIAL, by=BY)
    assert codes(refused.value) == [code]
    assert not Upload.objects.exists()


# -- people who are absent


@pytest.fixture
def lacking(stored: Upload) -> Upload:
    tables = office()
    return uploaded({**tables, "person": tables["person"].filter(pl.col("nip") == HEAD)}, declared=Declared.FULL)


def public(nip: str) -> str:
    return Person.objects.get(nip=nip).public_id


def test_a_full_file_lists_the_active_people_it_lacks(lacking: Upload) -> None:
    assert lacking.absent == 2
    listed = queries.absent(lacking, page=1, open_only=True).rows
    assert set(listed["nip"]) == {STAFF, TEACHER}


@pytest.mark.parametrize(
    ("why", "status", "since"),
    [
        (Absence.RETIRED, "PENSIUN", date(2026, 1, 1)),
        (Absence.DIED, "DIBERHENTIKAN", date(2026, 1, 1)),
        (Absence.MOVED, "", date(2026, 1, 1)),
        (Absence.PREPARING, "MPP", None),
        (Absence.STILL_HERE, "", None),
    ],
)
def test_why_somebody_is_absent_is_written_with_the_file(
    lacking: Upload, why: Absence, status: str, since: Any
) -> None:
    assert actions.decide_absences(lacking, {public(STAFF): ""}, why=why, on=date(2026, 1, 1), by=BY) == 1
    assert Person.objects.get(nip=STAFF).legal_status == ""
    applied(lacking)
    staff = Person.objects.get(nip=STAFF)
    assert (staff.legal_status, staff.inactive_since) == (status, since)
    assert Person.objects.get(nip=TEACHER).inactive_since is None


def test_all_who_are_left_are_explained_at_once(lacking: Upload) -> None:
    actions.decide_absences(lacking, {public(STAFF): ""}, why=Absence.STILL_HERE, on=None, by=BY)
    assert actions.decide_absences(lacking, None, why=Absence.MOVED, on=date(2026, 1, 1), by=BY) == 1
    assert queries.undecided_absent(lacking) == 0
    assert queries.choices(lacking, "TIDAK_ADA")["person", public(STAFF)].choice == Absence.STILL_HERE  # type: ignore[arg-type]


def test_what_somebody_else_has_decided_meanwhile_is_not_replaced_unseen(lacking: Upload) -> None:
    unseen, seen = {public(STAFF): ""}, {public(STAFF): str(Absence.MOVED)}
    given: Any = {"on": date(2026, 1, 1), "by": BY}
    actions.decide_absences(lacking, unseen, why=Absence.MOVED, **given)
    (kept,) = Decision.objects.values()
    assert actions.decide_absences(lacking, unseen, why=Absence.MOVED, **given) == 1
    with pytest.raises(Refusal) as refused:
        actions.decide_absences(lacking, unseen, why=Absence.RETIRED, **given)
    assert (codes(refused.value), Decision.objects.values().get()) == (["import.meanwhile"], kept)
    assert actions.decide_absences(lacking, seen, why=Absence.RETIRED, **given) == 1
    assert Decision.objects.get().choice == Absence.RETIRED


def test_whoever_left_did_so_on_a_day_that_has_come(lacking: Upload) -> None:
    for on in (None, clock.today() + timedelta(days=1)):
        with pytest.raises(Refusal) as refused:
            actions.decide_absences(lacking, None, why=Absence.RETIRED, on=on, by=BY)
        assert codes(refused.value) == ["import.since"]


def roles_of_staff_and_analyst() -> Actor:
    """Let STAFF head the agency and TEACHER be an analyst, who comes as the actor."""
    staff = User.objects.create(username="staff", person=Person.objects.get(nip=STAFF))
    analyst = User.objects.create(username="analyst", person=Person.objects.get(nip=TEACHER))
    since = {"started_on": date(2026, 1, 1), "granted_by": "system:tests", "granted_at": clock.now()}
    Grant.objects.create(user=staff, role=Role.AGENCY_HEAD, **since)
    Grant.objects.create(user=analyst, role=Role.ANALYST, **since)
    return Actor(ActorKind.USER, analyst.public_id)


def test_nobody_shuts_out_by_an_import_whoever_may_more_nor_themselves(lacking: Upload) -> None:
    by, left = roles_of_staff_and_analyst(), {"why": Absence.RETIRED, "on": date(2026, 1, 1)}
    with pytest.raises(Refusal) as refused:
        actions.decide_absences(lacking, None, **left, by=by)  # type: ignore[arg-type]
    assert codes(refused.value) == ["move.oneself", "move.powers"]
    actions.decide_absences(lacking, None, why=Absence.STILL_HERE, on=None, by=by)
    Grant.objects.filter(user__username="staff").update(ended_before=clock.today())
    seen = {public(STAFF): str(Absence.STILL_HERE)}
    assert actions.decide_absences(lacking, seen, **left, by=by) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "value"), [("inactive_since", date(2026, 1, 1)), ("legal_status", "PENSIUN")], ids=["day", "status"]
)
def test_nor_by_a_row_of_it(stored: Upload, column: str, value: object) -> None:
    by, tables = roles_of_staff_and_analyst(), office()
    gone = pl.when(nip=STAFF).then(pl.lit(value)).otherwise(column).alias(column)
    upload = uploaded(tables | {"person": tables["person"].with_columns(gone)})
    with pytest.raises(Refusal) as refused:
        actions.apply_upload(upload, mode=Mode.GOOD_ROWS, preview=upload.preview, by=by)
    assert codes(refused.value) == ["move.powers"]
    Grant.objects.filter(user__username="staff").update(ended_before=clock.today())
    assert actions.apply_upload(upload, mode=Mode.GOOD_ROWS, preview=upload.preview, by=by)


def test_somebody_whose_row_is_bad_is_not_absent(stored: Upload) -> None:
    content = book(pegawai=people((HEAD, "Kepala", "KADIN", None, None), (STAFF, None, "KADIN", None, None)))
    upload = uploaded(content, declared=Declared.FULL)
    assert set(queries.absent(upload, page=1, open_only=False).rows["nip"]) == {TEACHER}


# -- a date that is part of the key


def training(on: str, name: str = "Diklat Arsip") -> bytes:
    return book(
        pegawai=people((STAFF, "Staf", "SEKDIN", None, None)),
        diklat=(("nip", "nama", "tanggal"), (STAFF, name, on)),
    )


def test_a_new_date_is_shown_as_new_and_as_a_likely_correction(stored: Upload) -> None:
    upload = uploaded(training("2025-03-11"))
    assert (counts(upload, "training"), upload.twins) == ((1, 0, 0, 0), 1)
    (line,) = queries.twins(upload, page=1, open_only=True).rows.iter_rows(named=True)
    assert (line["nip"], line["key"], line["old"], line["new"]) == (STAFF, "Diklat Arsip", "2025-03-01", "2025-03-11")


def test_nothing_is_applied_before_it_is_said_whether_it_corrects(stored: Upload) -> None:
    with pytest.raises(Refusal) as refused:
        applied(training("2025-03-11"))
    assert codes(refused.value) == ["import.undecided"]


def test_a_corrected_date_corrects_and_does_not_add(stored: Upload) -> None:
    before = Training.objects.get()
    upload = uploaded(training("2025-03-11"))
    actions.decide_twins(upload, None, what=Twin.CORRECTION, by=BY)
    applied(upload)
    after = Training.objects.get()
    assert (after.pk, after.completed_on, after.hours) == (before.pk, date(2025, 3, 11), 20)


def test_what_is_said_to_be_more_is_added(stored: Upload) -> None:
    upload = uploaded(training("2025-03-11"))
    actions.decide_twins(upload, None, what=Twin.ADDITION, by=BY)
    applied(upload)
    assert Training.objects.count() == 2


@pytest.mark.parametrize(
    ("on", "name", "twins"),
    [
        ("2022-07-15", "Diklat Arsip", 0),
        ("2025-03-11", "Lain", 0),
        ("2025-01-03", "Diklat Arsip", 1),
        ("2024-03-01", "Diklat Arsip", 1),
    ],
)
def test_only_what_looks_like_the_same_is_taken_for_a_correction(
    stored: Upload, on: str, name: str, twins: int
) -> None:
    assert uploaded(training(on, name)).twins == twins


def test_a_row_that_the_file_also_names_as_it_is_stored_has_no_twin(stored: Upload) -> None:
    content = book(
        pegawai=people((STAFF, "Staf", "SEKDIN", None, None)),
        diklat=(
            ("nip", "nama", "tanggal"),
            (STAFF, "Diklat Arsip", "2025-03-01"),
            (STAFF, "Diklat Arsip", "2025-03-11"),
        ),
    )
    assert uploaded(content).twins == 0


# -- meanwhile


def test_records_that_changed_since_the_preview_make_a_new_preview(stored: Upload) -> None:
    renamed = {"person": office()["person"].with_columns(name=pl.lit("Nama Baru"))}
    upload = uploaded(renamed)
    seen = upload.preview
    Person.objects.filter(nip=HEAD).update(name="Nama Lain")
    upload = applied(upload)
    assert (upload.stage, upload.preview != seen) == (Stage.READY, True)
    assert Work.objects.filter(upload=upload, failure="CATATAN_BERUBAH").count() == 1
    assert Person.objects.get(nip=STAFF).name == "Staf"
    before = dict(shown(upload, "person").select("nip", was("name")).iter_rows())
    assert before[HEAD] == "Nama Lain"


def test_somebody_added_meanwhile_makes_a_new_preview_and_no_second_row(stored: Upload) -> None:
    more = {
        "person": office()["person"],
        "award": rows("award", {"nip": HEAD, "level": "NASIONAL", "awarded_on": date(2025, 1, 1), "name": "A"}),
    }
    first, second = uploaded(more), uploaded(more)
    applied(first)
    second = applied(second)
    assert second.stage == Stage.READY
    assert counts(second, "award") == (0, 0, 1, 0)


def test_whoever_saw_an_older_preview_is_told(stored: Upload) -> None:
    upload = uploaded(office())
    seen = upload.preview
    actions.check_again(upload, by=BY)
    work_off()
    with pytest.raises(Refusal) as refused:
        actions.apply_upload(upload, mode=Mode.GOOD_ROWS, preview=seen, by=BY)
    assert codes(refused.value) == ["import.preview_old"]


def test_an_upload_is_worked_on_by_one_at_a_time(stored: Upload) -> None:
    upload = uploaded(office())
    actions.apply_upload(upload, mode=Mode.GOOD_ROWS, preview=upload.preview, by=BY)
    for deed in (
        lambda: actions.apply_upload(upload, mode=Mode.ALL, preview=upload.preview, by=BY),
        lambda: actions.check_again(upload, by=BY),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert codes(refused.value) == ["import.underway"]
    work_off()
    with pytest.raises(Refusal) as refused:
        actions.apply_upload(upload, mode=Mode.GOOD_ROWS, preview=upload.preview, by=BY)
    assert codes(refused.value) == ["import.no_move"]
    assert Import.objects.count() == 2


# -- its end, and its record


def test_what_is_given_up_leaves_nothing() -> None:
    upload = uploaded(office())
    actions.cancel_upload(upload, by=BY)
    assert (again(upload).stage, again(upload).file_name, Content.objects.count()) == (Stage.CANCELLED, "", 0)


def test_work_that_waits_is_stopped_at_once(stored: Upload) -> None:
    upload = uploaded(office())
    actions.apply_upload(upload, mode=Mode.GOOD_ROWS, preview=upload.preview, by=BY)
    actions.cancel_upload(upload, by=BY)
    work_off()
    assert (last(upload).state, again(upload).stage) == ("CANCELLED", Stage.READY)


def test_contents_go_when_their_time_is_over(stored: Upload) -> None:
    waiting = uploaded(office())
    later = clock.now() + timedelta(days=29)
    actions.tick(at=later)
    assert Content.objects.exists()
    actions.tick(at=later + timedelta(days=2))
    assert not Content.objects.exists()
    assert (again(waiting).stage, again(stored).stage) == (Stage.EXPIRED, Stage.APPLIED)
    assert (again(stored).has_contents, again(stored).file_name) == (False, "")
    with pytest.raises(Refusal) as refused:
        actions.undo_import(again(stored), by=BY)
    assert codes(refused.value) == ["import.emptied"]


def test_an_applied_upload_is_one_event_with_counts_and_the_root_of_its_row_changes(stored: Upload) -> None:
    event = RecordedEvent.objects.get(event=Event.WORKBOOK_IMPORTED)
    told = json.loads(event.canonical)["details"]
    assert event.subject_id == (stored.made and stored.made.public_id)
    assert (told["added"], told["tables"]) == (sum(frame.height for frame in office().values()), len(office()))
    assert told["changes_root"] == changes_root(event)


def test_the_record_holds_no_personal_text(stored: Upload) -> None:
    told = " ".join(RecordedEvent.objects.values_list("canonical", flat=True))
    assert not [text for text in (HEAD, STAFF, "Kepala", "Diklat", "buku.xlsx") if text in told]


def test_a_preview_is_read_a_page_at_a_time(stored: Upload) -> None:
    many = rows(
        "training", *({"nip": HEAD, "name": f"Diklat {n}", "completed_on": date(2010, 1, 1)} for n in range(120))
    )
    upload = uploaded({"person": office()["person"], "training": many})
    first, third = (queries.rows_of(upload, "training", queries.Wanted(page=number)) for number in (1, 3))
    assert (first.rows.height, third.rows.height, third.total, third.pages) == (50, 20, 120, 3)
    assert queries.rows_of(upload, "training", queries.Wanted(text="diklat 7")).total == 11
    assert queries.rows_of(upload, "training", queries.Wanted(text="KEPALA")).total == 120
    assert queries.rows_of(upload, "training", queries.Wanted(change="TETAP")).total == 0


def test_the_file_of_tables_is_what_was_written() -> None:
    assert workbook(office()).startswith(b"PK")
