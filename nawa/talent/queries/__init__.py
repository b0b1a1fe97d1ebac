"""Reading what the talent app holds. Every query of people takes the scope of the reader."""

from nawa.talent.queries.runs import (
    MapSummary,
    latest_map,
    latest_visible,
    published_before,
    results,
    run_by_id,
    summary,
    visible,
)

__all__ = [
    "MapSummary",
    "latest_map",
    "latest_visible",
    "published_before",
    "results",
    "run_by_id",
    "summary",
    "visible",
]
