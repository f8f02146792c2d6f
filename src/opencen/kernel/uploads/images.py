"""Pictures: decoded to prove that they are, copied without metadata, made small."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Any

from pi_heif import register_heif_opener
from PIL import ExifTags, Image, ImageCms, ImageOps

from opencen.kernel.errors import Invalid, TooLarge

MAX_PIXELS = 80_000_000
MAX_EDGE = 2048
THUMBNAIL_EDGE = 320

register_heif_opener(thumbnails=False)
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# Everything Pillow is known to raise on damaged files; OSError covers what it does not recognise.
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)
_MAX_EXIF_TEXT = 500
_MAX_EXIF_BYTES = 64
_SKIPPED_TAGS = frozenset({"MakerNote", "PrintImageMatching", "XMLPacket", "InterColorProfile", "JPEGThumbnail"})


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """Say what a picture is; width and height as it is looked at."""

    media_type: str
    width: int
    height: int


def verify_image(data: bytes, *, max_pixels: int = MAX_PIXELS, path: str = "") -> ImageFacts:
    """Decode a whole picture and say what it is; raise Invalid or TooLarge where it is none."""
    image = _open(data, max_pixels, path)
    media_type = Image.MIME[image.format or ""]
    _load(image, path)
    return ImageFacts(media_type, *_upright_size(image))


def strip_and_scale(data: bytes, max_edge: int = MAX_EDGE, *, quality: int = 88, path: str = "") -> bytes:
    """Copy a picture as JPEG without any metadata, upright, in sRGB, its longer edge at most `max_edge` pixels."""
    return copy_in_sizes(data, {"copy": (max_edge, quality)}, path=path)[1]["copy"]


def copy_in_sizes(
    data: bytes, sizes: Mapping[str, tuple[int, int]], *, path: str = ""
) -> tuple[ImageFacts, dict[str, bytes]]:
    """Decode a whole picture once; say what it is, and copy it as `strip_and_scale` does in sizes of (edge, quality).

    A JPEG is decoded no larger than the largest copy needs: the decoder still reads every byte of it.
    """
    image = _open(data, MAX_PIXELS, path)
    facts = ImageFacts(Image.MIME[image.format or ""], *_upright_size(image))
    profile, largest = image.info.get("icc_profile"), max(edge for edge, _ in sizes.values())
    if image.format == "JPEG":
        share = min(1.0, largest / max(image.size))
        image.draft(None, (ceil(image.width * share), ceil(image.height * share)))
    _load(image, path)
    try:
        image.thumbnail((largest, largest), Image.Resampling.LANCZOS, reducing_gap=2.0)
        plain = _flatten(_to_srgb(_turn_upright(image), profile))
        ordered = sorted(sizes.items(), key=lambda size: size[1][0], reverse=True)
        return facts, {name: _write_small(plain, edge, quality) for name, (edge, quality) in ordered}
    except _DAMAGED as error:
        raise Invalid("media.not_an_image", path=path, reason=str(error)[:200]) from None


def _write_small(plain: Image.Image, edge: int, quality: int) -> bytes:
    """Write a picture as JPEG; it is made small in place, for the next smaller copy to begin from."""
    plain.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=2.0)
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=quality, optimize=False)
    return target.getvalue()


def thumbnail(data: bytes, max_edge: int = THUMBNAIL_EDGE, *, path: str = "") -> bytes:
    """Make a small JPEG without metadata."""
    return strip_and_scale(data, max_edge, quality=80, path=path)


def read_exif(data: bytes) -> dict[str, Any]:
    """Return a picture's EXIF by name, all values as text, whole numbers or lists of them; empty where there is none.

    `position` (latitude and longitude in degrees) and `taken_at` are worked out where they are stated.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            exif = image.getexif()
            found = _name_tags(exif, ExifTags.TAGS)
            found |= _name_tags(exif.get_ifd(ExifTags.IFD.Exif), ExifTags.TAGS)
            gps = _name_tags(exif.get_ifd(ExifTags.IFD.GPSInfo), ExifTags.GPSTAGS)
    except (*_DAMAGED, Image.DecompressionBombError):
        return {}
    found |= gps
    if position := _read_position(gps):
        found["position"] = position
    if taken_at := _read_time(found):
        found["taken_at"] = taken_at
    return found


