from nawa.exchange.frames import SHEET_MAPS
from nawa.workbook.sheets import BY_TABLE


def test_every_sheet_has_exactly_one_model() -> None:
    assert SHEET_MAPS.keys() == BY_TABLE.keys()
    models = [held.model for held in SHEET_MAPS.values()]
    assert len(set(models)) == len(models)


def test_every_column_is_kept_but_the_one_that_an_institution_must_ask_for() -> None:
    assert {table: held.omitted for table, held in SHEET_MAPS.items() if held.omitted} == {"person": {"disability"}}


def test_every_key_and_every_code_of_a_sheet_is_also_the_database_s_rule() -> None:
    for table, held in SHEET_MAPS.items():
        meta = held.model._meta
        names = {constraint.name for constraint in meta.constraints}
        stem = f"{meta.app_label}_{meta.model_name}_"
        coded = [column.name for column in BY_TABLE[table].columns if column.kind == "CODE"]
        assert {stem + "key", *(f"{stem}{name}_code" for name in coded)} <= names, table
