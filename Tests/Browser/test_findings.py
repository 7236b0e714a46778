"""Findings are dealt with, and changes explained, where they are seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

import server
from conftest import OpenVisit
from look import NARROW, Look
from server import Server
from visit import Visit


@pytest.fixture
def watched(shop: Server) -> Server:
    """A shop whose history the watch has gone through."""
    server.await_watch(shop)
    return shop


def _lasting(window: Visit) -> Page | None:
    """The page of a finding that is not over; None where the history has none."""
    page = window.open("/findings")
    links = page.locator(".findings > li > p > a")
    if links.count() == 0:
        return None
    links.first.click()
    window.settle()
    return page


def test_a_finding_is_acknowledged_muted_and_undone(visit: OpenVisit, watched: Server) -> None:
    window = visit(Look("en"), at=watched)
    page = _lasting(window)
    if page is None:
        pytest.skip("nothing lasts in this history")
    notice = page.locator(".banner[role=status]", has=page.get_by_role("button", name="Undo"))
    state = page.locator(".head .pill").nth(1)
    page.get_by_role("button", name=re.compile("^I deal with it")).click()
    window.settle()
    expect(state).to_have_text("acknowledged")
    notice.get_by_role("button", name="Undo").click()
    window.settle()
    expect(state).to_have_text("open")
    page.locator("form.mute select").select_option("morning")
    page.locator("form.mute button").click()
    window.settle()
    expect(state).to_have_text("muted")
    notice.get_by_role("button", name="Undo").click()
    window.settle()
    expect(state).to_have_text("open")
    page.locator("#comment").fill("We <called> them.")
    page.get_by_role("button", name="Comment").click()
    window.settle()
    expect(page.locator(".story .comment")).to_have_text("We <called> them.")


def test_the_list_is_narrowed_by_the_address(visit: OpenVisit) -> None:
    window = visit(Look("en"))
    page = window.open("/findings")
    page.locator("select[name=state]").select_option("all")
    page.locator("form.narrowing button").click()
    window.settle()
    assert "state=all" in page.url
    expect(page.locator("select[name=state]")).to_have_value("all")


def test_g_f_leads_to_findings(visit: OpenVisit) -> None:
    window = visit(Look("en"))
    page = window.open("/")
    page.keyboard.press("g")
    page.keyboard.press("f")
    page.wait_for_url("**/findings*")


@pytest.mark.looks(Look("en"), Look("id", "dark", NARROW))
def test_why_by_keyboard(visit: OpenVisit, look: Look) -> None:
    window = visit(look)
    page = window.open("/delivery")
    link = page.locator("#card-delivery a[data-why]")
    link.focus()
    page.keyboard.press("Enter")
    panel = page.locator("dialog.why-panel[open]")
    expect(panel.locator("dl.figures")).to_be_visible(timeout=20_000)
    # Whoever hears the page is told its heading; Tab stays within.
    assert page.evaluate("() => document.activeElement.id") == "why-title"
    expect(panel.locator("nav.choice [aria-current]")).to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('dialog') !== null")
    panel.locator("nav.choice a").nth(1).focus()
    page.keyboard.press("Enter")
    expect(panel.locator("nav.choice a").nth(1)).to_have_attribute("aria-current", "true")
    assert panel.evaluate("box => box.scrollWidth <= box.clientWidth")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert page.evaluate("() => document.activeElement.matches('a[data-why]')")
    # The same as a page of its own, for whoever opens it in another tab.
    window.open(link.get_attribute("href") or "")
    expect(page.locator("h1")).to_have_id("why-title")
