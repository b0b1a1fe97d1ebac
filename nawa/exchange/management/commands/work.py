"""`manage.py work`: a worker that carries out what is queued, and ticks between two tasks."""

from __future__ import annotations

import os
import time
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django_tasks_db.management.commands.db_worker import Worker

from nawa.accounts import actions as accounts
from nawa.core import clock, ids
from nawa.exchange import actions as exchange
from nawa.rulebook.actions import ship
from nawa.talent import actions as talent

PAUSE: Final = 1.0
"""Seconds between two looks into the queue."""

TICK: Final = 20.0
"""Seconds between two looks for silent runs, and for movements whose day has come."""


class Command(BaseCommand):
    help = "Mengerjakan antrean pemetaan dan impor sampai dihentikan."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the process to which the worker belongs."""
        parser.add_argument("--parent", type=int, help="Berhenti bila proses induk ini tidak ada lagi")

    def handle(self, *_: Any, parent: int | None = None, **__: Any) -> None:
        """Bring shipped policies into the rulebook, then work until a signal comes (a task under way is finished)."""
        ship()
        worker = _worker()
        worker.configure_signals()
        ticked = float("-inf")
        while worker.running and parent in {None, os.getppid()}:
            try:
                worker.run()
                if time.monotonic() - ticked >= TICK:
                    ticked = time.monotonic()
                    talent.tick(at=clock.now())
                    talent.catch_up(at=clock.now())
                    exchange.tick(at=clock.now())
                    exchange.tick_comparisons(at=clock.now())
                    accounts.carry_out_due()
            except DatabaseError as broken:  # a lock that lasts, a server that restarts: the next look may succeed
                self.stderr.write(type(broken).__name__)
                connection.close()
            time.sleep(PAUSE)


def _worker() -> Worker:
    """The library's worker, which returns when the queue is empty."""
    return Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=ids.public_id(),
    )
