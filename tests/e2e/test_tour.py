"""Every page at two sizes, in both directions and colours: no error, no breach of policy, nothing off the edge, accessible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.timeout(1200)]

SIZES: dict[str, Any] = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
# Two looks show each size, direction and colour once; all eight would cost a quarter of an hour.
LOOKS = (("desk", "en", "light"), ("phone", "ar", "dark"))
# Who sees which pages; CASE stands for the case of the guide.
TOUR = {
    "officer": (
        "/", "/cases", "CASE", "/controls", "/capture/case/new", "/capture/control/new", "/import", "/account", "/help",
        "/quality",
    ),
    "validator": ("/review", "/custody", "CASE/custody", "CASE/custody/labels", "/gallery", "CASE/photos/m1", "CASE/legal"),
    "contact": ("CASE/release", "/exchange"),
    "analyst": ("/quality", "/reports", "/reports/unodc_ids", "/reports/philippine_weekly", "/analysis",),
    "administrator": (
        "/administration", "/administration/users", "/administration/offices", "/administration/fields",
        "/administration/codelists", "/administration/partners", "/administration/audit",
        "/administration/watchlists", "/administration/investigations", "/administration/custody",
    ),
    "hub": ("/", "/cases", "/analysis", "/exchange"),
}  # fmt: skip
STOPS = [(user, path) for user, paths in TOUR.items() for path in paths]


@pytest.fixture(scope="module")
def guide_case(sign_in: SignIn) -> str:
    """Find the case of the guide by searching for its bill of lading."""
    page = sign_in("contact")
    page.goto("/cases?q=ZZCLGYE2610447")
    link = page.locator("main a[href*='/cases/0']").first.get_attribute("href")
    assert link
    return link.partition("?")[0]


@pytest.mark.parametrize(("user", "path"), STOPS)
def test_a_page_is_whole_in_every_look(
    browser: Browser, sign_in: SignIn, guide_case: str, user: str, path: str, shoot: Callable[[Page, str], None]
) -> None:
    page = sign_in(user)
    path = path.replace("CASE", guide_case)
    faults: list[str] = []
    for size, language, theme in LOOKS:
        speak(page, language)
        context = dress(browser, page, theme, SIZES[size])
        found = look_at(context.new_page(), path, SIZES[size]["width"])
        shoot(context.pages[0], f"tour-{user}-{name_of(path)}-{size}-{language}-{theme}")
        faults += [f"{size} {language} {theme}: {fault}" for fault in found]
        context.close()
    speak(page, "en")
    assert faults == []


def speak(page: Page, language: str) -> None:
    """Choose a language as the menu does."""
    page.goto("/account")
    status = page.evaluate(
        """language => {
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            const body = new URLSearchParams({ csrfmiddlewaretoken: token, language, next: "/help" });
            return fetch("/language", { method: "POST", body }).then((answer) => answer.status);
        }""",
        language,
    )
    assert status == 200


def dress(browser: Browser, page: Page, theme: str, viewport: Any) -> BrowserContext:
    """Open a context of the same session in another colour and size."""
    base = page.url.split("/account")[0]
    context = browser.new_context(viewport=viewport, base_url=base)
    kept: list[Any] = [cookie for cookie in page.context.cookies() if cookie.get("name") != "opencen_theme"]
    context.add_cookies([*kept, {"name": "opencen_theme", "value": theme, "url": base}])
    return context


def look_at(page: Page, path: str, width: int) -> list[str]:
    """Open a page and say what is wrong with it."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    answer = page.goto(path, wait_until="networkidle")
    if answer is None or answer.status != 200:
        return [f"status {answer.status if answer else 'none'}"]
    page.wait_for_timeout(200)
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        faults.append(f"{wide - width} px off the edge")
    violations = Axe().run(page).response["violations"]
    return faults + [
        f"{one['id']}: {one['nodes'][0]['html'][:160]} and {len(one['nodes']) - 1} more" for one in violations
    ]


def name_of(path: str) -> str:
    """Make a file name of a path."""
    parts = [part for part in path.partition("?")[0].split("/") if part]
    return "-".join("one" if part.startswith("0") else part for part in parts) or "home"
