"""A measurement site of hochwasser.rlp.de to typed values; raises SourceFormatError only.

`{"W": {"xLast", "yLast", "measurements": [{"x", "y"}]}, "Q": ...}`, W in cm, times in UTC. An empty
body with status 200 is a failure: "no data" would look like calm water.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.ingestion import fields
from services.ingestion.json_feed import parse_dict
from services.sources.errors import SourceFormatError

MOST_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class SiteValue:
    """A value of the quantity `W` (cm) or `Q` (m³/s) at an instant."""

    quantity: str
    at: datetime | None
    value: float | None


def parse_site(body: bytes) -> tuple[SiteValue, ...]:
    """Return the values of a site.

    Raises
    ------
    SourceFormatError
        When it is no such object, or names neither W nor Q.
    """
    found = parse_dict(body)
    if not any(isinstance(found.get(name), dict) for name in ("W", "Q")):
        raise SourceFormatError("weder W noch Q ist enthalten")
    values = []
    for name in ("W", "Q"):
        values += _values(name, fields.mapping_at(found, name))
    return tuple(values)


def _values(name: str, item: dict[str, Any]) -> list[SiteValue]:
    measurements = fields.objects_at(item, "measurements")
    if len(measurements) > MOST_VALUES:
        raise SourceFormatError(f"mehr als {MOST_VALUES} Werte")
    found = [
        SiteValue(name, fields.time_at(one, "x"), fields.number_at(one, "y"))
        for one in measurements
    ]
    if "xLast" in item and "yLast" in item:
        found.append(
            SiteValue(name, fields.time_at(item, "xLast"), fields.number_at(item, "yLast"))
        )
    return list({one.at: one for one in found}.values())
