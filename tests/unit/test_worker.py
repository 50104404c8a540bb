"""The watch of the worker: it goes on when the database does not answer."""

from sqlalchemy.exc import OperationalError

import worker


class Gate:
    """Counts steps, and fails as told."""

    def __init__(self, faults):
        self.faults = faults
        self.count = 0

    def step(self):
        self.count += 1
        if self.faults:
            raise self.faults.pop(0)
        return True


class Stop:
    """Stands for the event: no waiting, and an end after a number of rounds."""

    def __init__(self, rounds):
        self.rounds = rounds
        self.waits = []

    def is_set(self):
        return len(self.waits) >= self.rounds

    def wait(self, seconds):
        self.waits.append(seconds)
        return self.is_set()


def test_a_database_that_does_not_answer_is_tried_again(caplog):
    gate = Gate([OperationalError("select", {}, Exception("weg"))])
    stop = Stop(2)
    worker.watch(gate, stop)
    assert stop.waits == [worker.RETRY_S, worker.POLL_S]
    assert "Datenbank antwortet nicht" in caplog.text
    assert gate.count == 2
