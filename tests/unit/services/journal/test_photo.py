"""Photos: bounded, really photos, without what the camera wrote into them."""

import io
import struct
import zlib

import pytest
from PIL import Image

from services.journal import photo
from services.journal.errors import PhotoRefusedError
from services.journal.photo import read_photo


def jpeg(size=(40, 30), exif=None, kind="JPEG"):
    out = io.BytesIO()
    made = Image.new("RGB", size, (120, 40, 10))
    made.save(out, kind, **({"exif": exif} if exif is not None else {}))
    return out.getvalue()


def located():
    exif = Image.Exif()
    exif[0x010F] = "Kamera GmbH"
    exif[0x0112] = 6
    gps = exif.get_ifd(photo.GPS)
    gps[1], gps[2] = "N", (50.0, 19.0, 42.3)
    gps[3], gps[4] = "E", (7.0, 13.0, 23.1)
    return jpeg(exif=exif)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_is_made_anew(kind):
    found = read_photo(jpeg(kind=kind))
    assert (found.row.width, found.row.height, found.row.media_type) == (40, 30, "image/jpeg")
    assert (found.lat, found.lon) == (None, None)


def test_the_position_is_offered_and_not_stored():
    found = read_photo(located())
    assert (found.lat, found.lon) == (50.328417, 7.223083)
    assert (found.row.width, found.row.height) == (30, 40)  # it is upright now
    assert b"Kamera" not in found.row.body
    with Image.open(io.BytesIO(found.row.body)) as stored:
        assert dict(stored.getexif()) == {}


def test_a_large_photo_is_made_smaller():
    found = read_photo(jpeg((2400, 600)))
    assert (found.row.width, found.row.height) == (2000, 500)


def png_header(width, height):
    """A few bytes that say they unpack to gigabytes."""

    def chunk(kind, body):
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7200, 9500, 60_000])
def test_a_photo_bomb_is_refused_before_it_is_unpacked(side):
    with pytest.raises(PhotoRefusedError) as refused:
        read_photo(png_header(side, side))
    assert "Megapixel" in refused.value.user_message


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<script>alert(1)</script>",
        b"GIF89a" + b"\0" * 40,
        jpeg()[:200],
        png_header(400, 400),
        b"\xff\xd8\xff" + b"\0" * 100,
    ],
)
def test_what_is_no_photo_is_refused_in_words(body):
    with pytest.raises(PhotoRefusedError) as refused:
        read_photo(body)
    assert "JPEG und PNG" in refused.value.user_message


def test_a_file_that_is_too_large_is_refused_with_its_size():
    with pytest.raises(PhotoRefusedError) as refused:
        read_photo(b"\xff" * 8_100_000)
    assert "8,1 MB" in refused.value.user_message


def test_a_position_that_is_none_is_none():
    exif = Image.Exif()
    gps = exif.get_ifd(photo.GPS)
    gps[1], gps[2] = "N", (50.0, 19.0)
    gps[3] = "E"
    assert read_photo(jpeg(exif=exif)).lat is None
