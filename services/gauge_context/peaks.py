"""Past peaks of a gauge that the region pack knows, each with its source."""

from services.gauge_context.model import EventLine
from services.region import Region


def past_peaks(region: Region, gauge_id: str) -> tuple[EventLine, ...]:
    """Return the peaks of a gauge from low to high, in its unit."""
    rows = [row for row in region.pack.gauge_events if row.gauge_id == gauge_id]
    return tuple(
        EventLine(row.event, row.peak, row.peaked_on, row.provisional, row.source)
        for row in sorted(rows, key=lambda row: row.peak)
    )
