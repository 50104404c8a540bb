"""Acknowledgement follows the flush to disk, never the other way round."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.ingestion import group_commit
from services.ingestion.group_commit import Delivery, GroupCommit
from services.ingestion.spool import Spool, SpoolFullError
from services.ingestion.spooled import SpooledMessage

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
PATIENCE_S = 20


class LoggedSpool(Spool):
    """A spool that notes what happens, and may be full."""

    def __init__(self, directory: Path, log: list[str], refusals: int = 0) -> None:
        super().__init__(directory, 10_000_000)
        self.log = log
        self.refusals = refusals
        self.refused = threading.Event()

    def put(self, messages: Sequence[SpooledMessage]) -> None:
        if self.refusals:
            self.refusals -= 1
            self.refused.set()
            raise SpoolFullError("full")
        super().put(messages)
        self.log.append("disk " + ",".join(message.topic for message in messages))


def delivery(number: int) -> Delivery:
    message = SpooledMessage("chirpstack", str(number), NOW, b"{}")
    return Delivery(message, mid=number, qos=1, connection=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(group_commit, "RETRY_S", 0.01)


def test_messages_are_acknowledged_after_they_are_on_disk(tmp_path):
    log: list[str] = []
    commit = GroupCommit(LoggedSpool(tmp_path, log), lambda item: log.append(f"ack {item.mid}"))
    for number in range(3):
        commit.take(delivery(number))
    commit.start()
    commit.stop()
    assert log == ["disk 0,1,2", "ack 0", "ack 1", "ack 2"]


def test_a_full_spool_delays_the_acknowledgement(tmp_path):
    log: list[str] = []
    done = threading.Event()

    def acknowledge(item: Delivery) -> None:
        log.append(f"ack {item.mid}")
        done.set()

    commit = GroupCommit(LoggedSpool(tmp_path, log, refusals=3), acknowledge)
    commit.take(delivery(7))
    commit.start()
    assert done.wait(PATIENCE_S)
    commit.stop()
    assert log == ["disk 7", "ack 7"]


def test_what_could_not_be_put_on_disk_is_never_acknowledged(tmp_path):
    log: list[str] = []
    spool = LoggedSpool(tmp_path, log, refusals=1_000_000)
    commit = GroupCommit(spool, lambda item: log.append(f"ack {item.mid}"))
    commit.take(delivery(7))
    commit.start()
    assert spool.refused.wait(PATIENCE_S)
    commit.stop()
    assert log == []
    assert spool.waiting() == 0


def test_while_stopping_no_more_is_taken(tmp_path):
    log: list[str] = []
    commit = GroupCommit(LoggedSpool(tmp_path, log), lambda _item: None)
    commit.start()
    commit.stop()
    commit.take(delivery(1))
    assert log == []
