"""The server's access log, where an installation turns it on, tells the path and never what stood in the query."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.test_house_rules import TREE


def test_the_access_log_tells_the_path_and_not_the_query(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "NAWA_VAR": str(tmp_path), "DATABASE_URL": "", "GRANIAN_LOG_ACCESS_ENABLED": "1"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "nawa.wsgi:application"]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=TREE, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        ask(f"http://127.0.0.1:{port}/static/tidak-ada.css?nama=Budi+Santoso")
    finally:
        server.terminate()
        server.wait(10)
    told = (tmp_path / "log").read_text()
    assert "/static/tidak-ada.css" in told
    assert "Budi" not in told


def ask(address: str) -> None:
    """Ask until the server has come up; what it answers does not matter."""
    for _ in range(100):
        with suppress(URLError):
            try:
                urlopen(address, timeout=5).close()
            except HTTPError:
                return
        time.sleep(0.1)
    raise TimeoutError(address)
