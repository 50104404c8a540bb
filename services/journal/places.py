"""What entries may be about: the places on rivers and the gauges of a region, by their keys."""

from dataclasses import dataclass

from services.region import Region


@dataclass(frozen=True, slots=True)
class Spot:
    """A place or gauge: its key, how people call it, where it is if that is known."""

    key: str
    name: str
    lat: float | None
    lon: float | None


def spots(region: Region) -> dict[str, Spot]:
    """Return all places on rivers and all gauges, places first, each by name."""
    coordinates = {row.place_id: (row.lat, row.lon) for row in region.pack.places}
    places = [
        Spot(
            f"{row.place_id}/{row.river_id}",
            row.label,
            *coordinates.get(row.place_id, (None, None)),
        )
        for row in region.pack.exposures
    ]
    gauges = [
        Spot(row.gauge_id, _gauge_name(row.name), row.lat, row.lon) for row in region.pack.gauges
    ]
    ordered = [*sorted(places, key=_by_name), *sorted(gauges, key=_by_name)]
    return {spot.key: spot for spot in ordered}


def _gauge_name(name: str) -> str:
    return name if "pegel" in name.casefold() else f"Pegel {name}"


def _by_name(spot: Spot) -> str:
    return spot.name.casefold()
