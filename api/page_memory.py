"""Keeps finished pages of readings for two seconds: many clients ask for the same newest page.

A body is found by the full address and by the services that made it; answers say `max-age=10`, so
two seconds are within what a client may keep anyway.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from flask import Response, current_app, request

from api.answers import Body, finished
from services.container import services

KEEP_S = 2.0
MOST_PAGES = 256
MOST_LETTERS = 500
"""A longer address is nobody's everyday question."""
NAME = "cockpit_pages"


@dataclass(slots=True)
class PageMemory:
    """Bodies by address with the time until which they hold; the oldest goes first."""

    pages: OrderedDict[tuple[int, str], tuple[float, Body]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def find(self, key: tuple[int, str], now: float) -> Body | None:
        """Return a body that still holds."""
        with self.lock:
            found = self.pages.get(key)
        return found[1] if found is not None and found[0] > now else None

    def keep(self, key: tuple[int, str], now: float, body: Body) -> None:
        """Keep a body for a short while."""
        with self.lock:
            self.pages[key] = (now + KEEP_S, body)
            self.pages.move_to_end(key)
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)


def kept(make: Callable[[], Body]) -> Response:
    """Answer with the page of this address, made anew when the last one is too old."""
    if len(request.full_path) > MOST_LETTERS:
        return finished(make())
    memory: PageMemory = current_app.extensions.setdefault(NAME, PageMemory())
    key, now = (id(services()), request.full_path), time.monotonic()
    body = memory.find(key, now)
    if body is None:
        body = make()
        memory.keep(key, now, body)
    return finished(body)
