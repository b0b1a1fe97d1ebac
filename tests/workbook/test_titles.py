"""Titles and names are kept apart."""

import pytest

from nawa.workbook.titles import split_titles


@pytest.mark.parametrize(
    ("written", "name", "front", "back"),
    [
        ("Budi Santoso", "Budi Santoso", None, None),
        ("Dr. Ir. H. Budi Santoso, S.T., M.T.", "Budi Santoso", "Dr. Ir. H.", "S.T., M.T."),
        ("drg. Siti Aminah", "Siti Aminah", "drg.", None),
        ("Siti Aminah S.Pd", "Siti Aminah", None, "S.Pd"),
        ("SITI AMINAH, S.Pd.SD", "SITI AMINAH", None, "S.Pd.SD"),
        ("Rahmat A.Md.Kep", "Rahmat", None, "A.Md.Kep"),
        ("Prof.Dr. Sri Lestari,M.Si", "Sri Lestari", "Prof.Dr.", "M.Si"),
        ("Dra Hj Nur Hayati", "Nur Hayati", "Dra Hj", None),
        ("Muhammad A.", "Muhammad A.", None, None),
        ("A. Rahman", "A. Rahman", None, None),
        ("Hasan Basri", "Hasan Basri", None, None),
        ("Irwan", "Irwan", None, None),
        ("Drajat Wibowo", "Drajat Wibowo", None, None),
        ("Dr.", "Dr.", None, None),
    ],
)
def test_titles_before_and_after_are_taken_off(written: str, name: str, front: str | None, back: str | None) -> None:
    assert split_titles(written) == (name, front, back)


def test_a_hostile_name_does_not_stall() -> None:
    assert split_titles("S.H. " * 5000 + "x").back_title is None
    assert split_titles("S.H. " * 39 + "x").back_title is None
