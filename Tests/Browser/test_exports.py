"""Every card that has exports gives them away as files that can be read."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from conftest import OpenVisit
from look import Look
from places import Place


@pytest.mark.cards
def test_exports_are_readable(visit: OpenVisit, place: Place) -> None:
    window = visit(Look("en"))
    page = window.open(place.url)
    links = page.locator("section.card a[download]").evaluate_all("links => links.map(link => link.href)")
    bare = page.locator("section[data-card]:has(data, canvas, tbody):not(:has(a[download]))").evaluate_all(
        "cards => cards.map(card => card.id.slice('card-'.length))"
    )
    faults = [f"the card {name} shows numbers and has no exports" for name in bare]
    for url in links:
        answer = window.context.request.get(url)
        form = "json" if "json" in answer.headers.get("content-type", "") else "csv"
        if not answer.ok:
            faults.append(f"{url} answers {answer.status}")
        elif "attachment" not in answer.headers.get("content-disposition", ""):
            faults.append(f"{url} is no download")
        elif form == "json" and not json.loads(answer.text()):
            faults.append(f"{url} is empty")
        elif form == "csv":
            widths = {len(row) for row in csv.reader(answer.text().splitlines())}
            if len(widths) != 1:
                faults.append(f"{url} has rows of {sorted(widths)} columns")
    window.check(faults)


def test_menu_downloads_a_file(visit: OpenVisit, tmp_path: Path) -> None:
    window = visit(Look("en"))
    page = window.open("/")
    menu = page.locator("details.menu:has(a[download])").first
    menu.locator("summary").first.click()
    with page.expect_download() as waiting:
        menu.get_by_role("link", name="CSV").first.click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.name.startswith("pantau-")
    assert file.suffix == ".csv"
    assert file.read_text().count("\n") >= 1
