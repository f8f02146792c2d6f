"""A table of goods pasted from a spreadsheet: shown first, then taken in one step that one undo takes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.capture.test_entry_browser import Site, browser, context, open_entry, playwright, site

pytestmark = pytest.mark.browser

__all__ = ["browser", "context", "playwright", "site"]

TABLE = "Unité\tMarchandise\tQuantité\nkg\tcocaïne\t86,42\nkg\trésine de cannabis\t2.5\nkg\tWibblewobble\t1\n"
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.querySelector(".cap-short input").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_a_pasted_table_is_shown_then_taken_and_undone(context: BrowserContext, site: Site) -> None:
    address, _ = site
    page = open_entry(context, address)
    page.wait_for_function(
        "() => document.querySelector('[id$=\"--commodity\"]')?.getAttribute('aria-busy') !== 'true'"
    )
    page.wait_for_function("() => document.querySelector('[id$=\"--unit\"]')?.getAttribute('aria-busy') !== 'true'")
    page.evaluate(PASTE, TABLE)
    panel = page.locator(".cap-pasted")
    expect(panel.locator("select").first).to_have_value("unit")
    expect(panel.locator("td.text-error")).to_have_count(1)
    expect(panel).to_contain_text("1 cell is not understood")
    assert page.locator(".cap-band").count() == 0, "nothing is taken before one says so"
    page.keyboard.press("Enter")
    expect(page.locator(".cap-band")).to_have_count(3)
    expect(page.locator("input[id$='--quantity']").first).to_have_value("86.42")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator(".cap-band")).to_have_count(0)
