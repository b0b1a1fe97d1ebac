"""The commitment to an engine's input: one root that binds every row, and tells nothing until a leaf is opened.

The tree has a leaf for the form (what the other leaves are), one for each table that is nobody's own, and then, for
each person in the order of their ids, one for every group of fields, also where the person has no row in it: whether
there is evidence is as hidden as the evidence. A leaf is its salt and its lines: `GROUP ID`, then `TABLE ROW` for
each row, both in the form `nawa.rows/1`, sorted within each table, so that the order of people and rows does not
matter. A group can be withheld, by showing the hash of its leaf alone, while all others are opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

import polars as pl

from nawa.engine.tables import FIELD_GROUPS, RECORD_SCHEMAS, Records
from nawa.proof import canonical, sealing
from nawa.proof.merkle import Tree, includes, leaf_hash

FORM: Final = "nawa.inputs/1"

_SUBJECT: Final = "subject"
_PLACE: Final = "source"  # the row's place in its file: no part of what is committed to
_GROUPS: Final = tuple(FIELD_GROUPS)
_SHARED: Final = tuple(
    table for table in RECORD_SCHEMAS if table not in set(chain.from_iterable(FIELD_GROUPS.values()))
)
_FIRST_PERSON: Final = 1 + len(_SHARED)


@dataclass(frozen=True, slots=True)
class Opening:
    """A leaf laid bare, with the way from it to the root."""

    index: int
    salt: bytes
    content: str
    path: tuple[bytes, ...]

    def proves(self, root: bytes, size: int) -> bool:
        """Tell whether this very leaf stands in the tree of `size` leaves with this root."""
        return includes(root, leaf_hash(self.salt + self.content.encode()), self.index, size, self.path)


@dataclass(frozen=True)
class Commitment:
    """A commitment and what it takes to open it. Root and size may be published; the rest is as private as the rows."""

    tree: Tree = field(repr=False)
    subjects: Sequence[str] = field(repr=False)
    contents: Sequence[bytes | memoryview] = field(repr=False)
    key: bytes = field(repr=False)

    @property
    def root(self) -> bytes:
        """The Merkle root, 32 bytes."""
        return self.tree.root

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return len(self.tree.leaves)

    def index(self, subject: str, group: str) -> int:
        """Return where the leaf of a person's group stands.

        Raises:
            ValueError: no such person or group.
        """
        return _FIRST_PERSON + self.subjects.index(subject) * len(_GROUPS) + _GROUPS.index(group)

    def open(self, subject: str, group: str) -> Opening:
        """Lay bare one group of one person (`ValueError` as `index`)."""
        return self._open(self.index(subject, group), _person_salts(self.key, subject)[_GROUPS.index(group)])

    def open_shared(self, table: str) -> Opening:
        """Lay bare a table that is nobody's own (`ValueError` where there is none of this name)."""
        return self._open(1 + _SHARED.index(table), _table_salt(self.key, table))

    def _open(self, index: int, salt: bytes) -> Opening:
        content = bytes(self.contents[index]).decode()
        return Opening(index, salt, content, tuple(self.tree.proof(index)))


def commit(records: Records, key: bytes) -> Commitment:
    """Commit to the records under a key of 32 bytes (`sealing.new_key`); the same records and key give the same root.

    Whoever has the key can open every leaf, and test guesses against the others: keep it as private as the records.
    """
    subjects, first = _subjects(records), form(records)
    shared = [_shared_content(table, records[table]) for table in _SHARED]
    own = _own_contents(records, subjects)
    stream = chain.from_iterable(_person_salts(key, subject) for subject in subjects)
    leaves = [
        leaf_hash(first),
        *(leaf_hash(_table_salt(key, table) + content) for table, content in zip(_SHARED, shared, strict=True)),
        *(hashlib.sha256(b"\0" + salt + content).digest() for salt, content in zip(stream, own, strict=True)),
    ]
    return Commitment(Tree(leaves), subjects.to_list(), [first, *shared, *own], key)


def form(records: Records) -> bytes:
    """Return the first leaf, which has no salt: version of the form, number of people, columns of every leaf's rows."""
    described = {table: canonical.heading(_committed(frame)) for table, frame in records.tables.items()}
    groups = [[group, [[table, described[table]] for table in tables]] for group, tables in FIELD_GROUPS.items()]
    shared = [[table, described[table]] for table in _SHARED]
    return canonical.document({"form": FORM, "people": len(_subjects(records)), "groups": groups, "shared": shared})


def _person_salts(key: bytes, subject: str) -> list[bytes]:
    return sealing.salts(key, f"person {subject}", len(_GROUPS))


def _table_salt(key: bytes, table: str) -> bytes:
    return sealing.salt(key, f"table {table}")


def _subjects(records: Records) -> pl.Series:
    """Return every id that any table names, sorted."""
    named = [frame[_SUBJECT] for frame in records.tables.values() if _SUBJECT in frame.columns]
    return pl.concat(named).unique().sort()


def _committed(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop(_SUBJECT, _PLACE, strict=False)


def _shared_content(table: str, frame: pl.DataFrame) -> bytes:
    return "".join(_lines(table, frame).sort()).encode()


def _lines(table: str, frame: pl.DataFrame) -> pl.Series:
    return table + " " + canonical.rows(_committed(frame)) + "\n"


def _own_contents(records: Records, subjects: pl.Series) -> list[memoryview]:
    """Return the content of each leaf, person by person and group by group.

    All lines are put in order and joined once; a leaf is a stretch of the whole.
    """
    people = subjects.to_frame().with_row_index("person")
    order = pl.concat(_ordered_lines(records, people)).sort("person", "order", "line")
    ends = order.select(
        pl.col("line").str.len_bytes().cast(pl.Int64).cum_sum().alias("end"),
        pl.struct("person", "group").ne_missing(pl.struct("person", "group").shift(-1)).alias("last"),
    )
    stops = ends.filter("last")["end"].to_list()
    whole = memoryview(order["line"].str.join("").item().encode())
    return [whole[start:stop] for start, stop in zip([0, *stops], stops, strict=False)]


def _ordered_lines(records: Records, people: pl.DataFrame) -> Iterator[pl.DataFrame]:
    place = 0
    for number, (group, tables) in enumerate(FIELD_GROUPS.items()):
        heading = group + " " + canonical.rows(people.select(_SUBJECT)) + "\n"
        yield _placed(people["person"], number, place, heading)
        for step, table in enumerate(tables, start=1):
            named = records[table].select(_SUBJECT).join(people, on=_SUBJECT, how="left", maintain_order="left")
            yield _placed(named["person"], number, place + step, _lines(table, records[table]))
        place += 1 + len(tables)


def _placed(person: pl.Series, group: int, order: int, lines: pl.Series) -> pl.DataFrame:
    place = [pl.lit(group, pl.UInt8).alias("group"), pl.lit(order, pl.UInt8).alias("order")]
    return pl.DataFrame({"person": person, "line": lines}).with_columns(place)
