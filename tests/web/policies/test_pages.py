"""Kebijakan: what each role reads and may do, what the form keeps and says, what is withheld, and what a page costs."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry, RecordedEvent
from nawa.core import clock
from nawa.policy.layouts import Chapter
from nawa.rulebook.enums import State
from nawa.rulebook.models import PolicyVersion
from nawa.talent import tasks
from nawa.talent.models import Cycle, MappingRun, Simulation
from tests.drafting import SWAP
from tests.publishing import PDF
from tests.web.roles import enter

pytestmark = pytest.mark.django_db
WHOLE_SWAP = {**SWAP, "edition": "0"}


def get(client: Client, name: str, version: PolicyVersion, /, *more: str, **query: str) -> str:
    answer = client.get(reverse(name, args=[version.public_id, *more]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, name: str, version: PolicyVersion, /, *more: str, **data: Any) -> Any:
    return client.post(reverse(name, args=[version.public_id, *more]), data)


def seen(version: PolicyVersion) -> dict[str, str]:
    version.refresh_from_db()
    return {"expected": version.state, "edition": str(version.edition)}


@pytest.fixture
def draft(client: Client, city: PolicyVersion) -> PolicyVersion:
    """A draft with other weights, begun by the analyst who is now logged in."""
    enter(client, Role.ANALYST)
    send(client, "policy_draft", city, version="2027.1")
    made = PolicyVersion.objects.get(version="2027.1")
    send(client, "policy_write", made, "bobot", **WHOLE_SWAP)
    made.refresh_from_db()
    return made


def papers(**changed: Any) -> dict[str, Any]:
    tomorrow = clock.today() + timedelta(days=1)
    own = {"kind": "PERWAL", "number": "12", "dated_on": f"{clock.today()}", "signatory": "Wali Kota"}
    return {**own, "effective_from": f"{tomorrow}", "scan": SimpleUploadedFile("p.pdf", PDF), **changed}


# -- reading


def test_a_head_of_unit_reads_every_rule_in_words(client: Client, computed: MappingRun, city: PolicyVersion) -> None:
    enter(client, Role.UNIT_HEAD)
    told = get(client, "policy", city)
    for text in ("Bobot Penghargaan", "15 persen", "perlu konfirmasi", "Keputusan Kepala BKN 411/2025", "1 Jan 2025"):
        assert text in told
    assert "Susun versi baru" not in told
    assert "berlaku kini" in client.get(reverse("policies")).content.decode()


def test_before_anything_was_shipped_the_page_says_what_to_do(client: Client, db: None) -> None:
    enter(client, Role.ANALYST)
    assert "Belum ada kebijakan" in client.get(reverse("policies")).content.decode()


def test_drafts_are_seen_by_those_who_see_unpublished_runs_and_submitted_ones_by_all(
    client: Client, draft: PolicyVersion
) -> None:
    enter(client, Role.ASSESSOR)
    assert "2027.1" not in client.get(reverse("policies")).content.decode()
    assert client.get(reverse("policy", args=[draft.public_id])).status_code == 404
    enter(client, Role.ANALYST)
    assert send(client, "policy_submit", draft, **seen(draft)).status_code == 302
    enter(client, Role.ASSESSOR)
    assert "semula" in get(client, "policy", draft)
    assert "2027.1" in client.get(reverse("policies")).content.decode()


def test_differences_name_both_values_and_their_sources(client: Client, draft: PolicyVersion) -> None:
    told = get(client, "policy_compare", draft)
    assert "2 aturan berbeda" in told
    assert "15 persen" in told
    assert "20 persen" in told
    assert draft.parent is not None
    assert "sama: tidak ada" in get(client, "policy_compare", draft.parent, dengan=draft.parent.public_id)


# -- the form


def test_what_is_wrong_is_kept_and_said_with_place_and_remedy(client: Client, draft: PolicyVersion) -> None:
    send(client, "policy_write", draft, "bobot", **{**SWAP, "indicators.AWARD.weight": "sebelas", "edition": "1"})
    told = get(client, "policy_write", draft, "bobot")
    assert 'value="sebelas"' in told
    assert "sebelas bukan angka antara 0 dan 100" in told
    assert "belum dapat diajukan" in told
    assert 'href="#aturan-indicators-award-weight"' in told
    assert "Rancangan ini belum dapat dipakai" in get(client, "policy", draft)
    assert send(client, "policy_submit", draft, **seen(draft)).status_code == 422


def test_the_part_that_is_patched_is_the_same_as_in_the_whole_page(client: Client, draft: PolicyVersion) -> None:
    sent = {**SWAP, "indicators.AWARD.weight": "11", "edition": "1"}
    part = client.post(
        reverse("policy_write", args=[draft.public_id, "bobot"]), sent, headers={"HX-Request": "true"}
    ).content.decode()
    whole = get(client, "policy_write", draft, "bobot")
    panel = part[part.index('<aside id="temuan"') : part.index("</aside>")]
    assert panel in whole
    assert "berjumlah 101 persen" in panel
    notes = re.findall(r'<div class="rule-state" id="[^"]+" hx-swap-oob="true">.*?</div>\n?', part, re.DOTALL)
    assert notes
    assert all(note.replace(' hx-swap-oob="true"', "").strip() in whole for note in notes)
    assert 'value="2" hx-swap-oob="true"' in part


@pytest.mark.parametrize("chapter", list(Chapter))
def test_no_id_is_given_twice(client: Client, draft: PolicyVersion, chapter: Chapter) -> None:
    found = re.findall(r' id="([^"]+)"', get(client, "policy_write", draft, chapter))
    assert len(found) == len(set(found)) > 5


def test_numbers_are_typed_and_shown_with_a_comma(client: Client, draft: PolicyVersion) -> None:
    sent = {"indicators.AWARD.weight": "12,5", "indicators.TEAM.weight": "17,5", "edition": "1"}
    send(client, "policy_write", draft, "bobot", **sent)
    draft.refresh_from_db()
    assert draft.typed["indicators.AWARD.weight"] == "12.5"
    assert 'value="12,5"' in get(client, "policy_write", draft, "bobot")


@pytest.mark.parametrize("chapter", list(Chapter))
def test_saving_a_chapter_as_it_is_shown_changes_nothing(
    client: Client, draft: PolicyVersion, chapter: Chapter
) -> None:
    told = get(client, "policy_write", draft, chapter)
    form = told[told.index("draft-form") : told.index("Simpan rancangan")]
    sent = dict(re.findall(r'<input (?:class="short" )?id="[^"]*" name="([^"]+)" value="([^"]*)"', form))
    sent |= dict.fromkeys(re.findall(r'name="([^"]+)" value="1" checked', form), "1")
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        sent[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    sent["edition"] = str(draft.edition_of(chapter))
    assert len(sent) > 3
    send(client, "policy_write", draft, chapter, **{name: text.replace("&#x27;", "'") for name, text in sent.items()})
    before = draft.typed
    draft.refresh_from_db()
    assert draft.typed == before == SWAP


def test_the_second_of_two_sees_both_texts_and_chooses(client: Client, draft: PolicyVersion) -> None:
    other = Client()
    enter(other, Role.ANALYST, unit=None)
    PolicyVersion.objects.filter(pk=draft.pk).update(editions={"bobot": [2, "user:somebody"]})
    sent = {"indicators.AWARD.weight": "5", "indicators.TEAM.weight": "25", "edition": "1"}
    answer = send(other, "policy_write", draft, "bobot", **sent)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "diubah orang lain" in told
    assert re.search(r"Bobot Penghargaan</th><td>10</td><td>5</td>", told)
    assert 'id="edisi" value="2"' in told
    draft.refresh_from_db()
    assert draft.typed == SWAP
    send(other, "policy_write", draft, "bobot", **{**sent, "edition": "2"})
    draft.refresh_from_db()
    assert draft.typed["indicators.AWARD.weight"] == "5"


def test_the_day_is_kept_with_the_name(client: Client, draft: PolicyVersion) -> None:
    day = clock.today() + timedelta(days=40)
    sent = {"label": "Kota", "stamp": "", "note": "x", "proposed_from": f"{day}", "edition": "0"}
    send(client, "policy_write", draft, "pokok", **sent)
    draft.refresh_from_db()
    assert (draft.proposed_from, draft.label, draft.typed["stamp"]) == (day, "Kota", "")


# -- moves


@pytest.mark.parametrize("deed", ["draft", "write", "simulate", "submit", "take_back", "withdraw", "approve", "refuse"])
def test_the_second_of_two_clicks_changes_nothing_and_says_so(
    client: Client, computed: MappingRun, city: PolicyVersion, draft: PolicyVersion, deed: str
) -> None:
    if deed in ("approve", "refuse"):
        send(client, "policy_submit", draft, **seen(draft))
        enter(client, Role.AGENCY_HEAD)
    elif deed == "take_back":
        send(client, "policy_submit", draft, **seen(draft))
    version = city if deed == "draft" else draft
    more = ("bobot",) if deed == "write" else ()
    data = {
        "draft": lambda: {"version": "2027.2"},
        "write": lambda: {"indicators.AWARD.weight": "5", "indicators.TEAM.weight": "25", "edition": "1"},
        "approve": lambda: {**form, **papers()},
        "refuse": lambda: {**form, "reason": "DAMPAK"},
    }.get(deed, lambda: form)
    form = seen(draft)
    first = send(client, f"policy_{deed}", version, *more, **data())
    assert first.status_code == 302, first.content.decode()
    kept = everything()
    second = send(client, f"policy_{deed}", version, *more, **data())
    assert everything() == kept
    told = second.content.decode()
    if second.status_code == 302:
        told = client.get(second["Location"]).content.decode()
    assert SAID[deed] in told


def everything() -> list[Any]:
    """What there is of policies and of simulations, and how many deeds were recorded."""
    columns = ("public_id", "state", "editions", "typed", "decided_at", "number")
    return [
        *PolicyVersion.objects.order_by("pk").values_list(*columns),
        *Simulation.objects.order_by("pk").values_list("public_id", "state"),
        RecordedEvent.objects.count(),
    ]


SAID = {
    "draft": "2027.2",
    "write": "Tersimpan.",
    "simulate": "sedang",
    "submit": "Sementara itu",
    "take_back": "Sementara itu",
    "withdraw": "Sementara itu",
    "approve": "Sementara itu",
    "refuse": "Sementara itu",
}
"""What the second of two clicks is told."""


def test_a_draft_goes_its_way_and_the_next_run_uses_it(
    client: Client, computed: MappingRun, draft: PolicyVersion
) -> None:
    assert send(client, "policy_submit", draft, **seen(draft)).status_code == 302
    assert "Yang berwenang: Kepala badan kepegawaian" in get(client, "policy", draft)
    enter(client, Role.AGENCY_HEAD)
    today = f"{clock.today()}"
    answer = send(client, "policy_approve", draft, **seen(draft), **papers(effective_from=today))
    assert answer.status_code == 302
    told = get(client, "policy", draft)
    assert "berlaku kini" in told
    assert "Peraturan Wali Kota Nomor 12" in told
    scan = client.get(reverse("policy_instrument", args=[draft.public_id]))
    assert (scan.content, scan["X-Content-Type-Options"]) == (PDF, "nosniff")
    enter(client, Role.ANALYST)
    client.post(reverse("cycle_open"), {"month_on": f"{clock.today().replace(day=1)}", "contest_days": 7})
    cycle = Cycle.objects.order_by("-month_on")[0]
    assert "versi 2027.1 sejak" in client.get(reverse("cycle", args=[cycle.public_id])).content.decode()
    client.post(reverse("run_start", args=[cycle.public_id]), {"policy": "semarang", "on": today})
    assert MappingRun.objects.latest("pk").policy_version == "2027.1"


def test_whoever_drafted_sees_why_they_may_not_approve(client: Client, draft: PolicyVersion) -> None:
    enter(client, Role.ANALYST)
    send(client, "policy_submit", draft, **seen(draft))
    user = enter(client, Role.AGENCY_HEAD)
    PolicyVersion.objects.filter(pk=draft.pk).update(hands=[f"user:{user.public_id}"])
    assert "diputuskan oleh orang lain" in get(client, "policy", draft)
    answer = send(client, "policy_approve", draft, **seen(draft), **papers())
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_a_refused_approval_says_why_and_keeps_the_form(client: Client, draft: PolicyVersion) -> None:
    send(client, "policy_submit", draft, **seen(draft))
    enter(client, Role.AGENCY_HEAD)
    yesterday = f"{clock.today() - timedelta(days=1)}"
    answer = send(client, "policy_approve", draft, **seen(draft), **papers(effective_from=yesterday))
    assert answer.status_code == 422
    assert "tidak berlaku surut" in answer.content.decode()
    assert 'value="Wali Kota"' in answer.content.decode()


def test_a_draft_is_taken_back_refused_and_withdrawn(client: Client, draft: PolicyVersion) -> None:
    send(client, "policy_submit", draft, **seen(draft))
    send(client, "policy_take_back", draft, **seen(draft))
    assert seen(draft)["expected"] == State.DRAFT
    send(client, "policy_submit", draft, **seen(draft))
    enter(client, Role.AGENCY_HEAD)
    send(client, "policy_refuse", draft, **seen(draft), reason="DAMPAK")
    assert "Dampaknya perlu dikaji lagi" in get(client, "policy", draft)
    enter(client, Role.ANALYST)
    assert draft.parent is not None
    send(client, "policy_draft", draft.parent, version="2027.1")
    again = PolicyVersion.objects.get(version="2027.1", state=State.DRAFT)
    assert send(client, "policy_withdraw", again, **seen(again)).status_code == 302


def test_a_grant_for_a_part_changes_no_policy_of_the_whole(
    client: Client, computed: MappingRun, city: PolicyVersion
) -> None:
    enter(client, Role.ANALYST, unit="DINAS")
    assert send(client, "policy_draft", city, version="2027.2").status_code == 403


# -- simulation


@pytest.fixture
def simulated(client: Client, computed: MappingRun, draft: PolicyVersion) -> PolicyVersion:
    cuts = {"map.cutoffs.POTENTIAL/high": "70", "map.cutoffs.POTENTIAL/middle": "40", "edition": "0"}
    send(client, "policy_write", draft, "kelas", **cuts)
    send(client, "policy_simulate", draft)
    assert "Menunggu pekerja" in get(client, "policy_simulation", draft)
    tasks.simulate.func(Simulation.objects.get().public_id)
    draft.refresh_from_db()
    return draft


def test_a_simulation_is_shown_in_numbers_and_by_name_and_the_look_is_logged(
    client: Client, simulated: PolicyVersion
) -> None:
    user = enter(client, Role.ANALYST)
    told = get(client, "policy_simulation", simulated)
    for text in ("bukan peta resmi", "Menurut jenis kelamin", "Seberapa peka", "Tabel arus antarkotak"):
        assert text in told
    names = get(client, "policy_affected", simulated, "batas")
    assert "Kepala" in names
    assert "batas" in names
    reads = ReadEntry.objects.filter(page="policy_affected")
    assert {read.read_by for read in reads} == {f"user:{user.public_id}"}
    assert client.get(reverse("policy_affected", args=[simulated.public_id, "lain"])).status_code == 404


def test_a_simulation_of_an_earlier_text_says_so(client: Client, simulated: PolicyVersion) -> None:
    assert "sudah berubah sejak disimulasikan" not in get(client, "policy_simulation", simulated)
    send(client, "policy_write", simulated, "kinerja", **{"award.years": "3", "edition": "0"})
    assert "sudah berubah sejak disimulasikan" in get(client, "policy_simulation", simulated)


def test_whoever_may_not_see_people_sees_no_small_count_and_no_name(client: Client, simulated: PolicyVersion) -> None:
    send(client, "policy_submit", simulated, **seen(simulated))
    enter(client, Role.ASSESSOR)
    told = get(client, "policy_simulation", simulated)
    assert "ditulis sebagai tanda hubung" in told
    cells = re.findall(r'<td class="number[^"]*">(.*?)</td>', told, re.DOTALL)
    groups = told[: told.index("Seberapa peka")]
    shown = {int(cell) for cell in re.findall(r'<td class="number[^"]*">(\d+)\s*</td>', groups)}
    assert cells
    assert not shown & {1, 2, 3, 4}
    assert "Siapa yang pindah" not in told
    assert client.get(reverse("policy_affected", args=[simulated.public_id, "berpindah"])).status_code == 403


def test_a_head_of_unit_sees_their_own_unit_alone(client: Client, simulated: PolicyVersion) -> None:
    send(client, "policy_submit", simulated, **seen(simulated))
    enter(client, Role.UNIT_HEAD, unit="SD1")
    assert "dari 1 pegawai" in get(client, "policy_simulation", simulated)
    assert "Kepala" not in get(client, "policy_affected", simulated, "batas").split("<main")[1]


def test_a_simulation_is_cancelled_once_and_no_other_in_its_place(client: Client, simulated: PolicyVersion) -> None:
    over = Simulation.objects.get()
    send(client, "policy_simulate", simulated)  # takes the place of the one before
    waiting = Simulation.objects.get()
    cancel = reverse("policy_simulate_cancel", args=[simulated.public_id])
    told = "Pekerjaan ini sudah berakhir"
    assert told in client.post(cancel, {"simulasi": over.public_id}, follow=True).content.decode()
    waiting.refresh_from_db()
    assert waiting.state == "QUEUED"
    assert told not in client.post(cancel, {"simulasi": waiting.public_id}, follow=True).content.decode()
    assert told in client.post(cancel, {"simulasi": waiting.public_id}, follow=True).content.decode()
    waiting.refresh_from_db()
    assert waiting.state == "CANCELLED"


def test_what_cannot_be_simulated_says_why(client: Client, draft: PolicyVersion) -> None:
    answer = client.post(reverse("policy_simulate", args=[draft.public_id]), follow=True)
    assert "Belum ada peta yang dapat dibandingkan" in answer.content.decode()


# -- both languages, cost


def test_the_pages_speak_english(client: Client, simulated: PolicyVersion) -> None:
    client.post(reverse("language"), {"language": "en", "next": "/"})
    for name, more, texts in (
        ("policy", (), ("Rule by rule", "15 percent", "Submit the draft")),
        ("policy_write", ("bobot",), ("Sum of weights", "Save the draft")),
        ("policy_simulation", (), ("From which box to which?", "How sensitive")),
        ("policy_compare", (), ("rules differ",)),
    ):
        told = get(client, name, simulated, *more)
        assert all(text in told for text in texts), name


def test_pages_take_a_constant_number_of_queries(
    client: Client, simulated: PolicyVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    own = simulated.public_id
    addresses = [reverse("policies"), *(reverse(name, args=[own]) for name in ("policy", "policy_compare"))]
    addresses += [reverse("policy_simulation", args=[own]), reverse("policy_affected", args=[own, "berpindah"])]
    for address in (*addresses, reverse("policy_write", args=[own, "potensial"])):
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200
