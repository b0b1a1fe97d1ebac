"""Nawa: talent management for civil servants, from an institution's records to appointments it can prove."""

__version__ = "0.1.0"
