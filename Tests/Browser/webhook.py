"""What Meta sends: the handshake, and deliveries signed with the app secret."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.parse
import urllib.request
from typing import Any

from server import APP_SECRET, VERIFY_TOKEN, Server

_PATH = "/webhooks/meta"
_METADATA = {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"}


def shake_hands(server: Server, challenge: str = "1158201444") -> str:
    """Meta's check of a callback URL; returns what the server answers."""
    query = urllib.parse.urlencode(
        {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": challenge}
    )
    with urllib.request.urlopen(f"{server.origin}{_PATH}?{query}", timeout=10) as response:
        return str(response.read().decode())


def deliver(server: Server, body: dict[str, Any], secret: str = APP_SECRET) -> None:
    """Sends a delivery; an answer other than 200 raises."""
    raw = json.dumps(body).encode()
    signature = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    request = urllib.request.Request(
        server.origin + _PATH,
        data=raw,
        headers={"Content-Type": "application/json", "X-Hub-Signature-256": signature},
    )
    with urllib.request.urlopen(request, timeout=10):
        pass


def status(message: str, state: str, at: int | None = None) -> dict[str, Any]:
    """A word about one message of the business: `sent`, `delivered`, `read`."""
    word = {"id": message, "status": state, "timestamp": str(at or int(time.time())), "recipient_id": "6281200000001"}
    return _delivery({"statuses": [word]})


def inbound(message: str, text: str, at: int | None = None) -> dict[str, Any]:
    """A customer writes."""
    word = {
        "id": message,
        "from": "6281200000001",
        "timestamp": str(at or int(time.time())),
        "type": "text",
        "text": {"body": text},
    }
    contact = {"profile": {"name": "Contoh"}, "wa_id": "6281200000001"}
    return _delivery({"contacts": [contact], "messages": [word]})


def _delivery(value: dict[str, Any]) -> dict[str, Any]:
    change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": _METADATA, **value}}
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [change]}]}
