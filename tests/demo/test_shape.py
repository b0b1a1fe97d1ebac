"""The whole city is shaped as Semarang is: its units, posts, vacancies, ages, ratings and evidence."""

from datetime import date

import polars as pl

from nawa.demo.city import City
from nawa.demo.places import KECAMATAN

ON = date(2026, 11, 1)


def civil_servants(city: City) -> pl.DataFrame:
    return city.tables["person"].filter(pl.col("staff_kind").is_in(["PNS", "CPNS"]))


def open_posts(city: City) -> pl.DataFrame:
    """Posts that exist today, with the number of their holders."""
    holders = city.tables["person"].group_by(code="position_code").agg(pl.len().alias("holders"))
    posts = city.tables["position"].filter(pl.col("valid_through").is_null()).join(holders, on="code", how="left")
    return posts.with_columns(pl.col("holders").fill_null(0))


def test_seven_of_twelve_are_pns(whole: City) -> None:
    kinds = dict(whole.tables["person"]["staff_kind"].value_counts().iter_rows())
    assert kinds["PNS"] + kinds["CPNS"] == 7_000
    assert kinds["PPPK"] + kinds["PPPK_PARUH_WAKTU"] == 5_000
    assert kinds["CPNS"] > 50
    assert kinds["PPPK_PARUH_WAKTU"] > 1_000


def test_units_are_those_of_the_city(whole: City) -> None:
    units = whole.tables["unit"].filter(pl.col("valid_through").is_null())
    kinds = dict(units["kind"].value_counts().iter_rows())
    assert kinds["KECAMATAN"] == 16
    assert kinds["KELURAHAN"] == 177
    assert kinds["PUSKESMAS"] == 37
    assert kinds["SEKOLAH"] > 350
    assert set(units.filter(kind="KECAMATAN")["area"]) == set(KECAMATAN)
    assert sum(map(len, KECAMATAN.values())) == 177


def test_a_closed_unit_names_its_successor(whole: City) -> None:
    closed = whole.tables["unit"].filter(pl.col("valid_through").is_not_null())
    assert closed.height > 0
    assert closed["successor_code"].null_count() == 0


def test_managerial_posts_and_vacancies_are_as_many_as_in_the_news(whole: City) -> None:
    posts = open_posts(whole).filter(pl.col("echelon").is_not_null())
    assert 1_150 <= posts.height <= 1_250
    top = posts.filter(tier="JPT_PRATAMA")
    assert top.height == 40
    assert top.filter(holders=0).height == 11
    village_heads = posts.filter(pl.col("name").str.starts_with("Lurah "))
    assert village_heads.height == 177
    assert village_heads.filter(holders=0).height == 44
    assert top.filter(echelon="II.a")["holders"].to_list() == [1]


def test_no_post_has_more_holders_than_seats(small: City, whole: City) -> None:
    for city in (small, whole):
        posts = open_posts(city)
        assert (posts["holders"] <= posts["seats"]).all()


def test_every_tier_that_a_city_has_is_held(whole: City) -> None:
    held = open_posts(whole).filter(pl.col("holders") > 0)["tier"].unique()
    assert set(held) == set(whole.tables["position"]["tier"])
    functional = open_posts(whole).filter(pl.col("tier").str.starts_with("JF_"))["holders"].sum()
    assert 0.6 < functional / 12_000 < 0.7


def test_vacant_posts_have_acting_holders_and_some_people_act_for_several(whole: City) -> None:
    today = whole.tables["acting_assignment"].filter(
        pl.col("ended_through").is_null() | (pl.col("ended_through") >= ON)
    )
    assert set(today["kind"]) == {"PLT", "PLH", "TT"}
    heads = open_posts(whole).filter(holders=0, tier="JPT_PRATAMA")
    assert heads.join(today, left_on="code", right_on="position_code", how="semi").height >= 5
    assert today.group_by("nip").len().filter(pl.col("len") > 1).height >= 3


def test_a_third_of_pns_are_over_fifty(whole: City) -> None:
    people = civil_servants(whole)
    assert abs((people["born_on"] <= date(1975, 11, 1)).mean() - 1 / 3) < 0.02


