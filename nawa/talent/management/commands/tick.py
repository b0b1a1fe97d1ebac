"""`manage.py tick`: take care of what killed workers left behind. Safe to run at any time, and any number of times."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nawa.core import clock
from nawa.talent.actions import tick


class Command(BaseCommand):
    help = "Mengembalikan pemetaan yang pekerjanya mati ke antrean; setelah tiga percobaan dinyatakan gagal."

    def handle(self, *_: Any, **__: Any) -> None:
        """Put silent runs back in the queue, and name them."""
        for run in tick(at=clock.now()):
            run.refresh_from_db()
            self.stdout.write(f"{run.public_id} {run.state}")
