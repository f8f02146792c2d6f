"""Marks burnt into a picture: what is covered is gone from the pixels, and nothing of the original's metadata stays."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from opencen.kernel.uploads.images import strip_and_scale

_INK = (196, 30, 24)
_QUALITY = 92


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle on a picture, in per cent of its width and height as it is looked at."""

    left: float
    top: float
    width: float
    height: float


def burn_marks(data: bytes, marks: Sequence[Mark], kind: Literal["redaction", "annotation"]) -> bytes:
    """Cover rectangles in black, or frame and number them, in a new JPEG of the full size without metadata."""
    plain = strip_and_scale(data, 20_000, quality=_QUALITY)
    with Image.open(io.BytesIO(plain)) as opened:
        image = opened.convert("RGB")
    pen = ImageDraw.Draw(image)
    for number, mark in enumerate(marks, 1):
        box = _box(mark, image.size)
        if kind == "redaction":
            pen.rectangle(box, fill=(0, 0, 0))
        else:
            _frame(pen, box, number, max(image.size))
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()


def _box(mark: Mark, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the pixels of a mark, both edges included; a redaction never leaves a part of a pixel."""
    width, height = size
    left, top = int(mark.left * width / 100), int(mark.top * height / 100)
    right = min(width - 1, -int(-(mark.left + mark.width) * width // 100))
    bottom = min(height - 1, -int(-(mark.top + mark.height) * height // 100))
    return left, top, max(left, right), max(top, bottom)


def _frame(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], number: int, edge: int) -> None:
    thick = max(2, edge // 300)
    pen.rectangle(box, outline=(255, 255, 255), width=thick + 2)
    pen.rectangle(box, outline=_INK, width=thick)
    size = max(14, edge // 36)
    left, top = box[0], max(0, box[1] - size)
    pen.rectangle((left, top, left + size, top + size), fill=_INK)
    font = ImageFont.load_default(size * 0.8)
    pen.text((left + size / 2, top + size / 2), str(number), fill=(255, 255, 255), font=font, anchor="mm")
