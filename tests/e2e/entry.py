"""The entry form by keyboard, as an officer types who knows it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field whose id ends so has the focus."""
    for _ in range(80):
        if str(page.evaluate("document.activeElement.id")).endswith(name):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {name}")


def choose(page: Page, name: str, text: str) -> None:
    """Type a few letters into a picker and take the first match."""
    tab_to(page, name)
    page.wait_for_function("() => !document.activeElement.disabled")
    page.keyboard.type(text, delay=20)
    page.wait_for_selector("[role=option]:visible", timeout=40_000)
    page.keyboard.press("Enter")


def open_short_form(page: Page) -> None:
    """Open a new entry by its key and make sure that it is the short form, ready to be typed into."""
    page.goto("/")
    page.keyboard.press("n")
    page.wait_for_url("**/capture/case/new")
    page.wait_for_selector(".cap-short, .cap-full")
    if page.locator(".cap-full").count():
        page.get_by_role("button", name="Short form").last.click()
    page.wait_for_selector(".cap-short")
    page.wait_for_function("() => !document.querySelector('[id$=\"--commodity\"]')?.disabled")


def type_short_case(page: Page, *, found: str, quantity: str) -> None:
    """Fill the short form from the first field to the last without a mouse."""
    page.locator("#f-detected_at").focus()
    page.keyboard.type(found)
    tab_to(page, "f-detection_method")
    page.keyboard.type("Risk")
    choose(page, "commodity", "cocaine hyd")
    tab_to(page, "--quantity")
    page.keyboard.type(quantity)
    choose(page, "--unit", "kg")
    choose(page, "concealment-place", "cooling unit")
    for place, shown in (("guayaq", "Guayaquil"), ("rades", "Radès")):
        choose(page, "f-route", place)
        page.wait_for_selector(f".cap-route :text('{shown}')")
    tab_to(page, "--mode")
    page.keyboard.type("Vessel")


def submit(page: Page) -> str:
    """Submit by the keys, open the record from the receipt and return its id."""
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Open the record").or_(page.get_by_role("button", name="Open the record")).click()
    page.wait_for_url(lambda url: "/cases/" in url)
    return page.url.rpartition("/")[2]
