"""A browser and a demonstration network, started once; everybody who signs in has a context of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from opencen.web.templatetags.vite import read_manifest
from tests.e2e.network import Network, start_network
from tests.support import homes

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SHOTS = Path(__file__).resolve().parents[2] / ".screenshots"
DESK = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a headless browser that never calls home; one at a time lives in a process, so it ends with its module."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    if "main.ts" not in read_manifest():
        pytest.skip("run script/build-frontend first")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    """Start the demonstration network."""
    home = homes.make_empty_home()
    started = start_network(home)
    yield started
    started.stop()
    homes.remove(home)


SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def sign_in(browser: Browser, network: Network) -> Iterator[SignIn]:
    """Sign users in, each in a context of their own that stays signed in for the module."""
    contexts: dict[str, BrowserContext] = {}

    def open_page(username: str) -> Page:
        base = network.hub if username == "hub" else network.national
        if username in contexts:
            return contexts[username].pages[0]
        context = browser.new_context(viewport=DESK, base_url=base)  # type: ignore[arg-type]  # a plain dict is taken
        context.set_default_timeout(60_000)
        contexts[username] = context
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("User name").fill(username)
        page.locator("input[type=password]").fill(network.passwords[username])
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    yield open_page
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="session")
def shoot() -> Callable[[Page, str], None]:
    """Save a screenshot to be looked at."""
    SHOTS.mkdir(exist_ok=True)

    def save(page: Page, name: str) -> None:
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    return save
