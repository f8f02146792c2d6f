"""The test vectors that the Python and the TypeScript tests share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "vectors"


def read_vectors(name: str) -> Any:
    """Return the parsed vectors of one file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
