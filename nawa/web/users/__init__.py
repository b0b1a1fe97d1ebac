"""Accounts, grants, slips."""
