"""The record of deeds: append-only, without foreign keys, without personal text."""
