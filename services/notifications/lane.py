"""A lane a channel: its own threads, couriers and circuit, so that none waits for another."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from services.notifications.circuit import Circuit
from services.notifications.courier_process import CourierProcess
from services.notifications.model import Channel, Outcome, Result, Text

LOG = logging.getLogger(__name__)


Attempts = tuple[tuple[int, int], ...]
"""Deliveries with the number of their attempt; several where one message tells of several."""


class Courier(Protocol):
    """Hands one message over at a time."""

    def start(self) -> None:
        """Get ready."""

    def deliver(self, address: str, text: Text) -> Result:
        """Hand a message over; returns within the channel's time."""

    def stop(self) -> None:
        """End at once."""


@dataclass(frozen=True, slots=True)
class Task:
    """One hand-over, whose attempts (delivery, number) are noted as started."""

    attempts: Attempts
    channel: str
    address: str
    text: Text


@dataclass(slots=True)
class Lane:
    """Delivers over one channel, `parallel` at a time; results are handed to `done`."""

    channel: Channel
    done: Callable[[Task, Result], None]
    make: Callable[[Channel], Courier] = CourierProcess
    circuit: Circuit = field(default_factory=Circuit)
    _idle: list[Courier] = field(default_factory=list, init=False)
    _all: list[Courier] = field(default_factory=list, init=False)
    _busy: int = field(default=0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _pool: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        """Make the threads, and their couriers, which load before there is a message."""
        self._pool = ThreadPoolExecutor(
            self.channel.parallel, thread_name_prefix=f"lane-{self.channel.key}"
        )
        for _ in range(self.channel.parallel):
            courier = self._new()
            courier.start()
            self._idle.append(courier)

    @property
    def room(self) -> int:
        """Return how many more tasks would begin at once."""
        with self._lock:
            return self.channel.parallel - self._busy

    def take(self, task: Task) -> None:
        """Begin a task; whoever calls has asked for `room`."""
        with self._lock:
            self._busy += 1
        self._pool.submit(self._work, task)

    def stop(self) -> None:
        """End all couriers; what was under way stays without a result."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            couriers = list(self._all)
        for courier in couriers:
            courier.stop()

    def _work(self, task: Task) -> None:
        with self._lock:
            courier = self._idle.pop() if self._idle else self._new()
        try:
            result = courier.deliver(task.address, task.text)
        except Exception as error:  # the edge of a thread: a lane that lost one would be dead
            LOG.exception("Meldeweg %s: ein Bote ist ausgefallen", self.channel.key)
            result = Result(Outcome.UNKNOWN, f"Bote ausgefallen: {type(error).__name__}")
            courier.stop()
            courier = self._renewed(courier)
        with self._lock:
            self._idle.append(courier)
            self._busy -= 1
        self.done(task, result)

    def _renewed(self, broken: Courier) -> Courier:
        with self._lock:
            self._all.remove(broken)
            return self._new()

    def _new(self) -> Courier:
        courier = self.make(self.channel)
        self._all.append(courier)
        return courier
