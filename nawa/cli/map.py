"""`nawa map`: an institution's workbook in, a correct and explained talent map out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from nawa.cli.inputs import InputArgument, counted, people_or_stop, problem_dict, read_input
from nawa.cli.mapping import Mapped, UnknownOption, load_chosen, map_reading
from nawa.cli.outputs import writing
from nawa.cli.picture import nine_boxes, shares
from nawa.cli.policy import DEFAULT, AlternativeOption, OnOption, PolicyOption, day
from nawa.cli.speech import Exit, JsonOption, err, number, out, print_json, progress, stop, t
from nawa.engine.parameters import Status
from nawa.policy.loading import Policy
from nawa.policy.sentences import label
from nawa.workbook.read import Reading
from nawa.workbook.results import people_of, write_results

app = typer.Typer(pretty_exceptions_enable=False)


@app.command(
    "map",
    help=t(
        "Menghitung peta talenta sembilan kotak. Tidak memerlukan basis data.",
        "Compute the nine-box talent map. Needs no database.",
    ),
)
def map_(
    source: InputArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT.xlsx", help=t("Buku kerja hasil", "The result workbook"))
    ],
    policy: PolicyOption = DEFAULT,
    on: OnOption = None,
    unknown: UnknownOption = None,
    alternative: AlternativeOption = None,
    as_json: JsonOption = False,
) -> None:
    if source.resolve() == output.resolve():
        stop(t("Hasil tidak boleh menimpa masukannya.", "The result must not replace its input."), Exit.USAGE)
    rules = load_chosen(policy, on=day(on), alternatives=alternative, unknown=unknown)
    reading = read_input(source, on=day(on))
    people_or_stop(reading)
    with progress() as steps:
        task = steps.add_task(t("Menghitung peta", "Computing the map"), total=None)
        mapped = map_reading(reading, rules, on=day(on))
        steps.update(task, description=t(f"Menulis {output.name}", f"Writing {output.name}"))
        with writing(output, suffix=".xlsx") as draft:
            write_results(
                draft,
                mapped.map,
                people=people_of(reading.tables, mapped.nips),
                parameters=rules.parameters,
                record=mapped.record,
                result_hash=mapped.result_hash,
                words=label,
                problems=reading.problems,
            )
    if as_json:
        print_json(_as_dict(mapped, reading, rules))
    else:
        _tell(mapped, reading, rules, output)


def _tell(mapped: Mapped, reading: Reading, policy: Policy, output: Path) -> None:
    on = mapped.record.on.isoformat()
    out.print(Text(f"{policy.label} · {policy.id} {policy.version} · {on}", style="bold"))
    if policy.stamp:
        out.print(Text(policy.stamp, style="yellow"))
    out.print(nine_boxes(mapped.map))
    out.print(shares(mapped.map))
    left_out = reading.tables["person"].height - mapped.map.height
    if left_out:
        out.print(
            t(
                f"{number(left_out)} orang tidak dipetakan menurut kebijakan (kedudukan hukum atau jenis pegawai).",
                f"{number(left_out)} people are not mapped, as the policy says (legal status or kind of staff).",
            )
        )
    unconfirmed = number(len(policy.unconfirmed))
    out.print(
        t(
            f"{unconfirmed} ketentuan masih perlu konfirmasi: nawa policy show {policy.id}",
            f"{unconfirmed} provisions are unconfirmed: nawa policy show {policy.id}",
        ),
        soft_wrap=True,
    )
    out.print(t("Masukan", "Input") + f" {mapped.record.input_commitment}", soft_wrap=True)
    out.print(t("Hasil  ", "Result") + f" {mapped.result_hash}", soft_wrap=True)
    if reading.problems:
        err.print(
            t(
                f"{counted(reading.problems)}: lihat lembar masalah di {output}",
                f"{counted(reading.problems)}: see the sheet masalah in {output}",
            ),
            style="yellow",
            markup=False,
            soft_wrap=True,
        )


def _as_dict(mapped: Mapped, reading: Reading, policy: Policy) -> dict[str, Any]:
    boxes = mapped.map.drop_nulls("box").group_by("box").len().rows()
    statuses = dict(mapped.map.group_by("status").len().rows())
    return {
        "policy": {"id": policy.id, "version": policy.version, "hash": policy.hash, "stamp": policy.stamp},
        "unconfirmed": [item.path for item in policy.unconfirmed],
        "on": mapped.record.on.isoformat(),
        "engine": mapped.record.engine_version,
        "input_commitment": mapped.record.input_commitment,
        "result_hash": mapped.result_hash,
        "people": mapped.map.height,
        "statuses": {status.value: statuses.get(status, 0) for status in Status},
        "boxes": {str(box): count for box, count in sorted(boxes)},
        "problems": [problem_dict(problem) for problem in reading.problems],
    }
