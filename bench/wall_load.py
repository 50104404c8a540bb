"""Clients of the bench `wall`: they poll as the pages do and redraw when the version is new.

Called as `python -m bench.wall_load PORT WALLS READERS SECONDS`; prints one JSON object.
"""

import json
import random
import sys
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

from components import urls

TIMEOUT_S = 30.0
MILLI = 1000.0
WALL_POLL_S, READER_POLL_S = 2.0, 5.0
"""As pages/operations/wall.py and components/shell/poll.py have it."""
WALL_MARK, READER_MARK = "wall-drawn", "home-headline"
UPDATE = "/_dash-update-component"


@dataclass(slots=True)
class Seen:
    """What one kind of client saw: each redraw from poll to answer, and when it was complete."""

    refresh_ms: list[float] = field(default_factory=list)
    drawn: list[tuple[str, float]] = field(default_factory=list)
    polls: int = 0
    errors: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def bodies(port: int) -> dict[str, str]:
    """Return by mark of its output the body that a browser sends for a callback."""
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    connection.request("GET", "/_dash-dependencies")
    known: list[dict[str, Any]] = json.loads(connection.getresponse().read())
    connection.close()
    return {
        mark: _body(next(each for each in known if mark in each["output"]))
        for mark in (WALL_MARK, READER_MARK)
    }


def _body(callback: dict[str, Any]) -> str:
    names = callback["output"].strip(".").split("...")
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
    asked = {"output": callback["output"], "outputs": outputs, "changedPropIds": []}
    values = {
        kind: [{**each, "value": None} for each in callback[kind]] for kind in ("inputs", "state")
    }
    return json.dumps({**asked, **values})  # a screen that shows nothing yet: the largest answer


def sign_in(port: int) -> str:
    """Return the cookie of a demonstration account that may watch."""
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    form = urlencode({"role": "crisis", "weiter": urls.WALL})
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    connection.request("POST", urls.ENTER_DEMO, body=form, headers=kind)
    answer = connection.getresponse()
    answer.read()
    cookie = answer.getheader("Set-Cookie", "").split(";")[0]
    connection.close()
    return cookie


def watch(port: int, body: str, cookie: str, every_s: float, until: float, seen: Seen) -> None:
    """Poll, and redraw with each new version, until the time is over."""
    headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    headers |= {"Cookie": cookie} if cookie else {}
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    shown = ""
    # the server ends an idle connection after two seconds, as it does to a browser
    time.sleep(random.random() * every_s)  # noqa: S311  # people open pages at different times
    while time.time() < until:
        began = time.time()
        try:
            connection.request("GET", urls.STATUS, headers=headers)
            version = json.loads(_read(connection))["version"]
            if version != shown:
                connection.request("POST", UPDATE, body=body, headers=headers)
                _read(connection)
                if shown:
                    _note(seen, version, began)
                shown = version
            seen.polls += 1
        except (OSError, HTTPException, ValueError, KeyError):
            seen.errors += 1
        connection.close()
        time.sleep(max(0.0, every_s - (time.time() - began)))


def _note(seen: Seen, version: str, began: float) -> None:
    now = time.time()
    with seen.lock:
        seen.refresh_ms.append((now - began) * MILLI)
        seen.drawn.append((version, now))


def _read(connection: HTTPConnection) -> bytes:
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != HTTPStatus.OK:
        raise HTTPException(str(answer.status))
    return content


def main(port: int, walls: int, readers: int, seconds: float) -> None:
    """Run all clients and print what they saw."""
    asked, cookie = bodies(port), sign_in(port)
    until = time.time() + seconds
    seen = {"walls": Seen(), "readers": Seen()}
    plans = [(asked[WALL_MARK], cookie, WALL_POLL_S, until, seen["walls"])] * walls
    plans += [(asked[READER_MARK], "", READER_POLL_S, until, seen["readers"])] * readers
    threads = [threading.Thread(target=watch, args=(port, *plan)) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {
        name: {
            "refresh_ms": own.refresh_ms,
            "drawn": own.drawn,
            "polls": own.polls,
            "errors": own.errors,
        }
        for name, own in seen.items()
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
