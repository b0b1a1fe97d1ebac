"""The only place that reads the clock; everywhere else time is an argument.

Needs no Django settings, for commands without a database ask too.
"""

import datetime
import os
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo(os.environ.get("NAWA_TIME_ZONE", "Asia/Jakarta"))
"""The installation's own time zone; settings take it from here."""


def now() -> datetime.datetime:
    """Return this instant, aware, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    """Return the calendar date in the installation's own time zone."""
    return datetime.datetime.now(ZONE).date()
