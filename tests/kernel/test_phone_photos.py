"""Photos as phones keep them (HEIC): read, shown as JPEG without their metadata, refused when damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from opencen.kernel.errors import OpenCenError
from opencen.kernel.uploads import IMAGES, check_upload, read_exif, strip_and_scale, verify_image

PHOTO = (Path(__file__).parent / "phone.heic").read_bytes()


@pytest.mark.parametrize("claimed", ["", "image/heic", "image/heif"])
@pytest.mark.parametrize("name", ["IMG_0001.HEIC", "photo.heif"])
def test_a_photo_of_a_phone_is_taken(name: str, claimed: str) -> None:
    assert check_upload(PHOTO, name=name, claimed_type=claimed, allowed=IMAGES) == "image/heic"
    facts = verify_image(PHOTO)
    assert (facts.width, facts.height) == (96, 64)


def test_its_copy_is_a_jpeg_without_metadata() -> None:
    assert read_exif(PHOTO)["Make"] == "secret-maker"
    copy = strip_and_scale(PHOTO, 32)
    assert copy.startswith(b"\xff\xd8\xff")
    assert b"secret-maker" not in copy


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("length", [24, 100, 300, 500, 540])
def test_a_part_of_one_is_refused_with_a_code(length: int) -> None:
    with pytest.raises(OpenCenError) as refused:
        verify_image(PHOTO[:length])
    assert refused.value.code in ("media.not_an_image", "media.truncated")


def test_a_jpeg_that_calls_itself_one_is_refused() -> None:
    with pytest.raises(OpenCenError) as refused:
        check_upload(strip_and_scale(PHOTO), name="photo.heic", claimed_type="", allowed=IMAGES)
    assert refused.value.code == "media.not_what_it_says"
