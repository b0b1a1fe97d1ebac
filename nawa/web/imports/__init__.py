"""Impor: files on their way to the records."""
