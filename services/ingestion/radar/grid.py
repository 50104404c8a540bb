"""The grid DE1200 of the composites: from degrees to cells.

Polar stereographic on WGS 84, true at 60 degrees north, central meridian 10 degrees east, cells of
1 km on the plane; formulas of Snyder (1987), USGS Professional Paper 1395, eq. 15-9, 21-33, 21-34.
"""

import math

import numpy as np

from services.flood.model import FloatArray
from services.ingestion.radar.errors import RadarFileError

ROWS, COLUMNS = 1200, 1100
CELL_M = 1000.0

SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY = 0.081819190842621
"""WGS 84."""

TRUE_LAT = math.radians(60.0)
CENTRAL_LON = math.radians(10.0)

WEST_M = -543_696.83521776402
SOUTH_M = -4_822_088.8619310018
"""South-west corner of the grid on the plane. With it the corners lie where the DWD has them:
45.69643 N 3.56699 E (SW), 55.84544 N 18.73162 E (NE) (checked in test_grid.py)."""


def require_shape(shape: tuple[int, ...]) -> None:
    """Refuse another grid than DE1200: its cells would lie elsewhere.

    Raises
    ------
    RadarFileError
        Always for another shape.
    """
    if shape != (ROWS, COLUMNS):
        raise RadarFileError(
            f"das Gitter hat {' x '.join(map(str, shape))} Zellen, erwartet sind {ROWS} x {COLUMNS}"
        )


def project(lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return metres east and north of the grid's south-west corner for degrees on WGS 84."""
    phi, lam = np.radians(lat), np.radians(lon) - CENTRAL_LON
    m_true = math.cos(TRUE_LAT) / math.sqrt(1.0 - (ECCENTRICITY * math.sin(TRUE_LAT)) ** 2)
    rho = SEMI_MAJOR_M * m_true * _t(phi) / float(_t(np.array(TRUE_LAT)))
    return rho * np.sin(lam) - WEST_M, -rho * np.cos(lam) - SOUTH_M


def cell_area_km2(lat: float) -> float:
    """Return the true area of a cell at a latitude: the plane is stretched south of 60 degrees."""
    phi = np.array(math.radians(lat))
    m_true = math.cos(TRUE_LAT) / math.sqrt(1.0 - (ECCENTRICITY * math.sin(TRUE_LAT)) ** 2)
    m_here = math.cos(phi) / math.sqrt(1.0 - (ECCENTRICITY * math.sin(phi)) ** 2)
    stretch = m_true * float(_t(phi)) / (float(_t(np.array(TRUE_LAT))) * m_here)
    return (CELL_M / stretch / 1000.0) ** 2


def _t(phi: FloatArray) -> FloatArray:
    part = ECCENTRICITY * np.sin(phi)
    root = ((1.0 - part) / (1.0 + part)) ** (ECCENTRICITY / 2.0)
    return np.asarray(np.tan(math.pi / 4.0 - phi / 2.0) / root)
