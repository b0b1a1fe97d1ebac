"""What these pages show: an upload at each of its stages, and the rows of its preview."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import names_of
from nawa.audit.enums import Event, Language
from nawa.audit.models import RecordedEvent
from nawa.audit.rules import sentence
from nawa.core.models import RunState
from nawa.core.scope import Scope
from nawa.exchange import queries
from nawa.exchange.enums import Change, Stage
from nawa.exchange.models import Upload, Work
from nawa.exchange.queries import Slice, Wanted
from nawa.exchange.rules import reasons_against_applying, reasons_against_undoing
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.registry.queries import names_by_nip
from nawa.web.imports.cells import Line, line
from nawa.web.imports.forms import AbsenceForm, ApplyForm, TwinForm, UploadForm
from nawa.web.kit.cells import UNSHOWN, tells_of_evaluations
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.paging import page_of
from nawa.web.kit.refusals import sentences
from nawa.workbook.problems import Problem, UnreadableFile
from nawa.workbook.sheets import BY_TABLE

_OTHERS: Final = 10  # imports that came another way, of which the page tells
_KINDS_OF_ROWS: Final[Mapping[str, str]] = {
    "talent.mappingresult": "peta_talenta",
    "accounts.user": "akun",
}


@dataclass(frozen=True, slots=True)
class SheetCount:
    """A sheet of an upload in numbers."""

    sheet: str
    new: int
    changed: int
    unchanged: int
    problems: int
    disagreeing: int
    is_shown: bool

    @property
    def speaks(self) -> bool:
        """Whether anything changes in it, or is wrong with it."""
        return bool(self.new or self.changed or self.problems or self.disagreeing)


def may_apply(request: Request) -> bool:
    """Whether the reader may bring files in."""
    return request.access.scope(Permission.IMPORT_APPLY).all_units


def index_page(request: Request, form: UploadForm | None = None, refused: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what the page of all uploads shows; `form` is one that came back refused, with the reasons."""
    page = page_of(queries.uploads(scope=request.access.scope(Permission.IMPORT_READ)), request.GET.get("hal"))
    others = list(queries.other_imports(scope=request.access.scope(Permission.IMPORT_READ))[:_OTHERS])
    names = names_of([*(one.uploaded_by for one in page), *(one.imported_by for one in others)])
    return {
        "page": page,
        "uploads": [(one, _total(one), _who(one.uploaded_by, names), _open(one)) for one in page],
        "others": [(one, sum(map(sum, one.counts.values())), _who(one.imported_by, names)) for one in others],
        "form": (form or UploadForm()) if may_apply(request) else None,
        "refused": refused,
    }


def _total(upload: Upload) -> dict[str, int]:
    names = ("new", "changed", "unchanged", "problems", "disagreeing")
    return {name: sum(counts.get(name, 0) for counts in upload.counts.values()) for name in names}


def _open(upload: Upload) -> Work | None:
    return next((work for work in upload.works.all() if work.is_open), None)


def _who(actor: str, names: Mapping[str, str]) -> str:
    if actor in names:
        return names[actor]
    kind, _separator, part = actor.partition(":")
    return _("baris perintah") if kind == "command_line" else _("sistem (%(part)s)") % {"part": part}


