"""A server of the entry's contract for browser tests: real page, layouts and code lists, scripted answers, no database."""

from __future__ import annotations

import base64
import json
import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.template.loader import render_to_string
from django.utils import translation

from opencen.capture.worker import entry_files, write_worker
from opencen.codelists.catalogue import find, get_list
from opencen.codelists.lists import CodeList
from opencen.records.layout import Layout, LayoutField, load_layout
from opencen.seizures.documents import Case, Control
from opencen.web.templatetags.vite import build_url, read_manifest
from tests.web.component_site import STATIC, policy, shell_sample

MODELS = {"case": Case, "control": Control}
USER = "0190f3a0-0000-7000-8000-000000000001"
KEY = base64.b64encode(bytes(range(32))).decode()
OFFICES = [{"code": "RDS", "name": "Radès port, container unit"}, {"code": "SFA", "name": "Sfax port"}]
DEFAULTS = {
    "case": {
        "kind": ("seizure", "Seizure", "duty"),
        "form": ("short", "Short form", "duty"),
        "country": ("TN", "Tunisia", "office"),
        "office": ("RDS", "Radès port, container unit", "office"),
        "location_type": ("seaport", "Seaport", "office"),
        "direction": ("import", "Import", "duty"),
        "e_commerce": ("no", "No", "duty"),
        "lines.role": ("contraband", "Contraband", "duty"),
    },
    "control": {
        "country": ("TN", "Tunisia", "office"),
        "office": ("RDS", "Radès port, container unit", "office"),
        "result": ("none", "Nothing found", "duty"),
        "count": (1, "1", "duty"),
    },
}
KNOWN = [
    {"kind": "watch", "icon": "alert-triangle", "title": "Watch entry on the consignee", "text": "W-2026-0147 specific check, until 30 Nov 2026. Call the duty desk before release: ext. 4410", "count": 1, "url": "", "photos": []},
    {"kind": "company", "icon": "building", "title": "Sahel Fruits Import SARL", "text": "3 cases · 212 clean checks · 1 watch", "count": 3, "url": "", "photos": []},
    {"kind": "route", "icon": "route", "title": "14 cases Guayaquil – Radès", "text": "last: 21 Jun 2026, 112 kg, flooring", "count": 14, "url": "/cases", "photos": []},
    {"kind": "concealment", "icon": "snowflake", "title": "3 cases with drugs in the cooling unit", "text": "two of them on this line", "count": 3, "url": "/cases", "photos": []},
]  # fmt: skip


@dataclass
class World:
    """What the server remembers, and how it behaves."""

    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    posts: list[str] = field(default_factory=list)
    checks: int = 0
    is_signed_in: bool = True
    drops_answers: int = 0
    is_down: bool = False
    direction: str = ""
    theme: str = "light"
    language: str = "en"


def line_json(line: LayoutField) -> dict[str, Any]:
    """Write a layout's line as the forms' route does."""
    return {
        "path": line.path,
        "label": translation.gettext(line.label) if line.label else "",
        "hint": translation.gettext(line.hint) if line.hint else "",
        "short": line.short,
        "unlocks": translation.gettext(line.unlocks) if line.unlocks else "",
        "optional": line.optional,
        "width": line.width,
        "default": line.default,
        "with": list(line.together),
        "when": list(line.when),
    }


def layout_json(layout: Layout) -> dict[str, Any]:
    """Write a layout as the forms' route does."""
    sections = [
        {"key": s.key, "label": translation.gettext(s.label), "fields": [line_json(f) for f in s.fields]}
        for s in layout.sections
    ]
    groups = {
        g.path: {"path": g.path, "label": translation.gettext(g.label), "item": g.item and translation.gettext(g.item),
                 "fields": [line_json(f) for f in g.fields]}
        for g in layout.groups.values()
    }  # fmt: skip
    return {"sections": sections, "groups": groups}


def form_json(kind: str, language: str) -> dict[str, Any]:
    """Answer the forms' route."""
    with translation.override(language):
        layout = layout_json(load_layout("opencen.seizures", kind))
    defaults = {
        path: dict(zip(("value", "label", "source"), entry, strict=True)) for path, entry in DEFAULTS[kind].items()
    }
    return {
        "type": kind,
        "schema_version": 1,
        "schema": MODELS[kind].model_json_schema(),
        "layout": layout,
        "defaults": defaults,
        "list_versions": {},
        "offices": OFFICES,
    }


