"""Composites made by hand, byte by byte as the format description has them."""

import numpy as np

from services.ingestion.radar.grid import COLUMNS, ROWS

HEADER = (
    "RV{day:02d}{hour:02d}{minute:02d}10000{month:02d}{year:02d}BY{size:10d}VS 5SW P300004H"
    "PR E-02INT{interval:4d}GP{rows}x{columns}VV{forecast:4d}MF 00000008MS 12<deess,deoft>"
)


def composite(cells, forecast=0, interval=5, at=(8, 13, 30, 5, 23)):
    rows, columns = cells.shape
    day, hour, minute, month, year = at
    values = {"day": day, "hour": hour, "minute": minute, "month": month, "year": year}
    head = HEADER.format(
        **values, size=0, interval=interval, rows=rows, columns=columns, forecast=forecast
    )
    return head.encode() + b"\x03" + cells.astype("<u2").tobytes()


def dry():
    return np.zeros((ROWS, COLUMNS), dtype=np.uint16)
