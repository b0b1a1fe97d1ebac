"""What the engine makes of the whole city: enough complete results, all boxes, lawful candidates for leading posts."""

from datetime import date

import polars as pl
import pytest

from nawa.demo.city import City
from nawa.engine.pipeline import map_talent
from nawa.policy import load
from nawa.workbook.records import records_from
from nawa.workbook.sheets import Tables

ON = date(2026, 11, 1)
RANKS = [f"{roman}/{letter}" for roman in ("I", "II", "III", "IV") for letter in ("abcde" if roman == "IV" else "abcd")]
DEGREES = ["S1", "D4", "PROFESI", "S2", "SPESIALIS", "S3"]


def map_of(tables: Tables) -> pl.DataFrame:
    """The talent map by BKN's profile, with the NIP in place of opaque subjects."""
    people = tables["person"].select("nip", subject="nip")
    return map_talent(records_from(tables, subjects=people), load("bkn-411-2025", on=ON).parameters, on=ON).map


@pytest.fixture(scope="module")
def mapped(whole: City) -> pl.DataFrame:
    return map_of(whole.tables)


def test_at_least_two_thousand_results_are_complete(mapped: pl.DataFrame) -> None:
    counts = dict(mapped["status"].value_counts().iter_rows())
    assert counts["LENGKAP"] >= 2_000
    assert counts["SEMENTARA"] >= 300
    assert counts["BELUM_DAPAT_DIPETAKAN"] >= 5_000


def test_all_nine_boxes_are_filled_and_a_hundred_stand_in_box_9(mapped: pl.DataFrame) -> None:
    assert set(mapped["box"].drop_nulls()) == set(range(1, 10))
    complete = mapped.filter(status="LENGKAP")
    assert complete.filter(box=9).height >= 100
    assert complete["box"].n_unique() >= 8


def test_pppk_are_mapped_and_are_no_candidates(mapped: pl.DataFrame) -> None:
    contract = mapped.filter(pl.col("staff_kind").str.starts_with("PPPK"))
    assert contract.height == 5_000
    assert not contract["candidate"].any()
    assert contract["box"].drop_nulls().len() > 50


def test_most_leading_posts_have_lawful_candidates(whole: City, mapped: pl.DataFrame) -> None:
    """PP 17/2020 Pasal 107 and PP 11/2017 Pasal 54 with the city's box rule, as far as facts of the register go."""
    top = candidates(
        whole.tables, mapped, "JPT_PRATAMA", boxes=(9,), before=("ADMINISTRATOR", "JF_AHLI_MADYA"), years=2
    )
    middle = candidates(
        whole.tables, mapped, "ADMINISTRATOR", boxes=(7, 8, 9), before=("PENGAWAS", "JF_AHLI_MUDA"), years=3
    )
    for posts in (top, middle):
        assert (posts["candidates"] > 0).mean() >= 0.8


def candidates(
    tables: Tables, mapped: pl.DataFrame, tier: str, *, boxes: tuple[int, ...], before: tuple[str, ...], years: int
) -> pl.DataFrame:
    """Posts of the tier with the number of people whose box, degree, tenure, line of work, rank and age allow them."""
    career = tables["career_entry"].filter(assignment="D")
    days = (pl.col("ended_through").fill_null(ON) - pl.col("started_on")).dt.total_days().sum()
    able = mapped.filter("candidate", pl.col("box_lowest").is_in(boxes)).select(nip="subject")
    able = able.join(tables["education"].filter(pl.col("level").is_in(DEGREES)), on="nip", how="semi")
    served = career.filter(pl.col("tier").is_in(before)).group_by("nip").agg(days.alias("days"))
    able = able.join(served.filter(pl.col("days") >= years * 365), on="nip", how="semi")
    able = able.join(tables["person"].select("nip", "rank", "born_on"), on="nip")
    if tier == "JPT_PRATAMA":
        able = able.filter(pl.col("born_on") > date(1969, 11, 1))
    related = career.group_by("nip", "work_field").agg(days.alias("days")).filter(pl.col("days") >= 5 * 365)
    posts = tables["position"].filter(pl.col("tier") == tier, pl.col("valid_through").is_null())
    pairs = posts.join(related, on="work_field").join(able, on="nip")
    step = {rank: place for place, rank in enumerate(RANKS)}
    enough = (
        pl.col("rank").replace_strict(step) >= pl.col("least_rank").replace_strict(step) - 1
    )  # one step below may rise
    counts = pairs.filter(enough).group_by("code").agg(pl.len().alias("candidates"))
    return posts.join(counts, on="code", how="left").with_columns(pl.col("candidates").fill_null(0))
