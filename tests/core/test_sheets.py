import datetime
from decimal import Decimal

import polars as pl
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection
from pytest_django import DjangoAssertNumQueries

from nawa.core import clock
from nawa.core.refusal import Reason, Refusal
from nawa.core.sheets import Changes, Names, SheetMap, StaleError, compare, plan, read, upsert, was, write
from nawa.workbook.sheets import BY_TABLE
from tests.core.models import Education, Person, Position, Standard, Unit

pytestmark = pytest.mark.django_db

PEOPLE = SheetMap("person", Person, omitted=frozenset(BY_TABLE["person"].schema) - {"nip", "name"})
UNITS = SheetMap("unit", Unit, {"parent_code": "parent__code"}, frozenset({"kind", "area", "successor_code"}))
EDUCATION = SheetMap("education", Education, {"nip": "person__nip"})
POSITIONS = SheetMap(
    "position",
    Position,
    omitted=frozenset(BY_TABLE["position"].schema) - {"code", "name", "tier", "seats", "critical", "fields_of_study"},
)
STANDARDS = SheetMap("competency_standard", Standard)


def table(sheet_map: SheetMap, *rows: dict[str, object]) -> pl.DataFrame:
    """A table as the workbook's reader gives it: all columns, null where nothing is said."""
    schema = sheet_map.schema
    return pl.DataFrame([{**dict.fromkeys(schema), **row} for row in rows], schema=schema)


def people(*nips: str) -> pl.DataFrame:
    return table(PEOPLE, *({"nip": nip, "name": f"Pegawai {nip}"} for nip in nips))


def studies(*rows: tuple[object, ...]) -> pl.DataFrame:
    names = ("nip", "level", "major", "graduated_in")
    return table(EDUCATION, *(dict(zip(names, row, strict=True)) for row in rows))


def counts(changes: Changes) -> tuple[int, int, int]:
    return changes.added, changes.corrected, changes.unchanged


@pytest.fixture
def two_people() -> None:
    upsert(PEOPLE, people("1", "2"))


def test_what_was_brought_in_is_read_back_the_same() -> None:
    frame = table(
        STANDARDS,
        {"position_code": "B", "competency": "INTEGRITAS", "level": 4, "weight": Decimal("0.3333")},
        {"position_code": "A", "competency": "KOMUNIKASI", "level": 3},
        {"position_code": "a", "competency": "INTEGRITAS", "level": 3, "weight": Decimal("99999999999.9999")},
    )
    upsert(STANDARDS, frame)
    assert read(STANDARDS, Standard.objects.all()).equals(frame.sort("position_code", "competency"))


