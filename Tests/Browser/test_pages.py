"""Every page, in both languages, light and dark, wide and narrow."""

from __future__ import annotations

from conftest import OpenVisit
from look import NARROW, Look
from places import Place
from visit import Visit

SHIFT_MAX = 0.02
WEIGHT_MAX = 150_000


def test_page_is_sound(visit: OpenVisit, place: Place, look: Look) -> None:
    window = visit(look)
    window.open(place.url)
    faults = [
        *_heading(window),
        *_appearance(window),
        *window.measure("overflow"),
        *_shift(window),
        *_weight(window),
        *[f"the policy had to stop {what}" for what in window.violations()],
        *window.axe(),
    ]
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
