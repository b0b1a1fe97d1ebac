"""The nine boxes in the terminal: potential to the right, performance up, numbers first."""

from __future__ import annotations

import polars as pl
from rich import box as borders
from rich.table import Table
from rich.text import Text

from nawa.cli.speech import number, t
from nawa.engine.ninebox import BOX
from nawa.engine.parameters import Status


def nine_boxes(map_: pl.DataFrame) -> Table:
    """Draw how many people each box holds; of these how many are provisional."""
    counts = {
        (box, status): count for box, status, count in map_.drop_nulls("box").group_by("box", "status").len().rows()
    }
    table = Table(box=borders.ROUNDED, show_lines=True, pad_edge=False)
    table.add_column(t("Kinerja ↑  Potensial →", "Performance ↑  Potential →"), vertical="middle")
    for label in (t("Rendah", "Low"), t("Menengah", "Middle"), t("Tinggi", "High")):
        table.add_column(label, justify="center", min_width=16)
    rows = (
        t("Di bawah ekspektasi", "Below expectation"),
        t("Sesuai ekspektasi", "As expected"),
        t("Di atas ekspektasi", "Above expectation"),
    )
    for label, boxes in reversed(list(zip(rows, BOX, strict=True))):
        table.add_row(label, *(_cell(box, counts) for box in boxes))
    return table


def _cell(box: int, counts: dict[tuple[int, str], int]) -> Text:
    complete, provisional = counts.get((box, Status.LENGKAP), 0), counts.get((box, Status.SEMENTARA), 0)
    cell = Text(justify="center")
    cell.append(t(f"Kotak {box}\n", f"Box {box}\n"), style="dim")
    cell.append(number(complete + provisional), style="bold")
    if provisional:
        cell.append(t(f"\n{number(provisional)} sementara", f"\n{number(provisional)} provisional"), style="dim")
    return cell


def shares(map_: pl.DataFrame) -> Table:
    """Draw how many of each kind of staff are complete, provisional and not yet mapped: each its own denominator."""
    table = Table(box=borders.SIMPLE_HEAD, pad_edge=False)
    table.add_column(t("Jenis pegawai", "Kind of staff"))
    heads = (t("Lengkap", "Complete"), t("Sementara", "Provisional"), t("Belum dapat dipetakan", "Not yet mapped"))
    for head in (*heads, t("Jumlah", "Total")):
        table.add_column(head, justify="right")
    for (kind,), group in sorted(map_.group_by("staff_kind"), key=lambda item: str(item[0])):
        found = dict(group.group_by("status").len().rows())
        cells = (
            f"{number(found.get(status, 0))} ({number(100 * found.get(status, 0) / len(group), 1)}%)"
            for status in Status
        )
        table.add_row(str(kind or t("belum diketahui", "unknown")), *cells, number(len(group)))
    return table
