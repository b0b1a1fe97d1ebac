"""The rows of `peta_talenta` and `simata`: a map from the engine, in words and numbers for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

from nawa.engine.parameters import AXIS_OF, INDICATOR_OF, Axis, Component, Indicator, Parameters, State
from nawa.engine.tables import CODE_COMPONENTS
from nawa.engine.trace import RunRecord

Words = Callable[[str, str], str]

BOX_STRENGTH: Final[Mapping[int, int]] = MappingProxyType({1: 0, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 4})
"""How far each box lies along the diagonal of the map, from 0 to 4."""

STEMS: Final[Mapping[Component, str]] = MappingProxyType(
    {
        Component.RATING: "penilaian_kinerja",
        Component.AWARD: "penghargaan",
        Component.TEAM: "tim_kerja",
        Component.FEEDBACK: "umpan_balik",
        Component.COMPETENCE: "penilaian_kompetensi",
        Component.TRAINING: "pelatihan",
        Component.CERTIFICATION: "sertifikasi",
        Component.TENURE: "lama_jabatan",
        Component.BREADTH: "keragaman_jabatan",
        Component.ACTING: "jabatan_nondefinitif",
        Component.POTENTIAL: "penilaian_potensi",
        Component.EDUCATION: "pendidikan_formal",
        Component.FIELD: "bidang_ilmu",
        Component.DISCIPLINE: "disiplin",
    }
)
"""What the columns of a component begin with."""

SIMATA: Final[tuple[tuple[str, Indicator], ...]] = (
    ("X - Penilaian Kompetensi", Indicator.COMPETENCE),
    ("X - Pengembangan Kompetensi", Indicator.DEVELOPMENT),
    ("X - Pengalaman Jabatan", Indicator.EXPERIENCE),
    ("X - Penilaian Potensi", Indicator.POTENTIAL),
    ("X - Tingkat Pendidikan Formal", Indicator.EDUCATION),
    ("X - Kesesuaian Bidang Ilmu", Indicator.FIELD),
    ("X - Verifikasi Rekam Jejak Disiplin", Indicator.DISCIPLINE),
    ("Y - Penilaian Kinerja", Indicator.RATING),
    ("Y - Penghargaan", Indicator.AWARD),
    ("Y - Penugasan dalam Tim Kerja", Indicator.TEAM),
    ("Y - Umpan Balik Kinerja 360", Indicator.FEEDBACK),
)
"""The indicator columns of SIMATA's sheet, in its order."""

_MILLION: Final = 1_000_000
_IN_MILLIONTHS: Final = frozenset({Component.FEEDBACK, Component.COMPETENCE, Component.POTENTIAL})


def map_sheet(rows: pl.DataFrame, parameters: Parameters, record: RunRecord, words: Words) -> pl.DataFrame:
    """`peta_talenta`: one row for each person. Codes of classes, evidence and follow-ups are put into words.

    `rows` are those of a map with `nip, name, unit, position` and `tier`. Unknown points are empty.
    """
    policy = f"{record.policy_id} {record.policy_version}" + (f" ({parameters.stamp})" if parameters.stamp else "")
    return rows.select(
        "nip",
        pl.col("name").alias("nama"),
        pl.col("staff_kind").alias("jenis_pegawai"),
        "unit",
        pl.col("position").alias("jabatan"),
        pl.col("tier").alias("jenjang"),
        _score(Axis.PERFORMANCE, parameters).alias("nilai_kinerja"),
        _worded("performance_class", "classes", rows, words).alias("kelas_kinerja"),
        _score(Axis.POTENTIAL, parameters).alias("nilai_potensial"),
        _worded("potential_class", "classes", rows, words).alias("kelas_potensial"),
        _four_places(pl.col("talent_score_e6"), _MILLION).alias("nilai_talenta"),
        pl.col("box").alias("kotak"),
        pl.col("box_lowest").alias("kotak_terendah"),
        pl.col("box_highest").alias("kotak_tertinggi"),
        *(decimal(pl.col(f"box_{box}_e9"), 9).alias(f"peluang_kotak_{box}") for box in range(1, 10)),
        decimal(pl.col("completeness_e4"), 4).alias("kelengkapan"),
        "status",
        _worded_list("missing", "components", rows, words).alias("kurang"),
        *(column for component in parameters.components for column in _evidence(component, rows, parameters, words)),
        _worded_list("follow_ups", "follow_ups", rows, words).alias("tindak_lanjut"),
        pl.lit(policy).alias("kebijakan"),
        pl.lit(record.on).alias("tanggal_acuan"),
    )


