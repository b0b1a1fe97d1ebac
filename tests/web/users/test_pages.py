"""Pengguna: whom each role sees, what each may do, slips on paper, and what the pages cost."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.actions import open_accounts
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.exchange.actions import import_workbook
from nawa.registry.models import Person, Unit
from nawa.talent.models import MappingRun
from nawa.web.users import printing
from tests.accounts.conftest import PASSWORD, given, opened
from tests.documents.examples import pages, text
from tests.office import HEAD, STAFF, TEACHER, office
from tests.web.roles import account, enter

pytestmark = pytest.mark.django_db

Accounts = dict[str, User]
CODE = re.compile(r"Kode aktivasi, sekali pakai (\w{4}) (\w{4}) (\w{4})")


def listed(client: Client, query: str = "", search: str = "") -> set[str]:
    """The log-in names in the list."""
    address = f"{reverse('users')}{query}"
    answer = client.post(address, {"cari": search}) if search else client.get(address)
    assert answer.status_code == 200
    return set(re.findall(r'<td data-label="Nama masuk">([^<]+)</td>', answer.content.decode()))


def page(client: Client, user: User) -> str:
    return client.get(reverse("user", args=[user.public_id])).content.decode()


def codes_in(pdf: bytes) -> list[str]:
    return ["".join(parts) for parts in CODE.findall(text(pdf))]


# -- the list


def test_a_verifier_sees_the_accounts_of_their_unit_and_below_and_no_other(
    client: Client, office_accounts: Accounts
) -> None:
    opened("wayan")
    enter(client, Role.UNIT_VERIFIER, "DINAS")
    assert listed(client) == {HEAD, TEACHER}
    assert client.get(reverse("user", args=[office_accounts[STAFF].public_id])).status_code == 404
    assert client.post(reverse("user_slip", args=[office_accounts[STAFF].public_id])).status_code == 404
    assert client.get(f"{reverse('users')}?unit={Unit.objects.get(code='KOTA').pk}").status_code == 404
    assert listed(client, search=STAFF) == set()


def test_an_administrator_sees_all_accounts_and_no_score(client: Client, mapped: MappingRun) -> None:
    open_accounts(scope=Scope.everything(), renew=False, by=Actor.system("tests"))
    enter(client, Role.ADMINISTRATOR)
    shown = client.get(reverse("users")).content.decode()
    assert f"{User.objects.count()} akun" in shown
    one = page(client, User.objects.filter(person__isnull=False)[0])
    assert not re.search(r"[Kk]otak|[Nn]ilai [a-z]", re.sub(r"semua orang dan nilai", "", shown + one))


def test_the_list_is_filtered_by_unit_role_and_state_and_searched_by_name_or_nip(
    client: Client, office_accounts: Accounts
) -> None:
    me = enter(client, Role.ADMINISTRATOR).username
    given(office_accounts[HEAD], Role.UNIT_HEAD, "DINAS")
    User.objects.filter(username=STAFF).update(is_active=False)
    Person.objects.filter(nip=TEACHER).update(inactive_since=clock.today())
    assert listed(client, f"?unit={Unit.objects.get(code='SD1').pk}") == {TEACHER}
    assert listed(client, "?peran=PIMPINAN_UNIT") == {HEAD}
    assert listed(client, "?keadaan=DITUTUP") == {STAFF}
    assert listed(client, "?keadaan=PEGAWAI_KELUAR") == {TEACHER}
    assert listed(client, "?keadaan=BELUM_DIAKTIFKAN") == {me}
    assert listed(client, "?peran=PIMPINAN_UNIT&keadaan=AKTIF") == {HEAD}
    assert listed(client, search="kep") == {HEAD}
    assert listed(client, search=HEAD[:8]) == {HEAD}
    assert listed(client, "?keadaan=DITUTUP", search="kep") == set()


def test_what_was_searched_for_stands_in_no_address(client: Client, office_accounts: Accounts) -> None:
    enter(client, Role.ADMINISTRATOR)
    shown = client.post(reverse("users"), {"cari": HEAD}).content.decode()
    assert not re.search(rf"(href|action|formaction)=\"[^\"]*{HEAD}", shown)


def test_a_role_in_use_for_another_is_shown_as_such(client: Client, office_accounts: Accounts) -> None:
    grant = given(office_accounts[HEAD], Role.UNIT_HEAD, "DINAS")
    dates = {"started_on": clock.today(), "ended_before": clock.today() + timedelta(days=5)}
    made = {"basis": "SP/7", "delegated_by": "system:tests", "delegated_at": clock.now()}
    Delegation.objects.create(grant=grant, to=office_accounts[TEACHER], kind="PLT", **dates, **made)
    enter(client, Role.ADMINISTRATOR)
    assert listed(client, "?peran=PIMPINAN_UNIT") == {HEAD, TEACHER}
    assert "Pelaksana tugas" in client.get(f"{reverse('users')}?unit=&peran=PIMPINAN_UNIT").content.decode()
    borrower, lender = page(client, office_accounts[TEACHER]), page(client, office_accounts[HEAD])
    assert "Atas nama Kepala." in borrower
    assert "SP/7" in borrower
    assert "Didelegasikan kepada Guru" in lender


def test_the_list_costs_as_much_for_many_as_for_few(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    open_accounts(scope=Scope.everything(), renew=False, by=Actor.system("tests"))
    for user in User.objects.all()[:40]:
        given(user, Role.ASSESSOR)
    enter(client, Role.ADMINISTRATOR)
    with django_assert_max_num_queries(11):
        assert len(listed(client)) == 50
    enter(client, Role.UNIT_VERIFIER, "KOTA")
    with django_assert_max_num_queries(13):
        assert len(listed(client, "?keadaan=BELUM_DIAKTIFKAN")) == 50


def test_an_account_costs_as_much_however_long_its_history(
    client: Client, office_accounts: Accounts, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        given(office_accounts[HEAD], Role.ASSESSOR, ended_before=clock.today(), basis=f"SK/{number}")
    enter(client, Role.ADMINISTRATOR)
    with django_assert_max_num_queries(15):
        assert "SK/11" in page(client, office_accounts[HEAD])
    enter(client, Role.UNIT_VERIFIER, "DINAS")
    with django_assert_max_num_queries(15):
        assert "SK/11" in page(client, office_accounts[HEAD])


# -- opening


def test_accounts_of_a_unit_are_opened_at_once_and_its_slips_name_nobody_else(client: Client) -> None:
    import_workbook(office(), by=Actor.system("tests"))
    enter(client, Role.ANALYST)
    address = f"{reverse('users_open')}?unit={Unit.objects.get(code='DINAS').pk}"
    assert "Buka 2 akun" in client.get(address).content.decode()
    answer = client.post(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    sheets = pages(answer.content)
    assert [HEAD in sheet for sheet in sheets] == [True, False]
    assert [TEACHER in sheet for sheet in sheets] == [False, True]
    assert not any(STAFF in sheet for sheet in sheets)
    assert "Kota · Dinas Pendidikan" in sheets[0]
    assert "http://testserver/aktivasi/" in sheets[0]
    again = client.post(address)
    assert again.status_code == 422
    assert "Tidak ada pegawai yang memerlukan akun baru" in again.content.decode()


def test_many_slips_come_as_an_archive_with_a_file_for_each_unit(
    client: Client, mapped: MappingRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "IN_ONE_FILE", 20)
    enter(client, Role.ANALYST)
    answer = client.post(f"{reverse('users_open')}?unit={Unit.objects.get(code='KOTA').pk}")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        codes = [code for name in archive.namelist() for code in codes_in(archive.read(name))]
        assert any("dinas-pendidikan" in name for name in archive.namelist())
    waiting = User.objects.exclude(activation="").count()
    assert len(set(codes)) == len(codes) == waiting > 200


def test_somebody_without_nip_gets_an_account_and_a_wrong_form_is_given_back(client: Client) -> None:
    enter(client, Role.ADMINISTRATOR)
    answer = client.post(reverse("user_open_outsider"), {"name": "Wali Kota", "login": "walikota"})
    assert len(codes_in(answer.content)) == 1
    taken = client.post(reverse("user_open_outsider"), {"name": "Lain", "login": "walikota"})
    assert taken.status_code == 422
    assert "sudah dipakai" in taken.content.decode()


# -- slips and shutting


def test_a_verifier_hands_out_a_new_slip_to_a_plain_employee_and_to_nobody_who_may_more(
    client: Client, office_accounts: Accounts
) -> None:
    given(office_accounts[HEAD], Role.UNIT_HEAD, "DINAS")
    enter(client, Role.UNIT_VERIFIER, "DINAS")
    answer = client.post(reverse("user_slip", args=[office_accounts[TEACHER].public_id]))
    assert len(codes_in(answer.content)) == 1
    refused = client.post(reverse("user_slip", args=[office_accounts[HEAD].public_id]))
    assert refused.status_code == 422
    assert "wewenang yang tidak Anda miliki" in refused.content.decode()
    assert User.objects.get(username=HEAD).check_password(PASSWORD)


def test_an_account_is_shut_and_opened_again(client: Client, office_accounts: Accounts) -> None:
    enter(client, Role.ANALYST)
    one = [office_accounts[STAFF].public_id]
    assert client.post(reverse("user_close", args=one), follow=True).status_code == 200
    assert "Ditutup" in page(client, office_accounts[STAFF])
    client.post(reverse("user_reopen", args=one))
    assert "Belum diaktifkan" in page(client, office_accounts[STAFF])


# -- roles


def test_an_administrator_gives_and_ends_a_role(client: Client, office_accounts: Accounts) -> None:
    enter(client, Role.ADMINISTRATOR)
    address = reverse("role_give", args=[office_accounts[HEAD].public_id])
    unit, today = Unit.objects.get(code="DINAS"), clock.today()
    assert "Dinas Pendidikan" in client.get(address).content.decode()
    sent = {"role": "PIMPINAN_UNIT", "unit": unit.pk, "started_on": f"{today}", "basis": "SK 12/2026"}
    client.post(address, {**sent, "ended_through": f"{today + timedelta(days=9)}"})
    grant = Grant.objects.get(user=office_accounts[HEAD])
    assert (grant.unit, grant.ended_before) == (unit, today + timedelta(days=10))
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "sudah memegang peran yang sama" in refused.content.decode()
    assert f'value="{unit.pk}" selected' in refused.content.decode()
    client.post(reverse("role_end", args=[grant.public_id]), {"before": f"{today}"})
    assert "sudah berakhir" in page(client, office_accounts[HEAD])


def test_nobody_gives_a_role_to_themselves_on_the_page_either(client: Client) -> None:
    me = enter(client, Role.ADMINISTRATOR)
    sent = {"role": "PPK", "started_on": f"{clock.today()}", "basis": "SK"}
    answer = client.post(reverse("role_give", args=[me.public_id]), sent)
    assert answer.status_code == 422
    assert me.grants.count() == 1


def test_an_administrator_of_a_part_gives_no_roles(client: Client, office_accounts: Accounts) -> None:
    enter(client, Role.ADMINISTRATOR, "DINAS")
    assert client.get(reverse("role_give", args=[office_accounts[HEAD].public_id])).status_code == 403
    grant = given(office_accounts[HEAD], Role.ASSESSOR)
    assert client.post(reverse("role_end", args=[grant.public_id])).status_code == 403
    assert client.post(reverse("role_delegate", args=[grant.public_id])).status_code == 404


def test_a_holder_lends_their_own_role_and_nobody_elses(client: Client, office_accounts: Accounts) -> None:
    me = enter(client, Role.UNIT_HEAD, "DINAS", person=office_accounts[HEAD].person)
    mine, other = me.grants.get(), given(office_accounts[STAFF], Role.ASSESSOR)
    today = clock.today()
    sent = {"to": TEACHER, "kind": "CUTI", "started_on": f"{today}", "ended_through": f"{today}", "basis": "SP/1"}
    assert client.post(reverse("role_delegate", args=[other.public_id]), sent).status_code == 404
    nobody = client.post(reverse("role_delegate", args=[mine.public_id]), {**sent, "to": "tidak-ada"})
    assert nobody.status_code == 422
    assert "Tidak ada akun" in nobody.content.decode()
    assert client.post(reverse("role_delegate", args=[mine.public_id]), sent).url == reverse("own_roles")
    assert "Didelegasikan kepada Guru" in client.get(reverse("own_roles")).content.decode()
    row = Delegation.objects.get()
    enter(client, None, person=office_accounts[TEACHER].person)
    assert client.post(reverse("role_delegate", args=[mine.public_id]), sent).status_code == 404
    assert client.post(reverse("delegation_end", args=[row.public_id]), {"before": f"{today}"}).status_code == 404


def test_the_rail_leads_there_for_those_who_may(client: Client) -> None:
    enter(client, Role.ADMINISTRATOR)
    assert f'href="{reverse("users")}"' in client.get("/").content.decode()
    enter(client, Role.ASSESSOR)
    assert f'href="{reverse("users")}"' not in client.get("/").content.decode()
    assert account(Role.ASSESSOR).grants.count() == 1
