"""What an 18-digit NIP says about its holder, and where that cannot be.

`YYYYMMDD` birth · `YYYYMM` appointment as CPNS · `1|2` sex · serial from 001. PPPK have `YYYY` and `21` in the middle.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from nawa.workbook.problems import Effect, Problem, ProblemList
from nawa.workbook.rows import ROW

_PNS: Final = ("PNS", "CPNS")
_ADULT, _LATE = 18 * 12, 35 * 12 + 11  # months of age at appointment

_NIP: Final = pl.col("nip")
_BIRTH: Final = _NIP.str.slice(0, 8).str.to_date("%Y%m%d", strict=False)
_YEAR: Final = _NIP.str.slice(8, 4).cast(pl.Int32)
_MIDDLE: Final = _NIP.str.slice(12, 2)
_MONTH: Final = _MIDDLE.cast(pl.Int32)
_SEX: Final = _NIP.str.slice(14, 1)
_KIND: Final = pl.col("staff_kind")
_IS_PNS: Final = _KIND.is_in(_PNS).fill_null(value=False) | (_KIND.is_null() & (_MIDDLE != "21"))
_AGE: Final = (_YEAR - _BIRTH.dt.year()) * 12 + pl.when(_IS_PNS).then(_MONTH - _BIRTH.dt.month()).otherwise(11)

_IMPOSSIBLE: Final = {
    "NIP_BIRTH": _BIRTH.is_null() | ~_BIRTH.dt.year().is_between(1900, 2100),
    "NIP_MONTH": _IS_PNS & ~_MONTH.is_between(1, 12),
    "NIP_SEX": ~_SEX.is_in(["1", "2"]),
    "NIP_SERIAL": _NIP.str.slice(15, 3) == "000",
}


def judge_nips(people: pl.DataFrame, sheet: str, problems: ProblemList, *, on: date | None) -> set[int]:
    """Note what is wrong with the NIP of each person; the rows whose NIP cannot be anyone's.

    A NIP that disagrees with other columns is a warning only: old errors of issue exist and are carried for life.
    Whether an appointment lies in the future is asked only when the reference date `on` is given.
    """
    bad = set[int]()
    for code, wrong in _IMPOSSIBLE.items():
        for row, nip in people.filter(wrong & ~pl.col(ROW).is_in(list(bad))).select(ROW, "nip").iter_rows():
            problems.add(Problem(code, sheet, row, "nip", nip, Effect.ROW))
            bad.add(row)
    possible = people.filter(~pl.col(ROW).is_in(list(bad)))
    problems.add(*_differences(possible, sheet), *_appointments(possible, sheet, on))
    return bad


def _differences(people: pl.DataFrame, sheet: str) -> Iterator[Problem]:
    born = people.filter(pl.col("born_on") != _BIRTH).select(ROW, "born_on", _BIRTH.alias("inside"))
    for row, told, inside in born.iter_rows():
        yield Problem("NIP_BIRTH_DIFFERS", sheet, row, "nip", str(told), details={"inside": str(inside)})
    meant = pl.when(_SEX == "1").then(pl.lit("L")).otherwise(pl.lit("P"))
    sexes = people.filter(pl.col("sex") != meant).select(ROW, "sex", meant.alias("inside"))
    for row, told, inside in sexes.iter_rows():
        yield Problem("NIP_SEX_DIFFERS", sheet, row, "nip", told, details={"inside": inside})


def _appointments(people: pl.DataFrame, sheet: str, on: date | None) -> Iterator[Problem]:
    questions = {
        "NIP_TOO_YOUNG": _AGE < _ADULT,
        "NIP_LATE": _IS_PNS & (_AGE > _LATE),
        "NIP_PPPK": (_KIND == "PPPK") & (_MIDDLE != "21"),
    }
    if on is not None:
        month = pl.when(_IS_PNS).then(_MONTH).otherwise(1)
        questions["NIP_FUTURE"] = _YEAR * 12 + month > on.year * 12 + on.month
    for code, doubtful in questions.items():
        for row, nip in people.filter(doubtful).select(ROW, "nip").iter_rows():
            yield Problem(code, sheet, row, "nip", nip)