def list_json(codes: CodeList) -> dict[str, Any]:
    """Answer the code lists' route."""
    return {
        "name": codes.name,
        "version": codes.version,
        "codes": [
            {"c": c.code, "p": c.parent, "l": dict(c.labels), "a": {k: list(v) for k, v in c.aliases.items()}, "f": None,
             "t": None, "x": {k: v for k, v in c.attributes.items() if isinstance(v, str)}}
            for c in codes.codes.values()
        ],
    }  # fmt: skip


def find_json(name: str, text: str, language: str) -> list[dict[str, Any]]:
    """Answer the search in a list."""
    codes = get_list(name)
    return [
        {"code": m.code, "label": codes.label(m.code, language), "path": codes.path_labels(m.code, language)[:-1],
         "language": m.language, "matched": m.label, "start": m.start, "end": m.end}
        for m in find(name, text, (language, "en", "fr"), None, 12)
    ]  # fmt: skip


def check_json(body: dict[str, Any]) -> dict[str, Any]:
    """Answer a check: a watch entry behind a random selection, and what is missing."""
    document = body["document"]
    findings = []
    key = "detection.not_random@detection_method"
    has_consignee = any(c.get("consignee") for c in document.get("consignments", []))
    if document.get("detection_method") == "random_selection" and has_consignee:
        findings.append({
            "code": "detection.not_random", "level": "warning", "path": "detection_method", "data": {},
            "message": "A watch entry stands behind this “random selection”. W-2026-0147 named this consignee on 3 Nov. "
                       "Was it the reason for the check?",
            "suggestions": [{"label": "Yes, change to Intelligence", "patch": {"detection_method": "intelligence"}, "marks": []}],
        })  # fmt: skip
    missing = [
        name for name in ("detected_at", "detection_method", "lines", "route", "conveyances") if not document.get(name)
    ]
    if body["type"] == "control":
        missing = [name for name in ("at", "subject", "detection_method") if not document.get(name)]
    findings += [
        {
            "code": "field.missing",
            "level": "error",
            "path": path,
            "data": {},
            "message": "An answer is needed here.",
            "suggestions": [],
        }
        for path in missing
    ]
    is_open = any(f["level"] == "warning" for f in findings) and not body.get("reasons", {}).get(key)
    refuses = bool(missing) or is_open
    known = KNOWN if has_consignee else []
    return {
        "findings": findings,
        "refuses": refuses,
        "completeness": {"answered": 0, "asked": 0, "percent": 0, "missing": []},
        "known": known,
        "quantities": [],
    }


