"""Every key of the short form on a processor slowed down four times: from the key to what it paints.

The browser itself tells it (Event Timing: from the event to the next paint, in steps of 8 ms); a key that paints sooner
than 16 ms counts as that. Goods, units, hiding places and the route are typed into their lists.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from playwright.sync_api import CDPSession, Page

from tests.bench.framework import Context, Row, percentile
from tests.bench.pages import CHROMIUM, open_browser, sign_in
from tests.e2e.entry import open_short_form, tab_to
from tests.e2e.network import start_network
from tests.support import homes

SLOWER = 4
PAINTED_AT_LEAST = 16.0
BETWEEN_KEYS_MS = 120
ANSWER_MS = 1200
GOAL = "< 100 ms"
WATCH = """() => {
  window.keysSeen = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "keydown" || entry.name === "input") window.keysSeen.push(entry.duration);
  }).observe({ type: "event", durationThreshold: 16 });
}"""


def run(context: Context) -> list[Row]:
    """Type one case into the short form; the database makes no difference here."""
    if context.database != "sqlite":
        return []
    if CHROMIUM is None:
        print("no Chromium on this machine: keys are not measured", file=sys.stderr)
        return []
    home = homes.make_empty_home()
    network = start_network(home)
    try:
        with open_browser() as browser:
            kept = browser.new_context(base_url=network.national, viewport={"width": 1366, "height": 768})
            sign_in(kept, network)
            page = kept.new_page()
            open_short_form(page)
            page.evaluate(WATCH)
            browser_side = kept.new_cdp_session(page)
            browser_side.send("Performance.enable", {"timeDomain": "threadTicks"})
            browser_side.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            start = busy_seconds(browser_side)
            found = type_case(page)
            return rows_of(found, busy_seconds(browser_side) - start)
    finally:
        network.stop()
        homes.remove(home)


def type_case(page: Page) -> dict[str, list[float]]:
    """Type a case key by key, and give the milliseconds of each key by the field."""
    found: dict[str, list[float]] = defaultdict(list)
    for name, field, text in (
        ("date", "f-detected_at", "12/11/2026 06:20"),
        ("native list", "f-detection_method", "risk"),
        ("goods, a list", "--commodity", "cocaine hyd"),
        ("quantity", "--quantity", "86.42"),
        ("unit, a list", "--unit", "kg"),
        ("hiding place, a list", "concealment-place", "cooling unit"),
        ("route, searched on the server", "f-route", "guayaquil"),
        ("means of transport, a native list", "--mode", "vessel"),
        ("name", "--name", "CASTOR LINE"),
        ("number with a check digit", "--vessel_imo", "9365049"),
        ("consignee", "--consignee", "Sahel Fruits Import SARL"),
    ):
        if name == "date":
            page.locator(f"#{field}").focus()
        else:
            tab_to(page, field)
        for sign in text:
            found[name].append(press(page, "Space" if sign == " " else sign))
        if name.endswith(" a list") or name.startswith("route"):
            page.locator("[role=option]:visible").first.wait_for(timeout=20_000)
            found["taking a code"].append(press(page, "Enter"))
        page.wait_for_timeout(ANSWER_MS)
    return found


def busy_seconds(browser_side: CDPSession) -> float:
    """Give the seconds that the page's own thread has worked so far, however busy the machine is."""
    metrics = browser_side.send("Performance.getMetrics")["metrics"]
    return float(next(found["value"] for found in metrics if found["name"] == "TaskDuration"))


def press(page: Page, key: str) -> float:
    """Press a key and return how long the slowest of its events took until the next paint."""
    page.evaluate("() => { window.keysSeen.length = 0; }")
    page.keyboard.press(key)
    page.wait_for_timeout(BETWEEN_KEYS_MS)
    seen = [float(duration) for duration in page.evaluate("() => window.keysSeen")]
    return max([PAINTED_AT_LEAST, *seen])


def rows_of(found: dict[str, list[float]], busy: float) -> list[Row]:
    """Make a row of each field, and one of all keys together."""
    every = [took for taken in found.values() for took in taken]
    rows = [
        Row(
            "any key of the short form, processor 4 times slower", GOAL, max(every), "ms", "",
            note=f"the slowest of {len(every)} keys; p95 {percentile(every, 0.95):.0f} ms, p50 {percentile(every, 0.5):.0f} ms",
        ),
        Row(
            "work of the page for a key, all it brings about included", "", busy * SLOWER * 1000 / len(every), "ms", "",
            note="processor seconds of the whole typing by its keys, times 4",
        ),
    ]  # fmt: skip
    for name, took in found.items():
        rows.append(Row(f"keys at “{name}”", GOAL, max(took), "ms", "", note=f"the slowest of {len(took)}"))
    return rows
