"""Pages as a browser gets them: first visits on a slow line, weight of their scripts, Lighthouse and axe."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.bench.framework import Context, Row
from tests.e2e.network import Network, start_network
from tests.support import homes
from tests.support.ports import free_port

PROJECT = Path(__file__).resolve().parents[2]
LIGHTHOUSE = "lighthouse@12.8.2"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LINE = {"offline": False, "latency": 300, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
"""1.6 Mbit/s down, 300 ms there and back."""
PAGES = {"list": "/cases", "case": "CASE", "entry": "/capture/case/new", "dashboard": "/analysis"}
RUNS = 3
GOALS = {"performance": ">= 90", "accessibility": "100", "best-practices": "100"}


def run(context: Context) -> list[Row]:
    """Measure the four pages that people use most; the database makes no difference here."""
    if context.database != "sqlite":
        return []
    if CHROMIUM is None:
        print("no Chromium on this machine: pages are not measured", file=sys.stderr)
        return []
    home = homes.make_empty_home()
    network = start_network(home)
    try:
        return [*measure_in_browser(network), *measure_by_lighthouse(network)]
    finally:
        network.stop()
        homes.remove(home)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def sign_in(kept: BrowserContext, network: Network) -> str:
    """Sign the contact in and return the address of a case."""
    page = kept.new_page()
    page.goto("/sign-in")
    page.get_by_label("User name").fill("contact")
    page.locator("input[type=password]").fill(network.passwords["contact"])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto("/cases")
    case = page.locator("main a[href*='/cases/0']").first.get_attribute("href") or ""
    page.close()
    return case.partition("?")[0]


def measure_in_browser(network: Network) -> list[Row]:
    """Measure first visits on a slow line, the weight of scripts, and what axe finds."""
    rows = []
    with open_browser() as browser:
        kept = browser.new_context(base_url=network.national)
        case, cookies = sign_in(kept, network), kept.cookies()
        kept.close()
        for name, path in PAGES.items():
            visited = browser.new_context(base_url=network.national, viewport={"width": 1366, "height": 768})
            visited.add_cookies(cookies)  # type: ignore[arg-type]  # as they came
            rows += measure_visit(visited, name, path.replace("CASE", case))
            visited.close()
    return rows


def measure_visit(visited: BrowserContext, name: str, path: str) -> list[Row]:
    """Visit a page with nothing cached, over a slow line."""
    page = visited.new_page()
    session = visited.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    scripts: dict[str, float] = {}
    kinds: dict[str, str] = {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on(
        "Network.loadingFinished", lambda event: scripts.update({event["requestId"]: event["encodedDataLength"]})
    )
    page.goto(path, wait_until="load")
    page.locator("main h1, main form, #entry").first.wait_for()
    timing = page.evaluate(
        """() => new Promise((done) => {
            const shown = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
            new PerformanceObserver((list) => {
                const last = list.getEntries().at(-1);
                done({ shown, largest: last.startTime, load: performance.timing.loadEventEnd - performance.timing.fetchStart });
            }).observe({ type: "largest-contentful-paint", buffered: true });
        })"""
    )
    page.wait_for_timeout(1500)
    weight = sum(size for request, size in scripts.items() if kinds.get(request) == "Script")
    session.send(
        "Network.emulateNetworkConditions", {**LINE, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    )
    violations = Axe().run(page).response["violations"]
    whole = sum(scripts.values()) / 1000
    found = ", ".join(sorted({one["id"] for one in violations})) or "nothing found"
    return [
        Row(
            f"first visit of the {name}, 1.6 Mbit/s, 300 ms", "<= 3 s", timing["largest"] / 1000, "s", "",
            note=f"largest part shown; something shown {timing['shown'] / 1000:.1f} s, loaded {timing['load'] / 1000:.1f} s, {whole:.0f} kB in all",
        ),
        Row(f"scripts of the {name}, compressed", "<= 100 kB", weight / 1000, "kB", ""),
        Row(f"axe on the {name}", "0", len(violations), "rules broken", "", note=found),
    ]  # fmt: skip


def measure_by_lighthouse(network: Network) -> list[Row]:
    """Run Lighthouse on the pages; it is fetched once, and left out where it cannot be."""
    program = find_lighthouse()
    if program is None:
        print("Lighthouse could not be fetched: it is not run", file=sys.stderr)
        return []
    found = [
        (name, preset, [run_lighthouse(program, network, path, preset) for _ in range(RUNS)])
        for name, path in PAGES.items()
        for preset in ("desktop", "mobile")
    ]
    return [row for name, preset, reports in found for row in judge(name, preset, reports)]


def judge(name: str, preset: str, runs: list[Any]) -> list[Row]:
    """Keep the run in the middle of several on one page: one alone varies by ten points."""
    reports = sorted(filter(None, runs), key=speed_of)
    if not reports:
        return []
    report, speeds = reports[len(reports) // 2], [speed_of(found) for found in reports]
    said = {"performance": [f"{speeds[0]} to {speeds[-1]} in {len(speeds)} runs"]}
    scores = {category: report["categories"][category] for category in GOALS}
    return [
        Row(
            f"Lighthouse {category}, {name}, {preset}", goal, round((scores[category]["score"] or 0) * 100), "", "",
            note=", ".join([*said.get(category, ()), *failed_audits(report, category)[:6]]),
        )
        for category, goal in GOALS.items()
    ]  # fmt: skip


def speed_of(report: Any) -> int:
    """Return the points for performance."""
    return round((report["categories"]["performance"]["score"] or 0) * 100)


def run_lighthouse(program: Path, network: Network, path: str, preset: str) -> Any:
    """Run Lighthouse once on one page, in a new browser in which somebody has just signed in."""
    profile, port = homes.make_empty_home(), free_port()
    with sync_playwright() as playwright:
        kept = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=CHROMIUM, args=[*ARGUMENTS, f"--remote-debugging-port={port}"],
            base_url=network.national,
        )  # fmt: skip
        address = network.national + path.replace("CASE", sign_in(kept, network))
        command = [
            str(program), address, "--output=json", "--quiet", f"--only-categories={','.join(GOALS)}", f"--port={port}",
            "--disable-storage-reset", *(("--preset=desktop",) if preset == "desktop" else ()),
        ]  # fmt: skip
        environment = os.environ | {"CHROME_PATH": str(CHROMIUM), "HOME": str(PROJECT / ".cache")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
        kept.close()
    homes.remove(profile)
    if done.returncode:
        print(f"Lighthouse on {path}: {done.stderr[-300:]}", file=sys.stderr)
        return None
    return json.loads(done.stdout)


def failed_audits(report: Any, category: str) -> list[str]:
    """Name the audits that cost points."""
    audits = [found["id"] for found in report["categories"][category]["auditRefs"] if found["weight"]]
    return [
        name
        for name in audits
        if (report["audits"][name]["score"] or 0) < 0.9 and report["audits"][name]["score"] is not None
    ]


def find_lighthouse() -> Path | None:
    """Return the program, fetched into the project's cache where it is not there yet."""
    folder = PROJECT / ".cache" / "lighthouse"
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists() and (npm := shutil.which("npm")):
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", LIGHTHOUSE]
        subprocess.run(command, capture_output=True, check=False, timeout=300)
    return program if program.exists() else None
