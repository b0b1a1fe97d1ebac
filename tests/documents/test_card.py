from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from nawa.documents.card import TalentCard, grid
from tests.documents.examples import COMPLETE, HASH, PROVISIONAL, UNMAPPED, card_of, pages, text


def cells(card: TalentCard) -> Mapping[int, dict[str, object]]:
    return {cell["box"]: cell for row in grid(card) for cell in row}


def test_a_card_fits_one_page() -> None:
    assert len(pages(card_of(PROVISIONAL))) == 1


def test_a_card_tells_who_when_by_which_policy_and_what_it_rests_on() -> None:
    found = text(card_of(COMPLETE))
    assert "Karyadi Sutrisno Wardoyo" in found
    for told in ("197702282000121901", "Kepala Bidang Mutasi", "Badan Kepegawaian", "Pembina Tk. I (IV/b)"):
        assert told in found
    assert "Siklus November 2026" in found
    assert "Keputusan Kepala BKN 411/2025 · 2025.1" in found
    assert "Bobot BKN; bobot kota belum diketahui" in found
    assert HASH in found.replace(" ", "")


def test_a_card_shows_the_arithmetic_and_both_scores() -> None:
    found = text(card_of(COMPLETE))
    assert "Penilaian Kinerja Baik 80 60 48 31 Desember 2025 1 April 2027" in found
    assert "Umpan Balik Kinerja 360 85,4286 85,4286 10 8,5429 – 1 April 2027" in found
    assert "Kinerja 71,5429 sesuai ekspektasi" in found
    assert "Potensial 79,7 menengah" in found


def test_unknown_evidence_is_named_as_such_and_is_no_zero() -> None:
    found = text(card_of(COMPLETE))
    assert "Penghargaan belum diketahui – 15 – – –" in found
    assert "Sertifikasi Profesi Terverifikasi tidak ada 0 5 0 – –" in found


def test_a_provisional_card_says_so_first() -> None:
    found = text(card_of(PROVISIONAL))
    assert "Kotak 5 SEMENTARA" in found
    assert "sekurang-kurangnya kotak 5, dapat mencapai kotak 7" in found
    assert "Garis putus-putus: rentang sementara." in found


def test_a_complete_card_speaks_of_no_range() -> None:
    found = text(card_of(COMPLETE))
    assert "Kotak 5 LENGKAP" in found
    assert "sementara" not in found.lower().replace("siklus", "")


def test_a_card_without_a_box_says_why_and_shows_no_score() -> None:
    found = text(card_of(UNMAPPED))
    assert "BELUM DAPAT DIPETAKAN" in found
    assert "Mengapa belum ada kotak?" in found
    assert "Nilai belum diketahui belum diketahui" in found
    assert "Kinerja belum diketahui" in found
    assert "Kotak 5" not in found
    assert "Garis tebal" not in found


@pytest.mark.parametrize("field", ["nip", "post", "unit", "tier", "rank"])
def test_what_is_not_known_of_a_person_is_said(field: str) -> None:
    known, unknown = text(card_of(UNMAPPED)), text(card_of(replace(UNMAPPED, **{field: None})))
    assert unknown.count("belum diketahui") == known.count("belum diketahui") + 1


def test_sections_with_nothing_to_say_are_left_out() -> None:
    found = text(card_of(replace(COMPLETE, missing=(), changes=(), follow_ups=(), origins=(), stamp=None)))
    assert "Mengapa kotak ini?" in found
    for heading in ("Bukti yang belum ada", "Apa yang mengubahnya?", "Rekomendasi tindak lanjut", "Dari mana", "None"):
        assert heading not in found


def test_a_card_tells_where_its_evidence_comes_from_and_who_verified_it() -> None:
    assert f"Dari mana buktinya? – {PROVISIONAL.origins[0]}" in text(card_of(PROVISIONAL))


def test_the_card_is_in_the_language_asked_for() -> None:
    found = text(card_of(PROVISIONAL, language="en"))
    assert "Talent Card" in found
    assert "Box 5 PROVISIONAL" in found
    assert "at least box 5, up to box 7" in found
    assert "Penghargaan unknown" in found


def test_a_second_page_repeats_whose_card_it_is() -> None:
    long = replace(COMPLETE, reasons=("Satu alasan yang diulang untuk mengisi lembar.",) * 60)
    first, second = pages(card_of(long))
    assert "Karyadi Sutrisno Wardoyo · Siklus November 2026" in second
    assert "Karyadi Sutrisno Wardoyo ·" not in first
    assert "Halaman 2 dari 2" in second


def test_performance_falls_and_potential_rises_as_the_map_is_drawn() -> None:
    assert [[cell["box"] for cell in row] for row in grid(COMPLETE)] == [[4, 7, 9], [2, 5, 8], [1, 3, 6]]


def test_the_range_is_every_box_between_the_lowest_and_the_highest() -> None:
    assert {box for box, cell in cells(PROVISIONAL).items() if cell["within"]} == {5, 7}
    wide = replace(PROVISIONAL, lowest=2, highest=9)
    assert {box for box, cell in cells(wide).items() if cell["within"]} == {2, 4, 5, 7, 8, 9}
    assert not any(cell["within"] for card in (COMPLETE, UNMAPPED) for cell in cells(card).values())


def test_only_the_persons_box_is_their_own() -> None:
    assert [box for box, cell in cells(PROVISIONAL).items() if cell["own"]] == [5]
    assert not any(cell["own"] for cell in cells(UNMAPPED).values())


@pytest.mark.parametrize(
    ("chance", "shown"),
    [
        ("0", "0%"), ("0.0049", "< 1%"), ("0.005", "1%"), ("0.514", "51%"), ("0.525", "53%"),
        ("0.9949", "99%"), ("0.995", "> 99%"), ("1", "100%"),
    ],
)  # fmt: skip
def test_a_probability_is_never_rounded_to_impossible_or_certain(chance: str, shown: str) -> None:
    card = replace(PROVISIONAL, chances=MappingProxyType({5: Decimal(chance)}))
    assert cells(card)[5]["chance"] == shown
    assert shown in text(card_of(card))


def test_boxes_without_a_probability_show_none() -> None:
    assert cells(PROVISIONAL)[1]["chance"] is None
    assert "Angka persen" not in text(card_of(UNMAPPED))


def test_another_policys_table_of_boxes_is_drawn() -> None:
    other = replace(COMPLETE, box_table=((1, 2, 3), (4, 5, 6), (7, 8, 9)))
    assert [[cell["box"] for cell in row] for row in grid(other)] == [[7, 8, 9], [4, 5, 6], [1, 2, 3]]
