"""The browser: the one of the system, never downloaded behind anybody's back."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Error, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


class NoBrowser(Exception):
    """There is no browser, or it does not start. The suite cannot say anything without one."""


def launch(playwright: Playwright) -> Browser:
    """PANTAU_CHROMIUM, then what is on the PATH, then one that Playwright was told to download."""
    path = os.environ.get("PANTAU_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None and os.path.exists(_MAC):
        path = _MAC
    # Chromium refuses its sandbox to root, as which containers often run.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    try:
        return playwright.chromium.launch(executable_path=path, args=arguments)
    except Error as error:
        raise NoBrowser(
            f"Chromium does not start ({path or 'none was found'}).\n"
            "Install it with scripts/bootstrap --tests, or name one: PANTAU_CHROMIUM=/path/to/chromium make test\n\n"
            f"{error.message}"
        ) from error
