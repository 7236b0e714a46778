"""Filters of the address, and views that are kept under a name."""

from __future__ import annotations

from playwright.sync_api import expect

from conftest import OpenVisit
from look import Look
from server import Server

_FILTERS = "range=last_7_days&compare=none"


def test_filters_go_along_to_every_page(visit: OpenVisit) -> None:
    page = visit().open(f"/?{_FILTERS}")
    links = page.locator("nav [data-go]").evaluate_all("links => links.map(link => link.search)")
    assert links
    assert all(_FILTERS in link for link in links), links


def test_choosing_a_range_goes_into_the_address(visit: OpenVisit) -> None:
    window = visit()
    page = window.open("/")
    page.locator("#filters select[name=range]").select_option("last_7_days")
    page.wait_for_url("**/?*range=last_7_days*")
    window.settle()
    page.go_back()
    window.settle()
    expect(page.locator("#filters select[name=range]")).to_have_value("last_28_days")


def test_saved_view_survives_a_restart(visit: OpenVisit, shop: Server) -> None:
    window = visit(Look("en"), at=shop)
    page = window.open(f"/?{_FILTERS}")
    page.locator("details.views summary").click()
    page.locator("details.views input[name=name]").fill("Last week")
    page.locator("details.views form[action='/views'] button").click()
    window.settle()
    link = page.locator("#view-link").inner_text()
    assert link.startswith(shop.origin + "/view/")
    shop.restart()
    window.expect("ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE")
    other = visit(Look("en"), at=shop)
    page = other.open(link.removeprefix(shop.origin))
    assert _FILTERS in page.url
    expect(page.locator("#filters select[name=range]")).to_have_value("last_7_days")
    page.locator("details.views summary").click()
    expect(page.locator("details.views").get_by_role("link", name="Last week")).to_be_visible()
