"""Cycles: runs, their checks and publication."""
