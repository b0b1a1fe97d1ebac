"""Policy files: plain data within limits, with the place of every mistake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nawa.policy.problems import PolicyRefused
from nawa.policy.reading import MOST_BYTES, MOST_NODES, read


def _refused(text: str) -> tuple[str, str]:
    with pytest.raises(PolicyRefused) as caught:
        read(text.encode())
    (problem,) = caught.value.problems
    return problem.path, problem.code


def test_plain_data_are_read_exactly() -> None:
    text = 'a: {2025-01-01: 0.10, b: [1, "01", true, null, teks]}'
    assert read(text.encode()) == {"a": {date(2025, 1, 1): Decimal("0.10"), "b": [1, "01", True, None, "teks"]}}


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("a: {b: 1, b: 2}", "a.b", "twice"),
        ("a: 1\na: 2", "a", "twice"),
        ("a: &x [1]\nb: *x", "baris/line 2", "alias"),
        ("a: !!python/object/apply:os.system ['true']", "a", "tag"),
        ("a: !!binary aGk=", "a", "tag"),
        ("a: .inf", "a", "bad_scalar"),
        ("a: .nan", "a", "bad_scalar"),
        ("a: yes", "a", "bad_scalar"),
        ("a: 2025-02-30", "a", "bad_scalar"),
        ("a: 2025-02-28 10:00:00", "a", "bad_scalar"),
        ("a: 0x1F", "a", "bad_scalar"),
        ("a: {[1, 2]: 3}", "a", "bad_key"),
        ("a: {true: 3}", "a", "bad_key"),
        ("a: 1\n---\nb: 2", "baris/line 2:1", "not_yaml"),
        ("\x00", "", "not_yaml"),
        ("- 1", "", "no_mapping"),
        ("teks", "", "no_mapping"),
        ("", "", "no_mapping"),
    ],
)
def test_anything_else_is_refused_with_its_path(text: str, path: str, code: str) -> None:
    assert _refused(text) == (path, code)


@pytest.mark.parametrize("text", ["a: [1, 2", "a: 'x\n", "a: b: c", "\ta: 1", "a: @x"])
def test_what_is_no_yaml_is_refused_with_its_line(text: str) -> None:
    path, code = _refused(text)
    assert code == "not_yaml"
    assert path.startswith("baris/line ")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(PolicyRefused):
        read(b"a: \xff\xfe\xfd")


def test_a_file_has_limits_of_size_depth_and_number() -> None:
    assert _refused("a: " + "x" * MOST_BYTES)[1] == "too_large"
    assert _refused("a: " + "[" * 500 + "]" * 500)[1] == "too_deep"
    assert _refused("a: [" + "1," * MOST_NODES + "1]")[1] == "too_deep"


def test_a_bomb_of_aliases_never_unfolds() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert _refused(bomb) == ("baris/line 2", "alias")
