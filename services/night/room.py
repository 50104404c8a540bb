"""What people enter and need by night, in one place for pages and files."""

from collections.abc import Callable
from dataclasses import dataclass

from services.all_clear.desk import AllClears
from services.emergency_list.keeper import EmergencyLists
from services.host_clock.model import ClockFinding
from services.manual_readings.desk import ManualReadings
from services.planned_outages.desk import PlannedOutages


@dataclass(frozen=True, slots=True)
class NightRoom:
    """Readings by hand, planned outages, printed lists and all-clears of a region."""

    readings: ManualReadings
    outages: PlannedOutages
    lists: EmergencyLists
    all_clears: AllClears
    host_clock: Callable[[], ClockFinding | None]
    """The last comparison of the host's clock with others."""
