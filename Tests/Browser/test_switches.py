"""Language and appearance, chosen on the page, go along and stay."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from conftest import OpenVisit
from look import Look
from places import Place


# Where the switch leads on each page is read there (test_pages); here it is pressed, once in each frame.
@pytest.mark.kinds("/delivery", "/conversations/:one", "/settings/prices", "/docs")
def test_language_goes_along(visit: OpenVisit, place: Place) -> None:
    window = visit(Look("id"))
    page = window.open(place.url)
    before = page.locator("h1").inner_text()
    page.locator("header a[hreflang=en]").click()
    window.settle()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("header a[hreflang=en]")).to_have_attribute("aria-current", "true")
    assert urlsplit(page.url).path == urlsplit(place.url).path
    # The choice is kept: a page asked for without it is in that language too.
    window.open(place.url)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("header a[hreflang=id]").click()
    window.settle()
    assert page.locator("h1").inner_text() == before


def test_filters_stay_when_language_changes(visit: OpenVisit) -> None:
    window = visit(Look("id"))
    page = window.open("/?range=last_7_days&compare=none")
    page.locator("header a[hreflang=en]").click()
    window.settle()
    assert "range=last_7_days" in page.url
    assert "compare=none" in page.url


def test_appearance_is_kept(visit: OpenVisit) -> None:
    window = visit(Look(appearance="light"))
    page = window.open("/")
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("[data-appearance]:visible").first.click()
    dark = page.evaluate(ground)
    assert dark != light
    page.locator("nav a[href]").nth(1).click()
    window.settle()
    assert page.evaluate(ground) == dark
    page.locator("[data-appearance]:visible").first.click()
    assert page.evaluate(ground) == light
