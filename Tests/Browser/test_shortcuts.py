"""Keys of the dashboard."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from conftest import OpenVisit
from look import NARROW, Look


@pytest.mark.looks(Look(), Look("en", "dark", NARROW))
def test_question_mark_tells_the_keys(visit: OpenVisit, look: Look) -> None:
    window = visit(look)
    page = window.open("/")
    page.keyboard.press("?")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    assert page.evaluate("() => document.querySelector('dialog[open]').contains(document.activeElement)")
    # Every page of the navigation is told.
    told = dialog.inner_text()
    letters = page.locator("[data-go]").evaluate_all("links => links.map(link => link.dataset.go)")
    assert letters
    assert all(letter in told for letter in letters)
    window.check([*window.axe(), *window.measure("overflow")])
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_slash_goes_to_the_filters(visit: OpenVisit) -> None:
    page = visit().open("/")
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.matches('#filters select, #filters input')")
    first = page.locator("#filters").locator("select:visible, input:visible").first
    expect(first).to_be_focused()


def test_g_and_a_letter_go_to_every_page(visit: OpenVisit) -> None:
    window = visit()
    page = window.open("/")
    places = page.locator("nav [data-go]").evaluate_all("links => links.map(link => [link.dataset.go, link.pathname])")
    assert len({letter for letter, _ in places}) == len(places) > 1
    for letter, path in [*places[1:], places[0]]:
        page.keyboard.press("g")
        page.keyboard.press(letter)
        page.wait_for_url(re.compile(rf"^{window.origin}{path}([?/]|$)"))
        window.settle()


def test_brackets_move_the_range(visit: OpenVisit) -> None:
    window = visit()
    page = window.open("/?from=2026-10-08&to=2026-10-14")
    for key, wanted in (("[", "2026-10-01"), ("[", "2026-09-24"), ("]", "2026-10-01")):
        page.keyboard.press(key)
        page.wait_for_url(f"**/?*from={wanted}*")
        window.settle()
    assert parse_qs(urlsplit(page.url).query)["to"] == ["2026-10-07"]


def test_keys_in_a_field_are_letters(visit: OpenVisit) -> None:
    page = visit().open("/")
    page.locator("details.views summary").click()
    field = page.locator("details.views input[name=name]")
    field.press_sequentially("g s?/[]")
    expect(field).to_have_value("g s?/[]")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    assert urlsplit(page.url).path == "/"
