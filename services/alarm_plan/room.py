"""Everything about the alarm plan that pages and files ask for, in one place."""

from dataclasses import dataclass

from services.alarm_plan.desk import AlarmPlanDesk
from services.alarm_plan.files import AlarmPlanFiles
from services.alarm_plan.service import AlarmPlanService


@dataclass(frozen=True, slots=True)
class AlarmPlanRoom:
    """The alarm plan of a region: reading, changing, files."""

    reading: AlarmPlanService
    desk: AlarmPlanDesk
    files: AlarmPlanFiles
