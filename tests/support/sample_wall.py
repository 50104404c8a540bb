"""The wall over fakes: the duty officer's words, rain pictures, outlines."""

from dataclasses import dataclass, field
from datetime import timedelta

from services.all_clear.model import AllClearView
from services.duty_note.errors import NoteRefusedError
from services.duty_note.service import DutyNoteView
from services.errors import UnknownResourceError
from services.map_frame import MapFrame
from services.people.identity import require
from services.people.model import Right
from services.rain_pictures.service import LoopFrame, RainLoop
from services.wall.service import WallService
from tests.support.sample_water import NOW

FRAME = MapFrame(6.9, 50.2, 7.7, 50.5)
RING = ((7.0, 50.25), (7.6, 50.25), (7.6, 50.45), (7.0, 50.25))


def rain_loop(*, past: int = 3, ahead: int = 2, wet: float = 0.2, analysed_min: float = 4):
    analysed = NOW - timedelta(minutes=analysed_min)
    steps = range(1 - past, ahead + 1)
    frames = tuple(
        LoopFrame(analysed + timedelta(minutes=5 * step), is_forecast=step > 0, wet_share=wet)
        for step in steps
    )
    return RainLoop(NOW, analysed if frames else None, frames, FRAME, 96, 60)


@dataclass
class FakeRain:
    found: RainLoop = field(default_factory=rain_loop)
    is_over: bool = False

    def loop(self):
        return self.found

    def strip(self, version):
        if self.is_over:
            raise UnknownResourceError(user_message="Diese Radarbilder gibt es nicht mehr.")
        return version.encode()


@dataclass
class FakeNotes:
    note: DutyNoteView | None = None
    written: list[tuple[str, int, bool]] = field(default_factory=list)

    def current(self):
        return self.note

    def version(self):
        return ""

    def write(self, text, hours, *, is_public):
        require(Right.OPERATE)
        if not text:
            raise NoteRefusedError(user_message="Der Lagetext ist leer.")
        self.written.append((text, hours, is_public))

    def withdraw(self, note_id):
        require(Right.OPERATE)
        if self.note is None or self.note.note_id != note_id:
            raise NoteRefusedError(user_message="Diesen Lagetext gibt es nicht.")
        self.note = None


class FakeOutlines:
    def outline(self):
        return (RING,)


def wall(situation, alarms, notes, sources, plan, journal):
    return WallService(
        situation, alarms, notes, FakeRain(), sources, FakeOutlines(), plan, journal, FakeClears()
    )


@dataclass
class FakeClears:
    given: tuple[AllClearView, ...] = ()

    def current(self):
        return self.given
