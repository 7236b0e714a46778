"""The server behind the pages takes what Meta sends."""

from __future__ import annotations

import urllib.error

import pytest

import webhook
from server import Server


def test_handshake_and_signature(installation: Server) -> None:
    assert webhook.shake_hands(installation, "4711") == "4711"
    webhook.deliver(installation, webhook.status("wamid.SUITE1", "sent"))
    with pytest.raises(urllib.error.HTTPError, match=r"401|403"):
        webhook.deliver(installation, webhook.status("wamid.SUITE2", "sent"), secret="another")
