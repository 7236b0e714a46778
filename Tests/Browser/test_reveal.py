"""A phone number is masked, and each look at a whole one is written down."""

from __future__ import annotations

import re

from playwright.sync_api import expect

import people
import webhook
from conftest import OpenVisit
from look import Look
from server import Server

_WHOLE = "6281200000001"


def test_reveal_is_audited(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    page = people.accept(window, people.first_link(installation), people.OWNER)
    webhook.deliver(installation, webhook.inbound("wamid.IN1", "Halo"))
    # Until it is counted.
    page.wait_for_function(
        "async () => (await (await fetch('/cards/waiting?page=/service')).text()).includes('/conversations/')",
        polling=500,
    )
    window.open("/service")
    page.locator("main a[href^='/conversations/']").first.click()
    window.settle()
    assert _WHOLE not in _digits(page.content())
    page.get_by_role("button", name="Show number").click()
    expect(page.locator("form[data-reveal] output")).to_have_text(re.compile(r"\d"))
    assert _WHOLE in _digits(page.locator("form[data-reveal] output").inner_text())
    assert _WHOLE not in _digits(page.url)
    window.open("/settings/audit")
    for action in ("saw a phone number", "opened a conversation"):
        row = page.locator("main tr").filter(has_text=action).first
        expect(row).to_contain_text(people.OWNER.name)
    assert _WHOLE not in _digits(page.content())


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
