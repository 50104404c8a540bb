"""A QR code as SVG: the address of a page, to be read by a phone's camera."""

import segno

from components.charts import svg
from components.charts.svg import Svg

QUIET = 4
"""Modules of quiet zone that a reader needs (ISO/IEC 18004)."""


def code_svg(address: str, words: str = "") -> Svg:
    """Draw the code of an address; error correction Q bears a quarter of dirt.

    `words` describe it where the address itself must not be read out.
    """
    matrix = segno.make(address, error="q", micro=False).matrix
    size = len(matrix) + 2 * QUIET
    parts = [svg.rect(0, 0, size, size, "code-paper")]
    parts += [
        svg.rect(x + QUIET, y + QUIET, 1, 1, "code-ink")
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    ]
    return svg.document((size, size), "QR-Code", words or f"Führt zu {address}", parts, "code")
