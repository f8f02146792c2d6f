"""Scripts and style sheets of the front-end build: `{% vite "islands/map.ts" %}`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

MANIFEST = Path(__file__).resolve().parent.parent / "static" / "build" / "manifest.json"

Manifest = dict[str, dict[str, Any]]

_manifests: dict[tuple[Path, int], Manifest] = {}


def read_manifest(path: Path = MANIFEST) -> Manifest:
    """Read the manifest of the build; an absent build is an empty manifest, and pages work without it."""
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return {}
    if (path, stamp) not in _manifests:
        _manifests.clear()
        _manifests[(path, stamp)] = json.loads(path.read_text(encoding="utf-8"))
    return _manifests[(path, stamp)]


def build_url(file: str) -> str:
    """Return the address of a built file; its name already carries its digest, so it is never hashed again."""
    return urljoin(settings.STATIC_URL or "/static/", f"build/{file}")


def find_styles(manifest: Manifest, entry: str) -> Iterator[str]:
    """Yield the style sheets of an entry and of what it imports, each once."""
    seen: set[str] = set()
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in manifest:
            continue
        seen.add(name)
        waiting.extend(manifest[name].get("imports", []))
        yield from manifest[name].get("css", [])


@register.simple_tag
def vite(entry: str) -> SafeString:
    """Write the tags of one entry: its style sheets, its script and the preloads of what it imports."""
    manifest = read_manifest()
    if entry not in manifest:
        return SafeString("")
    styles = sorted(set(find_styles(manifest, entry)))
    imports = sorted({manifest[name]["file"] for name in manifest[entry].get("imports", []) if name in manifest})
    links = format_html_join("", '<link rel="stylesheet" href="{}">', ((build_url(file),) for file in styles))
    preloads = format_html_join("", '<link rel="modulepreload" href="{}">', ((build_url(file),) for file in imports))
    script = format_html('<script type="module" src="{}"></script>', build_url(manifest[entry]["file"]))
    return links + preloads + script


@register.simple_tag
def vite_fonts() -> SafeString:
    """Preload the two weights every page shows first."""
    manifest = read_manifest()
    files = [
        built["file"]
        for source, built in manifest.items()
        if source.endswith(("ibm-plex-sans-latin-400-normal.woff2", "ibm-plex-sans-latin-600-normal.woff2"))
    ]
    return format_html_join(
        "",
        '<link rel="preload" as="font" type="font/woff2" crossorigin href="{}">',
        ((build_url(file),) for file in files),
    )


@register.simple_tag
def vite_asset(source: str) -> str:
    """Return the address of one built asset by its source name."""
    entry = read_manifest().get(source)
    return build_url(entry["file"]) if entry else ""
