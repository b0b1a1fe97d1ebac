"""The hidden truth: it explains the evidence, has a file of its own, and nothing in the application reads it."""

from pathlib import Path

import numpy as np
import polars as pl

from nawa.demo.city import City
from nawa.demo.truth import Truth, read_truth, write_truth

ROOMS = Path(__file__).parents[2] / "nawa"


def correlation(frame: pl.DataFrame, one: str, other: str) -> float:
    return float(np.corrcoef(frame[one].cast(pl.Float64), frame[other].cast(pl.Float64))[0, 1])


def test_it_survives_its_file(small: City, tmp_path: Path) -> None:
    write_truth(tmp_path / "kebenaran.json", small.truth)
    again = read_truth(tmp_path / "kebenaran.json")
    for name in Truth.__slots__:
        assert getattr(again, name).equals(getattr(small.truth, name)), name


def test_every_person_and_every_rater_has_its_truth(whole: City) -> None:
    assert whole.truth.person["nip"].equals(whole.tables["person"]["nip"])
    raters = whole.tables["performance_rating"]["rater_nip"].drop_nulls().unique()
    assert set(whole.truth.rater["nip"]) == set(raters)


def test_severe_raters_give_fewer_very_good_ratings(whole: City) -> None:
    given = whole.tables["performance_rating"].filter(pl.col("period").is_null()).group_by(nip="rater_nip")
    shares = given.agg((pl.col("rating") == "SANGAT_BAIK").mean().alias("share"), pl.len()).filter(pl.col("len") >= 20)
    assert correlation(shares.join(whole.truth.rater, on="nip"), "share", "severity") < -0.6


def test_assessments_follow_real_competence(whole: City) -> None:
    seen = whole.tables["competency_assessment"].filter(competency="INTEGRITAS", kind="INDIVIDU")
    seen = seen.join(whole.tables["person"].select("nip", "position_code"), on="nip")
    seen = seen.join(whole.tables["position"].select("code", "tier"), left_on="position_code", right_on="code")
    managers = seen.filter(tier="PENGAWAS").join(whole.truth.person, on="nip")
    assert correlation(managers, "level", "competence_1") > 0.5


def test_service_moves_by_the_effect_of_its_head(whole: City) -> None:
    index = whole.tables["service_indicator"].filter(indicator="Indeks Kepuasan Masyarakat")
    months = index.join(whole.truth.service, on=["unit_code", "period"])
    assert correlation(months, "value", "index") > 0.9
    changes = months.with_columns(pl.col("head_nip").is_not_null().alias("led"))
    means = changes.group_by("unit_code", "led").agg(pl.col("value").cast(pl.Float64).mean(), pl.len())
    pairs = means.filter("led").join(means.filter(~pl.col("led")), on="unit_code")
    moved = pairs.with_columns((pl.col("value") - pl.col("value_right")).alias("gain")).join(
        whole.truth.head, on="unit_code"
    )
    assert correlation(moved, "gain", "effect") > 0.4


def test_nothing_in_the_application_reads_it() -> None:
    readers = [
        path.relative_to(ROOMS).as_posix()
        for path in ROOMS.rglob("*.py")
        if "read_truth" in path.read_text(encoding="utf-8")
    ]
    assert readers == ["demo/truth.py"]
