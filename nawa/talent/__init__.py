"""Mapping runs and their nine boxes, preferences, and earlier results kept for comparison."""