def submit_json(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """Answer a submission; the same one again gets the same receipt."""
    known = world.receipts.get(body["submission_id"])
    if known:
        return known
    checked = check_json(body)
    outcome = "refused" if checked["refuses"] else "stored"
    if outcome == "stored":
        world.records[body["id"]] = body["document"]
    receipt = {
        "submission_id": body["submission_id"],
        "outcome": outcome,
        "record": {"id": body["id"], "reference": "TN-RDS-2026-000318", "revision": 1, "url": f"/cases/{body['id']}"},
        "findings": checked["findings"],
        "at": "2026-11-12T07:00:00Z",
    }
    world.receipts[body["submission_id"]] = receipt
    return receipt


def entry_page(world: World, kind: str, record: str) -> str:
    """Render the page that carries the application, as the server does."""
    messages = json.loads((STATIC.parents[1] / "capture" / "messages.json").read_text("utf-8"))
    with translation.override(world.language):
        context = shell_sample(world.direction, world.theme) | {
            "rail_active": "seizures" if kind == "case" else "controls",
            "kind": kind,
            "record_id": record,
            "language": world.language,
            "csrf": "token",
            "actor": {"id": USER, "name": "Amel Ghariani"},
            "messages_json": {text: translation.gettext(text) for text in messages},
        }
        return render_to_string("capture/entry.html", context)


def shell_page(world: World) -> bytes:
    """Render the page that a device keeps for when there is no line."""
    messages = json.loads((STATIC.parents[1] / "capture" / "messages.json").read_text("utf-8"))
    with translation.override(world.language):
        context = {"language": world.language, "messages_json": {text: translation.gettext(text) for text in messages}}
        return render_to_string("capture/shell.html", context).encode()


def home_page(world: World) -> str:
    """Render a page with the list of drafts."""
    page = entry_page(world, "case", "")
    island = f'<h1>Home</h1><div data-island="drafts" data-user="{USER}" data-csrf="token"><p>No draft on this device.</p></div>'
    page = re.sub(r'<div id="capture".*?</noscript></div>', lambda _: island, page, flags=re.DOTALL)
    drafts = re.search(r"assets/capture/drafts-[\w-]+\.js", (STATIC / "build" / "manifest.json").read_text("utf-8"))
    assert drafts
    return re.sub(r"assets/capture/main-[\w-]+\.js", drafts[0], page)


class Handler(BaseHTTPRequestHandler):
    """Answer the page, the files and the API."""

    world: World

    def do_GET(self) -> None:
        """Answer a page, a file or a read of the API."""
        if self.world.is_down:
            self.connection.close()
            return
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        parts = unquote(url.path).strip("/").split("/")
        if parts[0] == "static":
            self.file(url.path)
        elif parts[:2] == ["capture", "worker.js"]:
            self.worker()
        elif parts[:2] == ["capture", "shell"]:
            self.page(shell_page(self.world).decode())
        elif parts[0] == "capture":
            self.page(entry_page(self.world, parts[1], "" if parts[2] == "new" else parts[2]))
        elif parts[0] == "media":
            self.raw(self.world.uploads.get(parts[1], b""), "image/png")
        elif parts[:2] != ["api", "v1"]:
            self.page(home_page(self.world))
        elif not self.world.is_signed_in:
            self.json({"code": "not_signed_in"}, 401)
        else:
            self.json(self.read(parts[2:], query))

    def read(self, parts: list[str], query: dict[str, str]) -> Any:
        """Answer a read of the API."""
        if parts[0] == "forms":
            return form_json(parts[1], self.world.language)
        if parts[:2] == ["capture", "key"]:
            return {"key_id": "k1", "key": KEY, "user": USER, "csrf": "token", "seconds": 3600}
        if parts[0] == "codelists":
            return (
                find_json(parts[1], query.get("q", ""), self.world.language)
                if parts[2:]
                else list_json(get_list(parts[1]))
            )
        return {"id": parts[2], "reference": "TN-RDS-2026-000318", "revision": 1, "state": "returned",
                "document": self.world.records[parts[2]], "review": []}  # fmt: skip

    def do_POST(self) -> None:
        """Answer a check, a submission or an upload."""
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self.world.is_down:
            return self.connection.close()
        if not self.world.is_signed_in:
            return self.json({"code": "not_signed_in"}, 401)
        assert self.headers["X-CSRFToken"] == "token"
        if self.path.endswith("/media"):
            return self.json(self.upload(content))
        body = json.loads(content)
        if self.path.endswith("/known"):
            return self.json({"known": check_json(body)["known"]})
        if urlsplit(self.path).path.endswith("/check"):
            self.world.checks += 1
            return self.json(check_json(body))
        self.world.posts.append(body["submission_id"])
        receipt = submit_json(self.world, body)
        if self.world.drops_answers:
            self.world.drops_answers -= 1
            self.connection.close()
            return None
        return self.json(receipt)

    def upload(self, content: bytes) -> dict[str, Any]:
        """Keep an upload."""
        parsed = message_from_bytes(b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + content)
        parts: Any = parsed.get_payload()
        payload = parts[0].get_payload(decode=True)
        digest = sha256(payload).hexdigest()
        self.world.uploads[digest] = payload
        return {"sha256": digest, "kind": "photo", "width": 1, "height": 1, "bytes": len(payload),
                "thumb": f"/media/{digest}/thumb", "taken_at": None}  # fmt: skip

    def worker(self) -> None:
        """Answer the service worker of the build."""
        addresses = [build_url(file) for file in entry_files(read_manifest())]
        script = write_worker(addresses, f"/capture/shell/{self.world.language}", shell_page(self.world))
        self.raw(script.encode(), "text/javascript", headers={"Service-Worker-Allowed": "/"})

    def file(self, path: str) -> None:
        """Answer a file of the build."""
        file = (STATIC / path.removeprefix("/static/")).resolve()
        if file.is_relative_to(STATIC) and file.is_file():
            self.raw(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream")
        else:
            self.send_error(404)

    def page(self, html: str) -> None:
        """Answer a page under the real content security policy."""
        self.raw(html.encode(), "text/html; charset=utf-8")

    def json(self, value: Any, status: int = 200) -> None:
        """Answer JSON."""
        self.raw(json.dumps(value).encode(), "application/json", status)

    def raw(self, body: bytes, kind: str, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Answer bytes."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy())
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the browser left the page
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output quiet."""


@contextmanager
def serve_entry(**settings: Any) -> Iterator[tuple[str, World]]:
    """Serve the entry on loopback; yields the address and what the server remembers."""
    world = World(**settings)
    warm = threading.Thread(target=find, args=("place", "rades", ("en",), None, 1))
    warm.start()
    warm.join()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"world": world}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", world
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
