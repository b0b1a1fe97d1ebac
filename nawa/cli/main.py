"""The `nawa` command: a group that loads a command's module, and Django, only when that command is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Annotated, Any, Final, NamedTuple

import django
import typer
from django.db import DatabaseError, OperationalError, ProgrammingError
from typer.core import TyperGroup
from typer.exceptions import Abort, TyperException

from nawa.cli.speech import LANGUAGES, Exit, Language, choose, err, language, t


class _Place(NamedTuple):
    module: str
    needs_database: bool = False


_PLACES: Final = {
    "map": _Place("nawa.cli.map"),
    "check": _Place("nawa.cli.check"),
    "explain": _Place("nawa.cli.explain"),
    "template": _Place("nawa.cli.template"),
    "demo": _Place("nawa.cli.demo", needs_database=True),
    "import": _Place("nawa.cli.load", needs_database=True),
    "policy": _Place("nawa.cli.policy"),
    "run": _Place("nawa.cli.run", needs_database=True),
    "admin": _Place("nawa.cli.admin", needs_database=True),
}


class _Commands(TyperGroup):
    """Commands by name, each imported when it is asked for."""

    def list_commands(self, ctx: object) -> list[str]:
        return [*_PLACES]

    def get_command(self, ctx: object, cmd_name: str) -> Any:
        place = _PLACES.get(cmd_name)
        if place is None:
            return None
        if place.needs_database:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nawa.settings")
            django.setup()
        command = typer.main.get_command(importlib.import_module(place.module).app)
        command.name = cmd_name
        return command


app = typer.Typer(cls=_Commands, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


def _speak(lang: Language) -> Language:
    """Choose the language while the call is parsed: commands are built, with their help, only after that."""
    choose(lang)
    return lang


_Lang = Annotated[
    Language,
    typer.Option(help="Bahasa · language", envvar="NAWA_LANG", is_eager=True, callback=_speak, show_envvar=False),
]


@app.callback()
def _group(lang: _Lang = LANGUAGES[0]) -> None:
    """Nawa: peta talenta sembilan kotak dari data instansi · a nine-box talent map from an institution's records."""


def main() -> None:
    """Run the command line and end the process with its exit code (`speech.Exit`)."""
    try:
        sys.exit(app(standalone_mode=False) or Exit.DONE)
    except TyperException as mistake:
        err.print(_call_mistake(mistake), markup=False)
        sys.exit(Exit.USAGE)
    except (OperationalError, ProgrammingError) as failed:
        err.print(_no_database(failed), markup=False, soft_wrap=True)
        sys.exit(Exit.REFUSED)
    except (Abort, KeyboardInterrupt):
        err.print(t("Dibatalkan.", "Cancelled."))
        sys.exit(130)


def _no_database(failed: DatabaseError) -> str:
    reason = (str(failed).splitlines() or [""])[0]
    return t(
        f"Basis data belum dapat dipakai ({reason}). Siapkan dengan `python manage.py migrate`, "
        "atau periksa DATABASE_URL.",
        f"The database cannot be used ({reason}). Prepare it with `python manage.py migrate`, or check DATABASE_URL.",
    )


def _call_mistake(mistake: TyperException) -> str:
    """Say in the language spoken what is wrong with the call; the library itself only speaks English."""
    context = getattr(mistake, "ctx", None)
    if type(mistake).__name__ == "NoArgsIsHelpError":
        return ""  # the help has been printed
    command = context.command_path if context else "nawa"
    said = mistake.format_message().replace("Value error, ", "")
    if language() == "id":
        for english, indonesian in _MISTAKES:
            said = said.replace(english, indonesian)
    return f"{said}\n" + t(f"Lihat `{command} --help`.", f"See `{command} --help`.")


_MISTAKES: Final = (
    ("Missing argument", "Belum ada masukan"),
    ("Missing option", "Belum ada pilihan"),
    ("Missing command", "Belum ada perintah"),
    ("No such option", "Tidak ada pilihan"),
    ("No such command", "Tidak ada perintah"),
    ("Possible options", "mungkin maksudnya"),
    ("Did you mean", "Mungkin maksudnya"),
    ("Invalid value for", "Nilai yang salah untuk"),
    ("requires an argument", "memerlukan nilai"),
    ("Got unexpected extra argument", "Ada masukan yang berlebih:"),
    ("Input should be a valid integer, unable to parse string as an integer", "bukan bilangan bulat"),
    ("Input should be greater than or equal to", "sekurang-kurangnya"),
    ("Input should be less than or equal to", "paling banyak"),
    ("does not match the formats", "bukan tanggal; tulis seperti"),
    ("is not one of", "bukan salah satu dari"),
    ("does not exist", "tidak ada"),
)
