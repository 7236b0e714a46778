"""A card that fails says so in its own place and leaves the others alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from conftest import OpenVisit
from look import NARROW, WIDE, Look
from places import Place
from test_pages import SHIFT_MAX
from visit import Visit

_SPOILED = r"answer 500|status of 500"


def test_card_that_fails_leaves_the_page(visit: OpenVisit) -> None:
    window = visit(Look("en"))
    names = _names(window.open("/"))
    spoiled, whole = names[0], names[1:]
    assert whole
    window.expect(_SPOILED)
    _make_late(window.page, spoiled)
    window.page.route(re.compile(f"/cards/{spoiled}[?]"), lambda route: route.fulfill(status=500, body="no"))
    page = window.open("/")
    card = page.locator(f"#card-{spoiled}")
    expect(card.get_by_role("alert")).to_contain_text("could not be loaded")
    # Its title stays, so that one knows what is missing; all others are there, and so is the navigation.
    expect(card.get_by_role("heading").first).to_be_visible()
    for name in whole:
        expect(page.locator(f"#card-{name} [role=alert]")).to_have_count(0)
        expect(page.locator(f"#card-{name} .loading-words")).to_have_count(0)
    expect(page.locator("nav a").first).to_be_attached()
    window.check(window.axe())
    # Trying again brings it.
    page.unroute(re.compile(f"/cards/{spoiled}[?]"))
    card.get_by_role("button", name="Try again").click()
    expect(card.get_by_role("alert")).to_have_count(0)
    expect(card.locator(".loading-words")).to_have_count(0)
    window.settle()


def test_card_that_cannot_be_refreshed_keeps_its_numbers(visit: OpenVisit) -> None:
    window = visit()
    window.page.clock.install()
    page = window.open("/")
    name = _names(page)[0]
    before = page.locator(f"#card-{name}").inner_text()
    window.expect(_SPOILED)
    page.route(re.compile(f"/cards/{name}[?]"), lambda route: route.fulfill(status=500, body="no"))
    page.clock.fast_forward(61_000)
    expect(page.locator(f"#card-{name}.stale")).to_have_count(1)
    assert page.locator(f"#card-{name}").inner_text() == before
    page.unroute(re.compile(f"/cards/{name}[?]"))
    page.clock.fast_forward(61_000)
    expect(page.locator(f"#card-{name}.stale")).to_have_count(0)


@pytest.mark.cards
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_late_cards_move_nothing(visit: OpenVisit, place: Place, width: int) -> None:
    """Every card of a page comes by itself: the room that was kept for it is what it takes."""
    window = visit(Look(width=width))
    html = window.context.request.get(place.url).text()
    names = re.findall(r'<section class="card [^"]*" id="card-([\w-]+)"[^>]* data-card=', html)
    _make_late(window.page, *names)
    window.open(place.url)
    shifts = window.shifts()
    moved = [f"{shift['value']:.3f} after {shift['at']} ms: {what}" for shift in shifts for what in shift["moved"]]
    total = sum(shift["value"] for shift in shifts)
    window.check([f"cards that arrive shift the layout by {total:.3f}", *moved] if total >= SHIFT_MAX else [])


def _names(page: Page) -> list[str]:
    names: list[str] = page.locator("section[data-card]").evaluate_all(
        "cards => cards.map(card => card.id.slice('card-'.length))"
    )
    return names


def _make_late(page: Page, *names: str) -> None:
    """A page as the server sends it when these cards are not ready in time."""

    def spoil(route: Route) -> None:
        if route.request.resource_type != "document":
            route.fallback()
            return
        answer = route.fetch()
        html = answer.text()
        for name in names:
            html = _without_content(html, name)
        route.fulfill(response=answer, body=html)

    page.route("**/*", spoil)


def _without_content(html: str, name: str) -> str:
    section = re.compile(
        rf'(<section class="card [^"]*)"( id="card-{name}"[^>]*)>(.*?)</section>', flags=re.DOTALL
    )
    empty = (
        rf'\1 loading"\2 aria-busy="true"><div class="card-head"><h2 id="title-{name}">…</h2></div>'
        '<p class="muted loading-words">…</p></section>'
    )
    changed, count = section.subn(empty, html, count=1)
    assert count == 1, f"the card {name} is not drawn as it was"
    return changed
