"""Sets a form into a PDF, in a process of its own: `python -m opencen.printing.press FOLDER` writes `form.pdf` there.

The typesetter is 80 MB of machine code: the web process never loads it, and a form that goes wrong takes nothing along.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

FONTS = Path(__file__).parent / "fonts"


def press(folder: Path) -> None:
    """Set `form.typ` with the fonts of the product alone, as an archivable PDF/A."""
    typst.compile(
        folder / "form.typ",
        output=folder / "form.pdf",
        root=folder,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards="a-2b",
    )


if __name__ == "__main__":
    press(Path(sys.argv[1]))
