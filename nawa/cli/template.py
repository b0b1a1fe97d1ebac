"""`nawa template`: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nawa.cli.outputs import keep, writing
from nawa.cli.speech import err, t
from nawa.workbook.template import write_template

app = typer.Typer(pretty_exceptions_enable=False)


@app.command(
    help=t(
        "Menulis buku kerja kosong dengan judul kolom, pilihan, contoh, dan catatan.",
        "Write an empty workbook with headings, drop-downs, examples and notes.",
    )
)
def template(
    output: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=t("Berkas yang ditulis", "The file to write"))],
) -> None:
    keep(output)
    with writing(output, suffix=".xlsx") as draft:
        write_template(draft)
    err.print(
        t(
            f"{output} siap diisi. Sesudahnya: nawa check {output}",
            f"{output} is ready to be filled in. Then: nawa check {output}",
        ),
        markup=False,
        soft_wrap=True,
    )