def test_reading_takes_one_query_and_gives_every_column_of_the_sheet(
    two_people: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        frame = read(PEOPLE, Person.objects.all())
    assert dict(frame.schema) == BY_TABLE["person"].schema
    assert frame["name"].to_list() == ["Pegawai 1", "Pegawai 2"]
    assert frame["born_on"].null_count() == 2


def test_an_empty_table_is_read_with_its_types() -> None:
    assert read(EDUCATION, Education.objects.all()).equals(BY_TABLE["education"].empty())


def test_rows_come_sorted_by_key_as_bytes_and_not_as_the_database_sorts() -> None:
    upsert(PEOPLE, people("b", "É", "B", "a", "é", "_"))
    assert read(PEOPLE, Person.objects.all())["nip"].to_list() == ["B", "_", "a", "b", "É", "é"]


def test_the_same_table_twice_changes_nothing(two_people: None) -> None:
    frame = studies(("1", "S1", "Hukum", 2001), ("1", "S1", None, None), ("2", "S2", "Hukum", None))
    assert counts(upsert(EDUCATION, frame, source="WORKBOOK")) == (3, 0, 0)
    again = upsert(EDUCATION, frame, source="DEMO", import_id="later")
    assert counts(again) == (0, 0, 3)
    assert again.rows.is_empty()
    assert set(Education.objects.values_list("source", "import_id")) == {("WORKBOOK", "")}


def test_a_corrected_value_updates_its_row_and_no_other(two_people: None) -> None:
    upsert(EDUCATION, studies(("1", "S1", None, 2001), ("2", "S1", None, 2002)), source="WORKBOOK", import_id="first")
    changes = upsert(
        EDUCATION, studies(("1", "S1", None, 2003), ("2", "S1", None, 2002)), source="WORKBOOK", import_id="second"
    )
    assert counts(changes) == (0, 1, 1)
    assert set(Education.objects.values_list("person__nip", "graduated_in", "import_id")) == {
        ("1", 2003, "second"),
        ("2", 2002, "first"),
    }


def test_a_null_makes_a_value_unknown_again(two_people: None) -> None:
    upsert(EDUCATION, studies(("1", "S1", None, 2001)), source="WORKBOOK")
    upsert(EDUCATION, studies(("1", "S1", None, None)), source="WORKBOOK")
    assert Education.objects.get().graduated_in is None


def test_a_column_that_the_table_lacks_is_left_as_it_is(two_people: None) -> None:
    upsert(EDUCATION, studies(("1", "S1", "Hukum", 2001)), source="WORKBOOK")
    partial = pl.DataFrame({"nip": ["1"], "level": ["S1"], "major": ["Hukum"], "institution": ["Undip"]})
    assert counts(upsert(EDUCATION, partial, source="WORKBOOK")) == (0, 1, 0)
    assert Education.objects.values_list("graduated_in", "institution").get() == (2001, "Undip")


def test_rows_that_the_table_does_not_name_are_left_alone(two_people: None) -> None:
    upsert(PEOPLE, people("3"))
    assert Person.objects.count() == 3


def test_an_empty_part_of_a_key_is_a_value_like_any_other(two_people: None) -> None:
    upsert(EDUCATION, studies(("1", "S1", None, 2001)), source="WORKBOOK")
    assert counts(upsert(EDUCATION, studies(("1", "S1", "", 2002)), source="WORKBOOK")) == (0, 1, 0)


def test_an_empty_cell_takes_the_default_of_its_field_and_stays_unchanged() -> None:
    frame = table(POSITIONS, {"code": "P", "name": "Camat", "tier": "ADMINISTRATOR"})
    upsert(POSITIONS, frame)
    assert Position.objects.get().seats == 1
    assert counts(upsert(POSITIONS, frame)) == (0, 0, 1)


def test_lists_and_yes_or_no_come_back_as_they_were() -> None:
    rows = (
        {"code": "A", "name": "a", "tier": "PENGAWAS", "seats": 2, "critical": True, "fields_of_study": ["hukum", "é"]},
        {"code": "B", "name": "b", "tier": "PENGAWAS", "seats": 1, "critical": False, "fields_of_study": ["teknik"]},
        {"code": "C", "name": "c", "tier": "PENGAWAS", "seats": 1},
    )
    upsert(POSITIONS, table(POSITIONS, *rows))
    assert read(POSITIONS, Position.objects.all()).equals(table(POSITIONS, *rows))
    assert Position.objects.get(code="C").fields_of_study == []
    assert counts(upsert(POSITIONS, table(POSITIONS, {**rows[1], "fields_of_study": ["hukum"]}))) == (0, 1, 0)


def test_a_unit_may_name_a_parent_as_new_as_itself() -> None:
    frame = table(
        UNITS,
        {"code": "1.1", "name": "Bagian", "parent_code": "1"},
        {"code": "1", "name": "Setda", "valid_from": datetime.date(2020, 1, 1)},
        {"code": "1.1.1", "name": "Subbagian", "parent_code": "1.1"},
    )
    assert counts(upsert(UNITS, frame, source="WORKBOOK")) == (3, 0, 0)
    assert read(UNITS, Unit.objects.all()).equals(frame.sort("code"))
    moved = table(UNITS, {"code": "1.1.1", "name": "Subbagian", "parent_code": "2"}, {"code": "2", "name": "Dinas"})
    assert counts(upsert(UNITS, moved, source="WORKBOOK")) == (1, 1, 0)
    assert Unit.objects.get(code="1.1.1").parent == Unit.objects.get(code="2")
    freed = table(UNITS, {"code": "1.1.1", "name": "Subbagian"})
    upsert(UNITS, freed, source="WORKBOOK")
    assert Unit.objects.get(code="1.1.1").parent is None


def test_a_row_that_names_nobody_known_is_refused_and_nothing_is_kept(two_people: None) -> None:
    with pytest.raises(Refusal) as refused:
        upsert(EDUCATION, studies(("1", "S1", None, 1), ("9", "S1", None, 1), ("9", "S2", None, 1)), source="WORKBOOK")
    assert refused.value.reasons == (
        Reason("sheet.unknown_reference", {"table": "education", "column": "nip", "value": "9"}),
    )
    assert not Education.objects.exists()


def test_a_unit_with_an_unknown_parent_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(Refusal):
        upsert(UNITS, table(UNITS, {"code": "1", "name": "Setda", "parent_code": "0"}), source="WORKBOOK")
    assert not Unit.objects.exists()


def test_a_key_that_stands_twice_in_one_table_is_refused(two_people: None) -> None:
    with pytest.raises(Refusal) as refused:
        upsert(EDUCATION, studies(("1", "S1", None, 2001), ("1", "S1", "", 2002)), source="WORKBOOK")
    assert refused.value.reasons == (
        Reason("sheet.duplicate_key", {"table": "education", "columns": ["nip", "level", "major"], "value": "1, S1, "}),
    )


def test_added_rows_are_named_by_their_public_id_where_they_have_one() -> None:
    changes = upsert(PEOPLE, people("1", "2").with_columns(public_id=pl.Series(["beta", "alpha"])))
    assert changes.rows["row"].to_list() == ["alpha", "beta"]
    assert dict(Person.objects.values_list("nip", "public_id")) == {"1": "beta", "2": "alpha"}
    again = upsert(PEOPLE, people("1").with_columns(public_id=pl.lit("gamma"), name=pl.lit("Baru")))
    assert again.rows["row"].to_list() == ["beta"]


def test_rows_without_a_public_id_are_named_by_table_and_number(two_people: None) -> None:
    changes = upsert(EDUCATION, studies(("1", "S1", None, 2001)), source="WORKBOOK")
    assert changes.rows["row"].to_list() == [f"education-{Education.objects.get().pk}"]


def test_changes_tell_before_and_after_in_canonical_form(two_people: None) -> None:
    first = upsert(EDUCATION, studies(("1", "S1", None, 2001)), source="WORKBOOK")
    second = upsert(EDUCATION, studies(("1", "S1", None, 2002)), source="WORKBOOK")
    assert first.heading == "nip:t level:t major:t field:t institution:t graduated_in:i"
    assert first.rows["before"].to_list() == [None]
    assert first.rows["after"].to_list() == ["t1:1,t2:S1,-,-,-,i2001,"] == second.rows["before"].to_list()
    assert second.rows["after"].to_list() == ["t1:1,t2:S1,-,-,-,i2002,"]


def test_a_verified_fact_is_left_alone_and_what_the_table_says_of_it_comes_back(two_people: None) -> None:
    upsert(EDUCATION, studies(("1", "S1", None, 2001), ("2", "S1", None, 2001)), source="WORKBOOK")
    Education.objects.update(verified_by="user:a", verified_at=clock.now())
    changes = upsert(EDUCATION, studies(("1", "S1", None, 2002), ("2", "S1", None, 2001)), source="WORKBOOK")
    assert set(Education.objects.values_list("graduated_in", "verified_by")) == {(2001, "user:a")}
    assert changes.left.select("nip", "graduated_in", was("graduated_in")).rows() == [("1", 2002, 2001)]
    assert (changes.corrected, len(changes.agreed)) == (0, 1)


def test_a_row_that_was_verified_since_the_plan_ends_it(two_people: None) -> None:
    upsert(EDUCATION, studies(("1", "S1", None, 2001)), source="WORKBOOK")
    planned = plan(EDUCATION, compare(EDUCATION, studies(("1", "S1", None, 2002))), unchanged=0)
    Education.objects.update(verified_by="user:a", verified_at=clock.now())
    with pytest.raises(StaleError):
        write(planned, source="WORKBOOK")
    write(planned, source="WORKBOOK", verified_by="user:b", verified_at=clock.now())
    assert Education.objects.get().verified_by == "user:b"


def test_the_database_still_refuses_what_breaks_its_constraints(two_people: None) -> None:
    with pytest.raises(IntegrityError, match="has_source"):
        upsert(EDUCATION, studies(("1", "S1", None, 2001)))


def test_how_many_queries_it_takes_does_not_depend_on_the_rows_of_a_batch(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    upsert(PEOPLE, people(*map(str, range(900))))
    # savepoint, compare, reserve keys (SQLite twice for a new table), the people named, insert, release; PostgreSQL
    # stages corrections
    for count in (1, 900):
        rows = [(str(number), "S1", f"Jurusan {count}", 2001) for number in range(count)]
        with django_assert_max_num_queries(7):
            upsert(EDUCATION, studies(*rows), source="WORKBOOK")
        corrected = [(*row[:3], 2002) for row in rows]
        with django_assert_max_num_queries(8):
            upsert(EDUCATION, studies(*corrected), source="WORKBOOK")


# -- in two steps


def planned(frame: pl.DataFrame) -> pl.DataFrame:
    compared = compare(EDUCATION, frame)
    return compared.filter(pl.col("before").ne_missing(pl.col("after")))


def test_comparing_shows_what_is_stored_beside_what_is_wanted(two_people: None) -> None:
    upsert(EDUCATION, studies(("1", "S1", "Hukum", 2001)), source="WORKBOOK")
    compared = compare(EDUCATION, studies(("2", "S1", None, 2005), ("1", "S1", "Hukum", 2003)))
    assert compared["pk"].to_list() == [None, Education.objects.get().pk]
    assert compared.select(was("graduated_in"), "graduated_in").rows() == [(None, 2005), (2001, 2003)]


def test_a_cell_that_is_kept_says_nothing_against_what_is_stored(two_people: None) -> None:
    upsert(EDUCATION, studies(("1", "S1", "Hukum", 2001)), source="WORKBOOK")
    wanted = studies(("1", "S1", "Hukum", None), ("2", "S1", "Hukum", None))
    compared = compare(EDUCATION, wanted, kept={"graduated_in": pl.Series([True, True])})
    assert compared["graduated_in"].to_list() == [2001, None]


def test_a_plan_is_carried_out_with_the_keys_it_reserved(two_people: None) -> None:
    made = plan(EDUCATION, planned(studies(("1", "S1", None, 2001))), unchanged=0)
    upsert(EDUCATION, studies(("2", "S1", None, 2001)), source="WORKBOOK")  # somebody else, meanwhile
    write(made, source="WORKBOOK")
    assert Education.objects.get(person__nip="1").pk == made.rows["pk"].item() < Education.objects.latest("pk").pk


def test_a_plan_names_what_an_earlier_plan_of_the_deed_will_add(two_people: None) -> None:
    names = Names()
    first = plan(PEOPLE, compare(PEOPLE, people("3")), unchanged=0, names=names)
    second = plan(EDUCATION, planned(studies(("3", "S1", None, 2001))), unchanged=0, names=names)
    write(first)
    write(second, source="WORKBOOK")
    assert Education.objects.get().person.nip == "3"


@pytest.mark.parametrize("meanwhile", ["changed", "gone"])
def test_a_plan_is_not_carried_out_on_a_row_that_is_not_what_it_was(two_people: None, meanwhile: str) -> None:
    upsert(EDUCATION, studies(("1", "S1", None, 2001), ("2", "S1", None, 2001)), source="WORKBOOK")
    made = plan(EDUCATION, planned(studies(("1", "S1", None, 2002), ("2", "S1", None, 2002))), unchanged=0)
    first = Education.objects.filter(person__nip="1")
    _ = first.update(graduated_in=1999) if meanwhile == "changed" else first.delete()
    with pytest.raises(StaleError) as stale:
        write(made, source="WORKBOOK")
    assert len(stale.value.rows) == 1
    assert Education.objects.get(person__nip="2").graduated_in == 2001


def test_a_map_names_only_columns_of_its_table() -> None:
    with pytest.raises(ImproperlyConfigured, match="nik"):
        SheetMap("person", Person, {"nik": "nip"})


def test_a_map_walks_one_step_over_a_foreign_key_and_no_further() -> None:
    with pytest.raises(ImproperlyConfigured, match="person__nip__x"):
        _ = SheetMap("education", Education, {"nip": "person__nip__x"}).links


def test_many_rows_take_seconds() -> None:
    upsert(PEOPLE, people(*map(str, range(2_000))))
    began = clock.now()
    frame = studies(*((str(number % 2_000), "S1", f"Jurusan {number // 2_000}", 2001) for number in range(20_000)))
    assert counts(upsert(EDUCATION, frame, source="WORKBOOK")) == (20_000, 0, 0)
    assert (clock.now() - began).total_seconds() < 15, connection.vendor  # about 1 s; busy machines take more
