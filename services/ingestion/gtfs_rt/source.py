"""GTFS Realtime (protocol buffers): options. The timetable that it belongs to is another source."""

from data.region_pack.columns import Slug
from services.ingestion.options import SourceOptions

NAME = "gtfs-rt"
MAX_BYTES = 60_000_000
MOST_ENTITIES = 200_000


class Options(SourceOptions):
    """Id of the source of kind `gtfs` whose trips are matched."""

    timetable: Slug
