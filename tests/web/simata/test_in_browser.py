"""SIMATA in Chromium: nothing for axe to find at any width, and a sheet goes from its upload to its causes by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from nawa.core.scope import Scope
from nawa.exchange import queries
from nawa.exchange.enums import Cause
from nawa.exchange.models import Comparison
from nawa.exchange.tasks import comparing
from nawa.registry.models import Person
from nawa.talent.models import MappingRun
from nawa.talent.queries.places import places
from tests.browser import accessibility_faults, look
from tests.web.roles import browse, committed
from tests.web.simata.conftest import carried_out, content_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDTHS = ((1440, "light"), (390, "dark"), (320, "light"))


def test_the_pages_are_accessible_and_fit(page: Page, mapped: MappingRun) -> None:
    found = committed(lambda: carried_out(mapped))
    rows = queries.differences(found, within=places(scope=Scope.everything()))
    one = Person.objects.get(pk=rows.filter(cause=str(Cause.NOT_THERE))["person_id"][0])
    own = [found.public_id]
    addresses = {
        "simata": reverse("simata"),
        "comparison": reverse("simata_comparison", args=own),
        "people": reverse("simata_people", args=own) + f"?sebab={Cause.NOT_THERE}",
        "person": reverse("simata_person", args=[*own, one.public_id]),
        "letter": reverse("simata_letter", args=own),
        "earlier": reverse("earlier_maps"),
        "earlier-people": reverse("earlier_people"),
        "earlier-pools": reverse("earlier_pools"),
    }
    browse(page, Role.ANALYST)
    for width, scheme in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for name, address in addresses.items():
            page.goto(address)
            for fold in page.locator("main details").all():
                fold.evaluate("element => element.open = true")
            look(page, f"simata-{name}-{width}-{scheme}")
            assert accessibility_faults(page) == [], (name, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


def test_a_sheet_is_uploaded_watched_and_read(page: Page, mapped: MappingRun, tmp_path: Path) -> None:
    path = tmp_path / "simata.xlsx"
    path.write_bytes(content_of(mapped))
    browse(page, Role.ANALYST)
    page.goto(reverse("simata"))
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Unggah dan bandingkan").click()
    expect(page.get_by_role("status")).to_contain_text("Menunggu pekerja")
    asked = Comparison.objects.latest("pk")
    committed(lambda: comparing.compare_sheet.func(asked.public_id))
    expect(page.get_by_role("heading", name="Berapa orang berbeda, per kolom?")).to_be_visible()
    page.get_by_role("link", name="Bukti belum ada di SIMATA").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Selisih per orang")
    page.get_by_role("link", name="Bukti belum ada di SIMATA").click()  # the chip
    expect(page.locator(".chips")).to_have_count(0)
