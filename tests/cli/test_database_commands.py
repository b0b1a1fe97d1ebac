"""`nawa demo`, `import` and `run`: into the database, all or nothing, and provable again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from nawa.accounts.enums import AccountState
from nawa.accounts.models import Delegation
from nawa.accounts.queries import accounts
from nawa.audit.models import RecordedEvent
from nawa.cli.speech import Exit
from nawa.core import clock
from nawa.core.scope import Scope
from nawa.evidence.enums import State, Verdict
from nawa.evidence.models import Declaration, Submission, SubmissionScan
from nawa.evidence.queries.submissions import due_on
from nawa.exchange.enums import ErasureState, Outcome
from nawa.exchange.models import Disagreement, Erasure
from nawa.policy.loading import load
from nawa.registry.models import Person
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.conflicts import Kind, found
from nawa.workbook.write import write_tables
from tests.cli.conftest import Nawa, map_rows
from tests.office import office

ON = ("--on", "2026-11-01")


@pytest.mark.django_db
def test_a_rehearsal_keeps_nothing_and_an_import_twice_changes_nothing(nawa: Nawa, tmp_path: Path) -> None:
    book = tmp_path / "kantor.xlsx"
    write_tables(book, office())
    rehearsed = json.loads(nawa("import", book, "--dry-run", "--json").out)
    assert (rehearsed["imported"], Person.objects.count(), RecordedEvent.objects.count()) == (False, 0, 0)

    first = json.loads(nawa("import", book, "--json").out)
    assert first["imported"]
    assert first["sheets"] == rehearsed["sheets"]
    again = json.loads(nawa("import", book, "--json").out)
    assert all(sheet["new"] == sheet["changed"] == 0 for sheet in again["sheets"].values())


@pytest.mark.django_db
def test_a_full_file_lists_the_active_people_it_lacks(nawa: Nawa, tmp_path: Path) -> None:
    book = tmp_path / "kantor.xlsx"
    write_tables(book, office())
    nawa("import", book)
    lacking = office()
    gone = lacking["person"].row(0, named=True)
    write_tables(book, {"person": lacking["person"].slice(1)})
    told = json.loads(nawa("import", book, "--full", "--dry-run", "--json").out)
    assert told["absent"] == [{"nip": gone["nip"], "name": gone["name"]}]
    assert f"{gone['nip']}  {gone['name']}" in nawa("import", book, "--full", "--dry-run").out
    assert json.loads(nawa("import", book, "--dry-run", "--json").out)["absent"] == []


@pytest.mark.django_db
def test_disability_is_not_kept_unless_asked_for_and_that_is_said(nawa: Nawa, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "pegawai.csv").write_text("nip,nama,jabatan_nama,disabilitas\n197806262002042002,Siti,Kasi,ya\n")
    told = json.loads(nawa("import", folder, "--json").out)
    assert [problem["code"] for problem in told["problems"]] == ["DISABILITY_GIVEN"]
    assert Person.objects.get().disability is None


@pytest.mark.django_db
def test_one_bad_cell_stops_the_whole_import(nawa: Nawa, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "pegawai.csv").write_text(
        "nip,nama,jabatan_nama,tanggal_lahir\n197806262002042002,Siti,Kasi,26-06-1978\n197806262002042003,Budi,Kasi,x\n"
    )
    answer = nawa("import", folder)
    assert answer.code == Exit.PROBLEMS
    assert "baris 3" in answer.err
    assert "Tidak ada yang dimasukkan" in answer.err
    assert Person.objects.count() == 0


@pytest.mark.django_db
def test_the_database_gives_the_map_of_the_workbook(nawa: Nawa, city_book: Path, tmp_path: Path) -> None:
    nawa("map", city_book, "-o", tmp_path / "a.xlsx", *ON)
    told = map_rows(tmp_path / "a.xlsx")
    assert nawa("import", city_book).code == 0
    made = json.loads(nawa("run", *ON, "--json").out)
    stored = MappingResult.objects.filter(run__public_id=made["run"]).values_list(
        "person__nip", "box", "status", "box_highest"
    )
    assert set(stored) == set(told.select("nip", "kotak", "status", "kotak_tertinggi").iter_rows())

    again = nawa("run", "--again", made["run"])
    assert again.code == 0
    assert made["result_hash"] in again.out
    assert nawa("run", "--again", "tidak-ada").code == Exit.PROBLEMS


@pytest.mark.django_db
def test_a_run_by_a_profile_of_ones_own_is_proved_again_when_its_file_is_gone(nawa: Nawa, tmp_path: Path) -> None:
    book, own = tmp_path / "kantor.xlsx", tmp_path / "kota.yaml"
    write_tables(book, office())
    own.write_text("extends: semarang\nid: kota\nversion: '1'\nlabel: Kota\ninstrument: SE\n")
    assert nawa("import", book).code == 0
    made = json.loads(nawa("run", "--policy", own, *ON, "--json").out)
    assert (made["record"]["policy_id"], made["stamp"]) == ("kota", "bobot BKN; bobot kota belum diketahui")
    own.unlink()
    assert made["result_hash"] in nawa("run", "--again", made["run"]).out


def test_a_database_that_is_not_ready_is_said_without_a_traceback(tmp_path: Path) -> None:
    empty = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'kosong.sqlite3'}"}
    for arguments in (("run",), ("demo", "--people", "300")):
        answer = subprocess.run([sys.executable, "-m", "nawa", *arguments], capture_output=True, text=True, env=empty)
        assert answer.returncode == Exit.REFUSED
        assert "manage.py migrate" in answer.stderr
        assert "Traceback" not in answer.stderr


@pytest.mark.django_db
def test_the_demo_city_loads_once(nawa: Nawa, settings: Settings) -> None:
    settings.DEMO = True
    loaded = nawa("demo", "--people", 300)
    assert loaded.code == 0, loaded.err
    assert Person.objects.count() == 300
    assert {run.stamp for run in MappingRun.objects.all()} == {"bobot BKN; bobot kota belum diketahui"}
    on = clock.today()
    states = {account.state for account in accounts(scope=Scope.everything(), on=on).filter(is_demo=False)}
    assert states == {AccountState.WAITING, AccountState.CLOSED}
    assert [row.started_on > on for row in Delegation.objects.all()] == [True]
    _every_queue_shows_something(on)
    published, *_earlier = MappingRun.objects.order_by("-on")
    again = json.loads(nawa("run", *ON, "--json").out)
    assert _boxes(MappingRun.objects.get(public_id=again["run"])) == _boxes(published), "what was accepted moves nobody"
    parameters = load("semarang", on=on).parameters
    contradicting = found(scope=Scope.everything(), on=on, parameters=parameters)
    assert {kind for kind, frame in contradicting.items() if frame.height} >= {Kind.NIP_BIRTH, Kind.SEATS, Kind.GAP}
    refused = nawa("demo", "--people", 300)
    assert refused.code == Exit.REFUSED
    assert Person.objects.count() == 300


def _every_queue_shows_something(on: date) -> None:
    rows = Submission.objects.all()
    assert Counter(row.state for row in rows) == {
        State.SUBMITTED: 4,
        State.ASKED_AGAIN: 3,
        State.ACCEPTED: 4,
        State.REFUSED: 1,
        State.WITHDRAWN: 1,
    }
    late = [row.state for row in rows if (due := due_on(row)) and due < on]
    assert sorted(late) == [State.SUBMITTED, State.ASKED_AGAIN]
    assert sorted(row.verdict for row in rows if row.is_drawn) == ["", Verdict.RIGHT]
    assert {scan.content_type for scan in SubmissionScan.objects.all()} == {"application/pdf", "image/jpeg"}
    assert [row.table for row in Disagreement.objects.filter(outcome=Outcome.OPEN)] == ["award", "award"]
    assert Erasure.objects.get().state == ErasureState.ASKED
    assert sorted(bool(row.withdrawn_by) for row in Declaration.objects.all()) == [False, True]


def _boxes(run: MappingRun) -> set[tuple[int, int | None]]:
    return set(MappingResult.objects.filter(run=run).values_list("person_id", "box"))
