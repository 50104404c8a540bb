"""What the HTTP API asks for beside what pages ask for."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.api_views.lead_times import LeadTimeService
from services.api_views.observations import ObservationService
from services.indicators import IndicatorService
from services.sensorthings.service import SensorThingsService
from services.warnings.service import WarningService


@dataclass(frozen=True, slots=True)
class ApiViews:
    """Read services of the API.

    `licences` by what a data set holds; `origin` of the readings: simulated, imported, live.
    """

    observations: ObservationService
    lead_times: LeadTimeService
    warnings: WarningService
    indicators: IndicatorService
    sensorthings: SensorThingsService
    licences: Mapping[str, str]
    public_url: str
    origin: str
    per_minute: int
    example_gauge: str
