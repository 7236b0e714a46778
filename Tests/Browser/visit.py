"""A page that somebody looks at, with everything that goes wrong behind its back."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, Response

from look import Look

_PROBES = Path(__file__).parent / "probes"
_SETTLE_MS = 20_000
_TOLD_MAX = 20
_OWN_SCHEMES = ("data", "blob", "about")


@cache
def probe(name: str) -> str:
    return (_PROBES / f"{name}.js").read_text()


@cache
def axe_source() -> str:
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text()


class Visit:
    """One window with nothing kept from before."""

    def __init__(self, browser: Browser, origin: str, look: Look, state: Any = None) -> None:
        self.origin = origin
        self.look = look
        self.faults: list[str] = []
        self.said: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self.context: BrowserContext = browser.new_context(
            base_url=origin,
            locale=look.locale,
            timezone_id="Asia/Jakarta",
            color_scheme=look.appearance,
            viewport={"width": look.width, "height": look.height},
            storage_state=state,
        )
        self.context.set_default_timeout(_SETTLE_MS)
        self.context.add_init_script(probe("observe"))
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))
        self.context.on("request", self._asked)
        self.context.on("response", self._answered)
        self.page: Page = self.context.new_page()

    # What goes wrong

    def expect(self, pattern: str) -> None:
        """Takes faults like this one as part of the test, such as the error of an answer that the test spoils."""
        self._expected.append(re.compile(pattern))

    def _heard(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        line = f"{message.type}: {message.text} ({where})"
        self.said.append(line)
        if message.type in ("error", "warning"):
            self.faults.append(f"console {line}")

    def _asked(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in _OWN_SCHEMES and f"{url.scheme}://{url.netloc}" != self.origin:
            self.faults.append(f"a request leaves the host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"answer {response.status}: {response.request.method} {response.url}")

    def unexpected(self) -> list[str]:
        """Every fault so far that no `expect` covers."""
        return [fault for fault in self.faults if not any(known.search(fault) for known in self._expected)]

    # Going about

    def open(self, path: str) -> Page:
        self.page.goto(path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Until every card of the page has arrived and is drawn."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_function(probe("settled"))
        self.page.evaluate(probe("two-frames"))

    def turn(self, look: Look) -> None:
        """Looks at the same page in another appearance or width."""
        self.look = look
        self.page.emulate_media(color_scheme=look.appearance)
        self.page.set_viewport_size({"width": look.width, "height": look.height})
        self.settle()

    # Looking

    def measure(self, name: str) -> Any:
        return self.page.evaluate(probe(name))

    def shifts(self) -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = self.page.evaluate("() => __observed.shifts")
        return seen

    def violations(self) -> list[str]:
        """What the page's own Content-Security-Policy had to stop."""
        seen: list[str] = self.page.evaluate("() => __observed.violations")
        return seen

    def axe(self) -> list[str]:
        """Put into the page by the debugger, as no script of the page's: the policy stays as it is."""
        self.page.evaluate(axe_source())
        found: list[str] = self.measure("axe")
        return found

    def weight(self, counts: Callable[[str], bool]) -> list[tuple[int, str]]:
        """Bytes over the wire by address, heaviest first."""
        entries = [(entry["bytes"], entry["url"]) for entry in self.measure("weight")]
        return sorted((entry for entry in entries if counts(entry[1])), reverse=True)

    def check(self, faults: list[str]) -> None:
        """Fails with all of them, when there are any."""
        if faults:
            told = "\n  ".join(faults[:_TOLD_MAX])
            pytest.fail(f"{self.page.url} ({self.look}), {len(faults)} faults:\n  {told}", pytrace=False)

    def keep(self, folder: Path, server_log: str = "") -> None:
        """Puts down what a person needs to see why a test failed."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = [f"address: {self.page.url}", f"look: {self.look}", "", "faults:", *self.faults, "", "console:"]
        (folder / "console.txt").write_text("\n".join([*lines, *self.said, "", "server:", server_log[-20_000:]]))
        try:
            self.page.screenshot(path=folder / "page.png", full_page=True)
            (folder / "page.html").write_text(self.page.content())
        except Error as error:
            (folder / "no-screenshot.txt").write_text(error.message)

    def close(self) -> None:
        self.context.close()
