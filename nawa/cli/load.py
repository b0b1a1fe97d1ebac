"""`nawa import`: a workbook into the database, all or nothing."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich import box as borders
from rich.table import Table
from rich.text import Text

from nawa.cli.inputs import InputArgument, counted, print_problems, problem_dict, read_input
from nawa.cli.policy import OnOption, day
from nawa.cli.speech import Exit, JsonOption, err, number, out, print_json, progress, t
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.exchange.actions import ImportReport, import_workbook
from nawa.exchange.models import Declared
from nawa.exchange.rules import ImportRefused
from nawa.registry.queries import people
from nawa.workbook.problems import Problem, Severity
from nawa.workbook.read import Reading

app = typer.Typer(pretty_exceptions_enable=False)


@app.command(
    help=t(
        "Memasukkan buku kerja ke basis data: semua atau tidak sama sekali.",
        "Bring a workbook into the database: all or nothing.",
    )
)
def load(
    source: InputArgument,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=t("Hanya menghitung apa yang akan berubah", "Only count what would change")),
    ] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help=t(
                "Berkas memuat semua pegawai; yang tidak ada disebut", "The file names everybody; who is absent is told"
            ),
        ),
    ] = False,
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    reading = read_input(source, on=day(on))
    with progress() as steps:
        steps.add_task(t("Menulis ke basis data", "Writing to the database"), total=None)
        try:
            report = _import(reading, dry_run=dry_run, full=full)
        except ImportRefused as refused:
            _refuse(refused.problems, as_json=as_json)
    if as_json:
        print_json(_as_dict(report))
        return
    print_problems((problem for problem in report.problems if problem.severity is not Severity.NOTICE), err)
    out.print(_table(report))
    _tell(report)


def _import(reading: Reading, *, dry_run: bool, full: bool) -> ImportReport:
    return import_workbook(
        reading.tables,
        by=Actor.command_line(),
        declared=Declared.FULL if full else Declared.PARTIAL,
        dry_run=dry_run,
        problems=reading.problems,
        rows=reading.rows,
    )


def _refuse(problems: tuple[Problem, ...], *, as_json: bool) -> None:
    if as_json:
        print_json({"imported": False, "problems": [problem_dict(problem) for problem in problems]})
    else:
        print_problems(problems, err)
        err.print(
            t(
                f"Tidak ada yang dimasukkan: {counted(problems)}. Perbaiki di berkas, lalu ulangi.",
                f"Nothing was imported: {counted(problems)}. Mend the file and try again.",
            )
        )
    raise typer.Exit(Exit.PROBLEMS)


def _table(report: ImportReport) -> Table:
    table = Table(box=borders.SIMPLE_HEAD, pad_edge=False)
    table.add_column(t("Lembar", "Sheet"))
    for head in (t("Baru", "New"), t("Berubah", "Changed"), t("Tetap", "Unchanged")):
        table.add_column(head, justify="right")
    for row in report.tables:
        table.add_row(row.sheet, number(row.added), number(row.corrected), number(row.unchanged))
    return table


def _tell(report: ImportReport) -> None:
    if report.absent:
        absent = number(len(report.absent))
        out.print(
            t(
                f"{absent} pegawai aktif di basis data tidak ada dalam berkas: selesaikan satu per satu "
                "(pensiun, meninggal, pindah, MPP …).",
                f"{absent} active people in the database are not in the file: to be resolved one by one "
                "(retired, deceased, moved, pre-retirement leave …).",
            ),
            soft_wrap=True,
        )
        for nip, name in _absent(report):
            out.print(Text(f"  {nip}  {name}"), soft_wrap=True)
    if report.disagreeing:
        rows = number(report.disagreeing)
        out.print(
            t(
                f"{rows} baris berbeda dari fakta terverifikasi: catatan tidak diubah, kedua nilainya diantrekan.",
                f"{rows} rows differ from verified facts: the records were left alone, both values are queued.",
            ),
            soft_wrap=True,
        )
    if report.import_id is None:
        out.print(t("Percobaan: tidak ada yang disimpan.", "Rehearsal: nothing was kept."))


def _absent(report: ImportReport) -> list[tuple[str, str]]:
    """Return NIP and name of the active people whom a full file does not name, by NIP."""
    rows = people(scope=Scope.everything()).filter(public_id__in=report.absent)
    return list(rows.order_by("nip").values_list("nip", "name"))


def _as_dict(report: ImportReport) -> dict[str, Any]:
    return {
        "imported": report.import_id is not None,
        "import_id": report.import_id,
        "sheets": {
            row.sheet: {"new": row.added, "changed": row.corrected, "unchanged": row.unchanged} for row in report.tables
        },
        "disagreeing": report.disagreeing,
        "absent": [{"nip": nip, "name": name} for nip, name in _absent(report)],
        "problems": [problem_dict(problem) for problem in report.problems],
    }
