"""`nawa policy`: show every number of a profile with its citation, or check a profile of one's own."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any, Final

import typer
from rich import box as borders
from rich.table import Table
from rich.text import Text

from nawa.cli.speech import Exit, JsonOption, language, number, out, print_json, stop, t
from nawa.core.clock import today
from nawa.policy.loading import Policy, check, load
from nawa.policy.problems import PolicyRefused
from nawa.policy.provisions import Provision

DEFAULT: Final = "bkn-411-2025"

app = typer.Typer(
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help=t("Menampilkan atau memeriksa profil kebijakan.", "Show or check a policy profile."),
)

PolicyOption = Annotated[
    str, typer.Option("--policy", help=t("Profil kebijakan, atau berkas .yaml", "A policy profile, or a .yaml file"))
]
OnOption = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help=t("Tanggal acuan; bawaan: hari ini", "Reference date; default: today")
    ),
]
AlternativeOption = Annotated[
    list[str] | None,
    typer.Option("--alternative", help=t("Nilai tandingan menurut namanya", "A rival value, by its name")),
]
_PolicyArgument = Annotated[
    str, typer.Argument(help=t("Profil kebijakan, atau berkas .yaml", "A profile, or a .yaml file"))
]


def day(on: datetime | None) -> date:
    """Return the reference date that was asked for, else today."""
    return on.date() if on else today()


def load_policy(name: str, *, on: date, alternatives: list[str] | None = None) -> Policy:
    """Return the policy, or end the command with every reason why it cannot be used."""
    try:
        return load(name, on=on, alternatives=alternatives or ())
    except PolicyRefused as refused:
        stop(refused.say(language()), Exit.REFUSED)


@app.command(help=t("Setiap angka dengan dasar hukum dan statusnya.", "Every number with its citation and status."))
def show(
    policy: _PolicyArgument = DEFAULT,
    on: OnOption = None,
    alternative: AlternativeOption = None,
    as_json: JsonOption = False,
) -> None:
    found = load_policy(policy, on=day(on), alternatives=alternative)
    if as_json:
        print_json(_as_dict(found))
        return
    out.print(Text(f"{found.label} · {found.id} {found.version}", style="bold"))
    out.print(Text(found.instrument))
    for words in filter(None, (found.stamp, found.note)):
        out.print(Text(words, style="yellow"))
    out.print(_table(found))
    total, unconfirmed = number(len(found.provisions)), number(len(found.unconfirmed))
    out.print(
        t(
            f"{total} ketentuan, {unconfirmed} di antaranya perlu konfirmasi. SHA-256 {found.hash}",
            f"{total} provisions, {unconfirmed} of them unconfirmed. SHA-256 {found.hash}",
        )
    )


@app.command(
    "check", help=t("Memeriksa sebuah profil; kesalahan disebut tempatnya.", "Check a profile; mistakes are located.")
)
def check_(policy: _PolicyArgument, on: OnOption = None, alternative: AlternativeOption = None) -> None:
    problems = check(policy, on=day(on), alternatives=alternative or ())
    for problem in problems:
        out.print(Text(problem.say(language())))
    if problems:
        raise typer.Exit(Exit.PROBLEMS)
    out.print(t("Profil dapat dipakai.", "The profile can be used."))


def _table(policy: Policy) -> Table:
    table = Table(box=borders.SIMPLE_HEAD, pad_edge=False)
    heads = (t("Ketentuan", "Provision"), t("Nilai", "Value"), t("Sejak", "Since"), t("Dasar", "Citation"), "Status")
    for head in heads:
        table.add_column(head, overflow="fold")
    for item in policy.provisions:
        table.add_row(*(Text(cell) for cell in _cells(item)))
    return table


def _cells(item: Provision) -> tuple[str, ...]:
    value = (
        json.dumps(item.value, default=str, ensure_ascii=False)
        if isinstance(item.value, dict | list)
        else str(item.value)
    )
    status = t("pasti", "confirmed") if item.confirmed else t("perlu konfirmasi", "unconfirmed")
    rivals = ", ".join(rival.name for rival in item.alternatives)
    marks = [status, t(f"tandingan: {rivals}", f"alternatives: {rivals}") if rivals else "", item.chosen or ""]
    return item.path, value, item.since.isoformat(), item.reference, "\n".join(mark for mark in marks if mark)


def _as_dict(policy: Policy) -> dict[str, Any]:
    return {
        "id": policy.id,
        "version": policy.version,
        "hash": policy.hash,
        "label": policy.label,
        "instrument": policy.instrument,
        "stamp": policy.stamp,
        "provisions": [
            {
                "path": item.path,
                "value": item.value,
                "unit": item.unit,
                "since": item.since.isoformat(),
                "reference": item.reference,
                "confirmed": item.confirmed,
                "note": item.note,
                "alternatives": {rival.name: rival.value for rival in item.alternatives},
                "chosen": item.chosen,
            }
            for item in policy.provisions
        ],
    }
