"""Awaits: people and the audit list. A phone number is masked, and each look at a whole one is written down."""

from __future__ import annotations

import re

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
    page.wait_for_function(
        "async () => (await (await fetch('/service')).text()).includes('/conversations/')", polling=500
    )
    window.open("/service")
    page.locator("main a[href^='/conversations/']").first.click()
    window.settle()
    assert _digits(page.locator("main").inner_text()) != _WHOLE
    assert _WHOLE not in page.content()
    page.get_by_role("button", name=re.compile("number", re.IGNORECASE)).click()
    window.settle()
    assert _WHOLE in _digits(page.locator("main").inner_text())
    assert _WHOLE not in page.url
    window.open("/settings/audit")
    row = page.locator("main tr, main li").filter(has_text=people.OWNER.name).first
    assert "number" in row.inner_text().lower()


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
