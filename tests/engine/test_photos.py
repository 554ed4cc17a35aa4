"""Photos: only the picture comes through, and what is no picture is told apart."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lachan.engine.photos import LONGEST_SIDE, THUMBNAIL_SIDE, NotAPhoto, Unfit, clean

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def with_place() -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE] = "Nokia of uncle Ba"
    exif.get_ifd(GPS).update({1: "N", 2: (21.0, 1.0, 42.5), 3: "E", 4: (105.0, 51.0, 12.0)})
    return exif


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def why_not(data: bytes) -> NotAPhoto:
    with pytest.raises(Unfit) as refused:
        clean(data)
    return refused.value.why


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_become_jpegs_of_our_own(kind: str) -> None:
    assert opened(clean(a_picture(kind)).data).format == "JPEG"


def test_where_it_was_taken_does_not_come_through() -> None:
    photo = clean(a_picture(exif=with_place()))
    assert not opened(photo.data).getexif() and b"uncle Ba" not in photo.data + photo.thumbnail


def test_a_comment_does_not_come_through() -> None:
    assert b"secret" not in clean(a_picture(comment=b"secret")).data


def test_what_hangs_behind_the_picture_does_not_come_through() -> None:
    assert b"<script>" not in clean(a_picture() + b"<script>alert(1)</script>").data


def test_a_picture_taken_sideways_is_stood_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    photo = clean(a_picture(size=(64, 48), exif=exif))
    assert (photo.width, photo.height) == (48, 64)


def test_a_large_picture_is_made_small() -> None:
    photo = clean(a_picture(size=(4000, 3000)))
    assert (photo.width, photo.height) == (LONGEST_SIDE, 1200)
    assert (photo.thumbnail_width, photo.thumbnail_height) == (THUMBNAIL_SIDE, 240)
    assert opened(photo.thumbnail).size == (THUMBNAIL_SIDE, 240)


def test_a_see_through_picture_lies_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(clean(out.getvalue()).data).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", NotAPhoto.EMPTY),
        (b"MZ\x90\x00" + bytes(200), NotAPhoto.PROGRAM),
        (b"\x7fELF\x02\x01", NotAPhoto.PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", NotAPhoto.PROGRAM),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", NotAPhoto.HEIC),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", NotAPhoto.VIDEO),
        (b"%PDF-1.7", NotAPhoto.OTHER_KIND),
        (b"GIF89a", NotAPhoto.OTHER_KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotAPhoto.OTHER_KIND),
        (b"\xff\xd8\xff\xe0 and nothing more", NotAPhoto.BROKEN),
        (a_picture()[:200], NotAPhoto.BROKEN),
    ],
)
def test_what_is_no_photo_is_told_apart(data: bytes, why: NotAPhoto) -> None:
    assert why_not(data) is why


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (12_000, 6_000)).save(out, "PNG")
    assert len(out.getvalue()) < 50_000
    assert why_not(out.getvalue()) is NotAPhoto.TOO_MANY_PIXELS


def test_a_bomb_that_pillow_itself_warns_of_is_not_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(out, "PNG")
    assert why_not(out.getvalue()) is NotAPhoto.TOO_MANY_PIXELS


SAMPLES = [a_picture("JPEG", exif=with_place()), a_picture("PNG"), a_picture("WEBP")]


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # it tells of damaged EXIF, which is thrown away
@given(st.sampled_from(SAMPLES), st.data())
def test_a_damaged_picture_is_taken_or_refused_but_never_a_fault(sample: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(sample) - 1))
    damaged = sample[:place] + data.draw(st.binary(max_size=8)) + sample[place + data.draw(st.integers(0, 8)) :]
    with suppress(Unfit):
        clean(damaged)
