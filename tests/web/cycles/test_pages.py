"""Siklus: what each role sees and may do, what a stale form is told, and what a page costs."""

from __future__ import annotations

import html
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
from nawa.core.actor import Actor, ActorKind
from nawa.core.models import RunState
from nawa.evidence.models import PerformanceRating
from nawa.policy.loading import load
from nawa.talent import tasks
from nawa.talent.actions import advance, run_mapping
from nawa.talent.enums import WAY, Stage, Withdrawal
from nawa.talent.models import Cycle, MappingRun, Release, RunStage
from tests.publishing import PDF, WHY, walk, walker
from tests.web.conftest import DAY
from tests.web.roles import enter

pytestmark = pytest.mark.django_db
STEPS = {
    Stage.CONTEST: "run_contest",
    Stage.VALIDATED: "run_validate",
    Stage.DETERMINED: "run_determine",
    Stage.PUBLISHED: "run_publish",
    Stage.WITHDRAWN: "run_withdraw",
}


def page(client: Client, run: MappingRun) -> str:
    return client.get(reverse("run", args=[run.public_id])).content.decode()


def send(client: Client, name: str, run: MappingRun, **data: Any) -> Any:
    return client.post(reverse(name, args=[run.public_id]), data)


def stages(run: MappingRun) -> list[str]:
    return list(RunStage.objects.filter(run=run).order_by("pk").values_list("stage", flat=True))


# -- cycles and starting


def test_without_cycles_the_page_says_what_to_do_first(client: Client) -> None:
    enter(client, Role.ANALYST)
    assert "Buka siklus yang pertama" in client.get(reverse("cycles")).content.decode()
    enter(client, Role.AUDITOR)
    assert "Analis kepegawaian yang membukanya" in client.get(reverse("cycles")).content.decode()


def test_an_analyst_opens_a_cycle_and_starts_a_run_that_a_worker_carries_out(client: Client) -> None:
    enter(client, Role.ANALYST)
    month = clock.today().replace(day=1)
    client.post(reverse("cycle_open"), {"month_on": f"{month}", "contest_days": 5})
    cycle = Cycle.objects.get()
    assert (cycle.month_on, cycle.contest_days) == (month, 5)
    asked = {"policy": "semarang", "on": f"{month}"}
    answer = client.post(reverse("run_start", args=[cycle.public_id]), asked)
    run = MappingRun.objects.get()
    assert answer.url == reverse("run", args=[run.public_id])
    assert "Menunggu pekerja yang bebas" in page(client, run)
    again = client.post(reverse("run_start", args=[cycle.public_id]), asked)
    assert again.status_code == 422
    assert "masih ada pemetaan yang berjalan" in again.content.decode()
    tasks.perform.func(run.public_id)
    assert stages(run) == ["DIHITUNG"]


def test_a_day_that_has_not_come_is_refused_with_the_reason(client: Client) -> None:
    enter(client, Role.ANALYST)
    client.post(reverse("cycle_open"), {"month_on": f"{clock.today().replace(day=1)}", "contest_days": 7})
    tomorrow = clock.today() + timedelta(days=1)
    sent = {"policy": "semarang", "on": f"{tomorrow}"}
    answer = client.post(reverse("run_start", args=[Cycle.objects.get().public_id]), sent)
    assert answer.status_code == 422
    assert "Tanggal acuan belum tiba" in answer.content.decode()


def test_a_run_that_waits_is_cancelled_at_once(client: Client) -> None:
    enter(client, Role.ANALYST)
    client.post(reverse("cycle_open"), {"month_on": f"{clock.today().replace(day=1)}", "contest_days": 7})
    cycle = Cycle.objects.get()
    client.post(reverse("run_start", args=[cycle.public_id]), {"policy": "semarang", "on": f"{clock.today()}"})
    run = MappingRun.objects.get()
    send(client, "run_cancel", run)
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert "Pemetaan dibatalkan" in page(client, run)
    tasks.perform.func(run.public_id)
    assert stages(run) == []


