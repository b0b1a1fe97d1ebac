"""Tables to which rows are only added. They name other rows by opaque ids, so that nothing hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

from django.db import models

from nawa.core import ids
from nawa.core.models import Identified
from nawa.core.privacy import Privacy


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove a row of the record; guards in the database refuse it as well."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads and adds."""

    def update(self, **_: Any) -> NoReturn:
        raise AppendOnlyError(self.model._meta.label)

    def delete(self) -> NoReturn:
        raise AppendOnlyError(self.model._meta.label)


class AppendOnly(models.Model):
    """A row that is written once."""

    is_append_only: ClassVar[bool] = True  # `guards` finds the tables to guard by it

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(self._meta.label)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnlyError(self._meta.label)


class KeptScan(Identified, AppendOnly):
    """A letter as it was scanned: a PDF, a JPEG or a PNG. The name that its file had is not kept."""

    content_type = models.CharField("jenis berkas", max_length=80)
    content = models.BinaryField("isi")
    digest = models.CharField("SHA-256", max_length=64)
    kept_by = models.CharField("disimpan oleh", max_length=80)
    kept_at = models.DateTimeField("disimpan pada")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("content_type", "digest", "kept_by", "kept_at"), Privacy.OPAQUE),
        "content": Privacy.SPECIFIC,  # whatever the letter says
    }

    class Meta:
        abstract = True
        verbose_name = "pindaian"
        verbose_name_plural = "pindaian"

    def __str__(self) -> str:
        return self.public_id


class RecordedEvent(Identified, AppendOnly):
    """A deed that was done.

    `canonical` is the truth, in ASCII, and `digest` its SHA-256; the other columns are for finding. `id` rises but
    has gaps and may not follow the order of commits: a later sequencer gives committed events their place.
    """

    event = models.CharField("peristiwa", max_length=60)
    subject_kind = models.CharField("jenis objek", max_length=60, blank=True, default="")
    subject_id = models.CharField("ID objek", max_length=ids.LONGEST)
    done_by = models.CharField("pelaku", max_length=80)
    done_at = models.DateTimeField("waktu")
    canonical = models.TextField("bentuk kanonik")
    digest = models.CharField("SHA-256", max_length=64)

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "event": Privacy.OPAQUE,
        "subject_kind": Privacy.OPAQUE,
        "subject_id": Privacy.OPAQUE,
        "done_by": Privacy.OPAQUE,
        "done_at": Privacy.OPAQUE,
        "canonical": Privacy.OPAQUE,
        "digest": Privacy.OPAQUE,
    }

    class Meta:
        verbose_name = "peristiwa"
        verbose_name_plural = "peristiwa"
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "done_at"], name="audit_event_subject_at"),
            models.Index(fields=["done_at"], name="audit_event_done_at"),
            models.Index(fields=["event", "done_at"], name="audit_event_kind"),
            models.Index(fields=["done_by", "done_at"], name="audit_event_done_by"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.public_id}"


class ChangeChunk(AppendOnly):
    """A part of the row changes behind a bulk deed, as lines that are the leaves of the event's Merkle tree.

    The chunks of an event in the order of `number` hold all its lines. A line is `= TABLE COLUMNS` (the form of what
    follows) or `TABLE ROW BEFORE AFTER`, with commitments in hexadecimal and `-` where the row did not exist.
    """

    event = models.CharField("ID peristiwa", max_length=ids.LONGEST)
    number = models.PositiveIntegerField("nomor")
    lines = models.TextField("baris perubahan")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "event": Privacy.OPAQUE,
        "number": Privacy.OPAQUE,
        "lines": Privacy.OPAQUE,
    }

    class Meta:
        verbose_name = "perubahan baris"
        verbose_name_plural = "perubahan baris"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="audit_changechunk_event_number",
                violation_error_message="Bagian perubahan ini sudah tercatat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.number}"


class ReadEntry(AppendOnly):
    """Somebody looked at another person's evaluation; written before the answer left the server."""

    subject = models.CharField("ID pegawai", max_length=ids.LONGEST)
    page = models.CharField("halaman", max_length=40)
    read_by = models.CharField("pembaca", max_length=80)
    read_at = models.DateTimeField("dibaca pada")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "subject": Privacy.OPAQUE,
        "page": Privacy.OPAQUE,
        "read_by": Privacy.OPAQUE,
        "read_at": Privacy.OPAQUE,
    }

    class Meta:
        verbose_name = "catatan baca"
        verbose_name_plural = "catatan baca"
        indexes: ClassVar = [
            models.Index(fields=["subject", "read_at"], name="audit_read_subject"),
            models.Index(fields=["read_by", "read_at"], name="audit_read_by"),
            models.Index(fields=["read_at"], name="audit_read_at"),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.subject}"
