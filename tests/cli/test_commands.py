"""Each command answers in words, with an exit code, and in JSON where asked; a wrong call says what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nawa.cli.speech import Exit
from tests.cli.conftest import Nawa, map_rows

ON = ("--on", "2026-11-01")
COMMANDS = ("map", "check", "explain", "template", "demo", "import", "policy", "run")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(nawa: Nawa, command: str) -> None:
    pages = []
    for language in ("id", "en"):
        # a new process, for help is worded when a command is first built
        shown = subprocess.run(
            [sys.executable, "-m", "nawa", "--lang", language, command, "--help"],
            capture_output=True,
            text=True,
            check=True,
            env={"COLUMNS": "200", "PYTHONUTF8": "1"},
        )
        pages.append(shown.stdout)
    assert f"nawa {command}" in pages[0]
    assert pages[0] != pages[1]


def test_the_same_file_gives_the_same_bytes(nawa: Nawa, city_book: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    answers = [json.loads(nawa("map", city_book, "-o", path, *ON, "--json").out) for path in (first, second)]
    assert answers[0] == answers[1]
    assert first.read_bytes() == second.read_bytes()
    assert sum(answers[0]["statuses"].values()) == answers[0]["people"]
    assert sum(answers[0]["boxes"].values()) == answers[0]["statuses"]["LENGKAP"] + answers[0]["statuses"]["SEMENTARA"]


def test_the_city_profile_stamps_every_output(nawa: Nawa, city_book: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    shown = nawa("map", city_book, "-o", out, "--policy", "semarang", *ON)
    stamp = "bobot BKN; bobot kota belum diketahui"
    assert stamp in shown.out
    policies = map_rows(out)["kebijakan"].unique().to_list()
    assert len(policies) == 1
    assert stamp in policies[0]


def test_renormalising_is_a_choice_that_is_recorded(nawa: Nawa, city_book: Path, tmp_path: Path) -> None:
    plain, other = (
        json.loads(nawa("map", city_book, "-o", tmp_path / "a.xlsx", *ON, "--json", *more).out)
        for more in ((), ("--unknown", "renormalise"))
    )
    assert other["policy"]["id"] == "bkn-411-2025+renormalise"
    assert other["policy"]["hash"] != plain["policy"]["hash"]
    assert other["input_commitment"] == plain["input_commitment"]
    assert other["result_hash"] != plain["result_hash"]


def test_a_profile_that_renormalises_is_not_silently_kept_from_counting_at_least(
    nawa: Nawa, city_book: Path, tmp_path: Path
) -> None:
    own, out = tmp_path / "kota.yaml", tmp_path / "a.xlsx"
    head = "extends: bkn-411-2025\nid: kota\nversion: '1'\nlabel: Kota\ninstrument: SE\ncompleteness:\n  unknown:\n"
    own.write_text(f"{head}    values: {{2025-01-01: renormalise}}\n    reference: SE\n    confirmed: true\n")
    same = json.loads(nawa("map", city_book, "-o", out, "--policy", own, *ON, "--unknown", "renormalise", "--json").out)
    assert same["policy"]["id"] == "kota"
    refused = nawa("map", city_book, "-o", out, "--policy", own, *ON, "--unknown", "floor")
    assert (refused.code, "Alternatif floor tidak ada" in refused.err) == (Exit.REFUSED, True)


def test_an_interrupted_write_leaves_the_old_file(nawa: Nawa, city_book: Path, tmp_path: Path) -> None:
    target = tmp_path / "folder" / "peta.xlsx"
    missing = nawa("map", city_book, "-o", target, *ON)
    assert missing.code == Exit.UNREADABLE
    assert "tidak dapat ditulis" in missing.err
    wrong = nawa("map", city_book, "-o", tmp_path / "peta.csv", *ON)
    assert wrong.code == Exit.USAGE
    assert [*tmp_path.iterdir()] == []


def test_no_command_writes_over_what_somebody_filled_in(nawa: Nawa, city_book: Path, tmp_path: Path) -> None:
    book = tmp_path / "kota.xlsx"
    book.write_bytes(city_book.read_bytes())
    assert nawa("map", book, "-o", tmp_path / "." / "kota.xlsx", *ON).code == Exit.USAGE
    refused = nawa("template", book)
    assert (refused.code, "sudah ada" in refused.err) == (Exit.REFUSED, True)
    assert book.read_bytes() == city_book.read_bytes()


def test_a_place_that_cannot_be_written_to_is_said_without_a_traceback(nawa: Nawa, tmp_path: Path) -> None:
    taken = tmp_path / "berkas"
    taken.write_text("")
    for more in (("--workbook", taken), ("--workbook", tmp_path / "data", "--truth", tmp_path / "tidak" / "ada.json")):
        answer = nawa("demo", "--people", 300, *more)
        assert (answer.code, "tidak dapat ditulis" in answer.err) == (Exit.UNREADABLE, True)


def test_what_cannot_be_read_is_said_without_a_traceback(nawa: Nawa, tmp_path: Path) -> None:
    note = tmp_path / "surat.xlsx"
    note.write_text("bukan buku kerja")
    answer = nawa("check", note)
    assert answer.code == Exit.UNREADABLE
    assert "surat.xlsx" in answer.err
    assert "Traceback" not in answer.err


def test_check_tells_every_problem_with_its_place(nawa: Nawa, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "pegawai.csv").write_text(
        "nip,nama,jabatan_nama,tanggal_lahir\n197806262002042002,Siti,Kasi,31-02-1980\n123,Budi,Kasi,\n"
    )
    answer = nawa("check", folder, *ON, "--json")
    assert answer.code == Exit.PROBLEMS
    found = {(p["sheet"], p["row"], p["column"], p["value"]) for p in json.loads(answer.out)["problems"]}
    assert ("pegawai", 2, "tanggal_lahir", "31-02-1980") in found
    assert ("pegawai", 3, "nip", "123") in found
    assert all(p["reason"] and p["remedy"] for p in json.loads(answer.out)["problems"] if p["severity"] != "NOTICE")


def test_explaining_somebody_who_is_not_there(nawa: Nawa, city_book: Path) -> None:
    answer = nawa("explain", city_book, "199912312020011001", *ON)
    assert answer.code == Exit.PROBLEMS
    assert "tidak ada di lembar pegawai" in answer.err


def test_explain_takes_a_nip_with_spaces_and_answers_in_json(nawa: Nawa, city_book: Path, tmp_path: Path) -> None:
    nawa("map", city_book, "-o", tmp_path / "a.xlsx", *ON)
    rows = map_rows(tmp_path / "a.xlsx")
    row = rows.filter(status="LENGKAP").row(0, named=True)
    nip = row["nip"]
    spaced = f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
    (answer,) = json.loads(nawa("explain", city_book, spaced, *ON, "--json").out)
    assert answer["nip"] == nip
    earned = sum(float(line["contribution"]) for line in answer["lines"] if line["axis"] == "PERFORMANCE")
    assert earned == pytest.approx(row["nilai_kinerja"], abs=0.001)
    assert all(line["place"] for line in answer["lines"] if line["component"] == "RATING")


def test_english_is_spoken_on_request(nawa: Nawa, city_book: Path, tmp_path: Path) -> None:
    answer = nawa("--lang", "en", "map", city_book, "-o", tmp_path / "a.xlsx", *ON)
    assert "Above expectation" in answer.out
    assert "Kotak" not in answer.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("map",), "Belum ada masukan"),
        (("tmplate",), "Tidak ada perintah"),
        (("template", "a.xlsx", "--foo"), "Tidak ada pilihan"),
        (("demo", "--people", "abc"), "Nilai yang salah untuk '--people': bukan bilangan bulat"),
        (("demo", "--people", "10"), "Nilai yang salah untuk '--people': sekurang-kurangnya 300"),
        (("map", "a.xlsx", "-o", "b.xlsx", "--on", "2026-13-01"), "untuk '--on': '2026-13-01' bukan tanggal"),
        (("map", "a.xlsx", "-o", "b.xlsx", "--unknown", "zero"), "untuk '--unknown': 'zero' bukan salah satu dari"),
        (("demo", "--messy"), "--messy hanya bersama --workbook"),
        (("demo", "--messy", "--workbook", "folder"), "--messy hanya menulis .xlsx"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(nawa: Nawa, arguments: tuple[str, ...], said: str) -> None:
    answer = nawa(*arguments)
    assert answer.code == Exit.USAGE
    assert said in answer.err


def test_policy_show_marks_what_is_unconfirmed(nawa: Nawa) -> None:
    shown = nawa("policy", "show", "semarang", *ON)
    assert "perlu konfirmasi" in shown.out
    listed = json.loads(nawa("policy", "show", "semarang", *ON, "--json").out)["provisions"]
    assert {item["path"] for item in listed} >= {"indicators.RATING.weight", "map.pool_boxes"}
    assert all(item["reference"] for item in listed)


def test_a_wrong_policy_is_refused_with_the_path_to_the_mistake(nawa: Nawa, city_book: Path, tmp_path: Path) -> None:
    own = tmp_path / "kota.yaml"
    own.write_text(
        "extends: bkn-411-2025\nid: kota\nversion: '1'\nlabel: Kota\ninstrument: SE\n"
        "indicators:\n  RATING:\n    weight:\n"
        "      values: {2025-01-01: 61}\n      reference: SE\n      confirmed: true\n"
    )
    checked = nawa("policy", "check", own, *ON)
    assert checked.code == Exit.PROBLEMS
    assert "indicators" in checked.out
    refused = nawa("map", city_book, "-o", tmp_path / "a.xlsx", "--policy", own, *ON)
    assert refused.code == Exit.REFUSED
    assert not (tmp_path / "a.xlsx").exists()
