"""The suite sees what it is there to see: a page with one of everything that is wrong."""

from __future__ import annotations

from conftest import OpenVisit
from look import NARROW, Look

_WRONG = """<!doctype html><html><head><title>x</title><style>a { color: red }</style></head><body>
<main><p id="first">Words</p><img src="/none.png">
<img src="http://127.0.0.2:9/away.png"><button id="bare"></button>
<button id="blind">Blind</button><div id="click" tabindex="-1"><a href="/" tabindex="-1">Missed</a></div>
</main></body></html>"""


def test_faults_are_seen(visit: OpenVisit) -> None:
    window = visit(Look(width=NARROW))
    policy = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; img-src *"}
    window.page.route(
        "/wrong", lambda route: route.fulfill(body=_WRONG, content_type="text/html; charset=utf-8", headers=policy)
    )
    window.expect(".*")
    page = window.open("/wrong")
    faults = "\n".join(window.faults)
    assert "leaves the host: http://127.0.0.2:9/away.png" in faults
    assert "answer 404: GET" in faults
    assert "Content Security Policy" in faults
    assert any("style-src" in violation for violation in window.violations())
    found = "\n".join(window.axe())
    assert "image-alt (critical)" in found
    assert "html-has-lang (serious)" in found
    assert "button-name (critical)" in found
    # Styles that a script puts on are not the policy's business.
    page.evaluate(
        """() => { const late = document.createElement("div");
             Object.assign(late.style, { width: "900px", height: "300px" });
             document.querySelector("main").prepend(late); }"""
    )
    # Whatever the page did by itself before is far below.
    page.wait_for_function("() => __observed.shifts.reduce((sum, shift) => sum + shift.value, 0) > 0.02")
    assert "wide in a window of 375" in window.measure("overflow")[0]


def test_focus_that_cannot_be_seen_is_seen(visit: OpenVisit) -> None:
    window = visit()
    page = window.open("/")
    wanted = window.measure("interactive")
    page.evaluate("() => { document.querySelector('a.brand').style.setProperty('outline', 'none', 'important') }")
    page.locator("a.brand").focus()
    stop = window.measure("focused")
    assert stop["path"] in wanted
    assert stop["faults"] == ["nothing shows that it has the focus"]
