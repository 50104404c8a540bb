"""What extraction gives: travel times found, and passages refused with a reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from services.flood.exceedance import Scale
from services.flood.lags import LagObservation, Stretch
from services.flood.model import EngineGauge, Series

OriginArray = NDArray[np.str_]


class LagKind(StrEnum):
    """What was timed at both gauges."""

    PEAK = "scheitel"
    RISE = "anstieg"
    VORALARM = "voralarm"
    WARNUNG = "warnung"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class GaugeRecord:
    """Stored readings of one gauge with their origins, and its scale of relative exceedance."""

    gauge: EngineGauge
    series: Series
    origins: OriginArray
    scale: Scale | None


@dataclass(frozen=True, slots=True)
class FoundLag:
    """One travel time between two gauges, as found in the readings."""

    upper: str
    lower: str
    kind: LagKind
    event: str
    upper_at: datetime
    lower_at: datetime
    stretches: tuple[Stretch, ...]
    lag_min: float
    sigma_ln: float
    exceedance: float | None
    origin: str
    warning: str = ""

    @property
    def observed(self) -> LagObservation:
        """Return it as an observation of the celerity."""
        return LagObservation(
            self.event, self.stretches, self.lag_min, self.sigma_ln, self.exceedance
        )


@dataclass(frozen=True, slots=True)
class RefusedLag:
    """A wave that passed both gauges, but whose travel time cannot be told; reason in German."""

    upper: str
    lower: str
    event: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found and refused in a window of time."""

    found: tuple[FoundLag, ...]
    refused: tuple[RefusedLag, ...]
