"""The entry in a browser, against a server of its contract: by keyboard, across a closed browser, without a line."""

from __future__ import annotations

import shutil
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from opencen.web.templatetags.vite import read_manifest
from tests.capture.mock_server import World, serve_entry

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESK: Any = {"width": 1366, "height": 768}
PHONE: Any = {"width": 390, "height": 844}
Site = tuple[str, World]


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Start Playwright where there are a browser and a build."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    if "capture/main.ts" not in read_manifest():
        pytest.skip("run script/build-frontend first")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start a headless browser that never calls home."""
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve the entry."""
    with serve_entry() as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a device of its own."""
    opened = browser.new_context(viewport=DESK, timezone_id="Africa/Tunis")
    yield opened
    opened.close()


def open_entry(context: BrowserContext, address: str, path: str = "/capture/case/new") -> Page:
    """Open the form and wait until it can be typed into."""
    page = context.new_page()
    page.goto(f"{address}{path}")
    page.wait_for_selector(".cap-short, .cap-full")
    return page


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field whose id ends so has the focus."""
    for _ in range(60):
        if page.evaluate("document.activeElement.id").endswith(name):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {name}")


def choose(page: Page, text: str) -> None:
    """Type a few letters into a picker and take the first match."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def type_why_and_goods(page: Page) -> None:
    """Fill the first half by keyboard."""
    tab_to(page, "f-detected_at")
    page.keyboard.type("12/11/2026 06:20")
    tab_to(page, "f-detection_method")
    page.keyboard.type("Risk")
    tab_to(page, "f-detection_techniques")
    choose(page, "xray")
    tab_to(page, "commodity")
    choose(page, "cocaïne")
    tab_to(page, "quantity")
    page.keyboard.type("86,42")


def type_the_rest(page: Page) -> None:
    """Fill the second half by keyboard."""
    tab_to(page, "concealment-place")
    choose(page, "groupe frigo")
    tab_to(page, "f-route")
    for stop, shown in (("guayaq", "Guayaquil"), ("rades", "Radès")):
        choose(page, stop)
        page.wait_for_selector(f".cap-route :text('{shown}')")
    tab_to(page, "mode")
    page.keyboard.type("Vessel")


def wait_for(page: Page, holds: Callable[[], bool], seconds: float = 10) -> None:
    """Wait, letting the page work, until something holds on the server."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        page.wait_for_timeout(50)


def is_saved(page: Page) -> None:
    """Wait until the device has kept what was typed last."""
    page.wait_for_timeout(900)
    expect(page.locator(".cap-saved")).to_contain_text("Saved on this device")


