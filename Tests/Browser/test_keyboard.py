"""Everything that can be acted upon is reached by Tab, and one sees where one is."""

from __future__ import annotations

import pytest

from conftest import OpenVisit
from look import NARROW, Look
from places import Place
from visit import Visit

STOPS_MAX = 1500


def test_tab_reaches_everything(visit: OpenVisit, place: Place) -> None:
    _walk(visit(Look()), place)


# One of each frame: with filters, of one thing, of settings.
@pytest.mark.kinds("/", "/conversations/:one", "/settings/prices")
def test_tab_reaches_everything_on_a_phone(visit: OpenVisit, place: Place) -> None:
    _walk(visit(Look("en", "dark", NARROW)), place)


def _walk(window: Visit, place: Place) -> None:
    page = window.open(place.url)
    wanted = set(window.measure("interactive"))
    reached: dict[str, list[str]] = {}
    last = ""
    for _ in range(STOPS_MAX):
        page.keyboard.press("Tab")
        stop = window.measure("focused")
        # A date has stops of its own: day, month, year.
        if stop is None or (stop["path"] in reached and stop["path"] != last):
            break
        last = stop["path"]
        # Within it the browser shows where one is.
        reached.setdefault(last, stop["faults"])
    # What came while we were under way counts as reached, what went as not wanted.
    missed = sorted((wanted & set(window.measure("interactive"))) - set(reached))
    faults = [f"not reached: {path}" for path in missed]
    faults += [f"{path}: {fault}" for path, found in reached.items() for fault in found]
    window.check(faults)


def test_skip_link_is_first(visit: OpenVisit) -> None:
    window = visit()
    page = window.open("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"
