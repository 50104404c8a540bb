"""Keeps the pictures of a radar file for the loop on the wall, in the transaction of its rain."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from sqlalchemy.orm import Session

from data import rain_pictures
from data.rain_pictures import PictureRow
from services.ingestion.radar.parser import RadarFrame
from services.map_frame import frame_of
from services.rain_pictures.classes import cells_of, classify, pack
from services.region import Region

KEPT = timedelta(days=2)
"""The series of the catchments stay; pictures are for those who act now (estimate)."""


def keep_pictures(session: Session, region: Region, frames: Sequence[RadarFrame]) -> None:
    """Store the part of each frame that lies over the region."""
    cells = cells_of(frame_of(region.pack))
    rows = []
    for frame in frames:
        classes = classify(frame.rain_mm.astype(np.float64), cells)
        height, width = classes.shape
        rows.append(PictureRow(frame.ends_at, frame.analysed_at, width, height, pack(classes)))
    rain_pictures.put(session, region.region_id, rows)
    rain_pictures.prune(session, region.region_id, frames[0].analysed_at - KEPT)
