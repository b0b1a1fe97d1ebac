"""Reading what the talent app holds. Every query takes the scope of the reader."""

from nawa.talent.queries.runs import MapSummary, latest_map, latest_run, results, run_by_id

__all__ = ["MapSummary", "latest_map", "latest_run", "results", "run_by_id"]
