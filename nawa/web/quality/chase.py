"""What to chase first: pairs of a unit and a piece of evidence, ranked, and a unit's sheet to send."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.engine.parameters import Component
from nawa.policy.sentences import label
from nawa.talent.queries.chasing import Chase, chases, deciding
from nawa.talent.queries.maps import described
from nawa.web.kit.languages import spoken
from nawa.web.kit.paging import PER_PAGE
from nawa.web.kit.smallcounts import Count
from nawa.web.kit.smalltables import protect_table
from nawa.web.quality.basis import NOWHERE, Basis

BRING: Final[Mapping[Component, str | Promise]] = {
    Component.RATING: gettext_lazy("Dokumen evaluasi kinerja tahun terakhir yang sudah ditandatangani penilai"),
    Component.AWARD: gettext_lazy("Piagam atau keputusan penghargaan; bila tidak ada, pernyataan nihil dari unit"),
    Component.TEAM: gettext_lazy("Keputusan pembentukan tim kerja; bila tidak ada, pernyataan nihil dari unit"),
    Component.FEEDBACK: gettext_lazy("Rekap umpan balik 360° periode terakhir; bila tidak ada, pernyataan nihil"),
    Component.COMPETENCE: gettext_lazy("Laporan penilaian kompetensi yang masih berlaku; bila belum ada, jadwalkan"),
    Component.TRAINING: gettext_lazy("Sertifikat pelatihan dengan tanggal dan jumlah jam; bila tidak ada, nihil"),
    Component.CERTIFICATION: gettext_lazy("Sertifikat profesi yang masih berlaku; bila tidak ada, pernyataan nihil"),
    Component.TENURE: gettext_lazy("Keputusan jabatan sekarang dengan TMT, dan berita acara pelantikannya"),
    Component.BREADTH: gettext_lazy("Riwayat jabatan lengkap dengan unit, instansi, dan tanggalnya"),
    Component.ACTING: gettext_lazy("Surat perintah Plt, Plh, atau Pj; bila tidak ada, pernyataan nihil dari unit"),
    Component.POTENTIAL: gettext_lazy("Laporan penilaian potensi yang masih berlaku; bila belum ada, jadwalkan"),
    Component.EDUCATION: gettext_lazy("Ijazah pendidikan formal terakhir"),
    Component.FIELD: gettext_lazy("Jurusan pada ijazah, dan bidang ilmu yang disyaratkan jabatannya"),
    Component.DISCIPLINE: gettext_lazy("Keputusan hukuman disiplin; bila tidak ada, pernyataan nihil dari unit"),
}
"""What a unit brings so that a component becomes known."""

_ORDER: Final = list(Component)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit and a piece of evidence: for how many people it decides the box, of how many it is unknown."""

    place: int
    unit: str
    url: str
    sheet_unit: int | None
    component: str
    bring: str | Promise
    decides: Count
    lacking: Count


def chase_page(basis: Basis, number: str | None) -> Page[Any]:
    """Return a page of what to chase, what decides most boxes first (no query).

    Equals stand by the name of their unit, then in the order of the components. What is withheld comes last: not even
    its place tells how many there are.
    """
    found = chases(basis.people, basis.groups, basis.policy.parameters)
    decides, lacking = (_shown(basis, found, what) for what in ("decides", "lacking"))
    worth = [pair for pair in found if decides[pair].value is None or pair.decides]
    worth.sort(key=lambda pair: (-(decides[pair].value or 0), basis.name(pair.unit), _ORDER.index(pair.component)))
    page: Page[Any] = Paginator(worth, PER_PAGE).get_page(number)
    first = page.start_index()
    page.object_list = [
        _line(basis, pair, place, decides[pair], lacking[pair]) for place, pair in enumerate(page.object_list, first)
    ]
    return page


def sheet_of(basis: Basis) -> tuple[pl.DataFrame, list[str]]:
    """Return a unit's sheet, one row for each person and piece of evidence that is unknown, and who stands in it.

    Whether a piece decides somebody's box is said to those alone who may know in which box people are (one query).
    """
    decides = deciding(basis.people, basis.policy.parameters).select(pl.all().name.prefix("decides_"))
    people = basis.people.hstack(decides)
    lacking = people.filter(~pl.all_horizontal(basis.components))
    known = described(basis.period.run, lacking["person_id"].to_list(), within=basis.within)
    rows = [
        (known[row["person_id"]], one, row[f"decides_{one}"])
        for row in lacking.iter_rows(named=True)
        for one in basis.components
        if not row[one]
    ]
    rows.sort(key=lambda row: (row[0].unit, row[0].name, row[0].nip))
    columns = {
        _("Unit"): [of.unit for of, _one, _decides in rows],
        _("Nama"): [of.name for of, _one, _decides in rows],
        _("NIP"): [of.nip for of, _one, _decides in rows],
        _("Jabatan"): [of.post for of, _one, _decides in rows],
        _("Indikator"): [label("components", one, spoken()) for _of, one, _decides in rows],
        _("Yang perlu dibawa"): [str(BRING[one]) for _of, one, _decides in rows],
    }
    if basis.sees_boxes:
        columns[_("Menentukan kotak")] = [_("ya") if decides else _("tidak") for _of, _one, decides in rows]
    frame = pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in columns.items()})
    stamped = frame.with_columns(pl.lit(basis.period.run.on, dtype=pl.Date).alias(_("Tanggal acuan")))
    return stamped, sorted({of.public_id for of, _one, _decides in rows})


def _shown(basis: Basis, found: list[Chase], what: str) -> dict[Chase, Count]:
    """Return counts as the reader may see them: boxes are a secret of those who may see them, gaps of a few more."""
    if basis.sees_boxes or (what == "lacking" and basis.sees_people):
        return {pair: Count(getattr(pair, what)) for pair in found}
    table: dict[int, dict[Component, int]] = defaultdict(lambda: dict.fromkeys(basis.components, 0))
    for pair in found:
        table[pair.unit][pair.component] = getattr(pair, what)
    covered = protect_table(table)
    return {pair: covered[pair.unit][pair.component] for pair in found}


def _line(basis: Basis, pair: Chase, place: int, decides: Count, lacking: Count) -> Line:
    is_own = basis.is_own(pair.unit)
    name = basis.name(pair.unit)
    return Line(
        place=place,
        unit=_("Langsung di %(unit)s") % {"unit": name} if is_own and pair.unit != NOWHERE else name,
        url="" if is_own or pair.unit not in basis.with_children else basis.url(pair.unit),
        sheet_unit=None if is_own or not basis.sees_people else pair.unit,
        component=label("components", pair.component, spoken()),
        bring=BRING[pair.component],
        decides=decides,
        lacking=lacking,
    )
