"""From nothing to the first event, with lights that turn by themselves."""

from __future__ import annotations

import re

from playwright.sync_api import expect

import people
import webhook
from conftest import OpenVisit
from look import NARROW, Look
from server import Server

# The page hears of what came by an event stream; the store counts it in a moment.
_SOON_MS = 30_000


def test_lights_turn_green(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    # Whoever is first and has no data is led there.
    page = people.accept(window, people.first_link(installation), people.OWNER)
    page.wait_for_url("**/start*")
    assert f"{installation.origin}/webhooks/meta" in page.locator("#step-handshake").text_content()
    light = {name: page.locator(f"#light-{name}") for name in ("settings", "handshake", "first")}
    expect(light["settings"]).to_have_attribute("data-light", "done")
    expect(light["handshake"]).to_have_attribute("data-light", re.compile("open|waiting"))
    assert webhook.shake_hands(installation, "4711") == "4711"
    expect(light["handshake"]).to_have_attribute("data-light", "done", timeout=_SOON_MS)
    expect(light["first"]).to_have_attribute("data-light", re.compile("open|waiting"))
    webhook.deliver(installation, webhook.status("wamid.FIRST", "sent"))
    expect(light["first"]).to_have_attribute("data-light", "done", timeout=_SOON_MS)
    # What is counted is on the first page.
    window.open("/")
    expect(page.locator("main")).not_to_contain_text("No messages yet")


def test_snippets_can_be_copied(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    page = people.accept(window, people.first_link(installation), people.OWNER)
    page.wait_for_url("**/start*")
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    told = page.locator("#step-sends").text_content()
    for word in ("curl -", "fetch(", "urllib.request", "curl_init"):
        assert word in told
    # The address to paste at Meta.
    page.locator("#step-handshake details").evaluate("step => { step.open = true }")
    page.locator("#step-handshake [data-copy]:visible").first.click()
    page.wait_for_function(f"async () => (await navigator.clipboard.readText()).startsWith('{installation.origin}')")


def test_demo_data_come_and_go(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    page = people.accept(window, people.first_link(installation), people.OWNER)
    page.wait_for_url("**/start*")
    page.get_by_role("button", name="Show me with demo data").click()
    page.get_by_role("button", name="Open the demo data").click(timeout=180_000)
    banner = page.locator(".banner.demo")
    for path in ("/", "/service"):
        window.open(path)
        expect(banner).to_be_visible()
    expect(page.locator("section.card data").first).to_be_attached()
    banner.get_by_role("button", name="Delete the demo data").click()
    window.settle()
    window.open("/service")
    expect(banner).to_have_count(0)


def test_start_page_is_sound(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("id"), at=installation)
    page = people.accept(window, people.first_link(installation), people.OWNER)
    page.wait_for_url("**/start*")
    for look in (Look("id"), Look("id", "dark"), Look("id", "light", NARROW)):
        window.turn(look)
        window.check([*window.axe(), *window.measure("overflow"), *window.violations()])
