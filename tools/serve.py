"""Prepare the database and the front-end files, load the demo city into an empty database, start server and worker.

.venv/bin/python -m tools.serve [PORT]
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command

from tools.translations import compile_texts

TREE = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


def is_taken(port: int) -> bool:
    """Whether another program listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def has_people(**kind: str) -> bool:
    """Whether the database holds anybody (of this kind)."""
    return bool(apps.get_model("registry", "Person").objects.filter(**kind).exists())


def main(port: int) -> None:
    if is_taken(port):
        sys.exit(f"✗ Porta {port} sedang dipakai program lain. Coba: make run PORT={port + 1}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nawa.settings")
    django.setup()
    print("· Menyiapkan basis data dan berkas antarmuka …", flush=True)
    compile_texts()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    if not has_people() or has_people(source="DEMO"):
        os.environ["NAWA_DEMO"] = "1"  # for the server, which answers on loopback only
    if not has_people():
        print("· Basis data masih kosong: memuat kota peraga, seluruhnya rekaan (sekitar satu menit) …", flush=True)
        if subprocess.run([Path(sys.prefix) / "bin" / "nawa", "demo"], cwd=TREE).returncode:
            sys.exit("✗ Kota peraga gagal dimuat; lihat pesan di atas.")
    print(f"\n  Nawa berjalan di http://{HOST}:{port}/   (hentikan dengan Ctrl+C)\n", flush=True)
    os.chdir(TREE)
    serve(port)


def serve(port: int) -> None:
    """Run the server with one worker beside it; when either ends, or a signal comes, both end."""
    granian = ["-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    options = ["--blocking-threads", "4", "--log-level", "warning", "nawa.wsgi:application"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    children = [
        subprocess.Popen([sys.executable, *granian, *options]),
        subprocess.Popen([sys.executable, "manage.py", "work", "--parent", str(os.getpid())]),
    ]
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
