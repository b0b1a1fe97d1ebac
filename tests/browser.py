"""Debian's Chromium for the browser tests: where it is, how it starts, and what makes a page fail."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

TREE = Path(__file__).resolve().parent.parent
AXE = TREE / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = TREE / "var" / "screenshots"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = [  # no sandbox as root; and nothing that reaches for the network by itself
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """Return where Chromium is installed, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium; it ends with the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page that remembers every console error, policy violation and failed or foreign request."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", lambda request: self._foreign(request.url, home))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        left_behind = (request.resource_type, request.failure) == ("other", "net::ERR_ABORTED")  # the page's icon
        if not left_behind:
            self.complaints.append(f"failed: {request.url}")

    def _foreign(self, url: str, home: str) -> None:
        if not url.startswith((home, "data:")):
            self.complaints.append(f"another site: {url}")


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 A and AA, each with the element's own text."""
    page.evaluate(AXE.read_text())  # a script tag would be refused by our policy
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]]


def reach(page: Page, target: Locator) -> None:
    """Move the focus on by the Tab key until it is on the target."""
    expect(target).to_be_visible()
    for _ in range(150):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the Tab key never came there")


def look(page: Page, name: str) -> None:
    """Keep a picture of the page for human eyes, where somebody asks for pictures (NAWA_LOOK=1)."""
    if os.environ.get("NAWA_LOOK"):
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