def simata_sheet(rows: pl.DataFrame, parameters: Parameters) -> pl.DataFrame:
    """`simata`: 18 columns in SIMATA's order; an indicator with an unknown part, or without weight, is empty."""
    return rows.select(
        pl.col("nip").alias("NIP"),
        pl.col("name").alias("Nama"),
        pl.col("unit").alias("Unit Organisasi"),
        pl.col("position").alias("Jabatan"),
        _score(Axis.POTENTIAL, parameters).alias("Nilai X"),
        _score(Axis.PERFORMANCE, parameters).alias("Nilai Y"),
        pl.col("box").alias("Box"),
        *(_indicator_points(indicator, parameters).alias(heading) for heading, indicator in SIMATA),
    )


def _four_places(numerator: pl.Expr, denominator: int) -> pl.Expr:
    """A ratio rounded half up to four places. Exact until the last step, which only shows it."""
    return decimal((2 * 10_000 * numerator + denominator) // (2 * denominator), 4)


def decimal(whole: pl.Expr, places: int) -> pl.Expr:
    """A whole number over a power of ten, as the float nearest to it: polars divides by way of the reciprocal."""
    power: int = 10**places
    return (whole / power).round(places)


def _score(axis: Axis, parameters: Parameters) -> pl.Expr:
    return _four_places(pl.col(f"{axis.lower()}_score"), _MILLION * parameters.weight_base[axis])


def _indicator_points(indicator: Indicator, parameters: Parameters) -> pl.Expr:
    """Points of an indicator from 0 to 100: the mean of its components by their weights."""
    parts = [component for component in parameters.components if INDICATOR_OF[component] is indicator]
    if not parts:
        return pl.lit(None, pl.Float64)
    weights = {component: parameters.weighing[component].weight for component in parts}
    total = pl.sum_horizontal(
        (pl.col(f"{component.lower()}_points") * weight for component, weight in weights.items()), ignore_nulls=False
    )
    return _four_places(total, _MILLION * sum(weights.values()))


def _evidence(component: Component, rows: pl.DataFrame, parameters: Parameters, words: Words) -> list[pl.Expr]:
    """Raw evidence, points and weight of one component."""
    stem, name = component.lower(), STEMS[component]
    raw = pl.col(f"{stem}_raw")
    if component.value in CODE_COMPONENTS:
        state = pl.col(f"{stem}_state")
        raw = (
            pl.when(state == State.UNKNOWN)
            .then(pl.lit("belum diketahui"))
            .when(state == State.VERIFIED_NONE)
            .then(pl.lit("terverifikasi tidak ada"))
            .otherwise(_worded(f"{stem}_raw", "raw_codes", rows, words))
        )
    elif component in _IN_MILLIONTHS:
        raw = _four_places(raw, _MILLION)
    weight = 100 * parameters.weighing[component].weight / parameters.weight_base[AXIS_OF[component]]
    return [
        raw.alias(f"{name}_bukti"),
        _four_places(pl.col(f"{stem}_points"), _MILLION).alias(f"{name}_poin"),
        pl.lit(round(weight, 4)).alias(f"{name}_bobot"),
    ]


def _worded(column: str, group: str, rows: pl.DataFrame, words: Words) -> pl.Expr:
    """A column of codes in words."""
    return pl.col(column).replace({code: words(group, code) for code in rows[column].drop_nulls().unique()})


def _worded_list(column: str, group: str, rows: pl.DataFrame, words: Words) -> pl.Expr:
    """A column of lists of codes as one text in words."""
    codes = rows[column].drop_nulls().explode(empty_as_null=False).drop_nulls().unique()
    replaced = pl.col(column).list.eval(pl.element().replace({code: words(group, code) for code in codes}))
    return pl.when(replaced.list.len() > 0).then(replaced.list.join("; "))
