"""The pages there are, as a visitor finds them: those of the navigation, and one of each kind that they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from look import Look
from visit import Visit

_WORD = re.compile(r"[a-z]+(-[a-z]+)*")
# From a page of the navigation to a conversation, from there to a message.
_DEPTH = 3


@dataclass(frozen=True)
class Place:
    """A page of one kind: `/conversations/…` stands for all conversations."""

    kind: str
    url: str

    def __str__(self) -> str:
        return self.kind


def kind(url: str) -> str:
    """The path with every part left out that names one thing of many."""
    parts = [part if _WORD.fullmatch(part) else "…" for part in urlsplit(url).path.split("/") if part]
    return "/" + "/".join(parts)


def discover(browser: Browser, origin: str) -> list[Place]:
    """Follows links, one of each kind."""
    visit = Visit(browser, origin, Look())
    try:
        visit.open("/")
        found = {kind(url): Place(kind(url), url) for url in _links(visit, "header nav a[href]")}
        found.setdefault("/", Place("/", "/"))
        fresh = list(found.values())
        for _ in range(_DEPTH):
            reached = [place for place in fresh if _is_page(visit, place.url)]
            for place in set(fresh) - set(reached):
                del found[place.kind]
            fresh = []
            for place in reached:
                visit.open(place.url)
                for url in _links(visit, "main a[href]:not([download])"):
                    if kind(url) not in found:
                        found[kind(url)] = Place(kind(url), url)
                        fresh.append(found[kind(url)])
        return [place for place in found.values() if place not in fresh]
    finally:
        visit.close()


def _links(visit: Visit, selector: str) -> list[str]:
    """Of this host, in the order of the page, without fragments."""
    urls = visit.page.locator(selector).evaluate_all("links => links.map(link => link.href)")
    own = [urlsplit(url) for url in urls if url.startswith(visit.origin + "/")]
    return [url.path + (f"?{url.query}" if url.query else "") for url in own]


def _is_page(visit: Visit, url: str) -> bool:
    """Not a download, and not the API."""
    answer = visit.context.request.get(url)
    kind_of_answer = answer.headers.get("content-type", "")
    return answer.ok and kind_of_answer.startswith("text/html") and "content-disposition" not in answer.headers
