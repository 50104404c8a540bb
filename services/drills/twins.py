"""Virtual twins of real sensors: what measures in real operation speaks in a drill as well."""

from collections.abc import Iterable

from data.region_pack.sensor_rows import SensorRow
from services.region import Region

PATH, UNIT = "wasserstand_mm", "mm"
SOURCE = "Zwilling eines echten Sensors für Übungen"


def twins(region: Region, real: Iterable[SensorRow]) -> tuple[SensorRow, ...]:
    """Return a virtual sensor for each gauge that a real one alone measures the level of.

    `region` is that of the simulation. A twin sends the level as an object: the model of the
    real device is no part of a drill.
    """
    spoken = set(region.connected)
    found = []
    for row in real:
        if row.simulated or row.observed_property != "stage" or row.gauge_id in spoken:
            continue
        spoken.add(row.gauge_id)
        changes = {
            "decoder": "",
            "path": PATH,
            "unit": UNIT,
            "mount_height_m": None,
            "offset_m": 0.0,
            "simulated": True,
            "source": SOURCE,
        }
        found.append(row.model_copy(update=changes))
    return tuple(found)
