"""Photos and X-rays that a program drew: no camera, no scene, but EXIF as a camera would write it."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from opencen.commands.demo.marginals import seeded

SIZE = (960, 640)
Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]
Pen = ImageDraw.ImageDraw

STEEL = ((150, 62, 40), (38, 82, 120), (60, 96, 70), (120, 122, 126))


def draw_photo(kind: str, seed: int, taken: datetime) -> bytes:
    """Draw one picture as a JPEG with EXIF: the same kind, seed and time give the same bytes."""
    rng = seeded(f"{kind}:{seed}")
    image = _background(rng, DARK if kind == "xray" else FLOOR)
    PICTURES[kind](image, ImageDraw.Draw(image), rng)
    image = image.filter(ImageFilter.GaussianBlur(0.6))
    grain = Image.frombytes("L", (SIZE[0] // 2, SIZE[1] // 2), rng.randbytes(SIZE[0] * SIZE[1] // 4))
    image = Image.blend(image, grain.resize(SIZE).convert("RGB"), 0.05)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "Demo", f"Generator {kind}", "OpenCEN demonstration"
    exif[0x0132] = f"{taken + timedelta(hours=1):%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(0x8769)[0x9003] = exif[0x0132]
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 48.0, 0.0), 3: "E", 4: (10.0, 16.0, 0.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", quality=76, exif=exif)
    return out.getvalue()


FLOOR, DARK = (118, 116, 110), (226, 232, 236)


def _background(rng: random.Random, colour: Colour) -> Image.Image:
    """Fill with light that falls off to the corners."""
    glow = Image.radial_gradient("L").resize(SIZE)
    dark = Image.new("RGB", SIZE, _shade(colour, 0.62))
    return Image.composite(dark, Image.new("RGB", SIZE, colour), glow)


def _shade(colour: Colour, factor: float) -> Colour:
    red, green, blue = (max(0, min(255, int(part * factor))) for part in colour)
    return red, green, blue


def _text(pen: Pen, at: tuple[float, float], text: str, size: int, fill: Colour) -> None:
    pen.text(at, text, fill=fill, font=ImageFont.load_default(size))


def _bricks(pen: Pen, rng: random.Random, box: Box, columns: int, rows: int) -> None:
    """Stack wrapped bricks, each a little out of line."""
    left, top, right, bottom = box
    width, height = (right - left) / columns, (bottom - top) / rows
    for row in range(rows):
        for column in range(columns):
            x = left + (column + (row % 2) * 0.5) * width + rng.uniform(-2, 2)
            y = bottom - (row + 1) * height + rng.uniform(-1, 1)
            if x + width > right + width * 0.3:
                continue
            colour = _shade((196, 168, 112), rng.uniform(0.85, 1.12))
            pen.rounded_rectangle((x, y, x + width - 4, y + height - 3), 4, fill=colour, outline=_shade(colour, 0.7))
            pen.line((x + 3, y + 3, x + width - 8, y + 3), fill=_shade(colour, 1.2), width=2)
            pen.line((x + width / 2, y, x + width / 2, y + height - 3), fill=_shade(colour, 0.8), width=3)


def bricks(image: Image.Image, pen: Pen, rng: random.Random) -> None:
    """Draw bricks in an opened cavity."""
    pen.rectangle((90, 70, 870, 570), fill=(52, 56, 60), outline=(150, 154, 158), width=14)
    for x in (90, 856):
        for y in range(90, 560, 60):
            pen.ellipse((x, y, x + 12, y + 12), fill=(90, 94, 98))
    _bricks(pen, rng, (120, 130 + rng.randint(0, 90), 840, 556), rng.randint(6, 9), rng.randint(5, 8))


def scale(image: Image.Image, pen: Pen, rng: random.Random) -> None:
    """Draw a pile on a scale whose digits can be read."""
    _bricks(pen, rng, (250, 190, 710, 400), 6, 5)
    pen.rectangle((180, 400, 780, 424), fill=(206, 210, 212))
    pen.polygon(((230, 424), (730, 424), (790, 560), (170, 560)), fill=(74, 80, 86))
    pen.rounded_rectangle((370, 450, 590, 530), 8, fill=(20, 30, 22))
    _text(pen, (388, 458), f"{rng.uniform(4, 96):.2f} kg", 52, (120, 255, 150))


def doors(image: Image.Image, pen: Pen, rng: random.Random) -> None:
    """Draw the doors of a container with bars and its number."""
    colour = rng.choice(STEEL)
    pen.rectangle((120, 40, 840, 610), fill=colour)
    for x in range(128, 840, 22):
        pen.line((x, 40, x, 610), fill=_shade(colour, 0.82 if x // 22 % 2 else 1.12), width=7)
    pen.line((480, 40, 480, 610), fill=_shade(colour, 0.4), width=8)
    for x in (230, 380, 580, 730):
        pen.line((x, 46, x, 604), fill=(172, 176, 178), width=10)
        pen.rectangle((x - 16, 330, x + 16, 348), fill=(140, 144, 146))
    pen.rectangle((600, 76, 816, 168), fill=colour)
    _text(pen, (606, 84), f"ZZZU {rng.randrange(10**6):06d}", 30, (240, 240, 236))
    _text(pen, (606, 122), "45R1", 30, (240, 240, 236))


def seal(image: Image.Image, pen: Pen, rng: random.Random) -> None:
    """Draw a bolt seal on a hasp."""
    colour = rng.choice(STEEL)
    pen.rectangle((0, 0, *SIZE), fill=colour)
    for y in range(0, SIZE[1], 80):
        pen.line((0, y, SIZE[0], y), fill=_shade(colour, 0.85), width=12)
    pen.rounded_rectangle((330, 40, 470, 600), 30, fill=(176, 180, 182), outline=(110, 114, 116), width=6)
    pen.ellipse((370, 260, 430, 320), fill=_shade(colour, 0.4))
    pen.rounded_rectangle((384, 230, 416, 470), 12, fill=(214, 216, 218))
    pen.rounded_rectangle((340, 440, 640, 540), 18, fill=(236, 190, 30), outline=(160, 120, 10), width=5)
    _text(pen, (362, 466), f"ZZ{rng.randrange(10**7):07d}", 44, (30, 26, 8))


def baggage(image: Image.Image, pen: Pen, rng: random.Random) -> None:
    """Draw an opened suitcase with something under its lining."""
    colour = rng.choice(((40, 44, 60), (90, 30, 34), (34, 66, 60)))
    pen.rounded_rectangle((140, 300, 820, 600), 34, fill=colour, outline=_shade(colour, 0.6), width=8)
    pen.rounded_rectangle((140, 60, 820, 300), 34, fill=_shade(colour, 1.3), outline=_shade(colour, 0.6), width=8)
    pen.rectangle((180, 330, 780, 575), fill=(182, 160, 150))
    for _ in range(8):
        x, y = rng.randint(190, 640), rng.randint(335, 520)
        cloth = rng.choice(((120, 140, 170), (170, 110, 110), (210, 206, 190), (90, 110, 90)))
        pen.rounded_rectangle((x, y, x + 130, y + 52), 16, fill=cloth, outline=_shade(cloth, 0.8))
    _bricks(pen, rng, (260, 110, 700, 270), 5, 3)


def van(image: Image.Image, pen: Pen, rng: random.Random) -> None:
    """Draw a van from the side with an open panel."""
    colour = rng.choice(((224, 224, 220), (60, 90, 130), (150, 150, 150)))
    pen.polygon(((90, 470), (90, 190), (640, 190), (760, 320), (880, 350), (880, 470)), fill=colour)
    pen.polygon(((650, 215), (735, 318), (640, 318), (640, 215)), fill=(70, 90, 104))
    for x in (210, 720):
        pen.ellipse((x - 66, 404, x + 66, 536), fill=(28, 28, 30))
        pen.ellipse((x - 30, 440, x + 30, 500), fill=(150, 152, 154))
    pen.rectangle((180, 230, 560, 400), fill=(40, 42, 44), outline=_shade(colour, 0.6), width=6)
    _bricks(pen, rng, (200, 290, 540, 396), 9, 3)


def parcel(image: Image.Image, pen: Pen, rng: random.Random) -> None:
    """Draw an opened parcel with its label."""
    pen.polygon(((190, 240), (480, 150), (790, 240), (500, 350)), fill=(150, 118, 76))
    pen.polygon(((190, 240), (500, 350), (500, 590), (190, 470)), fill=(188, 150, 98))
    pen.polygon(((790, 240), (500, 350), (500, 590), (790, 470)), fill=(170, 134, 86))
    for _ in range(26):
        x, y = rng.randint(330, 640), rng.randint(205, 300)
        pen.rounded_rectangle(
            (x, y, x + 30, y + 16), 8, fill=rng.choice(((230, 228, 240), (120, 170, 220), (230, 150, 160)))
        )
    pen.rectangle((230, 390, 430, 500), fill=(246, 246, 240))
    for x in range(244, 416, 6):
        pen.line((x, 440, x, 486), fill=(20, 20, 20), width=rng.choice((1, 2, 3)))
    _text(pen, (244, 400), "ZY 000 000 000", 24, (20, 20, 20))


def cartons(image: Image.Image, pen: Pen, rng: random.Random) -> None:
    """Draw master cases stacked on a pallet."""
    pen.rectangle((110, 560, 850, 590), fill=(150, 118, 74))
    colour = rng.choice(((176, 140, 92), (206, 200, 190), (160, 60, 50)))
    for row in range(5):
        for column in range(6):
            x, y = 120 + column * 121, 470 - row * 92
            tone = _shade(colour, rng.uniform(0.9, 1.08))
            pen.rectangle((x, y, x + 116, y + 88), fill=tone, outline=_shade(tone, 0.6), width=3)
            pen.line((x + 58, y, x + 58, y + 88), fill=_shade(tone, 0.8), width=8)
            _text(pen, (x + 12, y + 54), "50 x 200", 18, _shade(tone, 0.4))


def notes(image: Image.Image, pen: Pen, rng: random.Random) -> None:
    """Draw bundles of blank notes on a table."""
    for row in range(4):
        for column in range(4):
            x, y = 130 + column * 180 + rng.randint(-8, 8), 90 + row * 125 + rng.randint(-6, 6)
            tone = _shade(rng.choice(((150, 176, 150), (196, 170, 130), (150, 160, 190))), rng.uniform(0.9, 1.1))
            for step in range(6, -1, -1):
                pen.rectangle((x, y + step * 3, x + 160, y + 74 + step * 3), fill=_shade(tone, 1 - step * 0.03))
            pen.rectangle((x + 66, y, x + 94, y + 74), fill=(240, 240, 232))


def xray(image: Image.Image, pen: Pen, rng: random.Random) -> None:
    """Draw a container's transmission image with a denser part in it."""
    pen.rectangle((60, 150, 900, 500), outline=(90, 110, 130), width=8)
    for x in range(74, 890, 14):
        depth = 205 + 24 * math.sin(x / 31)
        pen.line((x, 160, x, 490), fill=(int(depth), int(depth * 0.98), int(depth * 0.9)), width=12)
    for row in range(5):
        for column in range(11):
            x, y = 90 + column * 72, 186 + row * 60
            tone = rng.choice(((238, 190, 110), (244, 206, 140), (230, 176, 90)))
            pen.rectangle((x, y, x + 62, y + 52), fill=tone, outline=(200, 150, 80))
    left = rng.choice((78, 740))
    for row in range(9):
        y = 176 + row * 33
        pen.rectangle((left, y, left + 126, y + 27), fill=(60, 96, 160), outline=(30, 50, 110), width=2)
    pen.rectangle((left - 14, 164, left + 140, 486), outline=(200, 30, 40), width=5)
    pen.rectangle((60, 520, 250, 560), fill=(40, 60, 80))
    _text(pen, (72, 526), f"SCAN {rng.randint(1000, 9999)}", 26, (240, 244, 248))