def test_the_watched_part_of_the_page_is_the_same_as_in_the_whole_and_the_end_reloads_it(client: Client) -> None:
    enter(client, Role.ANALYST)
    client.post(reverse("cycle_open"), {"month_on": f"{clock.today().replace(day=1)}", "contest_days": 7})
    cycle = Cycle.objects.get()
    client.post(reverse("run_start", args=[cycle.public_id]), {"policy": "semarang", "on": f"{clock.today()}"})
    run = MappingRun.objects.get()
    address = reverse("run", args=[run.public_id])

    def plain(text: str) -> str:
        return "".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line).strip()

    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert plain(part) in plain(page(client, run))
    tasks.perform.func(run.public_id)
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


# -- moves


def test_each_role_makes_its_move_until_the_map_is_published(client: Client, computed: MappingRun) -> None:
    Cycle.objects.update(contest_days=1)
    enter(client, Role.AGENCY_HEAD)
    assert send(client, "run_check", computed, expected="DIHITUNG").status_code == 302
    begun = clock.now() - timedelta(days=3)
    advance(computed, to=Stage.CONTEST, expected=Stage.CHECKED, by=walker(Stage.CONTEST), at=begun)
    today = f"{clock.today()}"

    def papers() -> dict[str, Any]:
        return {"number": "800/1", "dated_on": today, "scan": SimpleUploadedFile("ba.pdf", PDF)}

    enter(client, Role.COMMITTEE_SECRETARY)
    assert send(client, "run_validate", computed, expected="MASA_SANGGAH", **papers()).status_code == 302
    enter(client, Role.APPOINTER)
    assert send(client, "run_determine", computed, expected="DIVALIDASI", **papers()).status_code == 302
    assert send(client, "run_release", computed, why="Asesmen belum menjangkau semua pegawai.").status_code == 302
    enter(client, Role.AGENCY_HEAD)
    assert send(client, "run_publish", computed, expected="DITETAPKAN").status_code == 422  # the word is missing
    assert send(client, "run_publish", computed, expected="DITETAPKAN", word="TERBIT").status_code == 302
    assert stages(computed)[-1] == Stage.PUBLISHED


def test_a_second_click_and_a_stale_form_are_told_what_happened_and_change_nothing(
    client: Client, computed: MappingRun
) -> None:
    enter(client, Role.AGENCY_HEAD)
    assert send(client, "run_check", computed, expected="DIHITUNG").status_code == 302
    again = send(client, "run_check", computed, expected="DIHITUNG")
    assert again.status_code == 422
    assert "Sementara itu tahapnya sudah berubah: diperiksa" in again.content.decode()
    assert stages(computed) == ["DIHITUNG", "DIPERIKSA"]


@pytest.mark.parametrize("to", STEPS)
def test_a_second_click_on_any_step_changes_nothing_and_says_so(
    client: Client, computed: MappingRun, to: Stage
) -> None:
    before = Stage.COMPUTED if to is Stage.WITHDRAWN else WAY[WAY.index(to) - 1]
    Cycle.objects.update(contest_days=1)
    walk(computed, before, begun=clock.now() - timedelta(days=60))
    roles = {Stage.VALIDATED: Role.COMMITTEE_SECRETARY, Stage.DETERMINED: Role.APPOINTER}
    enter(client, roles.get(to, Role.AGENCY_HEAD))

    def click() -> Any:
        papers = {"number": "800/1", "dated_on": f"{clock.today()}", "scan": SimpleUploadedFile("ba.pdf", PDF)}
        said = {"reason": Withdrawal.DATA, "word": "DITARIK" if to is Stage.WITHDRAWN else "TERBIT"}
        return send(client, STEPS[to], computed, expected=before, **papers, **said)

    assert click().status_code == 302
    kept = (stages(computed), RecordedEvent.objects.count())
    assert kept[0][-1] == to
    again = click()
    assert (again.status_code, "Sementara itu tahapnya sudah berubah" in again.content.decode()) == (422, True)
    assert (stages(computed), RecordedEvent.objects.count()) == kept


