"""The house's own rules, each as a test that can fail."""

import ast
import re
import statistics
import subprocess
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path

import allauth
import pytest
from django.apps import apps
from django.db import models

from nawa.core import privacy
from nawa.engine.parameters import Axis, Indicator, State, Status
from nawa.workbook.sheets import SHEETS
from tools.check import PURE

TREE = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for path in (TREE / "nawa").rglob("*.py") if "migrations" not in path.parts)
MODELS = [model for model in apps.get_models() if model.__module__.startswith("nawa.")]
DRAWERS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "signals", "managers"}

# Instants that no human deed sets: (name, why no `*_by` stands beside it).
INSTANTS_OF_THE_MACHINE = {
    "finished_at": "a run ends by itself; who started it stands in started_by",
    "heartbeat_at": "a worker shows that it lives; its own id stands in worker",
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def kept_files() -> tuple[Path, ...]:
    """What the repository holds or would hold: all but what .gitignore names."""
    if not (TREE / ".git").exists():
        pytest.skip("bukan klon git: tidak diketahui berkas mana yang disimpan")
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=TREE, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return tuple(path for name in listing.split("\0") if name and (path := TREE / name).is_file())


@cache
def kept_texts() -> dict[str, str]:
    texts = {}
    for path in kept_files():
        try:
            texts[str(path.relative_to(TREE))] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return texts


# -- people's data


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_stored_field_has_a_privacy_class(model: type[models.Model]) -> None:
    assert privacy.unclassified(model) == []
    assert privacy.unknown(model) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_instant_names_who_did_it(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.concrete_fields}
    instants = {name for name in names if name.endswith("_at")} - set(INSTANTS_OF_THE_MACHINE)
    assert {name for name in instants if f"{name.removesuffix('_at')}_by" not in names} == set()


def test_every_exemption_from_that_rule_is_used() -> None:
    stored = {field.name for model in MODELS for field in model._meta.concrete_fields}
    assert set(INSTANTS_OF_THE_MACHINE) <= stored


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_dates_and_instants_are_named_as_such(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateTimeField):
            assert field.name.endswith("_at"), field.name
        elif isinstance(field, models.DateField):
            assert re.search(r"(^|_)(on|since|from|before|through)$", field.name), field.name


# -- words


def glossary_rows() -> list[tuple[str, list[str], str]]:
    """Rows of GLOSSARY.md: term, identifiers, legal source."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (TREE / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and not re.match(r"\|\s*(-|istilah)", line)
    ]
    return [(row[0], re.findall(r"`([^`]+)`", row[1]), row[2]) for row in cells]


@cache
def names_in_code() -> frozenset[str]:
    """Every name that the code gives to something, with `Class.member` for what stands in a class."""
    names: set[str] = {"nawa"}
    for path in SOURCES:
        names |= {path.stem, path.parent.name}
        for node in ast.walk(tree_of(path)):
            names |= _names_of(node)
    return frozenset(names)


def _names_of(node: ast.AST) -> set[str]:
    match node:
        case ast.ClassDef(name=owner, body=body):
            return {owner} | {f"{owner}.{name}" for part in body for name in _names_of(part) if "." not in name}
        case ast.FunctionDef(name=name) | ast.arg(arg=name) | ast.Attribute(attr=name) | ast.Name(id=name):
            return {name}
        case ast.Assign(targets=targets):
            return {name for target in targets for name in _names_of(target)}
        case ast.AnnAssign(target=target):
            return _names_of(target)
        case ast.Constant(value=str(text)) if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", text):
            return {text}
    return set()


def test_every_identifier_in_the_glossary_stands_in_the_code() -> None:
    assert {name for _, names, _ in glossary_rows() for name in names} - names_in_code() == set()


def test_every_term_in_the_glossary_has_an_identifier_and_a_source() -> None:
    assert [term for term, names, source in glossary_rows() if not names or not source] == []


def test_no_term_stands_twice_in_the_glossary() -> None:
    terms = [term.casefold() for term, _, _ in glossary_rows()]
    assert {term for term in terms if terms.count(term) > 1} == set()


def test_every_sheet_of_the_workbook_is_in_the_glossary() -> None:
    known = set(chain.from_iterable(names for _, names, _ in glossary_rows()))
    assert {sheet.table for sheet in SHEETS} - known == set()


@pytest.mark.parametrize("kind", [Axis, Indicator, State, Status], ids=lambda kind: kind.__name__)
def test_every_word_of_the_map_is_in_the_glossary(kind: type[StrEnum]) -> None:
    known = set(chain.from_iterable(names for _, names, _ in glossary_rows()))
    assert {f"{kind.__name__}.{member.name}" for member in kind} - known == set()


# -- shape of the code


@pytest.mark.parametrize("name", ["nawa", "tests", "tools", "bench"])
def test_no_file_is_over_500_lines(name: str) -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (TREE / name).rglob("*.py")}
    assert {file: length for file, length in lengths.items() if length > 500} == {}


def test_most_functions_are_under_ten_lines() -> None:
    lengths = [(node.end_lineno or 0) - node.lineno for path in SOURCES for node in functions(path)]
    assert statistics.median(lengths) < 10


def test_imports_stand_at_the_top_of_the_file() -> None:
    inside = [
        f"{path.relative_to(TREE)}:{node.lineno}"
        for path in SOURCES
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert [path for path in SOURCES if {path.stem, *path.parent.parts} & DRAWERS] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [path for path in SOURCES if tree_of(path).body and not ast.get_docstring(tree_of(path))] == []


def test_every_template_is_used() -> None:
    folder = TREE / "nawa" / "web" / "templates"
    of_allauth = Path(allauth.__file__).parent / "templates"
    by_django = {"403.html", "404.html", "500.html"}
    by_django |= {str(path.relative_to(of_allauth)) for path in of_allauth.rglob("*.html")}
    templates = {str(path.relative_to(folder)) for path in folder.rglob("*.html")} - by_django
    users = [*SOURCES, *folder.rglob("*.html")]
    used = set(re.findall(r"[\"']([\w/]+\.html)[\"']", "\n".join(path.read_text(encoding="utf-8") for path in users)))
    assert templates - used == set()


def test_no_page_takes_a_name_that_the_frame_around_it_uses() -> None:
    folder = TREE / "nawa" / "web" / "templates"
    names = {path: re.findall(r'\bid="([\w-]+)"', path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    frame = set(names.pop(folder / "base.html"))
    assert frame
    assert [(path.name, name) for path, found in names.items() for name in found if name in frame] == []


def test_every_table_that_may_scroll_can_be_scrolled_by_keyboard() -> None:
    folder = TREE / "nawa" / "web" / "templates"
    texts = {path: re.sub(r"{%.*?%}", "…", path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    found = [(path.name, tag) for path, text in texts.items() for tag in re.findall(r"<[^<>]*table-wrap[^<>]*>", text)]
    assert found
    wanted = r'tabindex="0" role="(region|group)" aria-label'  # a group where a section of the same name stands around
    assert [(name, tag) for name, tag in found if not re.search(wanted, tag)] == []


def test_colours_and_sizes_stand_in_one_file() -> None:
    sheets = [path for path in (TREE / "nawa" / "web" / "static").rglob("*.css") if path.name != "tokens.css"]
    for sheet in sheets:
        rules = re.sub(r"/\*.*?\*/|@(media|page)[^{]*\{", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl|\boklch|\b\d*\.?\d+(?:px|rem|em|pt)\b", rules) == []


# -- what is kept, and what it takes to install


def test_no_kept_file_names_a_registry_host() -> None:
    pattern = re.compile(r"https?://[^\s\"']*(pypi|pythonhosted|npmjs|debian)", re.IGNORECASE)
    assert [name for name, text in kept_texts().items() if pattern.search(text)] == []


def test_no_kept_file_names_a_place_on_this_machine() -> None:
    places = (f"{TREE.parent}/", f"{Path.home()}/")
    assert [name for name, text in kept_texts().items() if any(place in text for place in places)] == []


def test_nothing_is_kept_that_an_install_or_a_run_makes() -> None:
    made = re.compile(r"\.min\.(js|css)$|\.(sqlite3|pyc|whl|xlsx|parquet)$|(^|/)(node_modules|\.venv|var)/")
    assert [str(path.relative_to(TREE)) for path in kept_files() if made.search(str(path.relative_to(TREE)))] == []


@pytest.mark.parametrize("name", ["run", "dev"])
def test_the_python_lock_is_exact_hashed_and_names_no_host(name: str) -> None:
    lock = (TREE / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z])", re.sub(r"^#.*\n", "", lock, flags=re.MULTILINE).strip())
    assert "://" not in lock
    assert [entry for entry in entries if not re.match(r"[\w.\-\[\]]+==[\w.]+[^\n]*\\\n\s+--hash=sha256:", entry)] == []


def test_the_locks_agree_with_each_other_and_hold_every_dependency() -> None:
    run, dev = (set(re.findall(r"^[\w.\-]+==[\w.]+", _lock(name), re.MULTILINE)) for name in ("run", "dev"))
    assert run <= dev
    locked = {entry.split("==")[0] for entry in dev}
    wanted = {re.split(r"[\[~<>=]", text)[0].lower() for text in _dependencies()}
    assert wanted - locked == set()


def test_every_dependency_says_what_it_is_for() -> None:
    lines = (TREE / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if any(line.startswith(f'    "{text}",') for text in _dependencies())]
    assert len(named) >= len(set(_dependencies()))
    assert [line for line in named if not re.search(r"#\s+\W?\w", line)] == []


def test_the_front_end_lock_has_hashes_and_no_addresses() -> None:
    lock = (TREE / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == lock.count('"node_modules/')


def _lock(name: str) -> str:
    return (TREE / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def _dependencies() -> list[str]:
    project = tomllib.loads((TREE / "pyproject.toml").read_text(encoding="utf-8"))
    return [*project["project"]["dependencies"], *chain.from_iterable(project["dependency-groups"].values())]


def test_tests_that_run_on_one_database_only_touch_none() -> None:
    places = [TREE / "tests" / place for place in PURE]
    files = list(chain.from_iterable([place] if place.is_file() else place.rglob("*.py") for place in places))
    assert all(place in files or any(place in path.parents for path in files) for place in places)
    assert [path for path in files if re.search(r"django_db|\bdjango\b|transactional", path.read_text("utf-8"))] == []
