"""The spool: what was put is on disk, in order, and damage stays alone."""

import contextlib
import errno
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import CockpitError
from services.ingestion import spool as spool_module
from services.ingestion.spool import Spool, SpoolError, SpoolFullError
from services.ingestion.spooled import DamagedLineError, SpooledMessage, from_line, to_line

NOW = datetime(2026, 1, 5, 12, 0, 0, 123456, tzinfo=UTC)
BIG = 10_000_000


def message(body: bytes = b'{"a": 1}', **changes: Any) -> SpooledMessage:
    return SpooledMessage("chirpstack", "application/a/device/b/event/up", NOW, body, **changes)


def bodies(spool: Spool) -> list[bytes]:
    return [item.body for batch in spool.batches() for item in batch.messages]


def test_messages_come_back_as_they_were(tmp_path):
    spool = Spool(tmp_path / "deep" / "spool", BIG)
    first = message(b"\x00\xff\n\r\n{", origin="simulated")
    second = message(b"", full_size=5_000_000)
    spool.put([first, second])
    (batch,) = spool.batches()
    assert batch.messages == (first, second)
    spool.done(batch)
    assert list(spool.batches()) == []


def test_the_oldest_batch_comes_first_and_waits_until_it_is_done(tmp_path):
    spool = Spool(tmp_path, BIG)
    for number in range(12):
        spool.put([message(str(number).encode())])
    expected = [str(number).encode() for number in range(12)]
    assert bodies(spool) == expected
    assert bodies(Spool(tmp_path, BIG)) == expected
    spool.done(next(spool.batches()))
    assert bodies(spool) == expected[1:]
    assert spool.waiting() == 11


def test_nothing_to_put_writes_nothing(tmp_path):
    spool = Spool(tmp_path, BIG)
    spool.put([])
    assert spool.waiting() == 0


def test_a_batch_is_flushed_to_disk_before_it_is_visible(tmp_path, monkeypatch):
    steps = []
    real_fsync, real_rename = os.fsync, Path.rename

    def fsync(number):
        steps.append("fsync")
        real_fsync(number)

    def rename(self, target):
        steps.append("rename")
        return real_rename(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    Spool(tmp_path, BIG).put([message()])
    assert steps == ["fsync", "rename", "fsync"]


def test_a_writer_that_dies_half_way_leaves_no_batch(tmp_path):
    spool = Spool(tmp_path, BIG)
    old, young = tmp_path / "tmp" / "old.jsonl", tmp_path / "tmp" / "young.jsonl"
    for path in (old, young):
        path.write_bytes(b'{"sou')
    os.utime(old, (0, 0))
    assert list(spool.batches()) == []
    assert list(Spool(tmp_path, BIG).batches()) == []
    assert (old.exists(), young.exists()) == (False, True)


def test_the_size_limit_refuses_the_whole_batch_with_a_sentence(tmp_path):
    spool = Spool(tmp_path, 2_000)
    spool.put([message(b"x" * 500)])
    with pytest.raises(SpoolFullError) as caught:
        spool.put([message(b"y" * 2_000)])
    assert isinstance(caught.value, CockpitError)
    assert "voll" in caught.value.user_message
    assert bodies(spool) == [b"x" * 500]


def test_room_is_there_again_once_the_reader_is_done(tmp_path, monkeypatch):
    monkeypatch.setattr(spool_module, "RECOUNT_S", 0.0)
    spool = Spool(tmp_path, 2_000)
    spool.put([message(b"x" * 1_000)])
    with pytest.raises(SpoolFullError):
        spool.put([message(b"x" * 1_000)])
    spool.done(next(spool.batches()))
    spool.put([message(b"x" * 1_000)])


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, SpoolFullError), (errno.EROFS, SpoolError)]
)
def test_a_disk_that_refuses_is_an_expected_error_and_leaves_no_trace(
    tmp_path, monkeypatch, number, kind
):
    spool = Spool(tmp_path, BIG)

    def refuse(_descriptor):
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(SpoolError) as caught:
        spool.put([message()])
    assert type(caught.value) is kind
    assert list(tmp_path.rglob("*.jsonl")) == []


def test_a_folder_that_cannot_be_made_is_an_expected_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SpoolError):
        Spool(tmp_path / "file", BIG)


def test_a_damaged_batch_is_set_aside_and_does_not_stop_the_others(tmp_path):
    spool = Spool(tmp_path, BIG)
    spool.put([message(b"first")])
    (tmp_path / "new" / "00000000000000000001-1-000000000-aa.jsonl").write_bytes(b"\x00rubbish\n")
    spool.put([message(b"second")])
    assert bodies(spool) == [b"first", b"second"]
    assert spool.set_aside() == 1


def test_of_a_half_damaged_batch_the_good_lines_are_used_and_the_file_is_kept(tmp_path):
    spool = Spool(tmp_path, BIG)
    path = tmp_path / "new" / "00000000000000000001-1-000000000-aa.jsonl"
    path.write_bytes(to_line(message(b"good")) + b'{"source": "chi\n')
    (batch,) = spool.batches()
    assert [item.body for item in batch.messages] == [b"good"]
    spool.done(batch)
    assert spool.waiting() == 0
    assert spool.set_aside() == 1


def test_many_writers_at_once_lose_nothing(tmp_path):
    spools = [Spool(tmp_path, BIG) for _ in range(4)]

    def write(index: int) -> None:
        for number in range(25):
            spools[index].put([message(f"{index}-{number}".encode())])

    threads = [threading.Thread(target=write, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = bodies(spools[0])
    assert len(found) == len(set(found)) == 100
    for index in range(4):
        own = [body for body in found if body.startswith(f"{index}-".encode())]
        assert own == [f"{index}-{number}".encode() for number in range(25)]


@given(
    st.builds(
        SpooledMessage,
        st.text(max_size=10),
        st.text(max_size=30),
        st.just(NOW),
        st.binary(max_size=50),
        st.sampled_from(["live", "simulated"]),
        st.none() | st.integers(0, 10**9),
    )
)
def test_every_message_survives_its_line(item):
    assert from_line(to_line(item)) == item


@given(st.binary(max_size=80))
def test_no_line_raises_anything_but_its_own_error(line):
    with contextlib.suppress(DamagedLineError):
        from_line(line)
