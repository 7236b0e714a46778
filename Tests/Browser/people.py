"""People who sign in, as they do it: on the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from server import Server
from visit import Visit

_LINK = re.compile(r"https?://[^/\s]+(/welcome/[\w-]+)")


@dataclass(frozen=True)
class Person:
    name: str
    login: str
    password: str


OWNER = Person("Sari Pemilik", "sari", "kuda-baterai-staples-benar")


def first_link(server: Server) -> str:
    """The path of the one-time link that the first start prints."""
    return server.wait_for(_LINK).group(1)


def accept(window: Visit, link: str, person: Person) -> Page:
    """Opens a one-time link and makes an account of it."""
    page = window.open(link)
    for name, value in (("name", person.name), ("login", person.login), ("password", person.password)):
        page.locator(f"input[name={name}]").fill(value)
    page.locator("form.sign-in button[type=submit]").click()
    window.settle()
    return page


def sign_in(window: Visit, person: Person, password: str | None = None) -> Page:
    window.open("/sign-in")
    return fill_in(window, person, password)


def fill_in(window: Visit, person: Person, password: str | None = None) -> Page:
    """The form of the sign-in page."""
    page = window.page
    page.locator("input[name=login]").fill(person.login)
    page.locator("input[name=password]").fill(password or person.password)
    page.locator("form.sign-in button[type=submit]").click()
    window.settle()
    return page


def sign_out(window: Visit) -> None:
    window.page.locator("form[action='/sign-out'] button").click()
    window.settle()