def test_a_second_click_on_opening_a_cycle_or_cancelling_or_releasing_a_run_changes_nothing(
    client: Client, computed: MappingRun
) -> None:
    walk(computed, Stage.DETERMINED, released=False)
    enter(client, Role.APPOINTER)
    assert send(client, "run_release", computed, why=WHY).status_code == 302
    events = RecordedEvent.objects.count()
    assert "sudah diizinkan terbit" in send(client, "run_release", computed, why=WHY).content.decode()
    assert (Release.objects.count(), RecordedEvent.objects.count()) == (1, events)
    enter(client, Role.ANALYST)
    opened = {"month_on": f"{clock.today().replace(day=1)}", "contest_days": 7}
    places = [client.post(reverse("cycle_open"), {**opened, "contest_days": days}) for days in (7, 9)]
    (cycle,) = Cycle.objects.filter(month_on=opened["month_on"])
    assert [place.headers["Location"] for place in places] == [reverse("cycle", args=[cycle.public_id])] * 2
    assert cycle.contest_days == 7
    client.post(reverse("run_start", args=[cycle.public_id]), {"policy": "semarang", "on": f"{clock.today()}"})
    run = MappingRun.objects.latest("pk")
    send(client, "run_cancel", run)
    events = RecordedEvent.objects.count()
    told = client.get(send(client, "run_cancel", run).headers["Location"]).content.decode()
    assert "sudah berakhir" in told
    assert RecordedEvent.objects.count() == events


def test_whoever_started_a_run_does_not_check_it(client: Client, computed: MappingRun) -> None:
    user = enter(client, Role.ANALYST)
    own = run_mapping(
        policy=load("semarang", on=DAY),
        on=DAY,
        by=Actor(ActorKind.USER, user.public_id),
    )
    assert "tidak boleh memeriksanya sendiri" in page(client, own)
    assert send(client, "run_check", own, expected="DIHITUNG").status_code == 422
    assert stages(own) == ["DIHITUNG"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"number": ""}, "Nomor surat"),
        ({"dated_on": "2099-01-01"}, "tidak boleh sesudah hari ini"),
        ({"scan": SimpleUploadedFile("ba.pdf", b"<svg onload=alert(1)>")}, "berkas PDF, JPEG, atau PNG"),
    ],
)
def test_a_letter_that_will_not_do_is_sent_back(
    client: Client, computed: MappingRun, change: dict[str, Any], told: str
) -> None:
    Cycle.objects.update(contest_days=1)
    begun = clock.now() - timedelta(days=3)
    for origin, to in ((Stage.COMPUTED, Stage.CHECKED), (Stage.CHECKED, Stage.CONTEST)):
        advance(computed, to=to, expected=origin, by=walker(to), at=begun)
    enter(client, Role.COMMITTEE_SECRETARY)
    papers = {"number": "1", "dated_on": f"{clock.today()}", "scan": SimpleUploadedFile("ba.pdf", PDF), **change}
    answer = send(client, "run_validate", computed, expected="MASA_SANGGAH", **papers)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert stages(computed)[-1] == Stage.CONTEST


def test_validation_waits_for_the_end_of_the_contest_period(client: Client, computed: MappingRun) -> None:
    for origin, to in ((Stage.COMPUTED, Stage.CHECKED), (Stage.CHECKED, Stage.CONTEST)):
        advance(computed, to=to, expected=origin, by=walker(to))
    enter(client, Role.COMMITTEE_SECRETARY)
    assert "Masa sanggah berlangsung sampai dengan" in page(client, computed)


def test_a_run_is_withdrawn_with_a_reason_and_goes_no_further(client: Client, computed: MappingRun) -> None:
    enter(client, Role.AGENCY_HEAD)
    sent = {"expected": "DIHITUNG", "reason": Withdrawal.DATA, "word": "DITARIK"}
    assert send(client, "run_withdraw", computed, **sent).status_code == 302
    told = page(client, computed)
    assert "Data sumber keliru" in told
    assert "Langkah berikutnya" not in told


def test_others_see_whose_turn_it_is_and_no_button(client: Client, computed: MappingRun) -> None:
    enter(client, Role.AUDITOR)
    told = page(client, computed)
    assert "Yang berwenang: Analis kepegawaian, Kepala badan kepegawaian" in told
    assert '<button class="button' not in told.split("<main")[1]


def test_a_grant_for_a_part_moves_no_run_of_the_whole(client: Client, computed: MappingRun) -> None:
    enter(client, Role.AGENCY_HEAD, unit="DINAS")
    assert send(client, "run_check", computed, expected="DIHITUNG").status_code == 403
    assert stages(computed) == ["DIHITUNG"]


