"""Awaits: the start page. From nothing to the first event, with lights that turn green by themselves."""

from __future__ import annotations

from playwright.sync_api import expect

import people
import webhook
from conftest import OpenVisit
from look import NARROW, Look
from server import Server


def test_lights_turn_green(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    # Whoever is first and has no data is led there.
    page = people.accept(window, people.first_link(installation), people.OWNER)
    page.wait_for_url("**/start*")
    assert f"{installation.origin}/webhooks/meta" in page.locator("main").inner_text()
    handshake, event = (page.locator(f"[data-light={name}]") for name in ("handshake", "event"))
    expect(handshake).to_have_attribute("data-state", "waiting")
    expect(event).to_have_attribute("data-state", "waiting")
    assert webhook.shake_hands(installation, "4711") == "4711"
    expect(handshake).to_have_attribute("data-state", "green", timeout=15_000)
    expect(event).to_have_attribute("data-state", "waiting")
    webhook.deliver(installation, webhook.status("wamid.FIRST", "sent"))
    expect(event).to_have_attribute("data-state", "green", timeout=15_000)


def test_snippets_can_be_copied(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    page = people.accept(window, people.first_link(installation), people.OWNER)
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for word in ("curl", "fetch(", "requests.", "curl_init"):
        expect(page.locator("main code, main pre").filter(has_text=word).first).to_be_attached()
    page.locator("[data-copy]:visible").first.click()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert installation.origin in copied


def test_demo_data_come_and_go(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    page = people.accept(window, people.first_link(installation), people.OWNER)
    page.get_by_role("button", name="demo data").click()
    banner = page.get_by_role("status").filter(has_text="demo")
    expect(banner).to_be_visible(timeout=60_000)
    window.open("/")
    expect(banner).to_be_visible()
    banner.get_by_role("button").click()
    window.settle()
    expect(banner).to_have_count(0)


def test_start_page_is_sound(visit: OpenVisit, installation: Server) -> None:
    for look in (Look("id"), Look("en", "dark", NARROW)):
        window = visit(look, at=installation)
        if look.language == "id":
            people.accept(window, people.first_link(installation), people.OWNER)
        else:
            people.sign_in(window, people.OWNER)
        window.open("/start")
        window.check([*window.axe(), *window.measure("overflow"), *window.violations()])
