"""The built front end: what a page loads is small, local and named by its content."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path

import pytest

from opencen.web.templatetags import vite as tags

PROJECT = Path(__file__).resolve().parents[2]
FRONTEND = PROJECT / "frontend"
BUDGET = 100_000


def write_manifest(path: Path, entries: dict[str, object]) -> Path:
    """Write a manifest as the build does."""
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def test_an_entry_brings_its_styles_and_those_of_what_it_imports_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = write_manifest(
        tmp_path / "manifest.json",
        {
            "a.ts": {"file": "assets/a-1.js", "css": ["assets/a-1.css"], "imports": ["_shared.js", "_shared.js"]},
            "_shared.js": {"file": "assets/shared-1.js", "css": ["assets/shared-1.css"], "imports": ["a.ts"]},
        },
    )
    found = tags.read_manifest(manifest)
    monkeypatch.setattr(tags, "read_manifest", lambda: found)
    markup = tags.vite("a.ts")
    assert markup.count("assets/a-1.css") == 1
    assert markup.count("assets/shared-1.css") == 1
    assert markup.count('rel="modulepreload"') == 1
    assert markup.endswith('<script type="module" src="/static/build/assets/a-1.js"></script>')


def test_a_page_renders_without_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tags.read_manifest(tmp_path / "absent.json") == {}
    monkeypatch.setattr(tags, "read_manifest", dict)
    assert tags.vite("main.ts") == ""
    assert tags.vite_fonts() == ""
    assert tags.vite_asset("x") == ""


def test_a_new_build_is_seen_without_a_restart(tmp_path: Path) -> None:
    path = write_manifest(tmp_path / "manifest.json", {"a.ts": {"file": "1.js"}})
    assert tags.read_manifest(path)["a.ts"]["file"] == "1.js"
    write_manifest(path, {"a.ts": {"file": "2.js"}})
    stamp = path.stat().st_mtime_ns + 1_000_000  # two writes may fall into one tick of the clock
    os.utime(path, ns=(stamp, stamp))
    assert tags.read_manifest(path)["a.ts"]["file"] == "2.js"


@pytest.mark.parametrize(
    "entry", ["main.ts", "islands/map.ts", "islands/chart.ts", "islands/picker.ts", "islands/viewer.ts"]
)
def test_scripts_and_styles_of_a_page_stay_under_100_kb_compressed(entry: str) -> None:
    manifest = tags.read_manifest()
    if "main.ts" not in manifest:
        pytest.skip("run script/build-frontend first")
    files = {file for name in {"main.ts", entry} for file in list_files(manifest, name)}
    size = sum(len(gzip.compress((tags.MANIFEST.parent / file).read_bytes(), 9)) for file in files)
    assert 0 < size <= BUDGET


def list_files(manifest: tags.Manifest, entry: str) -> set[str]:
    """List the script and style files an entry loads."""
    files = {manifest[entry]["file"], *tags.find_styles(manifest, entry)}
    for name in manifest[entry].get("imports", []):
        files |= list_files(manifest, name)
    return files


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["lockfileVersion"] == 3
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_the_style_sheet_uses_logical_properties_only() -> None:
    physical = re.compile(
        r"(?<![-\w])(margin|padding|border)-(left|right)|(?<![-\w])(left|right)\s*:|text-align:\s*(left|right)|float:"
    )
    for file in sorted((FRONTEND / "styles").glob("*.css")):
        assert not physical.search(file.read_text(encoding="utf-8")), file.name