def test_about_three_hundred_retire_each_year(whole: City) -> None:
    leaving = civil_servants(whole)["retires_on"]
    for year in range(5):
        count = leaving.is_between(date(2026 + year, 11, 1), date(2027 + year, 10, 31)).sum()
        assert 240 <= count <= 350, year


def test_ratings_are_spread_as_nationally_known(whole: City) -> None:
    annual = whole.tables["performance_rating"].filter(pl.col("period").is_null())
    share = dict(annual["rating"].value_counts(normalize=True).iter_rows())
    assert abs(share["BAIK"] - 0.88) < 0.015
    assert abs(share["SANGAT_BAIK"] - 0.113) < 0.015
    for rating, known in (("BUTUH_PERBAIKAN", 0.0011), ("KURANG", 0.0006), ("SANGAT_KURANG", 0.001)):
        assert 0 < share[rating] < 2.5 * known, rating
    assert annual["year"].unique().sort().to_list() == [2023, 2024, 2025]


def test_some_years_were_rated_in_two_parts_beside_the_whole(whole: City) -> None:
    ratings = whole.tables["performance_rating"]
    parts = ratings.filter(pl.col("period").is_not_null())
    assert parts.height > 500
    annual = ratings.filter(pl.col("period").is_null())
    assert parts.join(annual, on=["nip", "year"], how="anti").is_empty()


def test_about_three_thousand_people_were_assessed_in_every_way(whole: City) -> None:
    tables = whole.tables
    details = pl.concat(
        [tables[f"{half}_assessment"].select("nip", "method", "kind") for half in ("competency", "potential")]
    )
    assessed = set(details["nip"]) | set(tables["assessment_result"]["nip"])
    assert 2_900 <= len(assessed) <= 3_200
    assert set(details["method"]) == {"AC", "CACT", "PROFILING", "LAINNYA"}
    assert set(details["kind"]) == {"INDIVIDU", "PLENO"}
    assert (tables["competency_assessment"]["assessed_on"] < date(2023, 11, 1)).any()  # no longer valid
    assert tables["assessment_result"].join(details, on="nip", how="anti").height > 100  # totals only


def test_feedback_comes_combined_by_relation_and_in_words(whole: City) -> None:
    feedback = whole.tables["feedback"]
    assert set(feedback["relation"]) == {"ATASAN", "REKAN", "BAWAHAN", "DIRI", "GABUNGAN"}
    assert feedback.filter(pl.col("rating").is_not_null()).height > 50
    assert feedback.filter(pl.col("relation").is_in(["REKAN", "BAWAHAN"]))["rater_nip"].null_count() > 0
    assert feedback.filter(pl.col("relation").is_in(["REKAN", "BAWAHAN"]))["rater_nip"].drop_nulls().is_empty()


def test_discipline_is_rare_and_in_every_state(whole: City) -> None:
    discipline = whole.tables["discipline"]
    assert 50 < discipline.height < 300
    assert set(discipline["state"]) == {"PROSES", "BERJALAN", "SELESAI", "BATAL"}
    assert set(discipline["level"]) == {"RINGAN", "SEDANG", "BERAT"}


def test_registers_are_covered_by_some_units_and_not_by_others(whole: City) -> None:
    letters = whole.tables["register_coverage"]
    assert letters["register"].n_unique() == 6
    assert letters.filter(register="penghargaan").height < whole.tables["unit"].height / 2
    assert (letters["complete_on"] < date(2025, 11, 1)).any()  # gone stale


def test_some_relatives_work_in_one_unit(whole: City) -> None:
    units = whole.tables["person"].select("nip", "unit_code")
    pairs = whole.tables["relative"].join(units, on="nip").join(units, left_on="relative_nip", right_on="nip")
    assert pairs.height == 300
    assert pairs.filter(pl.col("unit_code") == pl.col("unit_code_right")).height > 30


def test_units_report_service_for_36_months(whole: City) -> None:
    indicators = whole.tables["service_indicator"]
    assert indicators["period"].n_unique() == 36
    assert indicators["period"].max() == "2026-10"
    assert indicators["unit_code"].n_unique() > 230


def test_the_whole_is_about_three_hundred_thousand_rows(whole: City) -> None:
    assert 280_000 < sum(frame.height for frame in whole.tables.values()) < 380_000
