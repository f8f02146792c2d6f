"""The link chart in headless Chromium: frames a second while it lays itself out, and while it is moved, at two sizes.

The page is the product's own, its data drawn; headless Chromium paints without a graphics card, so a desk does better.
"""

from __future__ import annotations

import json
import mimetypes
import random
import re
from typing import Any

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from opencen.accounts.models import Grant, Office, User
from opencen.records.lock import visible_to
from tests.bench.framework import Context, Row, percentile
from tests.bench.world import load_world

GOALS = {500: "60 frames/s", 5000: "usable"}
SITE = "http://chart.test"
KINDS = ("record:case", "inline:person", "thing:phone", "thing:container", "record:company", "thing:plate")
WATCH = """async ({move, seconds}) => {
  const canvas = document.querySelector('[data-part=canvas]');
  const box = canvas.getBoundingClientRect();
  const send = (name, x, y) => canvas.dispatchEvent(new PointerEvent(name, {pointerId: 7, clientX: x, clientY: y, bubbles: true}));
  canvas.setPointerCapture = () => {};
  const spans = [];
  let before = performance.now();
  const start = before;
  let x = box.left + 5;
  if (move) send('pointerdown', x, box.top + 5);
  while (performance.now() - start < seconds * 1000) {
    if (move) { x += 3; send('pointermove', x, box.top + 5 + (x % 40)); }
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    spans.push(now - before);
    before = now;
  }
  if (move) send('pointerup', x, box.top + 5);
  return spans;
}"""


def draw_chart(count: int) -> dict[str, Any]:
    """Draw a chart of cases with what hangs on them: a fifth of the nodes has many neighbours."""
    rng = random.Random(3)
    hubs = count // 5
    nodes = []
    for number in range(count):
        kind = "record:case" if number < hubs else rng.choice(KINDS)
        given = {"id": f"n{number}", "kind": kind, "group": "cases", "kind_label": "Case", "title": f"RDS-{number:06d}"}
        rest = dict.fromkeys(
            ("reference", "second", "standing_label", "state", "kept_until", "kept_until_label", "url"), ""
        )
        standing = rng.choice(("", "suspected", "charged")) if kind == "inline:person" else ""
        nodes.append({**rest, **given, "standing": standing, "day": f"2026-{rng.randint(1, 12):02d}-11", "counts": {}})
    ends = [(rng.randrange(hubs), number) for number in range(hubs, count)]
    ends += [(rng.randrange(hubs), rng.randrange(count)) for _ in range(count // 2)]
    edges = [
        {"source": f"n{one}", "target": f"n{other}", "role": "", "is_link": False, "day": ""} for one, other in ends
    ]
    return {"nodes": nodes, "edges": edges, "suggestions": [], "is_behind": False}


def page_with(count: int) -> str:
    """Return the product's page of a chart with drawn data in it."""
    world = load_world(50)
    office = Office.objects.get(pk=world.offices["HQ"])
    user = User.objects.create(username="frames", name="Frames", office=office)
    Grant.objects.create(user=user, role="analyst", office=office)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    record = visible_to(world.national()).filter(sensitivity=0, compartment_id=None).first()
    assert record is not None
    text = client.get("/chart", {"record": str(record.pk)}, SERVER_NAME="localhost").content.decode()
    found = re.search(r'<script id="chart-data"[^>]*>(.*?)</script>', text, re.S)
    assert found is not None, text[:500]
    return text.replace(found[1], "CHART", 1)


def serve(page: Page, html: str) -> None:
    """Serve the page and the built files from memory and disk."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        file = finders.find(path.removeprefix("/static/")) if path != "/" else None
        if path == "/":
            route.fulfill(body=html, content_type="text/html")
        elif isinstance(file, str):
            route.fulfill(path=file, content_type=mimetypes.guess_type(file)[0] or "text/plain")
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)


def watch(page: Page, move: bool) -> tuple[float, float]:
    """Return the frames a second, and the slowest twentieth's milliseconds."""
    spans = page.evaluate(WATCH, {"move": move, "seconds": 4})
    return 1000 * len(spans) / sum(spans), percentile(spans, 0.95)


def run(context: Context) -> list[Row]:
    """Open the page at both sizes and count frames."""
    if context.database != "sqlite":
        return []
    template = page_with(50)
    rows = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        for count in GOALS:
            data = {"chart": draw_chart(count), "placed": [], "name": "", "audience": "private", "centre": "n0"}
            data |= {"groups": {}, "may_judge": False, "api": ""}
            html = template.replace("CHART", json.dumps(data), 1)
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            serve(page, html)
            page.goto(SITE)
            page.wait_for_selector("[data-ready]", state="attached", timeout=60_000)
            for name, move in (("laying itself out", False), ("moved", True)):
                if move:
                    page.wait_for_timeout(6000)
                frames, slow = watch(page, move)
                note = f"p95 of a frame {slow:.0f} ms"
                goal = GOALS[count]
                title = f"link chart of {count:,} nodes, {name}"
                rows.append(Row(title, goal, frames, "frames/s", context.database, note=note))
            page.close()
        browser.close()
    return rows
