"""Hands a form's content to the press and takes the PDF back."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from opencen.kernel.errors import OpenCenError

PATIENCE_SECONDS = 60


class PressFailed(OpenCenError):
    """The form could not be set."""

    status = 500


def make_pdf(
    content: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None, *, form: str = "form.typ"
) -> bytes:
    """Set an official form, or another one by its file; pictures are named in the content by their file name."""
    with tempfile.TemporaryDirectory(prefix="opencen-print-") as name:
        folder = Path(name)
        (folder / "form.typ").write_bytes(resources.files("opencen.printing.forms").joinpath(form).read_bytes())
        (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        for picture, data in (pictures or {}).items():
            (folder / picture).write_bytes(data)
        command = [sys.executable, "-m", "opencen.printing.press", str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE_SECONDS, text=True, check=False)
        except subprocess.TimeoutExpired:
            raise PressFailed("print.too_long", seconds=PATIENCE_SECONDS) from None
        if done.returncode:
            raise PressFailed("print.failed", reason=done.stderr.strip().rpartition("\n")[2][:200])
        return (folder / "form.pdf").read_bytes()
