"""Limits of the quality tests (`quality.toml`): per observed property, overridden per datastream.

The product ships such a file for every property that it knows (`services/quality/quality.toml`);
the file of a region names only what differs there.
"""

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from data.region_pack.columns import Text
from data.region_pack.toml_file import read_toml, require_once

FILE = "quality.toml"
Property = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
StreamKey = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]+/[a-z][a-z0-9_]*$", max_length=120)
]
Positive = Annotated[float, Field(gt=0)]
_ORDERED = (
    ("fail_min", "fail_max"),
    ("fail_min", "suspect_min"),
    ("suspect_min", "suspect_max"),
    ("suspect_max", "fail_max"),
    ("rate_suspect", "rate_fail"),
    ("spike_suspect", "spike_fail"),
    ("flat_suspect_h", "flat_fail_h"),
)


class TestLimits(BaseModel):
    """Limits in the stored unit; a test without its limits is not made. Rates per 15 minutes."""

    __test__ = False
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    source: Text
    fail_min: float | None = None
    fail_max: float | None = None
    suspect_min: float | None = None
    suspect_max: float | None = None
    rate_suspect: Positive | None = None
    rate_fail: Positive | None = None
    spike_suspect: Positive | None = None
    spike_fail: Positive | None = None
    jump_suspect: Positive | None = None
    flat_tolerance: Annotated[float, Field(ge=0)] | None = None
    flat_suspect_h: Positive | None = None
    flat_fail_h: Positive | None = None
    flat_alone: bool | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for low, high in _ORDERED:
            lower, upper = getattr(self, low), getattr(self, high)
            if lower is not None and upper is not None and lower > upper:
                raise ValueError(f"{low} ({lower:g}) liegt über {high} ({upper:g})")
        return self


class PropertyLimits(TestLimits):
    """Limits of all datastreams of one observed property, in its unit."""

    observed_property: Property
    unit: str


class StreamLimits(TestLimits):
    """Limits of one datastream `<thing>/<property>`: it replaces the property's."""

    key: StreamKey


class QualityFile(BaseModel):
    """Limits by observed property and by datastream."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    property: tuple[PropertyLimits, ...] = ()
    datastream: tuple[StreamLimits, ...] = ()


def load_quality(directory: Path) -> QualityFile:
    """Return the limits of a folder; a folder without the file names none.

    Raises
    ------
    RegionPackError
        With every fault of the file.
    """
    found = read_toml(directory, FILE, QualityFile) or QualityFile()
    names = (row.observed_property for row in found.property)
    require_once(directory, FILE, "property.observed_property", names)
    require_once(directory, FILE, "datastream.key", (row.key for row in found.datastream))
    return found
