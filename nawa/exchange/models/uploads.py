"""Uploads on their way to the records, and imports that were made: the provenance of the facts that name them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import ClassVar

import polars as pl
from django.db import models
from django.db.models import Q

from nawa.core import ids
from nawa.core.constraints import CODE, NAME
from nawa.core.models import OPEN, Identified, Run, Source
from nawa.core.privacy import Privacy
from nawa.exchange.enums import About, Declared, Deed, Mode, Stage


class Import(Identified):
    """An import that was carried out. Facts written by it carry its public id as `import_id`.

    `counts` is `{table: [added, corrected, unchanged]}`; `key` opens the sealed row changes in the audit record and is
    destroyed (made empty) when retention ends.
    """

    source = models.CharField("sumber", max_length=20, choices=Source.choices)
    declared = models.CharField("cakupan berkas", max_length=20, choices=Declared.choices)
    content_hash = models.CharField("SHA-256 isi", max_length=64)
    counts = models.JSONField("jumlah baris", default=dict)
    key = models.CharField("kunci", max_length=64, blank=True, default="")
    imported_by = models.CharField("diimpor oleh", max_length=80)
    imported_at = models.DateTimeField("diimpor pada")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("source", "declared", "content_hash", "counts", "imported_by", "imported_at"), Privacy.OPAQUE),
        "key": Privacy.SPECIFIC,  # with it, guesses about any row can be tested against the record
    }

    class Meta:
        verbose_name = "impor"
        verbose_name_plural = "impor"
        indexes: ClassVar = [models.Index(fields=["imported_at"], name="exchange_import_at")]

    def __str__(self) -> str:
        return self.public_id


class Upload(Identified):
    """A file that somebody handed in, from the moment it is here until its contents have gone.

    `counts` is `{table: {new, changed, unchanged, problems, given}}` of the preview `preview` (the id of the work that
    made it; `given` are the columns that say something), `absent` how many active people a file declared full does not
    name. `refused` is the code and details of a file that could not be read. The name of the file may tell of people:
    it goes with the contents, and stands in no event.
    """

    declared = models.CharField("cakupan berkas", max_length=20, choices=Declared.choices)
    language = models.CharField("bahasa", max_length=5, default="id")
    file_name = models.CharField("nama berkas", max_length=NAME, blank=True, default="")
    file_size = models.BigIntegerField("ukuran berkas")
    digest = models.CharField("SHA-256 berkas", max_length=64)
    stage = models.CharField("tahap", max_length=CODE, choices=Stage.choices, default=Stage.UPLOADED)
    uploaded_by = models.CharField("diunggah oleh", max_length=80)
    uploaded_at = models.DateTimeField("diunggah pada")
    kept_through = models.DateField("isi disimpan sampai dengan")
    has_contents = models.BooleanField("isinya masih ada", default=True)
    preview = models.CharField("ID pratinjau", max_length=ids.LONGEST, blank=True, default="")
    content_hash = models.CharField("SHA-256 isi", max_length=64, blank=True, default="")
    counts = models.JSONField("jumlah baris", default=dict)
    problem_rows = models.IntegerField("baris bermasalah", default=0)
    too_many_problems = models.BooleanField("masalahnya terlalu banyak untuk dirinci", default=False)
    absent = models.IntegerField("tidak ada di berkas", default=0)
    twins = models.IntegerField("mungkin koreksi", default=0)
    refused = models.JSONField("sebab tidak terbaca", default=dict)
    made = models.OneToOneField(Import, models.PROTECT, null=True, related_name="upload", verbose_name="impor")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(
            (
                *("declared", "language", "file_size", "digest", "stage", "uploaded_by", "uploaded_at", "kept_through"),
                *("has_contents", "preview", "content_hash", "counts", "problem_rows", "too_many_problems", "absent"),
                *("twins", "refused"),
            ),
            Privacy.OPAQUE,
        ),
        "file_name": Privacy.IDENTITY,
    }

    class Meta:
        verbose_name = "unggahan"
        verbose_name_plural = "unggahan"
        indexes: ClassVar = [models.Index(fields=["uploaded_at"], name="exchange_upload_at")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="exchange_upload_made",
                condition=Q(stage__in=[Stage.APPLIED, Stage.UNDONE], made__isnull=False)
                | (~Q(stage__in=[Stage.APPLIED, Stage.UNDONE]) & Q(made__isnull=True)),
                violation_error_message="Unggahan yang diterapkan, dan hanya itu, punya impor.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Work(Run):
    """A deed of a worker on an upload; one at a time."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="works", verbose_name="unggahan")
    deed = models.CharField("pekerjaan", max_length=CODE, choices=Deed.choices)
    mode = models.CharField("cara", max_length=CODE, choices=Mode.choices, blank=True, default="")
    details = models.JSONField("rincian", default=dict)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("deed", "mode", "details"), Privacy.OPAQUE)

    class Meta:
        verbose_name = "pekerjaan impor"
        verbose_name_plural = "pekerjaan impor"
        constraints: ClassVar = [
            *Run.Meta.constraints,
            models.UniqueConstraint(
                fields=["upload"],
                condition=Q(state__in=OPEN),
                name="exchange_work_one_open",
                violation_error_message="Unggahan ini masih dikerjakan.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Content(models.Model):
    """A part of what an upload holds: the file itself until it has been read, then tables (Parquet) and a marked file.

    Columns that Nawa does not know are in the file alone.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="contents", verbose_name="unggahan")
    name = models.CharField("nama", max_length=CODE)
    content = models.BinaryField("isi")

    privacy: ClassVar[Mapping[str, Privacy]] = {"name": Privacy.OPAQUE, "content": Privacy.SPECIFIC}

    class Meta:
        verbose_name = "isi unggahan"
        verbose_name_plural = "isi unggahan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["upload", "name"],
                name="exchange_content_key",
                violation_error_message="Isi ini sudah tersimpan untuk unggahan itu.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of_frame(cls, upload: Upload, name: str, frame: pl.DataFrame) -> Content:
        """Return a table, compressed, as a part that is not stored yet."""
        packed = io.BytesIO()
        frame.write_parquet(packed, compression="zstd")
        return cls(upload=upload, name=name, content=packed.getvalue())

    def frame(self, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the table that this part is, or some of its columns."""
        return pl.read_parquet(io.BytesIO(bytes(self.content)), columns=list(columns) if columns is not None else None)


class Decision(models.Model):
    """What somebody decided about one row of a preview. `subject` is an opaque id, or the line of a table."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="decisions", verbose_name="unggahan")
    about = models.CharField("tentang", max_length=CODE, choices=About.choices)
    table = models.CharField("tabel", max_length=CODE)
    subject = models.CharField("baris", max_length=ids.LONGEST)
    choice = models.CharField("keputusan", max_length=CODE)
    effective_on = models.DateField("berlaku pada", null=True)
    decided_by = models.CharField("diputuskan oleh", max_length=80)
    decided_at = models.DateTimeField("diputuskan pada")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("about", "table", "subject", "decided_by", "decided_at"), Privacy.OPAQUE),
        **dict.fromkeys(("choice", "effective_on"), Privacy.SPECIFIC),
    }

    class Meta:
        verbose_name = "keputusan impor"
        verbose_name_plural = "keputusan impor"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["upload", "about", "table", "subject"],
                name="exchange_decision_key",
                violation_error_message="Baris ini sudah diputuskan.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.choice}"
