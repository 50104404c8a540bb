"""NetCDF after the CF conventions 1.11: one property, time series at stations.

The values stand one station after the other with their number in `row_size` (contiguous ragged
array, CF chapter H.2.4); the QARTOD flags are an ancillary variable (CF 3.4, 3.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

import numpy as np
from netCDF4 import Dataset

from services.catalogue.model import Record, Table
from services.catalogue.vocabulary import LICENCES

EPOCH = "seconds since 1970-01-01T00:00:00Z"
FILL = -9999.0
"""Stands for "no value" in the file; readers of NetCDF turn it into a gap."""
FLAGS = {1: "good", 2: "not_evaluated", 3: "suspect", 4: "fail", 9: "missing"}
"""QARTOD, Manual for Real-Time Quality Control: the five flags and their names."""


@dataclass(frozen=True, slots=True)
class CfName:
    """How CF calls a property; a name only where the standard name table has one that fits."""

    standard_name: str
    units: str
    long_name: str


CF: Mapping[str, CfName] = {
    "stage": CfName("water_surface_height_above_reference_datum", "m", "stage above gauge zero"),
    "discharge": CfName("water_volume_transport_in_river_channel", "m3 s-1", "discharge"),
    "rain": CfName("lwe_thickness_of_precipitation_amount", "mm", "depth of rain"),
    "air_temperature": CfName("air_temperature", "degC", "air temperature"),
    "water_temperature": CfName("", "degC", "water temperature"),
    "battery": CfName("", "1", "battery as the device reports it"),
}


def write_netcdf(path: Path, table: Table, observed_property: str) -> None:
    """Write the series of one property."""
    with Dataset(path, "w", format="NETCDF4") as file:
        _describe(file, table)
        _declare(file, observed_property)
        stations: list[Record] = []
        sizes: list[int] = []
        start = 0
        for _, group in groupby(table.records, key=lambda record: record.values[0]):
            rows = list(group)
            _append(file, observed_property, rows, start)
            stations.append(rows[0])
            sizes.append(len(rows))
            start += len(rows)
        _stations(file, stations, sizes)


def _describe(file: Dataset, table: Table) -> None:
    row = table.dataset
    file.Conventions = "CF-1.11"
    file.featureType = "timeSeries"
    file.title = row.title
    file.institution = row.attribution
    kind = "simulated values of a demonstration" if table.note else "raw values"
    file.source = f"regional data space, {kind} with automatic checks"
    file.comment = f"{table.note} {row.description}".strip()
    file.is_simulated = "true" if table.note else "false"
    file.license = LICENCES[row.licence].uri


def _declare(file: Dataset, name: str) -> None:
    file.createDimension("station", None)
    file.createDimension("obs", None)
    station = file.createVariable("station_id", str, ("station",))
    station.cf_role = "timeseries_id"
    station.long_name = "id of the station"
    file.createVariable("station_name", str, ("station",)).long_name = "name of the station"
    size = file.createVariable("row_size", "i4", ("station",))
    size.sample_dimension = "obs"
    size.long_name = "number of values of the station"
    for axis, standard, units in (
        ("lat", "latitude", "degrees_north"),
        ("lon", "longitude", "degrees_east"),
    ):
        place = file.createVariable(axis, "f8", ("station",), fill_value=FILL)
        place.standard_name, place.units = standard, units
    at = file.createVariable("time", "f8", ("obs",), zlib=True)
    at.standard_name, at.units, at.calendar, at.axis = "time", EPOCH, "standard", "T"
    told = CF[name]
    value = file.createVariable(name, "f8", ("obs",), zlib=True, fill_value=FILL)
    value.long_name, value.units = told.long_name, told.units
    if told.standard_name:
        value.standard_name = told.standard_name
    value.coordinates = "time lat lon station_name"
    value.ancillary_variables = f"{name}_qc"
    flag = file.createVariable(f"{name}_qc", "i1", ("obs",), zlib=True)
    flag.standard_name = "quality_flag"
    flag.long_name = "QARTOD flag"
    flag.flag_values = np.array(list(FLAGS), dtype="i1")
    flag.flag_meanings = " ".join(FLAGS.values())
    flag.coordinates = "time lat lon station_name"


def _append(file: Dataset, name: str, rows: list[Record], start: int) -> None:
    end = start + len(rows)
    file["time"][start:end] = [_seconds(row.values[3]) for row in rows]
    values = [FILL if row.values[4] is None else row.values[4] for row in rows]
    file[name][start:end] = np.array(values, dtype="f8")
    file[f"{name}_qc"][start:end] = np.array([row.values[6] for row in rows], dtype="i1")


def _stations(file: Dataset, stations: list[Record], sizes: list[int]) -> None:
    for number, record in enumerate(stations):
        file["station_id"][number] = record.values[0]
        file["station_name"][number] = record.values[1]
        for axis, place in (("lat", 7), ("lon", 8)):
            known = record.values[place]
            file[axis][number] = FILL if known is None else known
        file["row_size"][number] = sizes[number]


def _seconds(at: object) -> float:
    if not isinstance(at, datetime):
        raise TypeError("a record of a series has its time in the fourth column")
    return at.timestamp()
