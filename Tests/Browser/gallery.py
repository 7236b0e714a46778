"""Takes the pictures of docs/screens: every page in both languages, some dark, some narrow, small enough to be kept."""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, sync_playwright

import chromium
import places
import server
from look import NARROW, WIDE, Look
from places import Place
from visit import Visit

SCREENS = server.ROOT / "docs" / "screens"
BYTES_MAX = 80_000
_SHOP = server.Business(days=60, messages=400)
# Beside the wide and light ones, which every page has in both languages.
_DARK = ("/", "/service", "/delivery")
_NARROW = ("/", "/service", "/template", "/costs")


def name(place: Place) -> str:
    """`overview`, `conversations-one`: from the address, so that a picture keeps its name."""
    words = ["one" if part == places.ONE else part for part in place.kind.split("/") if part]
    return "-".join(words) or "overview"


def pictures(found: list[Place]) -> Iterator[tuple[Place, Look, str]]:
    for place in found:
        for language in ("id", "en"):
            yield place, Look(language), f"{name(place)}-{language}"
        if place.kind in _DARK:
            yield place, Look("id", "dark"), f"{name(place)}-id-dark"
        if place.kind in _NARROW:
            yield place, Look("id", "light", NARROW), f"{name(place)}-id-375"


def compressed(picture: bytes) -> bytes:
    """WebP of the best quality that keeps within the size."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for quality in range(90, 20, -5):
        packed = io.BytesIO()
        image.save(packed, "WEBP", quality=quality, method=6)
        if packed.tell() <= BYTES_MAX:
            break
    return packed.getvalue()


def take(browser: Browser, origin: str, place: Place, look: Look) -> bytes:
    visit = Visit(browser, origin, look)
    try:
        page = visit.open(place.url)
        if faults := visit.unexpected():
            raise SystemExit(f"{place.url} ({look}) is not fit to be shown:\n  " + "\n  ".join(faults))
        if look.width == WIDE:
            page.set_viewport_size({"width": WIDE, "height": 1000})
            visit.settle()
        return page.screenshot(animations="disabled", caret="hide")
    finally:
        visit.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=SCREENS, help="where to put them (docs/screens)")
    parser.add_argument("--only", default="", help="only pictures whose name has this in it")
    options = parser.parse_args()
    folder: Path = options.into
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pantau-gallery-") as scratch:
        shop = server.demo(Path(scratch) / "shop", _SHOP)
        try:
            shop.start()
            with sync_playwright() as playwright:
                browser = chromium.launch(playwright)
                taken = set()
                for place, look, title in pictures(places.discover(browser, shop.origin)):
                    if options.only not in title:
                        continue
                    file = folder / f"{title}.webp"
                    file.write_bytes(compressed(take(browser, shop.origin, place, look)))
                    taken.add(file)
                    print(f"{file.stat().st_size:>7} {file.relative_to(folder)}")
                browser.close()
        except (server.ServerFailure, chromium.NoBrowser, Error) as error:
            sys.exit(str(error))
        finally:
            shop.stop()
    if not options.only:
        # Pictures of pages that are no more.
        for stale in set(folder.glob("*.webp")) - taken:
            stale.unlink()


if __name__ == "__main__":
    main()
