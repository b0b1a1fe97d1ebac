from nawa.exchange.frames import SHEET_MAPS
from nawa.workbook.sheets import BY_TABLE


def test_every_sheet_has_exactly_one_model() -> None:
    assert SHEET_MAPS.keys() == BY_TABLE.keys()
    models = [held.model for held in SHEET_MAPS.values()]
    assert len(set(models)) == len(models)


def test_every_column_is_kept() -> None:
    assert {table for table, held in SHEET_MAPS.items() if held.omitted} == set()
