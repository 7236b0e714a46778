"""On paper: light, without what cannot be pressed there."""

from __future__ import annotations

from playwright.sync_api import expect

from conftest import OpenVisit
from look import Look


def test_paper_is_light_and_bare(visit: OpenVisit) -> None:
    window = visit(Look(appearance="dark"))
    page = window.open("/")
    page.emulate_media(media="print")
    for selector in ("nav", ".switches", "#filters button", "details.menu"):
        for part in page.locator(selector).all():
            expect(part).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("section.card").first).to_be_visible()
    colours = page.evaluate(
        """() => ["color", "backgroundColor"].map((name) =>
             getComputedStyle(document.body)[name].match(/[0-9.]+/g).slice(0, 3).map(Number))"""
    )
    assert sum(colours[0]) < 3 * 100, f"letters are {colours[0]}"
    assert sum(colours[1]) > 3 * 230, f"paper is {colours[1]}"


def test_paper_tells_what_it_shows(visit: OpenVisit) -> None:
    """Range and filters are part of the numbers: a sheet without them is worth nothing."""
    page = visit(Look("en")).open("/?from=2026-10-01&to=2026-10-14")
    page.emulate_media(media="print")
    shown = page.evaluate("() => document.body.innerText")
    years = page.evaluate(
        "() => [...document.querySelectorAll('input[type=date]')].filter(f => f.checkVisibility()).length"
    )
    assert years == 2 or "2026" in shown
