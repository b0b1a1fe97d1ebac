import datetime
import hashlib
import json
import time
from collections.abc import Mapping
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nawa.engine.tables import FIELD_GROUPS, RECORD_SCHEMAS, Records
from nawa.proof.commitments import FORM, commit, form
from nawa.proof.merkle import Tree, includes
from tests.proof.test_canonical import plain_row

KEY = hashlib.sha256(b"a key for tests").digest()


def cell(dtype: pl.DataType, chance: Random) -> Any:
    if dtype == pl.Date:
        return chance.choice([None, datetime.date(2020, 1, 1) + datetime.timedelta(days=chance.randrange(2_000))])
    if dtype == pl.Int64:
        return chance.choice([None, chance.randrange(-5, 10**6)])
    if dtype == pl.String:
        return chance.choice([None, "BAIK", "Kepala\nSeksi", "é", ""])
    return chance.choice([None, [], ["a", "b;c"]])


def make_table(schema: Mapping[str, pl.DataType], owners: list[str], chance: Random) -> pl.DataFrame:
    columns = {name: [cell(dtype, chance) for _ in owners] for name, dtype in schema.items() if name != "subject"}
    return pl.DataFrame({"subject": owners, **columns}).select(list(schema)).cast(pl.Schema(schema))


def make_records(people: int, seed: int = 1, most: int = 3) -> Records:
    """Random records in which a person has up to `most` rows in each table, and one in `person`."""
    chance = Random(seed)
    names = [f"p{number}" for number in range(people)]
    owners = {table: [name for name in names for _ in range(chance.randint(0, most))] for table in RECORD_SCHEMAS}
    owners["person"] = names
    return Records({table: make_table(schema, owners[table], chance) for table, schema in RECORD_SCHEMAS.items()})


def known_records() -> Records:
    """Records without any chance in them: every cell follows from its place."""
    values = {
        pl.String(): ["BAIK", None, "é\n"],
        pl.Int64(): [None, 30_000, -1],
        pl.Date(): [datetime.date(2026, 11, 1), datetime.date(1999, 12, 31), None],
        pl.Boolean(): [True, False, None],
        pl.List(pl.String()): [["a", "b"], None, []],
    }
    return Records(
        {
            table: pl.DataFrame(
                {name: ["p1", "p1", "p2"] if name == "subject" else values[dtype] for name, dtype in schema.items()},
                schema=dict(schema),
            )
            for table, schema in RECORD_SCHEMAS.items()
        }
    )


