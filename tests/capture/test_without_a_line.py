"""A reload without a line: the form and the drafts open, to who has not left; nothing personal is in the caches."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.capture.mock_server import USER
from tests.capture.test_entry_browser import (
    Site,
    browser,
    context,
    open_entry,
    playwright,
    site,
    tab_to,
)

pytestmark = pytest.mark.browser

__all__ = ["browser", "context", "playwright", "site"]

CACHED = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(`${new URL(request.url).pathname}\\n${await (await cache.match(request)).text()}`);
  }
  return texts;
}"""


def open_and_type(context: BrowserContext, address: str) -> Page:
    """Type a date into a new entry and wait until device and worker have everything."""
    page = open_entry(context, address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => caches.keys().then((names) => names.length === 1)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.wait_for_function("() => document.getElementById('f-detection_method')?.tagName === 'SELECT'")
    tab_to(page, "f-detected_at")
    page.keyboard.type("12/11/2026 06:20")
    page.wait_for_selector(".cap-saved")
    return page


def test_a_reload_without_a_line_goes_on_with_the_draft_and_sends_it_later(context: BrowserContext, site: Site) -> None:
    address, world = site
    page = open_and_type(context, address)
    world.is_down = True
    page.reload()
    page.wait_for_selector(".cap-short")
    expect(page.locator("#f-detected_at")).to_have_value("12 Nov 2026, 06:20")
    expect(page.locator(".cap-offline")).to_contain_text("Offline")
    page.goto(f"{address}/")
    page.get_by_role("link", name="New seizure").first.wait_for()
    assert page.locator("[data-draft]").count() == 1
    world.is_down = False
    page.locator("[data-draft] a").click()
    page.wait_for_selector(".cap-short")
    expect(page.locator("#f-detected_at")).to_have_value("12 Nov 2026, 06:20")


def test_a_new_entry_opens_without_a_line(context: BrowserContext, site: Site) -> None:
    address, world = site
    page = open_and_type(context, address)
    world.is_down = True
    page.goto(f"{address}/capture/case/new")
    page.wait_for_selector(".cap-short")
    expect(page.locator(".cap-filled")).to_contain_text("Radès port")


def test_who_signed_out_finds_no_draft_without_a_line(context: BrowserContext, site: Site) -> None:
    address, world = site
    page = open_and_type(context, address)
    draft = page.url
    world.is_signed_in = False
    page.goto(f"{address}/sign-in")
    page.wait_for_timeout(500)
    world.is_down = True
    page.goto(draft)
    expect(page.locator(".cap-alone")).to_contain_text("without a line")
    assert not page.locator(".cap-short").count()


def test_the_caches_hold_nothing_personal_and_one_version(context: BrowserContext, site: Site) -> None:
    address, _ = site
    page = open_and_type(context, address)
    page.evaluate("caches.open('opencen-older').then((cache) => cache.put('/old', new Response('old')))")
    texts = page.evaluate(CACHED)
    assert any(text.startswith("/capture/shell/en") for text in texts)
    assert not [text for text in texts if USER in text or "Amel" in text or "csrfmiddlewaretoken" in text]
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.unregister())")
    open_entry(context, address)
    page.wait_for_function("() => caches.keys().then((names) => names.length === 1 && names[0] !== 'opencen-older')")
