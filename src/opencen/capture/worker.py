"""The service worker of the entry application: which files of the build, and which empty page, open without a line."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from hashlib import sha256
from importlib import resources
from typing import Any

ENTRIES = ("main.ts", "capture/main.ts", "capture/drafts.ts")
_FONTS = ("-latin-", "-arabic-")

Manifest = Mapping[str, Mapping[str, Any]]


def entry_files(manifest: Manifest) -> tuple[str, ...]:
    """Return the files of a build that the entry application needs, in a lasting order."""
    files: set[str] = set()
    seen: set[str] = set()
    waiting = [name for name in ENTRIES if name in manifest]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in manifest:
            continue
        seen.add(name)
        built = manifest[name]
        waiting.extend([*built.get("imports", ()), *built.get("dynamicImports", ())])
        files |= {built["file"], *built.get("css", ())}
        files |= {asset for asset in built.get("assets", ()) if any(script in asset for script in _FONTS)}
    return tuple(sorted(files))


def write_worker(addresses: Collection[str], shell: str, shell_page: bytes) -> str:
    """Return the script: a changed file, page or script is another version, which drops the caches of the former."""
    script = resources.files("opencen.capture").joinpath("worker.js").read_text("utf-8")
    digest = sha256("\n".join([*addresses, shell, script]).encode() + shell_page).hexdigest()[:16]
    build = {"version": digest, "assets": list(addresses), "shell": shell}
    return f"const BUILD = {json.dumps(build)};\n{script}"
