"""Measures pages at the server: time, queries and size, as the roles that use them, on the database of the settings.

    NAWA_DEMO=1 python -m bench.pages

The baseline of the same run is the barest list there is: fifty rows of people by one query, as plain text.
"""

from __future__ import annotations

import gzip
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import django
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nawa.settings")
django.setup()

from nawa.accounts.models import User  # noqa: E402 (needs the settings)
from nawa.registry.models import Person  # noqa: E402
from nawa.talent.models import MappingResult  # noqa: E402
from nawa.web.kit.entrance import note_entry  # noqa: E402

TIMES: Final = 21


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a role sees it."""

    label: str
    path: str
    role: str


def pages() -> list[Page]:
    """Return the pages that are measured; the profile is of somebody of whom everything is known."""
    known = MappingResult.objects.filter(status="LENGKAP").select_related("person").order_by("pk").first()
    profile = f"/pegawai/{known.person.public_id}/" if known else "/pegawai/"
    return [
        Page("Beranda, analis", "/", "ANALIS"),
        Page("Beranda, PPK", "/", "PPK"),
        Page("Pegawai", "/pegawai/", "ANALIS"),
        Page("Peta Talenta", "/peta/", "ANALIS"),
        Page("Peta Talenta, satu kotak", "/peta/?kotak=5", "ANALIS"),
        Page("Profil Talenta", profile, "ANALIS"),
        Page("Talenta Saya", "/saya/", ""),
        Page("Unit & Jabatan", "/organisasi/", "ANALIS"),
        Page("Jabatan", "/organisasi/jabatan/", "ANALIS"),
        Page("Pergerakan", "/pergerakan/", "ANALIS"),
        Page("Pergerakan, pegawai", "/pergerakan/pegawai/", "ANALIS"),
        Page("Kualitas Data", "/kualitas-data/", "ANALIS"),
        Page("Kualitas Data, kejar dahulu", "/kualitas-data/kejar/", "ANALIS"),
        Page("Kualitas Data, temuan", "/kualitas-data/temuan/", "ANALIS"),
        Page("Impor", "/impor/", "ANALIS"),
        Page("Bukti", "/bukti/", "ANALIS"),
        Page("Kelengkapan Register", "/kelengkapan-register/", "ANALIS"),
        Page("Perbedaan Sumber", "/perbedaan/", "ANALIS"),
        Page("Retensi", "/retensi/", "ANALIS"),
        Page("Plt & Plh", "/plt/", "ANALIS"),
        Page("SOTK", "/sotk/", "ANALIS"),
        Page("SIMATA", "/simata/", "ANALIS"),
        Page("Kebijakan", "/kebijakan/", "ANALIS"),
        Page("Siklus", "/siklus/", "ANALIS"),
        Page("Pengguna", "/pengguna/", "ADMINISTRATOR"),
        Page("Jejak", "/jejak/", "INSPEKTORAT"),
    ]


def entered(role: str) -> Client:
    """Return a client that has logged in as the demo account of a role."""
    grants = {"grants__role": role} if role else {"grants__isnull": True, "person__isnull": False}
    user = User.objects.filter(is_demo=True, **grants).order_by("pk")[0]
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend="nawa.web.kit.entrance.OpenAccounts")
    note_entry(request)
    request.session.save()
    client = Client(SERVER_NAME="localhost")
    client.cookies["sessionid"] = request.session.session_key
    return client


def timed(call: Callable[[], object]) -> float:
    """Return the median milliseconds of a call, after one that warms up."""
    call()
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def measured() -> Iterator[str]:
    """Yield a line for each page."""
    baseline = timed(lambda: "\n".join(map(str, Person.objects.order_by("name").values_list("nip", "name")[:50])))
    yield f"baseline, fifty rows by one query: {baseline:.1f} ms"
    for page in pages():
        client = entered(page.role)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(page.path)
        queries = len(captured)  # the next request begins another count
        if response.status_code != 200:
            raise SystemExit(f"{page.path}: {response.status_code}")
        size = len(gzip.compress(response.content)) / 1000
        taken = timed(lambda client=client, path=page.path: client.get(path))
        yield (
            f"{page.label}: {taken:.0f} ms, {queries} queries, {size:.0f} kB compressed, "
            f"{taken / baseline:.0f} times the baseline"
        )


if __name__ == "__main__":
    for line in measured():
        print(line, flush=True)
