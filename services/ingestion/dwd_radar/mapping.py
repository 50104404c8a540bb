"""A fetched radar archive into the catchments: the same way as `./cockpit import radar`."""

from sqlalchemy.orm import Session

from services.ingestion.dwd_radar import source
from services.ingestion.radar.archive import read_frames
from services.ingestion.radar.errors import RadarFileError
from services.ingestion.radar.service import checked_frames, store_frames
from services.sources.errors import SourceFormatError
from services.sources.model import Harvest, Request, Visit


def collect(visit: Visit) -> Harvest:
    """Fetch the newest archive; its rain is stored together with the state of the source."""
    body = visit.fetch(Request(visit.url, is_conditional=True, max_bytes=source.MAX_BYTES)).body
    try:
        frames = checked_frames(read_frames(body))
    except RadarFileError as error:
        raise SourceFormatError(str(error)) from error

    def store(session: Session) -> int:
        return store_frames(session, visit.region, frames).changed

    return Harvest(items=len(frames), newest_at=frames[0].analysed_at, store=store)
