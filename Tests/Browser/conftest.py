"""One simulated shop for all tests, a window for each, and what is kept when one fails."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

import chromium
import places
import server
from look import Look
from places import Place
from visit import Visit

FAILURES = server.ROOT / ".build" / "browser-failures"

# The first process starts the shop and looks for its pages; the workers hear of both through these.
_ORIGIN = "PANTAU_SUITE_ORIGIN"
_PLACES = "PANTAU_SUITE_PLACES"
_LOG = "PANTAU_SUITE_LOG"

_shop = pytest.StashKey[server.Server]()
_folder = pytest.StashKey[Path]()
_outcome = pytest.StashKey[bool]()

OpenVisit = Callable[..., Visit]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "looks(*looks): the looks that a page is looked at in")
    config.addinivalue_line("markers", "cards: only pages that are made of cards")
    config.addinivalue_line("markers", "kinds(*kinds): only pages of these kinds, where one stands for all like it")
    if hasattr(config, "workerinput"):
        return
    shutil.rmtree(FAILURES, ignore_errors=True)
    config.stash[_folder] = folder = Path(tempfile.mkdtemp(prefix="pantau-browser-"))
    config.stash[_shop] = shop = server.demo(folder / "shop")
    try:
        shop.start()
        server.await_watch(shop)
        with sync_playwright() as playwright:
            browser = chromium.launch(playwright)
            found = places.discover(browser, shop.origin)
            browser.close()
    except (server.ServerFailure, chromium.NoBrowser, Error) as error:
        pytest.exit(f"The browser suite cannot begin.\n{error}\n\n{shop.log_text()[-4000:]}", returncode=3)
    os.environ[_ORIGIN] = shop.origin
    os.environ[_PLACES] = json.dumps([dataclasses.astuple(place) for place in found])
    os.environ[_LOG] = str(shop.log)


def pytest_unconfigure(config: pytest.Config) -> None:
    if shop := config.stash.get(_shop, None):
        shop.stop()
    if folder := config.stash.get(_folder, None):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        found = [Place(*parts) for parts in json.loads(os.environ[_PLACES])]
        if marker := metafunc.definition.get_closest_marker("kinds"):
            missing = set(marker.args) - {place.kind for place in found}
            assert not missing, f"{metafunc.function.__name__} is about pages that no link leads to: {missing}"
            found = [place for place in found if place.kind in marker.args]
        if metafunc.definition.get_closest_marker("cards"):
            found = [place for place in found if place.has_cards]
        metafunc.parametrize("place", found, ids=str)
    if "look" in metafunc.fixturenames and (marker := metafunc.definition.get_closest_marker("looks")):
        metafunc.parametrize("look", marker.args, ids=str)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    if call.excinfo:
        # What went on within Playwright helps nobody.
        own = call.excinfo.traceback.filter(lambda entry: "site-packages" not in str(entry.path))
        call.excinfo.traceback = own or call.excinfo.traceback
    report = yield
    item.stash[_outcome] = item.stash.get(_outcome, False) or report.failed
    return report


def pytest_report_header() -> str:
    found = [kind for kind, *_ in json.loads(os.environ.get(_PLACES, "[]"))]
    return f"pages found: {len(found)}: {' '.join(found)}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FAILURES.exists():
        terminalreporter.write_line(f"Screenshots and consoles of what failed: {FAILURES}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def origin() -> str:
    """The shop with a history. Tests read it; those that change something take `installation`."""
    return os.environ[_ORIGIN]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[server.Server]:
    """A fresh one of the test's own, running."""
    fresh = server.installation(tmp_path / "data")
    fresh.start()
    yield fresh
    fresh.stop()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[server.Server]:
    """A small shop of the test's own, to change and to restart."""
    small = server.demo(tmp_path / "shop", server.Business(days=14, messages=40))
    small.start()
    yield small
    small.stop()


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, origin: str) -> Iterator[OpenVisit]:
    """Opens windows. Whatever goes wrong behind a page, on the console or in its requests, fails the test."""
    opened: list[Visit] = []

    def open_visit(look: Look | None = None, at: server.Server | None = None, state: Any = None) -> Visit:
        opened.append(Visit(browser, at.origin if at else origin, look or Look(), state))
        return opened[-1]

    yield open_visit
    faults = [fault for one in opened for fault in one.unexpected()]
    if faults or request.node.stash.get(_outcome, False):
        log = Path(os.environ[_LOG])
        name = re.sub(r"[^\w.-]+", "-", request.node.name).strip("-")
        for number, one in enumerate(opened):
            one.keep(FAILURES / name / str(number), log.read_text(errors="replace"))
    for one in opened:
        one.close()
    if faults:
        pytest.fail("behind the page:\n  " + "\n  ".join(faults), pytrace=False)
