"""Every page, in both languages, light and dark, wide and narrow."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import OpenVisit
from look import NARROW, Look
from places import Place
from visit import Visit

SHIFT_MAX = 0.02
WEIGHT_MAX = 150_000


# Opened as the first of these, then turned into the others: all eight looks with two answers of the server. What
# axe-core says of words and structure is the same in both languages, so that it has to look at each look only once.
_VISITS = {
    "id": [
        (Look("id"), True),
        (Look("id", "dark"), True),
        (Look("id", "dark", NARROW), False),
        (Look("id", "light", NARROW), False),
    ],
    "en": [
        (Look("en", "light", NARROW), True),
        (Look("en", "dark", NARROW), False),
        (Look("en", "dark"), False),
        (Look("en"), False),
    ],
}


@pytest.mark.parametrize("language", _VISITS)
def test_page_is_sound(visit: OpenVisit, place: Place, language: str) -> None:
    looks = _VISITS[language]
    window = visit(looks[0][0])
    window.open(place.url)
    faults = [*_heading(window), *_failed(window), *_switch(window), *_shift(window), *_weight(window)]
    for look, is_thorough in looks:
        window.turn(look)
        found = [*_appearance(window), *window.measure("overflow")]
        if is_thorough:
            found += window.axe()
        faults += [f"{look}: {fault}" for fault in found]
    faults += [f"the policy had to stop {what}" for what in window.violations()]
    window.check(faults)


def _heading(window: Visit) -> list[str]:
    page, faults = window.page, []
    language = page.locator("html").get_attribute("lang")
    if language != window.look.language:
        faults.append(f'<html lang> is "{language}", asked for was "{window.look.language}"')
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1 or not headings[0].strip():
        faults.append(f"there has to be one h1; there are {headings}")
    title = page.title()
    if not title.endswith("· Pantau") or len(title) <= len("· Pantau") + 1:
        faults.append(f'the title is "{title}"')
    return faults


def _failed(window: Visit) -> list[str]:
    failed = window.page.locator("main .failed")
    return [f"it says that something failed: {words}" for words in failed.all_inner_texts()]


def _switch(window: Visit) -> list[str]:
    """The other language is the same page with the same filters."""
    here = urlsplit(window.page.url)
    links = window.page.locator("header a[hreflang]").evaluate_all("links => links.map(link => link.href)")
    there = [urlsplit(link) for link in links]
    asked = parse_qs(here.query)
    kept = [url for url in there if url.path == here.path and asked.items() <= parse_qs(url.query).items()]
    return [] if len(kept) == len(there) == 2 else [f"the switch of languages leads to {links}"]


def _appearance(window: Visit) -> list[str]:
    ground = window.page.evaluate("() => getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number)")
    is_dark = sum(ground[:3]) < 3 * 128
    return [] if is_dark == (window.look.appearance == "dark") else [f"the ground is rgb{tuple(ground)}"]


def _shift(window: Visit) -> list[str]:
    shifts = window.shifts()
    total = sum(shift["value"] for shift in shifts)
    if total < SHIFT_MAX:
        return []
    moved = [f"\n      after {shift['at']} ms: {what}" for shift in shifts for what in shift["moved"]]
    return [f"the layout shifts by {total:.3f}, allowed is {SHIFT_MAX}{''.join(moved[:6])}"]


def _weight(window: Visit) -> list[str]:
    parts = window.weight(lambda url: "/chart" not in url)
    total = sum(size for size, _ in parts)
    if total < WEIGHT_MAX:
        return []
    heaviest = [f"\n      {size} {url}" for size, url in parts[:6]]
    return [f"the page weighs {total} bytes, allowed is {WEIGHT_MAX}{''.join(heaviest)}"]


def test_narrow_window_is_narrow(visit: OpenVisit) -> None:
    """The narrow look is what it says; browsers have smallest widths of their own."""
    window = visit(Look(width=NARROW))
    window.open("/")
    assert window.page.evaluate("() => innerWidth") == NARROW