def shuffled(records: Records, seed: int) -> Records:
    def shuffle(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.sample(fraction=1, shuffle=True, seed=seed)

    return Records({table: shuffle(frame) for table, frame in records.tables.items()})


def replaced(records: Records, table: str, frame: pl.DataFrame) -> Records:
    return Records({**records.tables, table: frame})


def plain_root(records: Records, key: bytes) -> str:
    """The same commitment, row by row, written from the description of the form."""

    def lines(table: str, subject: str | None) -> list[str]:
        kept = [name for name in RECORD_SCHEMAS[table] if name not in ("subject", "source")]
        rows = [row for row in records[table].iter_rows(named=True) if subject is None or row["subject"] == subject]
        return sorted(f"{table} {plain_row([row[name] for name in kept])}\n" for row in rows)

    def drawn(name: str, number: int) -> bytes:
        return hashlib.shake_256(b"nawa.salt/1\0" + key + name.encode()).digest(32 * (number + 1))[-32:]

    leaves = [form(records), drawn("table standard", 0) + "".join(lines("standard", None)).encode()]
    frames = [frame for frame in records.tables.values() if "subject" in frame.columns]
    for subject in sorted({subject for frame in frames for subject in frame["subject"]}):
        for number, (group, tables) in enumerate(FIELD_GROUPS.items()):
            rows = [line for table in tables for line in lines(table, subject)]
            content = "".join([f"{group} t{len(subject)}:{subject},\n", *rows])
            leaves.append(drawn(f"person {subject}", number) + content.encode())
    return Tree.over(leaves).root.hex()


@settings(max_examples=40)
@given(st.integers(0, 3), st.integers(0, 10**6))
def test_the_root_agrees_with_the_plain_reference(people: int, seed: int) -> None:
    records = make_records(people, seed)
    assert commit(records, KEY).root.hex() == plain_root(records, KEY)


def test_the_root_of_known_records_never_changes() -> None:
    known = "a3a95e8e7d4ed82f6a32c4179611f655bfa9065674eb1ac897b8ff0cfdd3d22e"
    assert commit(known_records(), KEY).root.hex() == plain_root(known_records(), KEY) == known


def test_the_order_of_people_and_rows_does_not_matter() -> None:
    records = make_records(30)
    assert {commit(shuffled(records, seed), KEY).root for seed in range(5)} == {commit(records, KEY).root}


def test_the_place_of_a_row_in_its_file_is_not_committed_to() -> None:
    records = make_records(10)
    moved = records["rating"].with_columns(pl.col("source") + 1)
    assert commit(replaced(records, "rating", moved), KEY).root == commit(records, KEY).root


@pytest.mark.parametrize("table", list(RECORD_SCHEMAS))
def test_any_row_added_removed_or_repeated_changes_the_root(table: str) -> None:
    records = make_records(10)
    frame = records[table]
    repeated = pl.concat([frame, frame.head(1)])
    roots = {commit(replaced(records, table, changed), KEY).root for changed in (frame, repeated, frame.slice(1))}
    assert len(roots) == (3 if frame.height else 1)


def test_a_row_moved_to_another_person_changes_the_root() -> None:
    records = make_records(10)
    given_away = records["award"].with_columns(subject=pl.lit("p1"))
    assert commit(replaced(records, "award", given_away), KEY).root != commit(records, KEY).root


def test_another_key_gives_another_root() -> None:
    records = make_records(3)
    assert commit(records, bytes(32)).root != commit(records, KEY).root


def test_every_group_of_every_person_can_be_opened_and_proved() -> None:
    commitment = commit(make_records(7), KEY)
    for subject in commitment.subjects:
        for group in FIELD_GROUPS:
            opened = commitment.open(subject, group)
            assert opened.content.startswith(f"{group} t2:{subject},\n")
            assert opened.proves(commitment.root, commitment.size)
    assert commitment.open_shared("standard").proves(commitment.root, commitment.size)


def test_one_group_can_be_withheld_while_the_others_are_proved() -> None:
    commitment = commit(make_records(7), KEY)
    place = commitment.index("p3", "discipline")
    shown = commitment.tree.leaves[place]
    assert includes(commitment.root, shown, place, commitment.size, commitment.tree.proof(place))
    assert all(commitment.open("p3", group).proves(commitment.root, commitment.size) for group in FIELD_GROUPS)


def test_a_changed_content_is_not_proved() -> None:
    commitment = commit(make_records(7), KEY)
    opened = commitment.open("p3", "performance")
    changed = type(opened)(opened.index, opened.salt, opened.content + "rating -,\n", opened.path)
    assert not changed.proves(commitment.root, commitment.size)


def test_a_person_without_evidence_has_as_many_leaves_as_one_with_much() -> None:
    records = make_records(2)
    nobody = replaced(records, "award", records["award"].clear())
    assert commit(nobody, KEY).size == commit(records, KEY).size == 2 + 2 * len(FIELD_GROUPS)


def test_people_without_evidence_cannot_be_told_apart_from_their_leaves() -> None:
    empty = Records({table: pl.DataFrame(schema=dict(schema)) for table, schema in RECORD_SCHEMAS.items()})
    people = pl.DataFrame({"subject": ["a", "b"]}).cast(pl.String)
    columns = {name: pl.lit(None, dtype) for name, dtype in RECORD_SCHEMAS["person"].items() if name != "subject"}
    two = replaced(empty, "person", people.with_columns(**columns).select(list(RECORD_SCHEMAS["person"])))
    assert len(set(commit(two, KEY).tree.leaves)) == 2 + 2 * len(FIELD_GROUPS)


def test_a_person_named_by_evidence_alone_is_committed_to() -> None:
    records = make_records(3)
    without = replaced(records, "person", records["person"].head(2))
    assert "p2" in commit(without, KEY).subjects


def test_who_is_not_there_cannot_be_opened() -> None:
    with pytest.raises(ValueError):
        commit(make_records(3), KEY).open("p9", "performance")


def test_the_first_leaf_says_what_the_others_are() -> None:
    described = json.loads(form(make_records(3)))
    assert (described["form"], described["people"]) == (FORM, 3)
    assert [group for group, _ in described["groups"]] == list(FIELD_GROUPS)
    assert "source" not in json.dumps(described)


def test_every_table_of_the_engine_is_committed_to() -> None:
    described = json.loads(form(make_records(1)))
    grouped = [pair for _, pairs in described["groups"] for pair in pairs]
    assert {table for table, _ in [*grouped, *described["shared"]]} == set(RECORD_SCHEMAS)


def test_a_city_is_committed_to_in_seconds() -> None:
    copies = pl.DataFrame({"copy": range(120)})
    name = pl.format("{}-{}", "subject", "copy").alias("subject")
    records = Records(
        {
            table: frame.join(copies, how="cross").with_columns(name).drop("copy")
            if "subject" in frame.columns
            else frame
            for table, frame in make_records(100).tables.items()
        }
    )
    began = time.process_time()
    assert commit(records, KEY).size == 2 + 12_000 * len(FIELD_GROUPS)
    assert time.process_time() - began < 6  # about 1 s; a slow or busy machine may take more