def _open(data: bytes, max_pixels: int, path: str) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError:
        raise TooLarge("media.too_many_pixels", path=path, limit=max_pixels) from None
    except _DAMAGED as error:
        raise Invalid("media.not_an_image", path=path, reason=str(error)[:200]) from None
    if image.width * image.height > max_pixels:
        raise TooLarge("media.too_many_pixels", path=path, limit=max_pixels, found=image.width * image.height)
    return image


def _load(image: Image.Image, path: str) -> None:
    try:
        image.load()
    except _DAMAGED as error:
        code = "media.truncated" if "truncated" in str(error) else "media.not_an_image"
        raise Invalid(code, path=path, reason=str(error)[:200]) from None


def _upright_size(image: Image.Image) -> tuple[int, int]:
    try:
        turned = image.getexif().get(ExifTags.Base.Orientation) in (5, 6, 7, 8)
    except _DAMAGED:
        turned = False
    return (image.height, image.width) if turned else image.size


def _turn_upright(image: Image.Image) -> Image.Image:
    """Turn a picture as its EXIF says; damaged EXIF says nothing."""
    try:
        return ImageOps.exif_transpose(image)
    except _DAMAGED:
        return image


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Turn wide-gamut colours into sRGB, which is what a picture without profile is taken for."""
    if not profile or image.mode != "RGB":
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted if converted is not None else image


def _flatten(image: Image.Image) -> Image.Image:
    """Lay a picture on white, in eight bits; the new image carries none of the old one's information."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        layer = image.convert("RGBA")
        flat = Image.new("RGB", layer.size, "white")
        flat.paste(layer, mask=layer.getchannel("A"))
        return flat
    mode = "L" if image.mode in ("1", "L") else "RGB"
    plain = image.convert(mode)
    flat = Image.new(mode, plain.size)
    flat.paste(plain)
    return flat


def _name_tags(tags: Mapping[int, Any], names: Mapping[int, str]) -> dict[str, Any]:
    named = {names.get(tag, f"tag_{tag}"): value for tag, value in tags.items() if tag not in _POINTERS}
    plain = {name: _make_plain(value) for name, value in named.items() if name not in _SKIPPED_TAGS}
    return {name: value for name, value in plain.items() if value not in (None, "", [])}


_POINTERS = frozenset({ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo, ExifTags.IFD.Interop})


def _make_plain(value: Any) -> Any:
    """Write an EXIF value as text, a whole number or a list, never as a binary fraction."""
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, bytes):
        return value.hex() if len(value) <= _MAX_EXIF_BYTES else None
    if isinstance(value, str):
        text = "".join(c for c in value if c.isprintable()).encode("utf-8", "ignore").decode()
        return text.strip()[:_MAX_EXIF_TEXT]
    if isinstance(value, tuple | list):
        return [_make_plain(item) for item in value[:_MAX_EXIF_BYTES]]
    try:
        number = Decimal(str(float(value)))
    except (TypeError, ValueError, ZeroDivisionError, InvalidOperation):
        return None
    return format(number, "f") if number.is_finite() else None


def _read_position(gps: Mapping[str, Any]) -> dict[str, str] | None:
    latitude = _read_degrees(gps.get("GPSLatitude"), gps.get("GPSLatitudeRef") == "S", 90)
    longitude = _read_degrees(gps.get("GPSLongitude"), gps.get("GPSLongitudeRef") == "W", 180)
    if latitude is None or longitude is None:
        return None
    return {"latitude": latitude, "longitude": longitude}


def _read_degrees(parts: Any, is_negative: bool, limit: int) -> str | None:
    if not isinstance(parts, list) or len(parts) != 3 or any(part is None for part in parts):
        return None
    degrees, minutes, seconds = (Decimal(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= limit:
        return None
    return format(round(-value if is_negative else value, 6), "f")


def _read_time(found: Mapping[str, Any]) -> str | None:
    """Return when the camera says the picture was taken, with its zone where it states one."""
    stated = found.get("DateTimeOriginal")
    if not isinstance(stated, str) or len(stated) < 19 or stated[4] != ":" or stated[:4] == "0000":
        return None
    zone = found.get("OffsetTimeOriginal", "")
    return f"{stated[:4]}-{stated[5:7]}-{stated[8:10]}T{stated[11:19]}{zone if isinstance(zone, str) else ''}"
