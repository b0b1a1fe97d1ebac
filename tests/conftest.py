"""What all tests share: how Hypothesis tries, the browser, and the refusal of skips where all must run."""

import gc
import os
from collections.abc import Iterator

import pytest
from django.db import connections
from hypothesis import settings
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.append_only import lift_guards
from tests.browser import Watched, chromium, chromium_path
from tools.translations import compile_texts

settings.register_profile("nawa", derandomize=True, deadline=None, database=None)
settings.register_profile("torture", deadline=None, database=None, print_blob=True)  # other examples every time
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "nawa"))

# Playwright's loop runs in the test's own thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="count a skipped test as a failure")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the English texts once, before any process reads them; look for garbage less often: tests are short."""
    gc.set_threshold(100_000, 20, 20)
    if not hasattr(config, "workerinput"):
        compile_texts()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get("NAWA_TORTURE"):
        torture = [item for item in items if item.get_closest_marker("torture")]
        config.hook.pytest_deselected(items=torture)
        items[:] = [item for item in items if item not in torture]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Let Django empty the tables after a test that commits; the guards are up again before the next one."""
    marker = item.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if commits or (marker and marker.kwargs.get("transaction")):
        lift_guards()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of a process."""
    if chromium_path() is None:
        pytest.skip("Chromium tidak terpasang")
    connections.close_all()  # under Playwright's loop the thread has other connections, and nobody would close these
    with chromium() as started:
        yield started
        connections.close_all()


@pytest.fixture(scope="session")
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LiveServer]:
    """The application on a port of its own. Unlike `live_server` it leaves what a module has loaded in the database."""
    with django_db_blocker.unblock():
        started = LiveServer("localhost")
    yield started
    started.stop()


@pytest.fixture
def watched(browser: Browser, server: LiveServer) -> Iterator[Watched]:
    """A fresh page; the test fails on any console error, policy violation or request to another site."""
    context = browser.new_context(base_url=server.url, locale="id-ID", timezone_id="Asia/Jakarta")
    page = Watched(context.new_page(), server.url)
    yield page
    context.close()
    assert page.complaints == []


@pytest.fixture
def page(watched: Watched) -> Page:
    """The watched page itself."""
    return watched.page
