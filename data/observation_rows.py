"""Observations as they go in and come out."""

from dataclasses import dataclass
from datetime import datetime

Key = tuple[int, datetime]
"""Datastream and phenomenon time: what identifies an observation."""


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One observation on its way into or out of the store."""

    datastream_id: int
    phenomenon_time: datetime
    result_time: datetime
    value: float | None
    raw_value: float | None
    flag: int
    flag_reason: str
    origin: str

    @property
    def key(self) -> Key:
        """Return what identifies the observation."""
        return self.datastream_id, self.phenomenon_time

    @property
    def said(self) -> tuple[float | None, float | None, int]:
        """Return what makes two rows of one key differ."""
        return self.value, self.raw_value, self.flag


@dataclass(frozen=True, slots=True)
class RainRow:
    """A depth of rain, the end of its interval and its receipt: a forecast is received before."""

    phenomenon_time: datetime
    result_time: datetime
    value: float | None


@dataclass(frozen=True, slots=True)
class LatestRow:
    """The newest observation of a datastream."""

    key: str
    phenomenon_time: datetime
    result_time: datetime
    value: float | None
    flag: int
    origin: str
