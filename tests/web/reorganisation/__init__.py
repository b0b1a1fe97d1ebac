"""Tests of reorganisations on their pages."""
