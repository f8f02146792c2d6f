"""The page of the design system in a browser: accessible, without errors, within its edges, by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from opencen.web.templatetags.vite import read_manifest
from tests.web.component_site import render_components, serve_pages

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a headless browser that never calls home."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    if "main.ts" not in read_manifest():
        pytest.skip("run script/build-frontend first")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the page of the design system in both directions and colours."""
    pages = {
        "/light": render_components(theme="light"),
        "/dark": render_components(theme="dark"),
        "/rtl": render_components(direction="rtl", theme="light"),
    }
    with serve_pages(pages) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """Open the light page at the size of an old laptop."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.goto(f"{site}/light", wait_until="networkidle")
    yield opened
    context.close()


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("path", ["/light", "/dark", "/rtl"])
def test_every_part_is_accessible_and_fits(browser: Browser, site: str, path: str, size: str) -> None:
    context = browser.new_context(viewport=SIZES[size])  # type: ignore[arg-type]  # a plain dict is what it takes
    opened = context.new_page()
    errors: list[str] = []
    opened.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(site + path, wait_until="networkidle")
    opened.wait_for_selector(".map svg path.leg")
    violations = Axe().run(opened).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert errors == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    context.close()


def test_a_code_is_found_in_another_language_and_taken_by_keyboard(page: Page) -> None:
    page.fill("#field-goods", "résine")
    options = page.locator("[role=option]")
    assert options.count() == 2
    assert options.first.locator("mark").inner_text() == "Résine"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#field-goods") == "Liquid, oil"
    assert page.eval_on_selector("#field-goods-value", "field => field.value") == "drugs.cannabis.oil"


def test_the_whole_tree_opens_with_alt_and_arrow_and_escape_keeps_the_value(page: Page) -> None:
    page.focus("#field-goods")
    page.keyboard.press("Alt+ArrowDown")
    assert page.locator("[role=option]").count() == 8
    page.keyboard.press("Escape")
    assert page.locator("[role=option]:visible").count() == 0
    assert page.input_value("#field-goods") == ""


def test_what_was_typed_but_not_taken_stays_and_is_no_value(page: Page) -> None:
    page.fill("#field-goods", "zzz")
    page.focus("#field-rest")
    page.wait_for_timeout(200)
    assert page.input_value("#field-goods") == "zzz"
    assert page.eval_on_selector("#field-goods-value", "field => field.value") == ""
    assert page.get_attribute("#field-goods", "aria-invalid") == "true"


def test_the_question_mark_lists_all_keys_and_single_letters_can_be_switched_off(page: Page) -> None:
    button = "document.querySelector('[data-key=r]')"
    page.evaluate(f"window.pressed = 0; {button}.addEventListener('click', () => (window.pressed += 1))")
    page.keyboard.press("r")
    assert page.evaluate("window.pressed") == 1
    page.keyboard.press("?")
    assert "Return with 1 reason" in page.locator("#key-dialog").inner_text()
    page.uncheck("[data-key-switch]")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    assert page.evaluate("window.pressed") == 1
    page.keyboard.press("?")
    assert not page.locator("#key-dialog").is_visible()
    page.click("summary[aria-label='Help']")
    page.get_by_role("button", name="All keys").click()
    assert page.locator("#key-dialog").is_visible()


def test_a_figure_turns_into_its_table_and_leaves_as_a_file(page: Page) -> None:
    assert page.locator("#months [data-chart-drawn] svg").is_visible()
    page.click("#months [data-chart-toggle]")
    assert page.locator("#months [data-chart-table] table").is_visible()
    page.click("#months [data-chart-toggle]")
    for kind, start in (("csv", "\ufeffMonth,cases"), ("svg", "<svg"), ("png", "PNG")):
        page.click("#months summary")
        with page.expect_download() as download:
            page.click(f"#months [data-chart-export={kind}]")
        content = download.value.path().read_bytes()
        assert start.encode() in content[:400]
        assert download.value.suggested_filename == f"cases-and-seizures-by-month.{kind}"


def test_without_script_every_figure_is_a_table_and_every_map_a_list(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.goto(f"{site}/light")
    assert opened.locator("#months [data-chart-table] table").is_visible()
    assert opened.locator(".map li", has_text="Guayaquil").is_visible()
    assert opened.locator("#field-goods").is_visible()
    opened.click("summary[aria-label*='your settings']")
    assert opened.get_by_role("button", name="Sign out").is_visible()
    context.close()


def test_print_leaves_out_bars_and_buttons_and_says_who_printed(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator(".topbar").is_visible()
    assert not page.locator(".rail").is_visible()
    assert not page.locator(".foot-bar").is_visible()
    assert "Printed by Amel Ghariani" in page.locator(".print-foot").inner_text()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
