"""`nawa admin`: let an administrator in, the first of an installation or one who is locked out."""

from __future__ import annotations

from typing import Annotated

import typer

from nawa.accounts.actions import open_administrator
from nawa.cli.speech import Exit, language, out, stop, t
from nawa.core.actor import Actor
from nawa.core.refusal import Refusal
from nawa.documents.labels import day
from nawa.documents.slips import groups
from nawa.policy.wording import refusal

app = typer.Typer(pretty_exceptions_enable=False)


@app.command(
    help=t(
        "Membuka akun administrator, atau membuat kode baru bagi yang terkunci, dan menampilkan kode aktivasinya.",
        "Open an administrator's account, or make a new code for one who is locked out, and show the activation code.",
    )
)
def admin(
    login: Annotated[str, typer.Argument(help=t("Nama masuk: NIP, atau yang lain", "Log-in name: a NIP or another"))],
    name: Annotated[
        str, typer.Option(help=t("Nama pemilik, untuk akun baru", "The holder's name, for a new account"))
    ] = "",
) -> None:
    try:
        slip = open_administrator(login=login, name=name, by=Actor.command_line())
    except Refusal as refused:
        reasons = [refusal(reason.code, reason.arguments, language()) for reason in refused.reasons]
        stop("\n".join(reasons), Exit.REFUSED)
    code, through = "-".join(groups(slip.code)), day(slip.through, language())
    out.print(t("Nama masuk:", "Log-in name:"), slip.account.username, markup=False)
    out.print(t("Kode aktivasi:", "Activation code:"), code, markup=False)
    out.print(
        t(
            f"Berlaku sampai dengan {through}. Buka /aktivasi/ di peramban, ketik keduanya, dan buat kata sandi. "
            "Verifikasi dua langkah dipasang saat masuk. Kode ini tidak disimpan.",
            f"Valid through {through}. Open /aktivasi/ in a browser, type both, and choose a password. "
            "Two-step verification is set up at log-in. The code is not kept.",
        )
    )
