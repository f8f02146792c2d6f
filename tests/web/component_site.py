"""Serves rendered pages and the built front end on loopback under the real content security policy."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from opencen.web.components import sample_parts

STATIC = Path(__file__).resolve().parents[2] / "src" / "opencen" / "web" / "static"

RAIL = [
    ("home", "Home", "home", ""),
    ("seizures", "Seizures", "package", ""),
    ("controls", "Controls", "clipboard-check", ""),
    ("review", "Review", "checks", "3"),
    ("analysis", "Analysis", "chart-histogram", ""),
    ("exchange", "Exchange", "arrows-exchange", "2"),
    ("import", "Import", "file-import", ""),
    ("administration", "Administration", "settings", ""),
]


def shell_sample(direction: str = "", theme: str = "light") -> dict[str, Any]:
    """Give the shell a signed-in officer, a rail and every menu."""
    return {
        "rail": [
            {"key": key, "label": label, "icon": icon, "url": "#", "badge": badge} for key, label, icon, badge in RAIL
        ],
        "rail_active": "home",
        "service_name": "National Customs Service",
        "person": {"name": "Amel Ghariani", "office": "Radès port · Container unit"},
        "search_url": "/search",
        "notices_url": "/notices",
        "help_url": "/help",
        "account_url": "/account",
        "sign_out_url": "/sign-out",
        "languages": [{"code": "en", "name": "English"}, {"code": "fr", "name": "Français"}],
        "language_url": "/language",
        "theme_url": "/theme",
        "theme": theme,
        "direction": direction,
        "csrf_token": "token",
    }


def render_components(direction: str = "", theme: str = "light", language: str = "en") -> str:
    """Render the page of the design system."""
    with translation.override(language):
        return render_to_string("components.html", shell_sample(direction, theme) | sample_parts())


def policy() -> str:
    """Write the content security policy of the settings as its header."""
    return "; ".join(
        f"{name} {' '.join(values)}" for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    )


@contextmanager
def serve_pages(pages: dict[str, str]) -> Iterator[str]:
    """Serve pages by their path, and the static files; yields the address."""
    header = policy()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is http.server's
            path = urlsplit(self.path).path
            file = (STATIC / path.removeprefix("/static/")).resolve()
            if path in pages:
                self.answer(pages[path].encode(), "text/html; charset=utf-8")
            elif path.startswith("/static/") and file.is_relative_to(STATIC) and file.is_file():
                self.answer(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream")
            else:
                self.send_error(404)

        def answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", header)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
