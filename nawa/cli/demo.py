"""`nawa demo`: the demo city, into the database or as a workbook."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final

import typer
from django.conf import settings

from nawa.accounts.actions import close_account, delegate, open_accounts, open_demo_accounts
from nawa.accounts.enums import DelegationKind
from nawa.accounts.models import Grant, User
from nawa.accounts.queries import WHOLE
from nawa.accounts.roles import Role
from nawa.accounts.rules import Term
from nawa.cli.outputs import writable, writing
from nawa.cli.policy import load_policy
from nawa.cli.publication import MONTHS, publish_months
from nawa.cli.queues import fill_queues
from nawa.cli.speech import Exit, err, number, progress, stop, t
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.core.scope import Scope
from nawa.demo.cast import cast
from nawa.demo.city import build
from nawa.demo.faults import faulty
from nawa.demo.messy import write_messy
from nawa.demo.truth import write_truth
from nawa.exchange.actions import import_workbook, load_demo_city
from nawa.exchange.rules import ImportRefused
from nawa.registry.queries import population
from nawa.rulebook.actions import ship
from nawa.workbook.sheets import Tables
from nawa.workbook.write import write_tables

DAY: Final = MONTHS[-1]
"""The day as of which the demo city is built: fixed, so that it is the same city on every machine."""

_POLICY: Final = "semarang"

app = typer.Typer(pretty_exceptions_enable=False)


@app.command(
    help=t(
        "Kota peraga yang seluruhnya rekaan: ke basis data, atau sebagai buku kerja.",
        "The wholly synthetic demo city: into the database, or as a workbook.",
    )
)
def demo(
    people: Annotated[int, typer.Option(min=300, max=1_000_000, help=t("Jumlah pegawai", "How many people"))] = 12_000,
    seed: Annotated[int, typer.Option(min=0, help=t("Benih acak", "Random seed"))] = 1,
    workbook: Annotated[
        Path | None,
        typer.Option(
            help=t("Tulis sebagai .xlsx atau folder CSV, tanpa basis data", "Write an .xlsx or a CSV folder instead")
        ),
    ] = None,
    messy: Annotated[
        bool,
        typer.Option("--messy", help=t("Tulis seperti berkas kantor sungguhan", "Write it as real office files are")),
    ] = False,
    truth: Annotated[
        Path | None,
        typer.Option(help=t("Berkas .json bagi kebenaran di balik bukti", "A .json file for the hidden truth")),
    ] = None,
) -> None:
    if messy and workbook is None:
        stop(t("--messy hanya bersama --workbook.", "--messy goes with --workbook only."), Exit.USAGE)
    if messy and workbook and workbook.suffix.lower() != ".xlsx":
        stop(t("--messy hanya menulis .xlsx.", "--messy writes .xlsx only."), Exit.USAGE)
    with progress() as steps:
        steps.add_task(t("Menyusun kota peraga", "Building the demo city"), total=None)
        city = build(people=people, seed=seed, on=DAY)
    if truth:
        with writing(truth, suffix=".json") as draft:
            write_truth(draft, city.truth)
    if workbook:
        _write(city.tables, workbook, messy=messy)
    else:
        _load(city.tables, seed=seed)


def _write(tables: Tables, path: Path, *, messy: bool) -> None:
    write = write_messy if messy else write_tables
    with progress() as steps:
        steps.add_task(t(f"Menulis {path.name}", f"Writing {path.name}"), total=None)
        if path.suffix.lower() == ".xlsx":
            with writing(path) as draft:
                write(draft, tables)
        else:
            with writable(path):
                write(path, tables)
    rows = number(sum(table.height for table in tables.values()))
    err.print(t(f"{path}: {rows} baris.", f"{path}: {rows} rows."), markup=False, soft_wrap=True)


def _load(tables: Tables, *, seed: int) -> None:
    held = population(scope=Scope.everything())
    if held.pns + held.pppk:
        stop(
            t(
                "Basis data sudah berisi pegawai; kota peraga hanya untuk basis data kosong.",
                "The database already holds people; the demo city is for an empty one only.",
            ),
            Exit.REFUSED,
        )
    by = Actor.system("demo")
    with progress() as steps:
        task = steps.add_task(t("Memuat kota peraga ke basis data", "Loading the demo city"), total=None)
        try:
            report = load_demo_city(tables, seed=seed, by=by)
        except ImportRefused as refused:
            stop(str(refused), Exit.REFUSED)
        steps.update(task, description=t("Menghitung dan menerbitkan peta", "Computing and publishing maps"))
        ship()
        users = open_demo_accounts(cast(tables), by=by) if settings.DEMO else []
        players = _players(users)
        if players:
            _show_accounts(players)
        run = publish_months(lambda month: load_policy(_POLICY, on=month), players)
        fill_queues(users, players, seed=seed)
        import_workbook(faulty(tables, on=DAY), by=by)
    err.print(
        t(
            f"{number(report.added)} baris dimuat, {number(run.people)} pegawai dipetakan.",
            f"{number(report.added)} rows loaded, {number(run.people)} people mapped.",
        )
    )


def _players(users: list[User]) -> dict[str, Actor]:
    """Return who plays each role, the first of several."""
    played = [(grant.role, Actor(ActorKind.USER, user.public_id)) for user in users for grant in user.grants.all()]
    return dict(reversed(played))


def _show_accounts(players: dict[str, Actor]) -> None:
    """Let the page of users show more than the players: slips not used yet, a shut account, a stand-in to come."""
    head = Grant.objects.filter(role=Role.UNIT_HEAD).select_related("unit").first()
    if head is None or head.unit is None:
        return
    by = players[Role.ADMINISTRATOR]
    slips = open_accounts(scope=Scope.below(head.unit.code), renew=False, by=by)
    if len(slips) > 1:
        close_account(account=slips[0].account, helper=WHOLE, by=by)
        begins = clock.today() + timedelta(days=7)
        term = Term(begins, begins + timedelta(days=12), "800.1.11/27/SPMT")
        delegate(grant=head, to=slips[1].account, kind=DelegationKind.PLH, term=term, by=by)
