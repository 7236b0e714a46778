"""The first owner comes by a one-time link, never by a default password."""

from __future__ import annotations

import re

from playwright.sync_api import expect

import people
from conftest import OpenVisit
from look import NARROW, Look
from server import Server


def test_first_owner_comes_by_a_one_time_link(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    link = people.first_link(installation)
    page = people.accept(window, link, people.OWNER)
    expect(page.locator("header")).to_contain_text(people.OWNER.name)
    # Once only.
    other = visit(Look("en"), at=installation)
    other.expect("answer 404|status of 404")
    other.open(link)
    expect(other.page.locator("input[name=password]")).to_have_count(0)
    # And pages are closed to whoever is nobody: they sign in and are back where they wanted to go.
    other.open("/service?range=last_7_days")
    expect(other.page).to_have_url(re.compile("/sign-in[?]next="))
    people.fill_in(other, people.OWNER)
    expect(other.page).to_have_url(re.compile(r"/service\?range=last_7_days$"))


def test_out_wrong_password_and_in_again(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    people.accept(window, people.first_link(installation), people.OWNER)
    window.open("/")
    people.sign_out(window)
    window.expect("answer 403|status of 403")
    page = people.sign_in(window, people.OWNER, "not-the-password-at-all")
    message = page.get_by_role("alert")
    expect(message).to_contain_text("do not match")
    # What was typed stays, the password does not.
    expect(page.locator("input[name=login]")).to_have_value(people.OWNER.login)
    expect(page.locator("input[name=password]")).to_have_value("")
    people.sign_in(window, people.OWNER)
    expect(page.locator("header")).to_contain_text(people.OWNER.name)


def test_pages_before_signing_in_are_sound(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("id"), at=installation)
    link = people.first_link(installation)
    for path in ("/sign-in", link):
        window.open(path)
        for look in (Look("id"), Look("id", "dark"), Look("id", "light", NARROW)):
            window.turn(look)
            window.check([*window.axe(), *window.measure("overflow"), *window.violations()])
    # With an account there is a form to sign in.
    people.accept(window, link, people.OWNER)
    other = visit(Look("en"), at=installation)
    other.open("/sign-in")
    for look in (Look("en"), Look("en", "dark"), Look("en", "light", NARROW)):
        other.turn(look)
        other.check([*other.axe(), *other.measure("overflow"), *other.violations()])


def test_problem_pages_keep_the_navigation(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    people.accept(window, people.first_link(installation), people.OWNER)
    window.expect("answer 404|status of 404")
    page = window.open("/no-such-page")
    expect(page.locator("nav a[href='/delivery']")).to_be_visible()
    expect(page.locator("header")).to_contain_text(people.OWNER.name)
    window.check(window.axe())


def test_session_survives_a_restart(visit: OpenVisit, installation: Server) -> None:
    window = visit(Look("en"), at=installation)
    people.accept(window, people.first_link(installation), people.OWNER)
    installation.restart()
    window.expect("ERR_|SSE|EventSource")
    page = window.open("/")
    expect(page.locator("header")).to_contain_text(people.OWNER.name)
    link_count = installation.log_text().count("/welcome/")
    assert link_count == 1, "an installation with an owner prints no further link"
