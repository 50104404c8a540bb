"""Rain of five minutes as classes on a raster of degrees, and back from the store."""

import zlib

import numpy as np
from numpy.typing import NDArray

from services.flood.model import FloatArray
from services.ingestion.radar.grid import CELL_M, COLUMNS, ROWS, project
from services.map_frame import MapFrame

ClassArray = NDArray[np.uint8]

LIMITS_MM_H = (0.1, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0)
"""Lower bounds of the classes 1 to 7, mm per hour (estimate: light, moderate and heavy rain as the
DWD words them end at 2.5, 10 and 50 mm/h; finer here, so that a cell that grows is seen)."""
MISSING = 255
PER_HOUR = 12
"""Sums of five minutes in an hour."""
WIDTH = 96
"""Columns of a picture: a little finer than the kilometre of the radar over a county."""


def height_of(frame: MapFrame) -> int:
    """Return the rows of a picture whose pixels are square on the ground."""
    return max(1, round(WIDTH / frame.aspect))


def cells_of(frame: MapFrame) -> NDArray[np.int64]:
    """Return for each pixel, from the north-west, the radar cell under its middle; -1 off it."""
    height = height_of(frame)
    lon = frame.west + (np.arange(WIDTH) + 0.5) * (frame.east - frame.west) / WIDTH
    lat = frame.north - (np.arange(height) + 0.5) * (frame.north - frame.south) / height
    every_lon, every_lat = np.meshgrid(lon, lat)
    x, y = project(every_lat, every_lon)
    column, row = np.floor(x / CELL_M), np.floor(y / CELL_M)
    inside = (column >= 0) & (column < COLUMNS) & (row >= 0) & (row < ROWS)
    return np.where(inside, row * COLUMNS + column, -1).astype(np.int64)


def classify(rain_mm: FloatArray, cells: NDArray[np.int64]) -> ClassArray:
    """Return the class of each pixel: 0 dry, 1 to 7, MISSING where the radar has nothing."""
    values = np.where(cells >= 0, rain_mm.ravel()[np.maximum(cells, 0)], np.nan)
    found: ClassArray = np.digitize(values * PER_HOUR, LIMITS_MM_H).astype(np.uint8)
    found[np.isnan(values)] = MISSING
    return found


def pack(classes: ClassArray) -> bytes:
    """Return the bytes that are stored."""
    return zlib.compress(classes.tobytes())


def unpack(stored: bytes, width: int, height: int) -> ClassArray:
    """Return the classes again, in rows from the north."""
    return np.frombuffer(zlib.decompress(stored), dtype=np.uint8).reshape(height, width)
