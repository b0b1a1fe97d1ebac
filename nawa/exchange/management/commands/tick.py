"""`manage.py tick`: take care of what killed workers left behind, of uploads whose time is over, and of movements due.

Safe to run at any time, and any number of times.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nawa.accounts import actions as accounts
from nawa.core import clock
from nawa.exchange import actions as exchange
from nawa.registry.enums import MoveState
from nawa.talent import actions as talent


class Command(BaseCommand):
    help = (
        "Mengembalikan pekerjaan yang pekerjanya mati ke antrean; menghapus isi unggahan yang kedaluwarsa; "
        "melaksanakan perpindahan yang TMT-nya tiba."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        """Carry out movements whose day has come, put silent runs back in the queue, and name them."""
        at = clock.now()
        for plan in accounts.carry_out_due():
            self.stdout.write(f"{plan.public_id} {MoveState.CARRIED_OUT}")
        for run in [*talent.tick(at=at), *exchange.tick(at=at), *exchange.tick_comparisons(at=at)]:
            run.refresh_from_db()
            self.stdout.write(f"{run.public_id} {run.state}")
        talent.catch_up(at=at)
