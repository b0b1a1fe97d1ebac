"""The server's log tells where the code failed and never repeats data."""

import logging
import traceback
from types import TracebackType

type_ = type[BaseException]


class DiscreetFormatter(logging.Formatter):
    """Writes a failure's class and place without its text.

    The text of an exception may quote what somebody typed or what a row holds: PostgreSQL's "duplicate key" names the
    key's value.
    """

    def formatException(  # noqa: N802 (the name is logging's)
        self,
        ei: tuple[type_, BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, place = ei
        if kind is None:
            return ""
        return "".join(traceback.format_tb(place)) + f"{kind.__module__}.{kind.__qualname__}"
