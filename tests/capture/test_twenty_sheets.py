"""Twenty written sheets typed by keyboard alone: what is stored is what the sheet says; keys beyond free text are counted.

Run with `-s` to read the numbers. A picker is typed into until the wanted code stands among the first three.
"""

from __future__ import annotations

import re
import statistics
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from opencen.kernel.text import fold
from tests.capture.sheets import SHEETS, Sheet
from tests.capture.test_entry_browser import Site, browser, context, open_entry, playwright, site, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

__all__ = ["browser", "context", "playwright", "site"]

MOST_MEDIAN = 40
MOST_LETTERS = 24
MOST_TABS = 40
SETTLE_MS = 40
NEAR = 3
OPTIONS = "[role=option]:visible .picker-label"
ASKING_MS = 260


# Nobody types “in the” of “in the spare wheel”.
LITTLE_WORDS = re.compile(r"^(?:(?:in|on|or|under|behind|inside|the|a|an|specially) )+")


class Typist:
    """Hands on a keyboard that count: letters of free text apart from every other key."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0

    def press(self, key: str) -> None:
        """Press one key that is no free text."""
        self.page.keyboard.press(key)
        self.keys += 1

    def write(self, text: str) -> None:
        """Type what only the sheet can say."""
        self.page.keyboard.type(text)

    def go_to(self, name: str) -> None:
        """Press Tab until the field whose id ends so has the focus."""
        for _ in range(MOST_TABS):
            if str(self.page.evaluate("document.activeElement.id")).endswith(name):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {name}")

    def pick(self, label: str, *, asks: bool = False) -> None:
        """Type into a picker until the wanted code stands among the first, and take it."""
        for letter in LITTLE_WORDS.sub("", fold(label))[:MOST_LETTERS]:
            self.press("Space" if letter == " " else letter)
            self.page.wait_for_timeout(ASKING_MS if asks else SETTLE_MS)
            shown = [text.strip() for text in self.page.locator(OPTIONS).all_inner_texts()[:NEAR]]
            if label in shown:
                for _ in range(shown.index(label)):
                    self.press("ArrowDown")
                self.press("Enter")
                return
        raise AssertionError(f"typing does not find {label}")

    def select(self, label: str) -> None:
        """Type into a native list until it shows the wanted label."""
        shown = "document.activeElement.selectedOptions?.[0]?.text ?? ''"
        for letter in label:
            if self.page.evaluate(shown) == label:
                return
            self.press("Space" if letter == " " else letter)
        assert self.page.evaluate(shown) == label


def type_sheet(typist: Typist, sheet: Sheet) -> None:
    """Type one sheet from the first field to the last and hand it in."""
    typist.go_to("f-detected_at")
    typist.write(sheet.found)
    typist.go_to("f-detection_method")
    typist.select(sheet.label("detection_method", sheet.method))
    typist.go_to("--commodity")
    typist.pick(sheet.label("commodity", sheet.goods))
    typist.go_to("--quantity")
    typist.write(sheet.quantity)
    if typist.page.locator("[id$='--unit']").first.input_value() in ("", "unit"):
        typist.go_to("--unit")
        typist.pick(sheet.unit)
    typist.go_to("concealment-place")
    typist.pick(sheet.label("concealment", sheet.hidden))
    if sheet.consignee:
        typist.go_to("consignee")
        typist.write(sheet.consignee)
    typist.go_to("f-route")
    for stop in sheet.route:
        typist.pick(sheet.label("country" if len(stop) == 2 else "place", stop), asks=True)
    typist.go_to("--mode")
    typist.select(sheet.label("conveyance_mode", sheet.mode))
    if sheet.container:
        typist.go_to("--number")
        typist.write(sheet.container)
    typist.press("Control+Enter")


def said_by(sheet: Sheet) -> dict[str, Any]:
    """Return what must be stored of a sheet."""
    return {
        "day": sheet.day, "method": sheet.method, "goods": sheet.goods, "quantity": sheet.quantity, "unit": sheet.unit,
        "hidden": sheet.hidden, "route": list(sheet.route), "mode": sheet.mode, "consignee": sheet.consignee,
        "container": sheet.container,
    }  # fmt: skip


def stored_in(document: dict[str, Any]) -> dict[str, Any]:
    """Return what was stored, in the sheet's terms."""
    [line] = document["lines"]
    [consignment] = document.get("consignments") or [{}]
    [container] = consignment.get("containers") or [{}]
    return {
        "day": document["detected_at"][:10],
        "method": document["detection_method"],
        "goods": line["commodity"],
        "quantity": line["quantity"],
        "unit": line["unit"],
        "hidden": line["concealment"]["place"],
        "route": [stop.get("place") or stop["country"] for stop in document["route"]],
        "mode": document["conveyances"][0]["mode"],
        "consignee": consignment.get("consignee", ""),
        "container": container.get("number", ""),
    }


def test_twenty_sheets_by_keyboard_are_stored_as_written(context: BrowserContext, site: Site) -> None:
    address, world = site
    counts: list[int] = []
    for number, sheet in enumerate(SHEETS):
        page = open_entry(context, address)
        page.wait_for_function("() => document.querySelector('[id$=\"concealment-place\"]')")
        page.wait_for_function("() => document.getElementById('f-detection_method')?.tagName === 'SELECT'")
        page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
        typist = Typist(page)
        type_sheet(typist, sheet)
        wait_for(page, lambda wanted=number + 1: len(world.records) == wanted)  # type: ignore[misc]  # bound per sheet
        assert stored_in(list(world.records.values())[-1]) == said_by(sheet), f"sheet {number + 1}"
        counts.append(typist.keys)
        page.close()
    median = statistics.median(counts)
    print(f"\nkeys beyond free text: median {median}, least {min(counts)}, most {max(counts)}: {counts}")
    assert median <= MOST_MEDIAN
