"""From a number of a card to one message, and its story, with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import OpenVisit
from look import Look
from visit import Visit


def test_from_a_number_to_a_message(visit: OpenVisit) -> None:
    window = visit(Look("en"))
    page = window.open("/delivery")
    # Card → the same page, narrowed → messages → one message.
    _follow(window, page, "#card-delivery_by tbody a[href*='template=']")
    assert "template=" in page.url
    _follow(window, page, "main a[href^='/messages']")
    _follow(window, page, "main a[href^='/messages/']")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".timeline").first).to_contain_text("Sent")


def test_from_an_open_wait_to_a_conversation(visit: OpenVisit) -> None:
    window = visit(Look("en"))
    page = window.open("/service")
    _follow(window, page, "main a[href^='/conversations/']")
    expect(page.locator("main")).to_contain_text("The customer wrote")


def _follow(window: Visit, page: Page, selector: str) -> None:
    """As the keyboard does it."""
    link = page.locator(selector).locator("visible=true").first
    link.focus()
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)
    window.settle()
