"""Reading what the talent app holds. Every query of people takes the scope of the reader."""

from nawa.talent.queries.cycles import (
    Comparison,
    any_run,
    comparison,
    cycle_by_id,
    cycles,
    scan_of,
    underway,
    usual_duration,
    way,
)
from nawa.talent.queries.runs import (
    MapSummary,
    latest_map,
    latest_visible,
    newest_published,
    published_before,
    published_by_id,
    results,
    run_by_id,
    summary,
    visible,
)

__all__ = [
    "Comparison",
    "MapSummary",
    "any_run",
    "comparison",
    "cycle_by_id",
    "cycles",
    "latest_map",
    "latest_visible",
    "newest_published",
    "published_before",
    "published_by_id",
    "results",
    "run_by_id",
    "scan_of",
    "summary",
    "underway",
    "usual_duration",
    "visible",
    "way",
]
