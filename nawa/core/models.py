"""Abstract models: facts that say where they come from, runs that say how far they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from nawa.core import ids
from nawa.core.privacy import Privacy


class Identified(models.Model):
    """A row that addresses, events and logs name by an opaque id: random, unless its maker passes one."""

    public_id = models.CharField(
        "ID publik", max_length=ids.LONGEST, unique=True, default=ids.public_id, editable=False
    )

    privacy: ClassVar[Mapping[str, Privacy]] = {"public_id": Privacy.OPAQUE}

    class Meta:
        abstract = True


class Source(models.TextChoices):
    """Where a fact was taken from."""

    WORKBOOK = "WORKBOOK", "Buku kerja"
    DEMO = "DEMO", "Kota peraga"
    SUBMITTED = "SUBMITTED", "Diajukan pegawai"
    RECORDED = "RECORDED", "Dicatat di Nawa"


class Fact(models.Model):
    """Something stated about a person, post or unit, with its source and its verifier.

    `import_id` is the opaque id of the import that last wrote the row, empty when entered otherwise. A subclass with
    constraints of its own takes these along: `constraints = [*Fact.Meta.constraints, ...]`.
    """

    source = models.CharField("sumber", max_length=20)
    import_id = models.CharField("ID impor", max_length=ids.LONGEST, blank=True, default="")
    verified_by = models.CharField("diverifikasi oleh", max_length=80, blank=True, default="")
    verified_at = models.DateTimeField("diverifikasi pada", null=True, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "source": Privacy.OPAQUE,
        "import_id": Privacy.OPAQUE,
        "verified_by": Privacy.OPAQUE,
        "verified_at": Privacy.OPAQUE,
    }

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_verified_by_and_at",
                condition=Q(verified_by="", verified_at__isnull=True)
                | (~Q(verified_by="") & Q(verified_at__isnull=False)),
                violation_error_message="Pemverifikasi dan waktu verifikasi harus diisi bersama.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_source",
                condition=~Q(source=""),
                violation_error_message="Sumber data harus disebut.",
            ),
        ]


class RunState(models.TextChoices):
    """How far a run is."""

    QUEUED = "QUEUED", "Menunggu"
    RUNNING = "RUNNING", "Berjalan"
    SUCCEEDED = "SUCCEEDED", "Selesai"
    FAILED = "FAILED", "Gagal"
    CANCELLED = "CANCELLED", "Dibatalkan"


OPEN: Final = (RunState.QUEUED, RunState.RUNNING)
"""States of a run that has not ended."""


class Run(Identified):
    """A computation that somebody asked for and that ends well or not; `finished_at` is empty until then.

    While it is RUNNING, `worker` holds the lease; the lease runs out when `heartbeat_at`, its last sign of life (of one
    that is QUEUED: when it was put in the queue), is too old (`nawa.core.leases`). `progress` is in percent, `step` and
    `failure` are codes; `attempts` counts the leases taken.
    """

    state = models.CharField("keadaan", max_length=20, choices=RunState.choices, default=RunState.QUEUED)
    started_by = models.CharField("dimulai oleh", max_length=80)
    started_at = models.DateTimeField("dimulai pada")
    finished_at = models.DateTimeField("berakhir pada", null=True, blank=True)
    worker = models.CharField("pekerja", max_length=ids.LONGEST, blank=True, default="")
    heartbeat_at = models.DateTimeField("tanda hidup terakhir", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    step = models.CharField("langkah", max_length=40, blank=True, default="")
    progress = models.PositiveSmallIntegerField("kemajuan (persen)", default=0)
    cancel_asked_by = models.CharField("diminta batal oleh", max_length=80, blank=True, default="")
    cancel_asked_at = models.DateTimeField("diminta batal pada", null=True, blank=True)
    failure = models.CharField("sebab gagal", max_length=40, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("state", "started_by", "started_at", "finished_at", "worker", "heartbeat_at", "attempts", "step"),
            *("progress", "cancel_asked_by", "cancel_asked_at", "failure"),
        ),
        Privacy.OPAQUE,
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_finished_state",
                condition=Q(state__in=OPEN, finished_at__isnull=True)
                | (~Q(state__in=OPEN) & Q(finished_at__isnull=False)),
                violation_error_message="Proses yang berakhir harus punya waktu akhir, dan hanya itu.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_leased",
                condition=(Q(state=RunState.RUNNING, heartbeat_at__isnull=False) & ~Q(worker=""))
                | (~Q(state=RunState.RUNNING) & Q(worker="")),
                violation_error_message="Proses yang berjalan, dan hanya itu, dipegang seorang pekerja.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_cancel_asked",
                condition=Q(cancel_asked_by="", cancel_asked_at__isnull=True)
                | (~Q(cancel_asked_by="") & Q(cancel_asked_at__isnull=False)),
                violation_error_message="Peminta pembatalan dan waktunya harus diisi bersama.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_failure",
                condition=(Q(state=RunState.FAILED) & ~Q(failure="")) | (~Q(state=RunState.FAILED) & Q(failure="")),
                violation_error_message="Proses yang gagal, dan hanya itu, menyebut sebabnya.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_progress",
                condition=Q(progress__lte=100),
                violation_error_message="Kemajuan paling banyak 100 persen.",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether the run has not ended."""
        return self.state in OPEN


def in_order(start: str, through: str, *, name: str) -> models.CheckConstraint:
    """Return the constraint that the last counted day does not lie before the first."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{through}__isnull": True})
        | Q(**{f"{start}__isnull": True})
        | Q(**{f"{through}__gte": models.F(start)}),
        violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
    )
