"""`nawa check`: every problem of an input, and nothing else."""

from __future__ import annotations

import typer

from nawa.cli.inputs import InputArgument, counted, print_problems, problem_dict, read_input
from nawa.cli.policy import OnOption, day
from nawa.cli.speech import Exit, JsonOption, number, out, print_json, t
from nawa.workbook.problems import Severity

app = typer.Typer(pretty_exceptions_enable=False)


@app.command(
    help=t(
        "Memeriksa saja: setiap masalah dengan lembar, baris, kolom, nilai, sebab, dan cara memperbaiki.",
        "Only check: every problem with sheet, row, column, value, reason and remedy.",
    )
)
def check(source: InputArgument, on: OnOption = None, as_json: JsonOption = False) -> None:
    reading = read_input(source, on=day(on))
    rows = dict(reading.rows_in_file)
    if as_json:
        print_json({"rows": rows, "problems": [problem_dict(problem) for problem in reading.problems]})
    else:
        print_problems(reading.problems, out)
        for sheet, count in rows.items():
            out.print(t(f"{sheet}: {number(count)} baris", f"{sheet}: {number(count)} rows"), markup=False)
        out.print(counted(reading.problems))
    if reading.of_severity(Severity.ERROR):
        raise typer.Exit(Exit.PROBLEMS)
