"""What may be done with imports: a workbook at once, or an upload step by step."""

from nawa.exchange.actions.comparisons import cancel_comparison, compare_with_simata, tick_comparisons
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
    "cancel_comparison",
    "cancel_upload",
    "check_again",
    "compare_with_simata",
    "decide_absences",
    "decide_twins",
    "import_workbook",
    "keep_ours",
    "load_demo_city",
    "take_theirs",
    "tick",
    "tick_comparisons",
    "undo_import",
]
