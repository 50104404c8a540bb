"""The verb `hindcast`: scores a region pack's lead times on a file of past observations."""

from pathlib import Path

from data.region_pack.loader import load_region
from services.flood.hindcast.reader import read_observations
from services.flood.hindcast.service import hindcast


def hindcast_file(region_dir: Path, observations: Path, timezone: str) -> dict[str, object]:
    """Return the report of a hindcast as plain values."""
    pack = load_region(region_dir)
    found = read_observations(observations, pack, timezone)
    return hindcast(pack, found, timezone).to_dict()
