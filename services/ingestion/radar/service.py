"""Stores the rain of a radar file by area: rivers, and what drains to and below each gauge.

Each area has one datastream, mm in five minutes.

Forecast steps carry the time they are for and the time of their analysis as receipt. A newer
analysis therefore replaces an older forecast of the same time, which stays as a revision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from data import observations, things
from data.engine import writing
from data.observations import ObservationRow
from services.flood.model import Flag
from services.flood.rain.series import above_thing, catchment_thing, rain_key, sides_thing
from services.ingestion.radar.archive import read_radar
from services.ingestion.radar.catchments import CellArray, RiverCells, catchment_mean, river_cells
from services.ingestion.radar.errors import RadarFileError
from services.ingestion.radar.grid import require_shape
from services.ingestion.radar.parser import RadarFrame
from services.ingestion.radar.zones import gauge_zones
from services.rain_pictures.keeping import keep_pictures
from services.region import Region

THING_KIND = "catchment"
INTERVAL_MIN = 5
ORIGIN = "imported"
DECIMALS = 3
TITLE_ABOVE = "Einzugsgebiet bis Pegel {}"
TITLE_SIDES = "Seitliche Zuflüsse unterhalb von Pegel {}"


@dataclass(frozen=True, slots=True)
class RadarSummary:
    """What an import brought."""

    analysed_at: datetime
    frames: int
    catchments: int
    changed: int
    missing: int
    """Catchment values that are unknown because more than half of the cells had none."""


@dataclass(frozen=True, slots=True)
class RadarService:
    """Imports radar files for one region."""

    sessions: sessionmaker[Session]
    region: Region

    def import_file(self, path: Path) -> RadarSummary:
        """Store the rain of all catchments in a file.

        Raises
        ------
        RadarFileError
            When the file can't be used, or no river of the region lies on its grid.
        """
        frames = checked_frames(read_radar(path))
        with self.sessions() as session, session.begin():
            return store_frames(writing(session), self.region, frames)


def checked_frames(frames: Sequence[RadarFrame]) -> Sequence[RadarFrame]:
    """Return the frames if they are on our grid and sums of five minutes.

    Raises
    ------
    RadarFileError
        When they are not.
    """
    for frame in frames:
        require_shape(frame.rain_mm.shape)
        if frame.interval_min != INTERVAL_MIN:
            raise RadarFileError(f"Summen über {frame.interval_min} statt 5 Minuten")
    return frames


def store_frames(session: Session, region: Region, frames: Sequence[RadarFrame]) -> RadarSummary:
    """Store the rain of all catchments in a transaction that is open.

    Raises
    ------
    RadarFileError
        When no river of the region lies on the grid.
    """
    cells = river_cells(region.pack)
    if not cells:
        raise RadarFileError("kein Gewässer der Region hat eine Linie in river_points.csv")
    areas = _areas(region, cells)
    wanted = [things.stream(thing, title, THING_KIND, "rain", "mm") for thing, title, _ in areas]
    things.ensure(session, region.region_id, wanted)
    ids = things.ids(session)
    rows = [row for thing, _, own in areas for row in _rows(frames, own, ids[rain_key(thing)])]
    changed = observations.upsert(session, rows, actor="radar")
    keep_pictures(session, region, frames)
    missing = sum(row.value is None for row in rows)
    return RadarSummary(frames[0].analysed_at, len(frames), len(areas), changed, missing)


def _areas(region: Region, rivers: Mapping[str, RiverCells]) -> list[tuple[str, str, CellArray]]:
    """Return thing, title and cells of all areas: rivers, and what the gauges divide."""
    pack, network = region.pack, region.network
    names = {row.river_id: row.name for row in pack.rivers}
    titles = {
        thing(gauge.gauge_id): title.format(gauge.name)
        for gauge in network.gauges.values()
        for thing, title in ((above_thing, TITLE_ABOVE), (sides_thing, TITLE_SIDES))
    }
    zones = gauge_zones(pack, network.gauges, network.systems, rivers)
    return [
        (catchment_thing(river), f"Einzugsgebiet {names[river]}", own.cells)
        for river, own in rivers.items()
    ] + [(thing, titles[thing], cells) for thing, cells in zones.items()]


def _rows(
    frames: Sequence[RadarFrame], cells: CellArray, datastream_id: int
) -> list[ObservationRow]:
    rows = []
    for frame in frames:
        found = catchment_mean(frame.rain_mm, cells)
        value = None if found is None else round(found, DECIMALS)
        rows.append(
            ObservationRow(
                datastream_id=datastream_id,
                phenomenon_time=frame.ends_at,
                result_time=frame.analysed_at,
                value=value,
                raw_value=value,
                flag=Flag.MISSING if value is None else Flag.GOOD,
                flag_reason="" if value is not None else "mehr als die Hälfte der Zellen fehlt",
                origin=ORIGIN,
            )
        )
    return rows