def upload_page(request: Request, upload: Upload, refused: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what the page of an upload shows at its stage; `refused` are the reasons against what was just tried."""
    works = list(upload.works.all())
    underway = next((work for work in works if work.is_open), None)
    names, sheets = names_of([upload.uploaded_by]), sheet_counts(upload)
    shown: dict[str, Any] = {
        "upload": upload,
        "underway": underway,
        "by": _who(upload.uploaded_by, names),
        "refused": refused,
        "failed": _failed(works, upload),
        "may_apply": may_apply(request),
        "sheets": sheets,
        "quiet_sheets": [one for one in sheets if not one.speaks],
        "total": _total(upload),
    }
    if upload.stage == Stage.REFUSED:
        shown["unreadable"] = UnreadableFile(upload.refused["code"], **upload.refused["details"]).message(spoken())
    if upload.stage == Stage.READY:
        shown |= _ready(upload, underway)
    if upload.stage in (Stage.APPLIED, Stage.UNDONE):
        shown |= _report(upload, underway, request)
    return shown


def sheet_counts(upload: Upload) -> list[SheetCount]:
    """Return the sheets of an upload in the workbook's order."""
    return [
        SheetCount(
            BY_TABLE[table].name,
            counts["new"],
            counts["changed"],
            counts["unchanged"],
            counts["problems"],
            counts.get("disagreeing", 0),
            is_shown=upload.has_contents and table not in UNSHOWN,
        )
        for table, counts in sorted(upload.counts.items(), key=lambda item: list(BY_TABLE).index(item[0]))
    ]


def _failed(works: list[Work], upload: Upload) -> dict[str, Any] | None:
    """The work that came to nothing, unless something has gone well since."""
    for work in works:
        if work.state == RunState.FAILED:
            problem = work.details.get("problem")
            said = Problem.from_dict(problem).sentence(spoken()) if problem else ""
            return {"work": work, "problem": said, "rows": work.details.get("rows")}
        if work.state == RunState.SUCCEEDED and work.public_id != upload.preview:
            return None
    return None


def _ready(upload: Upload, underway: Work | None) -> dict[str, Any]:
    undecided = {"twins": queries.undecided_twins(upload), "absent": queries.undecided_absent(upload)}
    form = ApplyForm(initial={"preview": upload.preview, "mode": ApplyForm.base_fields["mode"].initial})
    against = reasons_against_applying(
        upload, underway, mode=_mode(form), preview=upload.preview, undecided=undecided["twins"]
    )
    return {
        "undecided": undecided,
        "explained": upload.absent - undecided["absent"],
        "apply_form": form if not against else None,
        "against": sentences(against),
        "problem_counts": queries.problem_counts(upload),
    }


def _mode(form: ApplyForm) -> Any:
    return form.initial["mode"]


def _report(upload: Upload, underway: Work | None, request: Request) -> dict[str, Any]:
    made = upload.made
    counted = made.counts if made else {}
    events = RecordedEvent.objects.filter(subject_id=made.public_id if made else "").order_by("pk")
    language = Language.ENGLISH if spoken() == "en" else Language.INDONESIAN
    newer = queries.newer_rows(upload, page=number(request.GET.get("hal")))
    return {
        "written": [
            (BY_TABLE[table].name, *counted[table])
            for table in BY_TABLE
            if table in counted and any(counted[table][:2])
        ],
        "written_rows": sum(added + corrected for added, corrected, _same in counted.values()),
        "queued": queries.queued_by(made) if made else 0,
        "events": [(one, sentence(one, language)) for one in events],
        "undone": any(one.event == Event.IMPORT_UNDONE for one in events),
        "against_undoing": sentences(reasons_against_undoing(upload, underway)),
        "newer": newer,
        "newer_lines": _newer_lines(upload, newer) if newer.total else [],
        "problem_counts": queries.problem_counts(upload),
    }


def _newer_lines(upload: Upload, newer: Slice) -> list[tuple[str, str, str]]:
    """Sheet, what the row is, and what is newer about it."""
    keys = queries.keys_of(upload, newer.rows)
    return [
        (BY_TABLE[table].name, keys.get((table, row), row), _kind(named_by))
        for table, row, named_by in newer.rows.iter_rows()
    ]


def _kind(named_by: str) -> str:
    if not named_by:
        return _("isinya berubah, diverifikasi, atau dihapus sesudah impor ini")
    name = BY_TABLE[named_by].name if named_by in BY_TABLE else _KINDS_OF_ROWS.get(named_by, named_by)
    return _("disebut oleh data lain: %(name)s") % {"name": name}


# -- the preview


def rows_page(upload: Upload, table: str, wanted: Wanted) -> tuple[dict[str, Any], list[str]]:
    """Return what the page of a sheet shows, and the public ids of the people whose evaluations it shows."""
    part = queries.rows_of(upload, table, wanted)
    nips = part.rows["nip"].drop_nulls().unique().to_list() if "nip" in part.rows.columns else []
    names = names_by_nip(nips, scope=Scope.everything()) if nips else {}
    lines: list[Line] = [line(table, row, names) for row in part.rows.iter_rows(named=True)]
    sheet = BY_TABLE[table]
    columns = [column for column in sheet.columns if column.name not in sheet.key]
    counts = next(one for one in sheet_counts(upload) if one.sheet == sheet.name)
    context = {
        "upload": upload,
        "sheet": sheet.name,
        "wanted": wanted,
        "lines": lines,
        "part": part,
        "kinds": _kinds(counts),
        "columns": [(column.name, column.heading) for column in columns],
        "chips": _chips(upload, sheet.name, wanted, {column.name: column.heading for column in columns}),
        "address": reverse("import_rows", args=[upload.public_id, sheet.name]),
        "pager": pager(part, {"jenis": wanted.change, "kolom": wanted.column}),
    }
    return context, [public for _name, public in names.values()] if tells_of_evaluations(table) else []


def _kinds(counts: SheetCount) -> list[tuple[str, str, int]]:
    of = {
        Change.NEW: counts.new,
        Change.CHANGED: counts.changed,
        Change.UNCHANGED: counts.unchanged,
        Change.DISAGREES: counts.disagreeing,
    }
    return [(code.value, label("row_changes", code, spoken()), number) for code, number in of.items()]


def _chips(upload: Upload, sheet: str, wanted: Wanted, headings: Mapping[str, str]) -> list[tuple[str, str]]:
    address = reverse("import_rows", args=[upload.public_id, sheet])
    chips = []
    if wanted.change:
        chips.append((label("row_changes", wanted.change, spoken()), _with(address, kolom=wanted.column)))
    if wanted.column:
        chips.append((headings.get(wanted.column, wanted.column), _with(address, jenis=wanted.change)))
    if wanted.text:
        chips.append((f"“{wanted.text}”", _with(address, jenis=wanted.change, kolom=wanted.column)))
    return chips


def _with(address: str, **parameters: str) -> str:
    given = {name: value for name, value in parameters.items() if value}
    return f"{address}?{urlencode(given)}" if given else address


def pager(part: Slice, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Return what the links to other pages need; a search is sent again, and stands in no address."""
    beside = {name: value for name, value in parameters.items() if value}
    first = (part.number - 1) * queries.PER_PAGE

    def to(number: int) -> str:
        return "?" + urlencode({**beside, "hal": number})

    return {
        "first": first + 1 if part.total else 0,
        "last": first + part.rows.height,
        "total": part.total,
        "previous": to(part.number - 1) if part.number > 1 else "",
        "next": to(part.number + 1) if part.number < part.pages else "",
    }


def problems_page(upload: Upload, sheet: str, number: int) -> dict[str, Any]:
    """Return what the page of problems shows, of one sheet or of all."""
    found, part = queries.problems_of(upload, sheet, page=number)
    lines = [
        {
            "problem": one,
            "reason": one.reason(spoken()),
            "remedy": one.remedy(spoken()),
            "consequence": one.consequence(spoken()),
        }
        for one in found
    ]
    sheets = [(one.sheet, one.problems) for one in sheet_counts(upload)]
    return {
        "upload": upload,
        "sheet": sheet,
        "lines": lines,
        "sheets": sheets,
        "pager": pager(part, {"lembar": sheet}),
        "counts": queries.problem_counts(upload),
        "seen": _public_ids(queries.nips_behind(upload, found, _telling())),
    }


def people_in_file(upload: Upload) -> list[str]:
    """Return the public ids of the people whose evaluations the file holds."""
    return _public_ids(queries.nips_of(upload, _telling()))


def _telling() -> list[str]:
    return [table for table in BY_TABLE if tells_of_evaluations(table)]


def _public_ids(nips: set[str]) -> list[str]:
    return [public for _name, public in names_by_nip(nips, scope=Scope.everything()).values()] if nips else []


def absent_page(
    request: Request, upload: Upload, form: AbsenceForm | None = None, refused: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what the page of absent people shows."""
    open_only = request.GET.get("semua") != "1"
    part = queries.absent(upload, page=number(request.GET.get("hal")), open_only=open_only)
    return {
        "upload": upload,
        "people": list(part.rows.iter_rows(named=True)),
        "pager": pager(part, {} if open_only else {"semua": "1"}),
        "open_only": open_only,
        "undecided": queries.undecided_absent(upload),
        "form": (form or AbsenceForm()) if may_apply(request) and upload.stage == Stage.READY else None,
        "refused": refused,
    }


def twins_page(
    request: Request, upload: Upload, form: TwinForm | None = None, refused: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what the page of possible corrections shows."""
    open_only = request.GET.get("semua") != "1"
    part = queries.twins(upload, page=number(request.GET.get("hal")), open_only=open_only)
    nips = part.rows["nip"].drop_nulls().unique().to_list() if part.total else []
    names = names_by_nip(nips, scope=Scope.everything()) if nips else {}
    rows = [
        {**row, "sheet": BY_TABLE[row["table"]].name, "name": names.get(row["nip"], ("", ""))[0]}
        | {side: _days(row[side]) for side in ("old", "new")}
        for row in part.rows.iter_rows(named=True)
    ]
    tables = part.rows["table"].unique().to_list() if part.total else []
    return {
        "upload": upload,
        "rows": rows,
        "pager": pager(part, {} if open_only else {"semua": "1"}),
        "open_only": open_only,
        "undecided": queries.undecided_twins(upload),
        "form": (form or TwinForm()) if may_apply(request) and upload.stage == Stage.READY else None,
        "refused": refused,
        "seen": [public for _n, public in names.values()] if any(map(tells_of_evaluations, tables)) else [],
    }


def _days(text: str) -> str:
    """Dates as the reader's language writes them."""
    return " · ".join(wording.day(datetime.date.fromisoformat(day), spoken()) for day in text.split(" · "))


def number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 1
