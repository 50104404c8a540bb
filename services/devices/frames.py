"""Lost frames by frame counter: gaps, joins, wraps and late frames of one device.

The counter of a session rises by one with each frame, lost or not. A new DevAddr is a new session:
what lies between is unknown and counts as no loss. A counter that falls without a new address has
wrapped (16 or 32 bits) or was set back by a restart; a frame a little behind came late.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

WRAPS = (2**16, 2**32)
LARGEST_GAP = 16_384
"""MAX_FCNT_GAP of LoRaWAN 1.0.3: a network server refuses more; here it is a restart."""
LATEST = 64
"""A frame so far behind the newest may have come late; further behind is a restart (estimate)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the radio layer counts: session address and counter; either may be unknown."""

    dev_addr: str
    f_cnt: int | None


@dataclass(slots=True)
class _Session:
    highest: int
    missing: set[int] = field(default_factory=set)


@dataclass(slots=True)
class FrameCount:
    """Counts frames in order of receipt."""

    uplinks: int = 0
    lost: int = 0
    rejoins: int = 0
    _sessions: dict[str, _Session] = field(default_factory=dict)

    def begin(self, frame: Frame) -> None:
        """Start behind a frame of the day before, which is not counted itself."""
        if frame.f_cnt is not None:
            self._sessions[frame.dev_addr] = _Session(frame.f_cnt)

    def take(self, frame: Frame) -> None:
        """Count a frame that is no duplicate."""
        if frame.f_cnt is None:
            self.uplinks += 1
            return
        session = self._sessions.get(frame.dev_addr)
        if session is None:
            self.rejoins += bool(self._sessions)
            self._sessions[frame.dev_addr] = _Session(frame.f_cnt)
        elif not self._advance(session, frame.f_cnt):
            return
        self.uplinks += 1

    def _advance(self, session: _Session, counter: int) -> bool:
        """Move a session to a counter; return whether the frame counts."""
        if counter == session.highest:
            return False
        if counter < session.highest and session.highest - counter <= LATEST:
            self.lost -= counter in session.missing
            session.missing.discard(counter)
            return True
        gap = _gap(session.highest, counter)
        if gap is None:
            self.rejoins += 1
            session.missing.clear()
        else:
            self.lost += gap
            session.missing = set(range(max(counter - gap, counter - LATEST, 0), counter))
        session.highest = counter
        return True


def count_frames(frames: Iterable[Frame], before: Frame | None = None) -> FrameCount:
    """Return the count of frames in order of receipt, after one that came before them."""
    counted = FrameCount()
    if before is not None:
        counted.begin(before)
    for frame in frames:
        counted.take(frame)
    return counted


def _gap(highest: int, counter: int) -> int | None:
    """Return how many frames lie between, None where the counter was set back."""
    steps = [counter - highest]
    steps += [counter + wrap - highest for wrap in WRAPS if highest < wrap]
    return next((step - 1 for step in steps if 0 < step <= LARGEST_GAP + 1), None)
