"""Blocks of a printed page that several papers set in the same way."""

from __future__ import annotations

from typing import Any
from unicodedata import bidirectional

Block = dict[str, Any]


def text_block(title: str, text: str) -> Block:
    """Set what people wrote as paragraphs, each in its own direction."""
    parts = [part for part in text.split("\n") if part.strip()]
    return {"kind": "text", "title": title, "paragraphs": [[part, reads_from_right(part)] for part in parts]}


def reads_from_right(text: str) -> bool:
    """Tell by the first letter, as browsers do, which way a paragraph runs."""
    kinds = (bidirectional(sign) for sign in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"
