"""What may be done with imports: a workbook at once, or an upload step by step."""

from nawa.exchange.actions.disagreements import keep_ours, take_theirs
from nawa.exchange.actions.uploads import (
    accept,
    apply_upload,
    cancel_upload,
    check_again,
    decide_absences,
    decide_twins,
    tick,
    undo_import,
)
from nawa.exchange.actions.workbooks import ImportReport, TableReport, import_workbook, load_demo_city

__all__ = [
    "ImportReport",
    "TableReport",
    "accept",
    "apply_upload",
    "cancel_upload",
    "check_again",
    "decide_absences",
    "decide_twins",
    "import_workbook",
    "keep_ours",
    "load_demo_city",
    "take_theirs",
    "tick",
    "undo_import",
]
