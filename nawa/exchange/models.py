"""Imports that were made: the provenance of the facts that name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from nawa.core.models import Identified, Source
from nawa.core.privacy import Privacy


class Declared(models.TextChoices):
    """What the bringer of a file says of it: does it hold everybody?"""

    PARTIAL = "PARTIAL", "Sebagian pegawai"
    FULL = "FULL", "Seluruh pegawai"


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