# -- what changed, letters


def test_a_letter_is_handed_out_as_a_file_and_to_whoever_may_see_runs(client: Client, computed: MappingRun) -> None:
    walk(computed, Stage.VALIDATED)
    address = reverse("run_letter", args=[computed.public_id, "DIVALIDASI"])
    enter(client, Role.AUDITOR)
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        PDF,
        "application/pdf",
        "nosniff",
    )
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(reverse("run_letter", args=[computed.public_id, "DITETAPKAN"])).status_code == 404
    enter(client, Role.UNIT_HEAD)
    assert client.get(address).status_code == 403


def test_who_moved_since_the_published_map_is_named_and_the_look_is_logged(
    client: Client, computed: MappingRun
) -> None:
    walk(computed)
    PerformanceRating.objects.update(rating="KURANG")
    later = run_mapping(policy=load("semarang", on=DAY), on=DAY, by=walker(Stage.COMPUTED))
    user = enter(client, Role.AGENCY_HEAD)
    told = page(client, later)
    assert "pegawai berpindah kotak" in told
    (address,) = set(re.findall(r'href="(/pergerakan/pegawai/[^"]+)"', told))
    named = client.get(html.unescape(address)).content.decode()
    assert "Kepala" in named.split("<tbody>")[1]
    reads = ReadEntry.objects.filter(page="movers")
    assert {read.read_by for read in reads} == {f"user:{user.public_id}"}
    assert reads.count() > 0


def test_the_pages_speak_english(client: Client, computed: MappingRun) -> None:
    enter(client, Role.AGENCY_HEAD)
    client.post(reverse("language"), {"language": "en", "next": "/"})
    told = page(client, computed)
    for text in ("What changed", "Next step", "Declare it checked", "History", "Proof"):
        assert text in told
    assert "Langkah" not in told


def test_pages_take_a_constant_number_of_queries(
    client: Client, computed: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    walk(computed)
    later = run_mapping(policy=load("semarang", on=DAY), on=DAY, by=walker(Stage.COMPUTED))
    enter(client, Role.AGENCY_HEAD)
    addresses = [reverse("cycles"), reverse("cycle", args=[later.cycle.public_id])]
    for address in (*addresses, reverse("run", args=[later.public_id])):
        with django_assert_max_num_queries(15):
            client.get(address)


# -- the gate


def test_the_figures_stand_on_the_page_before_anybody_presses(client: Client, computed: MappingRun) -> None:
    walk(computed, Stage.DETERMINED, released=False)
    enter(client, Role.AUDITOR)
    assert re.search(r"Kelengkapan \d+,\d%, ambang 80%\.", page(client, computed))
    enter(client, Role.AGENCY_HEAD)
    refused = send(client, "run_publish", computed, expected="DITETAPKAN", word="TERBIT")
    assert refused.status_code == 422
    assert "ambang terbit 80 persen" in refused.content.decode()
    assert stages(computed)[-1] == Stage.DETERMINED


def test_a_second_person_releases_with_a_reason_and_the_page_says_who(client: Client, computed: MappingRun) -> None:
    walk(computed, Stage.DETERMINED, released=False)
    enter(client, Role.APPOINTER)
    short = send(client, "run_release", computed, why="terlalu pendek")
    assert short.status_code == 422
    assert "terlalu pendek" in short.content.decode()  # nothing typed is lost
    assert send(client, "run_release", computed, why=WHY).status_code == 302
    told = page(client, computed)
    assert WHY in told
    assert "Diizinkan terbit pada" in told
    assert "Alasan mengizinkan terbit" not in told
    again = send(client, "run_release", computed, why=WHY)
    assert again.status_code == 422
    assert "sudah diizinkan terbit" in again.content.decode()


def test_whoever_checked_the_run_is_told_why_they_cannot_release_it(client: Client, computed: MappingRun) -> None:
    enter(client, Role.AGENCY_HEAD)
    send(client, "run_check", computed, expected="DIHITUNG")
    assert "tidak boleh mengizinkannya terbit" in page(client, computed)
    assert send(client, "run_release", computed, why=WHY).status_code == 422
    enter(client, Role.ANALYST)
    assert send(client, "run_release", computed, why=WHY).status_code == 403
