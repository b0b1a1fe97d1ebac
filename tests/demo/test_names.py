"""Names, titles and NIP of people who do not exist."""

import numpy as np
import polars as pl

from nawa.demo.chance import Streams
from nawa.demo.city import City
from nawa.demo.names import back_titles, compose, front_titles, identity_numbers
from nawa.demo.studies import LEVEL


def test_a_nip_is_birth_entry_month_sex_and_serial() -> None:
    born, joined = np.array(["1978-06-26"], "datetime64[D]"), np.array(["2002-04-01"], "datetime64[D]")
    woman, contract = np.array([True]), np.array([False])
    assert identity_numbers(born, joined, woman, contract).tolist() == ["197806262002042901"]


def test_a_pppk_number_has_21_in_place_of_the_month() -> None:
    born, joined = np.array(["1990-01-05"], "datetime64[D]"), np.array(["2023-03-01"], "datetime64[D]")
    man, contract = np.array([False]), np.array([True])
    assert identity_numbers(born, joined, man, contract).tolist() == ["199001052023211901"]


def test_people_of_one_birth_entry_and_sex_get_different_serials() -> None:
    born = np.array(["1978-06-26"] * 3, "datetime64[D]")
    joined = np.array(["2002-04-01"] * 3, "datetime64[D]")
    numbers = identity_numbers(born, joined, np.array([True, False, True]), np.zeros(3, dtype=np.bool_))
    assert [number[14:] for number in numbers] == ["2901", "1901", "2902"]


def test_titles_follow_education() -> None:
    levels = np.array([LEVEL["S2"], LEVEL["SLTA"], LEVEL["PROFESI"], LEVEL["S3"]])
    fields = np.array(["Hukum", "Umum", "Kedokteran", "Ekonomi"], dtype=object)
    devout = np.array([True, False, False, False])
    assert front_titles(levels, fields, devout) == ["H.", None, "dr.", "Dr."]
    assert back_titles(levels, fields) == ["S.H., M.H.", None, None, "S.E., M.Si."]


def test_names_have_two_or_three_parts_and_no_title() -> None:
    names = compose(np.array([True, False] * 200), Streams(3).of("names"))
    assert {len(name.split()) for name in names} == {2, 3}
    assert not any("." in name or "," in name for name in names)


def test_every_nip_agrees_with_its_holder(small: City) -> None:
    people = small.tables["person"]
    assert people["nip"].str.contains(r"^\d{18}$").all()
    assert people["nip"].is_unique().all()
    assert (people["nip"].str.slice(0, 8) == people["born_on"].dt.strftime("%Y%m%d")).all()
    assert ((people["nip"].str.slice(14, 1) == "2") == (people["sex"] == "P")).all()
    civil = people.filter(pl.col("staff_kind").is_in(["PNS", "CPNS"]))
    assert (civil["nip"].str.slice(8, 6) == civil["candidate_since"].dt.strftime("%Y%m")).all()
    contract = people.filter(pl.col("staff_kind").str.starts_with("PPPK"))
    assert (contract["nip"].str.slice(12, 2) == "21").all()
