"""The pages there are, as a visitor finds them: those of the navigation, and one of each kind that they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from look import Look
from visit import Visit

# In place of whatever names one thing of many.
ONE = ":one"
_WORD = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True)
class Place:
    """A page of one kind: `/conversations/:one` stands for all conversations."""

    kind: str
    url: str
    has_cards: bool = False

    def __str__(self) -> str:
        return self.kind


def kind(url: str) -> str:
    """The path with every part left out that names one thing of many."""
    parts = [part if _WORD.fullmatch(part) else ONE for part in urlsplit(url).path.split("/") if part]
    return "/" + "/".join(parts)


def discover(browser: Browser, origin: str) -> list[Place]:
    """Follows links, one of each kind."""
    visit = Visit(browser, origin, Look())
    try:
        visit.open("/")
        # What is over is not on the list until it is asked for, and a quiet history has nothing else.
        fresh = ["/", "/findings?state=all"]
        known = {kind(url) for url in fresh}
        found: list[Place] = []
        while fresh:
            url = fresh.pop(0)
            visit.open(url)
            has_cards = visit.page.locator("section[data-card]").count() > 0
            found.append(Place(kind(url), url, has_cards))
            for link in _links(visit, "nav a[href], main a[href]:not([download]), header a[href]:not([hreflang])"):
                if kind(link) in known:
                    continue
                known.add(kind(link))
                if not _is_file(visit, link):
                    fresh.append(link)
        return found
    finally:
        visit.close()


def _links(visit: Visit, selector: str) -> list[str]:
    """Of this host, in the order of the page, without fragments."""
    urls = visit.page.locator(selector).evaluate_all("links => links.map(link => link.href)")
    own = [urlsplit(url) for url in urls if url.startswith(visit.origin + "/")]
    return [url.path + (f"?{url.query}" if url.query else "") for url in own]


def _is_file(visit: Visit, url: str) -> bool:
    """A download, or an answer of the API. What leads nowhere is no file: its test will say so."""
    answer = visit.context.request.get(url)
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    return answer.ok and (not is_page or "content-disposition" in answer.headers)
