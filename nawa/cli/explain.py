"""`nawa explain`: one person's arithmetic, in sentences, from a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

import typer
from rich import box as borders
from rich.table import Table
from rich.text import Text

from nawa.cli.inputs import InputArgument, people_or_stop, read_input
from nawa.cli.mapping import Mapped, UnknownOption, load_chosen, map_reading
from nawa.cli.policy import DEFAULT, AlternativeOption, OnOption, PolicyOption, day
from nawa.cli.speech import Exit, JsonOption, language, out, print_json, stop, t
from nawa.engine.explain import Explanation, Line, Reason, ReasonCode, explain
from nawa.engine.parameters import Axis
from nawa.engine.tables import SOURCE_TABLES
from nawa.policy import wording
from nawa.policy.loading import Policy
from nawa.policy.sentences import label
from nawa.workbook.read import Reading
from nawa.workbook.records import by_key
from nawa.workbook.sheets import BY_TABLE

_TABLE_WIDTH: Final = 120
"""A narrower terminal gets sentences, which wrap, instead of the table."""

_ARITHMETIC: Final = frozenset({ReasonCode.KNOWN, ReasonCode.VERIFIED_NONE, ReasonCode.UNKNOWN})

app = typer.Typer(pretty_exceptions_enable=False)


@app.command(
    "explain",
    help=t("Menjelaskan hitungan seseorang dalam kalimat.", "Explain a person's arithmetic in sentences."),
)
def explain_(
    source: InputArgument,
    nip: Annotated[list[str], typer.Argument(metavar="NIP...", help=t("Satu NIP atau lebih", "One NIP or more"))],
    policy: PolicyOption = DEFAULT,
    on: OnOption = None,
    unknown: UnknownOption = None,
    alternative: AlternativeOption = None,
    as_json: JsonOption = False,
) -> None:
    rules = load_chosen(policy, on=day(on), alternatives=alternative, unknown=unknown)
    reading = read_input(source, on=day(on))
    people_or_stop(reading)
    mapped = map_reading(reading, rules, on=day(on))
    nips = ["".join(filter(str.isdigit, each)) for each in nip]
    explained = [(each, explain(_row(each, reading, mapped), rules.parameters)) for each in nips]
    if as_json:
        print_json([_as_dict(each, found, reading) for each, found in explained])
        return
    for each, found in explained:
        _tell(each, found, reading, rules)


def _row(nip: str, reading: Reading, mapped: Mapped) -> dict[str, Any]:
    """Return a person's row of the map, or end the command saying why there is none."""
    subject = next((subject for subject, own in mapped.nips.items() if own == nip), None)
    found = mapped.map.filter(subject=subject) if subject else mapped.map.clear()
    if not found.is_empty():
        return found.row(0, named=True)
    if nip in reading.tables["person"]["nip"]:
        stop(
            t(
                f"{nip} tidak dipetakan menurut kebijakan (kedudukan hukum atau jenis pegawai).",
                f"{nip} is not mapped, as the policy says (legal status or kind of staff).",
            ),
            Exit.PROBLEMS,
        )
    return stop(t(f"NIP {nip} tidak ada di lembar pegawai.", f"NIP {nip} is not in the sheet pegawai."), Exit.PROBLEMS)


def _tell(nip: str, found: Explanation, reading: Reading, policy: Policy) -> None:
    name = reading.tables["person"].filter(nip=nip)["name"].item()
    out.print(Text(f"{name!s} · {nip}", style="bold"))
    out.print(Text(f"{policy.label} · {policy.id} {policy.version}", style="dim"))
    own = [reason for reason in found.reasons if "component" not in reason.arguments]
    _say(t("Mengapa kotak ini?", "Why this box?"), own)
    if out.width >= _TABLE_WIDTH:
        out.print(_arithmetic(found, reading))
    else:
        _print(t("Hitungannya", "The arithmetic"), _in_sentences(found, reading))
    _say(t("Bukti yang belum ada", "Missing evidence"), found.missing)
    _say(t("Apa yang mengubahnya?", "What would change it?"), found.changes)


def _say(heading: str, reasons: Iterable[Reason]) -> None:
    _print(heading, [wording.say(reason, language()) for reason in reasons])