def test_a_short_case_by_keyboard_survives_a_closed_browser(playwright: Playwright, site: Site, tmp_path: Path) -> None:
    address, world = site
    options: dict[str, Any] = {
        "executable_path": CHROMIUM,
        "args": ARGUMENTS,
        "viewport": DESK,
        "timezone_id": "Africa/Tunis",
    }
    first = playwright.chromium.launch_persistent_context(str(tmp_path), **options)
    page = open_entry(first, address)
    type_why_and_goods(page)
    is_saved(page)
    first.close()

    second = playwright.chromium.launch_persistent_context(str(tmp_path), **options)
    page = second.new_page()
    page.goto(address)
    draft = page.locator(".draft-row a")
    expect(draft).to_have_text("Cocaine, 86.42 kg")
    draft.press("Enter")
    page.wait_for_selector(".cap-short")
    expect(page.locator("#f-detected_at")).to_have_value("12 Nov 2026, 06:20")
    page.locator("#f-detected_at").focus()
    type_the_rest(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cap-alone h1")).to_contain_text("TN-RDS-2026-000318")
    page.goto(address)
    expect(page.get_by_text("No draft on this device.")).to_be_visible()
    second.close()

    [document] = world.records.values()
    [line] = document["lines"]
    assert document["detected_at"] == "2026-11-12T06:20+01:00"
    assert (document["kind"], document["office"], document["detection_method"]) == ("seizure", "RDS", "risk_profiling")
    assert {name: line[name] for name in ("role", "commodity", "quantity", "unit")} == {
        "role": "contraband", "commodity": "drugs.cocaine", "quantity": "86.42", "unit": "kg",
    }  # fmt: skip
    assert line["concealment"]["place"].endswith("cooling_unit")
    assert [(stop["role"], stop["country"], stop["place"]) for stop in document["route"]] == [
        ("departure", "EC", "ECGYE"),
        ("destination", "TN", "TNRDS"),
    ]
    assert document["conveyances"][0]["mode"] == "vessel"
    assert "consignments" not in document


def test_what_is_submitted_without_a_line_goes_once_when_it_returns(context: BrowserContext, site: Site) -> None:
    address, world = site
    page = open_entry(context, address)
    type_why_and_goods(page)
    type_the_rest(page)
    is_saved(page)
    context.set_offline(True)
    expect(page.locator(".cap-offline")).to_contain_text("Offline")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cap-alone h1")).to_contain_text("sent when the line returns")
    assert world.posts == []
    world.drops_answers = 1
    context.set_offline(False)
    wait_for(page, lambda: len(world.posts) == 1)
    page.goto(address)
    wait_for(page, lambda: len(world.posts) == 2)
    expect(page.get_by_text("No draft on this device.")).to_be_visible()
    assert world.posts[0] == world.posts[1]
    assert len(world.records) == 1


def test_what_is_missing_is_named_only_when_it_is_handed_in(context: BrowserContext, site: Site) -> None:
    page = open_entry(context, site[0])
    page.wait_for_timeout(800)
    expect(page.locator(".cap-summary")).to_have_count(0)
    page.locator("#f-detected_at").fill("2026")
    page.keyboard.press("Control+Enter")
    summary = page.locator(".cap-summary")
    expect(summary).to_contain_text("4 errors")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Carried by").click()
    assert page.evaluate("document.activeElement.id").endswith("mode")
    assert site[1].records == {}


def test_a_wrong_check_digit_is_corrected_by_one_key(context: BrowserContext, site: Site) -> None:
    page = open_entry(context, site[0])
    number = page.locator("input[id^=f-consignments][id$=number]")
    number.fill("OCLU 302681 9")
    expect(page.locator(".cap-correction mark")).to_have_text(["0", "18"])
    page.keyboard.press("Alt+2")
    expect(page.locator(".cap-correction")).to_have_count(0)
    number.blur()
    expect(number).to_have_value("OCLU 302618 9")


def test_a_warning_holds_its_way_out(context: BrowserContext, site: Site) -> None:
    page = open_entry(context, site[0])
    page.locator("select#f-detection_method").select_option("random_selection")
    page.locator("input[id$=consignee]").fill("Sahel Fruits Import SARL")
    expect(page.locator(".cap-known").first).to_contain_text("Watch entry on the consignee")
    reason = page.get_by_label("or keep it, because")
    expect(page.locator(".cap-summary")).to_contain_text("1 warning")
    reason.fill("Drawn by the lot machine")
    expect(page.locator(".cap-summary")).to_have_count(0)
    page.keyboard.press("Alt+1")
    expect(page.locator("select#f-detection_method")).to_have_value("intelligence")


def test_a_second_tab_is_told_and_takes_over_when_the_first_closes(context: BrowserContext, site: Site) -> None:
    first = open_entry(context, site[0])
    first.locator("#f-detected_at").fill("2026")
    is_saved(first)
    path = first.evaluate("location.pathname + location.search")
    second = open_entry(context, site[0], path)
    expect(second.get_by_text("This draft is open in another tab")).to_be_visible()
    first.close()
    expect(second.get_by_text("This draft is open in another tab")).to_have_count(0)
    expect(second.locator("#f-detected_at")).to_have_value("2026")


def test_an_ended_session_locks_the_draft_and_loses_nothing(context: BrowserContext, site: Site) -> None:
    address, world = site
    page = open_entry(context, address)
    page.wait_for_load_state("networkidle")  # the form has asked what it asks at first
    page.wait_for_timeout(600)
    world.is_signed_in = False
    page.locator("input[id$=consignee]").fill("Sahel Fruits Import SARL")
    expect(page.get_by_role("heading", name="Sign in again, nothing is lost.")).to_be_visible()
    path = page.evaluate("location.pathname + location.search")
    page.reload()
    expect(page.get_by_role("heading", name="Sign in again, nothing is lost.")).to_be_visible()
    assert "Sahel" not in page.content()
    world.is_signed_in = True
    page = open_entry(context, address, path)
    expect(page.locator("input[id$=consignee]")).to_have_value("Sahel Fruits Import SARL")


def picture() -> bytes:
    """Make a small picture."""
    rows = b"".join(b"\0" + bytes([90, 120, 160] * 60) for _ in range(40))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60, 40, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_a_photo_taken_without_a_line_is_uploaded_when_it_returns(context: BrowserContext, site: Site) -> None:
    address, world = site
    page = open_entry(context, address)
    context.set_offline(True)
    file: Any = {"name": "seal.png", "mimeType": "image/png", "buffer": picture()}
    page.set_input_files("input[type=file]", [file])
    expect(page.locator(".cap-photo .photo-flag")).to_have_text("on this device")
    page.get_by_label("Caption").fill("Seal")
    is_saved(page)
    path = page.evaluate("location.pathname + location.search")
    page.close()
    context.set_offline(False)
    page = open_entry(context, address, path)
    expect(page.locator(".cap-photo img")).to_have_attribute("alt", "Seal")
    type_why_and_goods(page)
    type_the_rest(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cap-alone h1")).to_contain_text("TN-RDS")
    assert list(world.uploads.values()) == [picture()]
    [document] = world.records.values()
    assert {name: document["media"][0][name] for name in ("sha256", "caption", "is_main")} == {
        "sha256": next(iter(world.uploads)), "caption": "Seal", "is_main": True,
    }  # fmt: skip


def test_lines_are_added_copied_removed_and_brought_back(context: BrowserContext, site: Site) -> None:
    page = open_entry(context, site[0])
    page.locator("input[id$=quantity]").fill("2")
    page.get_by_role("button", name="Another line of goods").click()
    expect(page.locator(".cap-band")).to_have_count(2)
    page.get_by_role("button", name="Copy Goods 1").click()
    expect(page.locator(".cap-band input[id$=quantity]")).to_have_count(3)
    page.get_by_role("button", name="Remove Goods 1").click()
    expect(page.locator(".cap-band")).to_have_count(2)
    page.locator(".cap-toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".cap-band")).to_have_count(3)
    page.get_by_role("button", name="Full form").click()
    page.locator("[data-path='lines']").get_by_role("button", name="Add assessment").first.click()
    expect(page.locator("[data-path*='.assessments[']").first).to_be_visible()


def test_a_check_is_logged_with_the_same_renderer(context: BrowserContext, site: Site) -> None:
    address, world = site
    page = open_entry(context, address, "/capture/control/new")
    tab_to(page, "f-at")
    page.keyboard.type("today")
    tab_to(page, "f-subject")
    page.keyboard.type("Cont")
    tab_to(page, "f-detection_method")
    page.keyboard.type("Rout")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cap-alone h1")).to_contain_text("Handed in.")
    [document] = world.records.values()
    assert (document["subject"], document["count"], document["result"]) == ("container", 1, "none")


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize(("theme", "direction"), [("light", ""), ("dark", ""), ("light", "rtl")])
def test_it_is_accessible_and_fits(browser: Browser, theme: str, direction: str, size: str) -> None:
    with serve_entry(theme=theme, direction=direction) as (address, _):
        context = browser.new_context(viewport=DESK if size == "desk" else PHONE, has_touch=size == "phone")
        page = open_entry(context, address)
        page.locator("select#f-detection_method").select_option("random_selection")
        page.locator("input[id$=consignee]").fill("Sahel Fruits Import SARL")
        page.locator("input[id^=f-consignments][id$=number]").fill("OCLU 302681 9")
        page.locator(":is(.cap-known, .cap-fold):visible").first.wait_for()
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert [(v["id"], [n["html"][:140] for n in v["nodes"]]) for v in found.response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if size == "phone":
            small = "[...document.querySelectorAll('.cap-row :is(input:not([type=file]):not(.cap-caption):not(.cap-chip-input), select)')].filter(e => e.getBoundingClientRect().height < 41).map(e => e.id)"
            assert page.evaluate(small) == []
        elif not direction:
            assert page.evaluate(
                "document.querySelector('.cap-body').scrollHeight <= document.querySelector('.cap-body').clientHeight + 1"
            )
        context.close()


def test_the_full_form_is_accessible_and_the_page_does_not_scroll_under_it(context: BrowserContext, site: Site) -> None:
    page = open_entry(context, site[0])
    page.locator("input[id$=quantity]").fill("2")
    page.get_by_role("button", name="Full form").click()
    for name in ("Add person", "Add means of transport", "Add stop", "Add consignment"):
        page.get_by_role("button", name=name, exact=True).click()
    page.locator(".cap-tabs").get_by_role("link", name="References and agencies").click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert [(v["id"], [n["html"][:140] for n in v["nodes"]]) for v in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    page.get_by_role("button", name="Short form").click()
    expect(page.locator(".cap-band")).to_have_count(1)


def test_a_check_takes_eight_keys_and_well_under_ten_seconds(context: BrowserContext, site: Site) -> None:
    address, world = site
    page = open_entry(context, address, "/capture/control/new")
    page.wait_for_function("() => document.querySelector('#f-subject')?.tagName === 'SELECT'")
    page.wait_for_function("() => document.querySelector('#f-detection_method')?.tagName === 'SELECT'")
    started, keys = time.monotonic(), 0
    assert page.input_value("#f-at"), "a check is logged when it is made"
    for name, text in (("f-subject", "Par"), ("f-detection_method", "Rou")):
        while page.evaluate("document.activeElement.id") != name:
            page.keyboard.press("Tab")
            keys += 1
            assert keys < 12
        for letter in text:
            page.keyboard.press(letter)
            keys += 1
    page.keyboard.press("Control+Enter")
    page.locator(".cap-alone h1").wait_for()
    seconds = time.monotonic() - started
    print(f"\na check: {keys + 1} keys, {seconds:.2f} s")
    [document] = world.records.values()
    assert (document["subject"], document["detection_method"]) == ("parcel", "routine_control")
    assert keys + 1 <= 10
    assert seconds < 10
