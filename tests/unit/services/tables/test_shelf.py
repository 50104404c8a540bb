"""Uploads on disk: few, for an hour, under names that nobody can guess or misuse."""

import os

import pytest

from services.tables.errors import TableUnreadableError
from services.tables.shelf import KEEP_S, MAX_UPLOAD_BYTES, MOST_FILES, UploadGoneError, UploadShelf


class Clock:
    at = 1_000_000.0

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def shelf(tmp_path, clock):
    return UploadShelf(tmp_path / "uploads", clock)


def test_another_worker_reads_what_one_has_kept(shelf, tmp_path):
    upload_id = shelf.put(b"a;b\n1;2\n")
    assert UploadShelf(tmp_path / "uploads", shelf.clock).get(upload_id) == b"a;b\n1;2\n"
    assert len(upload_id) == 32
    assert shelf.put(b"a") != upload_id


def test_only_its_owner_may_read_the_folder_and_its_files(shelf):
    path = shelf.folder / shelf.put(b"a")
    assert shelf.folder.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


def test_after_an_hour_an_upload_is_gone_from_the_disk_too(shelf, clock):
    upload_id = shelf.put(b"a")
    clock.at += KEEP_S
    assert shelf.get(upload_id) == b"a"
    clock.at += 1
    with pytest.raises(UploadGoneError, match="noch einmal"):
        shelf.get(upload_id)
    assert list(shelf.folder.iterdir()) == []


def test_a_new_upload_sweeps_old_ones_and_what_a_crash_left(shelf, clock):
    shelf.put(b"a")
    (shelf.folder / "x.part").write_bytes(b"half")
    os.utime(shelf.folder / "x.part", (clock.at, clock.at))
    clock.at += KEEP_S + 1
    newest = shelf.put(b"b")
    assert [path.name for path in shelf.folder.iterdir()] == [newest]


def test_the_oldest_gives_way_when_there_are_too_many(shelf, clock):
    kept = []
    for number in range(MOST_FILES + 2):
        clock.at += 1
        kept.append(shelf.put(str(number).encode()))
    assert len(list(shelf.folder.iterdir())) == MOST_FILES
    assert shelf.get(kept[2]) == b"2"
    for gone in kept[:2]:
        with pytest.raises(UploadGoneError):
            shelf.get(gone)


def test_a_file_over_the_limit_is_refused_and_not_written(shelf):
    with pytest.raises(TableUnreadableError) as caught:
        shelf.put(b"x" * (MAX_UPLOAD_BYTES + 1))
    assert "20 MB" in caught.value.user_message
    assert not shelf.folder.exists()


STRANGE = ["", "../cockpit.sqlite", "/etc/passwd", "a" * 31, "G" * 32, "0" * 32]


@pytest.mark.parametrize("name", STRANGE)
def test_a_name_that_was_never_given_out_reads_nothing(shelf, name):
    (shelf.folder.parent / "cockpit.sqlite").write_bytes(b"secret")
    with pytest.raises(UploadGoneError):
        shelf.get(name)
