"""The command line: each command calls one action, or pure functions. `nawa map` and its like need no database."""

from nawa.cli.main import main

__all__ = ["main"]
