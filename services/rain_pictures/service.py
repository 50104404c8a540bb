"""The loop of the rain radar: what fell in the last two hours and what is expected next."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from PIL import Image
from sqlalchemy.orm import Session, sessionmaker

from data import rain_pictures
from data.rain_pictures import PictureRow
from services.clock import Clock
from services.errors import UnknownResourceError
from services.map_frame import MapFrame, frame_of
from services.rain_pictures.classes import MISSING, unpack
from services.reading import Reading
from services.region import Region

BACK, AHEAD = timedelta(hours=1), timedelta(hours=2)
"""What the loop shows: an hour of the past, and as far as the radar's nowcast reaches."""
MOST = 40
STALE_AFTER = timedelta(minutes=30)
"""Six radar pictures missed: the loop says nothing about now any more (estimate)."""
COLOURS = (
    (0, 0, 0, 0), (148, 203, 236, 190), (79, 156, 219, 205), (36, 104, 190, 220),
    (240, 200, 60, 230), (236, 130, 40, 235), (206, 40, 70, 240), (140, 30, 140, 245),
)  # fmt: skip
"""Of the classes 0 to 7: blue for light, yellow and red for heavy rain, as radar maps have them."""
UNSEEN = (120, 130, 140, 110)


@dataclass(frozen=True, slots=True)
class LoopFrame:
    """One picture of the loop; `is_forecast` where it lies after its analysis."""

    ends_at: datetime
    is_forecast: bool
    wet_share: float
    """Share of the region's pixels with rain."""


@dataclass(frozen=True, slots=True)
class RainLoop:
    """The loop as a screen shows it; without frames nothing is known, which is not dry."""

    now: datetime
    analysed_at: datetime | None
    frames: tuple[LoopFrame, ...]
    frame: MapFrame
    width: int
    height: int

    @property
    def version(self) -> str:
        """Return what names the picture strip of this loop."""
        if not self.frames or self.analysed_at is None:
            return ""
        ends = self.frames[-1].ends_at
        return f"{self.frames[0].ends_at:%Y%m%d%H%M}-{ends:%Y%m%d%H%M}-{self.analysed_at:%H%M%S}"

    @property
    def is_stale(self) -> bool:
        """Tell whether the newest analysis is too old to speak of now."""
        return self.analysed_at is None or self.now - self.analysed_at > STALE_AFTER


@dataclass(frozen=True, slots=True)
class RainPictures:
    """Reads the loop of a region."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock

    def loop(self) -> RainLoop:
        """Return the loop around now; without pictures it is empty."""
        now = self.clock.now()
        with Reading(self.sessions) as session:
            analysed = rain_pictures.newest_analysis(session, self.region.region_id, now)
            rows = self._rows(session, now)
        frames = tuple(
            LoopFrame(row.ends_at, row.ends_at > row.analysed_at, _wet_share(row)) for row in rows
        )
        width, height = (rows[0].width, rows[0].height) if rows else (0, 0)
        frame = frame_of(self.region.pack)
        return RainLoop(now, analysed, frames, frame, width, height)

    def strip(self, version: str) -> bytes:
        """Return all pictures of the loop below each other, as PNG.

        Raises
        ------
        UnknownResourceError
            When the loop of this version is over, or there never was one.
        """
        loop = self.loop()
        if not version or version != loop.version:
            raise UnknownResourceError(user_message="Diese Radarbilder gibt es nicht mehr.")
        with Reading(self.sessions) as session:
            rows = self._rows(session, loop.now)
        return _png(rows)

    def _rows(self, session: Session, now: datetime) -> list[PictureRow]:
        rows = rain_pictures.between(session, self.region.region_id, now - BACK, now + AHEAD, MOST)
        known = [row for row in rows if row.analysed_at <= now]
        # a pack that has changed its places has pictures of two sizes for a while
        return [
            row for row in known if (row.width, row.height) == (known[-1].width, known[-1].height)
        ]


def _wet_share(row: PictureRow) -> float:
    classes = unpack(row.cells, row.width, row.height)
    return float(np.mean((classes > 0) & (classes != MISSING)))


def _png(rows: list[PictureRow]) -> bytes:
    classes = np.concatenate([unpack(row.cells, row.width, row.height) for row in rows])
    image = Image.fromarray(
        np.where(classes == MISSING, len(COLOURS), classes).astype(np.uint8), "P"
    )
    palette = [*COLOURS, UNSEEN]
    image.putpalette([part for colour in palette for part in colour[:3]])
    out = io.BytesIO()
    image.save(out, "PNG", transparency=bytes(colour[3] for colour in palette), optimize=True)
    return out.getvalue()
