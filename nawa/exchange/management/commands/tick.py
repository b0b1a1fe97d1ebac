"""`manage.py tick`: take care of what killed workers left behind, and of uploads whose time is over.

Safe to run at any time, and any number of times.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nawa.core import clock
from nawa.exchange import actions as exchange
from nawa.talent import actions as talent


class Command(BaseCommand):
    help = "Mengembalikan pekerjaan yang pekerjanya mati ke antrean; menghapus isi unggahan yang kedaluwarsa."

    def handle(self, *_: Any, **__: Any) -> None:
        """Put silent runs back in the queue, and name them."""
        at = clock.now()
        for run in [*talent.tick(at=at), *exchange.tick(at=at), *exchange.tick_comparisons(at=at)]:
            run.refresh_from_db()
            self.stdout.write(f"{run.public_id} {run.state}")
        talent.catch_up(at=at)