def _print(heading: str, sentences: Sequence[str]) -> None:
    if sentences:
        out.print(Text(heading, style="bold"))
        for sentence in sentences:
            out.print(Text(f"• {sentence}"))
        out.print()


def _in_sentences(found: Explanation, reading: Reading) -> list[str]:
    """Return the arithmetic as one sentence per component, with the place of the evidence and when it expires."""
    said = {reason.arguments["component"]: reason for reason in found.reasons if reason.code in _ARITHMETIC}
    return [f"{wording.say(said[line.component], language())}{_where(line, reading)}" for line in found.lines]


def _where(line: Line, reading: Reading) -> str:
    place = _place(line, reading)
    parts = [t("{sheet} baris {row}", "{sheet} row {row}").format(**place)] if place else []
    if line.expires_on:
        expires = wording.day(line.expires_on, language())
        parts.append(t(f"tidak lagi dihitung mulai {expires}", f"no longer counts from {expires}"))
    return f" ({'; '.join(parts)})" if parts else ""


def _arithmetic(found: Explanation, reading: Reading) -> Table:
    """Draw the arithmetic: raw → points → weight → contribution, with the evidence's place, date and expiry."""
    table = Table(box=borders.SIMPLE_HEAD, pad_edge=False, show_footer=False)
    table.add_column(t("Komponen", "Component"))
    table.add_column(t("Bukti", "Evidence"))
    for head in (t("Poin", "Points"), t("Bobot %", "Weight %"), t("Sumbangan", "Contribution")):
        table.add_column(head, justify="right")
    for head in (t("Sumber", "Source"), t("Tanggal", "Date"), t("Berakhir", "Expires")):
        table.add_column(head)
    scores = {
        reason.arguments["axis"]: reason.arguments["score"]
        for reason in found.reasons
        if reason.code is ReasonCode.CLASS
    }
    for axis in Axis:
        lines = [line for line in found.lines if line.axis is axis]
        for line in lines:
            table.add_row(*_cells(line, reading))
        score = scores.get(axis)
        name = label("axes", axis, language()).capitalize()
        table.add_row(Text(name, style="bold"), "", "", "", Text(_number(score), style="bold"), end_section=True)
    return table


def _cells(line: Line, reading: Reading) -> tuple[str, ...]:
    place = _place(line, reading)
    return (
        label("components", line.component, language()),
        _evidence(line),
        _number(line.points),
        _number(line.weight),
        _number(line.contribution),
        t("{sheet} baris {row}", "{sheet} row {row}").format(**place) if place else "",
        line.on.isoformat() if line.on else "",
        line.expires_on.isoformat() if line.expires_on else "",
    )


def _evidence(line: Line) -> str:
    if line.raw is None:
        return label("states", line.state, language())
    return wording.raw(line.raw, line.raw_unit, language())


def _number(value: object) -> str:
    return wording.number(value, language()) if isinstance(value, Decimal) else ""


def _place(line: Line, reading: Reading) -> dict[str, str | int] | None:
    """Return sheet and row (as Excel counts) of the evidence."""
    if line.table is None or line.source is None:
        return None
    table = SOURCE_TABLES[line.table]
    rows = by_key(table, reading.tables[table].with_columns(reading.rows[table].alias("_row")))
    return {"sheet": BY_TABLE[table].name, "row": rows["_row"][line.source]}


def _as_dict(nip: str, found: Explanation, reading: Reading) -> dict[str, Any]:
    def say(reasons: Iterable[Reason]) -> list[str]:
        return [wording.say(reason, language()) for reason in reasons]

    return {
        "nip": nip,
        "status": found.status,
        "lines": [
            {key: _plain(value) for key, value in asdict(line).items() if key not in {"table", "source"}}
            | {"place": _place(line, reading)}
            for line in found.lines
        ],
        "reasons": say(found.reasons),
        "missing": say(found.missing),
        "changes": say(found.changes),
    }


def _plain(value: object) -> object:
    """Decimals and dates as texts: JSON has no exact form of them."""
    return str(value) if isinstance(value, Decimal | date) else value