PICTURES: dict[str, Callable[[Image.Image, Pen, random.Random], None]] = {
    found.__name__: found for found in (bricks, scale, doors, seal, baggage, van, parcel, cartons, notes, xray)
}
CAPTIONS = {
    "bricks": "As found behind the panel",
    "scale": "Weighing",
    "doors": "Doors, number legible",
    "seal": "Seal as found",
    "baggage": "Suitcase, lining opened",
    "van": "Vehicle, panel removed",
    "parcel": "Parcel, opened",
    "cartons": "Cartons unloaded",
    "notes": "Bundles of notes",
    "xray": "X-ray with marked area",
}
KINDS = {
    "xray": "xray",
    "bricks": "photo.concealment",
    "scale": "photo.goods",
    "doors": "photo.conveyance",
    "seal": "photo.conveyance",
    "van": "photo.conveyance",
    "baggage": "photo.concealment",
    "parcel": "photo.goods",
    "cartons": "photo.goods",
    "notes": "photo.goods",
}


def fitting_kinds(mode: str, commodity: str) -> tuple[str, ...]:
    """Say which pictures one would take of such a case."""
    if commodity.startswith("money"):
        return ("notes", "baggage")
    if mode in ("mail", "express_courier"):
        return ("parcel", "scale")
    by_mode = {"vessel": ("xray", "doors", "seal"), "vehicle": ("van", "xray"), "air": ("baggage", "xray")}
    of_goods = "cartons" if commodity.startswith(("revenue", "ipr")) else "bricks"
    return (of_goods, *by_mode.get(mode, ()), "scale")
