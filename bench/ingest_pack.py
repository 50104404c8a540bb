"""A region pack of many gauges with one device each, made for a measurement."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

DEVICES = 250
RIVER_KM = 300
SOURCE = ("bench", "invented")


def dev_eui(number: int) -> str:
    """Return the identifier of a device."""
    return f"00000000be{number:06x}"


def write_pack(folder: Path, devices: int = DEVICES) -> Path:
    """Write the pack and return its folder."""
    folder.mkdir(parents=True)
    (folder / "region.toml").write_text(
        'id = "bench"\nname = "Landkreis Messung"\nshort_name = "Messung"\n', encoding="utf-8"
    )
    _write(
        folder / "rivers.csv",
        "river_id,name,length_km,area_km2,source,confidence",
        [("bach", "Bach", RIVER_KM, 900, *SOURCE)],
    )
    gauges = [
        (f"g{n}", f"Pegel {n}", "bach", RIVER_KM - 1 - n, 50.3, 7.2, "target", "Messung", "stage",
         0, 8, 15, 1, "true", *SOURCE)
        for n in range(devices)
    ]  # fmt: skip
    _write(
        folder / "gauges.csv",
        "gauge_id,name,river_id,river_km,lat,lon,role,operator,observes,"
        "range_min,range_max,sampling_min,radio_min,provisional,source,confidence",
        gauges,
    )
    sensors = [
        row
        for n in range(devices)
        for row in (
            (dev_eui(n), f"g{n}", "stage", "", "level_cm", "cm", "", "false", "bench"),
            (dev_eui(n), f"g{n}", "battery", "", "battery", "%", "", "false", "bench"),
        )
    ]
    _write(
        folder / "sensors.csv",
        "dev_eui,gauge_id,observed_property,decoder,path,unit,mount_height_m,simulated,source",
        sensors,
    )
    return folder


def _write(path: Path, head: str, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head.split(","))
        writer.writerows(rows)
