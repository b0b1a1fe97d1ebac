"""`nawa run`: map everybody in the database and keep the result with its record; or prove an earlier run again."""

from __future__ import annotations

import json
from typing import Annotated, Final

import typer
from rich.text import Text

from nawa.cli.mapping import UnknownOption, load_chosen
from nawa.cli.policy import DEFAULT, AlternativeOption, OnOption, PolicyOption, day
from nawa.cli.speech import Exit, JsonOption, language, number, out, print_json, progress, stop, t
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.core.refusal import Refusal
from nawa.policy.keeping import kept
from nawa.policy.problems import PolicyRefused
from nawa.policy.sentences import label
from nawa.policy.wording import refusal
from nawa.talent.actions import run_mapping
from nawa.talent.frames import contradictions
from nawa.talent.models import RunStage
from nawa.talent.queries import run_by_id, way

app = typer.Typer(pretty_exceptions_enable=False)

_DIFFERENCES: Final = {
    "run.policy": t(
        "Kebijakan yang tersimpan bukan lagi yang dipakai: hasilnya tidak dapat dihitung ulang dengannya.",
        "The kept policy is no longer the one that was used: the result cannot be computed again with it.",
    ),
    "run.engine": t(
        "Versi mesin hitung sudah lain: pasang versi yang tercatat, lalu ulangi.",
        "The engine has another version: install the recorded one and try again.",
    ),
    "run.inputs": t(
        "Masukan yang tersimpan bukan yang dahulu dikomitkan.",
        "The kept input is not what was committed to.",
    ),
    "run.results": t(
        "Mesin hitung kini memberi hasil lain dari yang tercatat.",
        "The engine now gives another result than recorded.",
    ),
    "run.rows": t(
        "Baris hasil yang tersimpan bukan yang dahulu diberikan mesin hitung.",
        "The stored rows are not what the engine gave.",
    ),
    "run.table": t(
        "Tabel yang dibaca halaman bukan isi baris hasil yang tersimpan.",
        "The table that pages read is not what the stored rows say.",
    ),
    "run.event": t(
        "Jejak audit mencatat pemetaan yang lain dari yang tersimpan.",
        "The audit trail tells of another run than is stored.",
    ),
    "run.stages": t(
        "Jejak audit mencatat perjalanan ke penerbitan yang lain dari yang tersimpan.",
        "The audit trail tells of another way to publication than is stored.",
    ),
    "run.scans": t(
        "Pindaian surat yang tersimpan bukan yang dahulu dicatat.",
        "The stored scan of a letter is not what was recorded.",
    ),
}


@app.command(
    help=t(
        "Memetakan semua pegawai di basis data; hasil dan rekamannya disimpan.",
        "Map everybody in the database; the result and its record are kept.",
    )
)
def run(
    policy: PolicyOption = DEFAULT,
    on: OnOption = None,
    unknown: UnknownOption = None,
    alternative: AlternativeOption = None,
    seed: Annotated[int, typer.Option(help=t("Benih acak", "Random seed"))] = 0,
    again: Annotated[
        str | None,
        typer.Option(
            "--again",
            metavar="ID",
            help=t(
                "Menghitung ulang pemetaan lama dari rekamannya dan membandingkannya",
                "Compute an earlier run again from its record and compare",
            ),
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    if again:
        _compare(again)
        return
    rules = load_chosen(policy, on=day(on), alternatives=alternative, unknown=unknown)
    with progress() as steps:
        steps.add_task(t("Menghitung peta", "Computing the map"), total=None)
        try:
            made = run_mapping(policy=rules, on=day(on), by=Actor.command_line(), seed=seed)
        except Refusal as refused:
            stop(
                "\n".join(refusal(reason.code, reason.arguments, language()) for reason in refused.reasons),
                Exit.REFUSED,
            )
    if as_json:
        answer = {"run": made.public_id, "people": made.people, "result_hash": made.results_hash}
        print_json({**answer, "stamp": rules.stamp, "record": json.loads(made.record)})
        return
    people = number(made.people)
    if rules.stamp:
        out.print(Text(rules.stamp, style="yellow"))
    out.print(t(f"{people} pegawai dipetakan: {made.public_id}", f"{people} people mapped: {made.public_id}"))
    out.print(t("Masukan", "Input") + f" {made.inputs_root}", soft_wrap=True)
    out.print(t("Hasil  ", "Result") + f" {made.results_hash}", soft_wrap=True)


def _compare(public_id: str) -> None:
    """Compute a run again and say whether it agrees with its record."""
    made = run_by_id(public_id, unpublished=True)
    if made is None:
        stop(t(f"Tidak ada pemetaan {public_id}.", f"There is no run {public_id}."), Exit.PROBLEMS)
    try:
        policy = kept(made.policy_text, made.on)
    except (ValueError, PolicyRefused):
        stop(_DIFFERENCES["run.policy"], Exit.PROBLEMS)
    with progress() as steps:
        steps.add_task(t("Menghitung ulang", "Computing again"), total=None)
        found = contradictions(made, policy)
    if found:
        stop("\n".join(_DIFFERENCES[reason.code] for reason in found), Exit.PROBLEMS)
    same = t(
        "Sama sampai ke byte: masukan, hasil, dan baris tersimpan.", "The same to the byte: input, result, stored rows."
    )
    out.print(f"{same}\n{made.results_hash}")
    for reached in way(made):
        out.print(_said(reached), markup=False, soft_wrap=True)


def _said(reached: RunStage) -> str:
    """Say when a run came to a stage, with what letter, and until when objections were heard."""
    parts = [
        f"{reached.reached_at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}",
        label("milestones", reached.stage, language()),
        reached.number,
        f"{reached.dated_on}" if reached.dated_on else "",
        t(f"sampai dengan {reached.contest_through}", f"through {reached.contest_through}")
        if reached.contest_through
        else "",
        reached.scan.digest if reached.scan else "",
    ]
    return "  ".join(filter(None, parts))
