"""A zip is opened within its bounds or refused for one of three reasons, nothing unpacked."""

import io
import struct
import zipfile

import pytest

from services.bounded_zip import BoundedZip, ZipFault, ZipLimits, ZipRefusedError

WIDE = ZipLimits(1_000_000)


def packed(*bodies, name="{}.txt"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("folder")
        for number, body in enumerate(bodies):
            archive.writestr(name.format(number), body)
    return out.getvalue()


def refusal(body, limits=WIDE):
    with pytest.raises(ZipRefusedError) as caught:
        dict(BoundedZip(body, limits).bodies())
    return caught.value.fault


def test_files_come_in_the_order_of_the_archive_and_folders_do_not_count():
    found = BoundedZip(packed(b"a", b"b"), ZipLimits(2, member=1, members=2, ratio=200))
    assert list(found.bodies()) == [("0.txt", b"a"), ("1.txt", b"b")]
    with found.open("1.txt") as handle:
        assert handle.read() == b"b"


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        (ZipLimits(7), ZipFault.TOO_LARGE),
        (ZipLimits(100, member=3), ZipFault.TOO_LARGE),
        (ZipLimits(100, members=1), ZipFault.TOO_MANY),
    ],
)
def test_each_bound_refuses_what_is_one_beyond_it(limits, fault):
    body = packed(b"1234", b"1234")
    assert refusal(body, limits) is fault
    BoundedZip(body, ZipLimits(8, member=4, members=2))


def test_a_bomb_is_known_by_its_ratio():
    body = packed(b"0" * 900_000)
    assert refusal(body, ZipLimits(1_000_000, ratio=200)) is ZipFault.TOO_LARGE


@pytest.mark.parametrize(
    "body",
    [b"", b"PK\x03\x04rubbish", b"<html>", packed(b"abc")[:-5]],
    ids=["empty", "rubbish", "page", "cut off"],
)
def test_what_is_no_whole_zip_is_damaged(body):
    assert refusal(body) is ZipFault.DAMAGED


def test_a_header_that_claims_less_than_is_packed_gives_no_more_than_claimed():
    body = bytearray(packed(b"0" * 10_000))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = body.rindex(mark)
        body[at + offset : at + offset + 4] = struct.pack("<I", 10)
    assert refusal(bytes(body)) is ZipFault.DAMAGED


def test_an_encrypted_member_is_damaged_to_us():
    body = bytearray(packed(b"secret"))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        body[body.rindex(mark) + offset] |= 1
    assert refusal(bytes(body)) is ZipFault.DAMAGED


def test_members_of_one_name_are_all_given():
    with pytest.warns(UserWarning, match="Duplicate name"):
        body = packed(b"a", b"b", name="same.txt")
    assert [text for _, text in BoundedZip(body, WIDE).bodies()] == [b"a", b"b"]
