"""What the worker does for alarms: conditions of the cycle it just stored, and of the devices."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data import operation, runs
from data.engine import writing
from services.alarms.from_cycle import Names, cycle_conditions
from services.alarms.from_devices import device_conditions
from services.alarms.from_health import watchdog_conditions
from services.alarms.keeper import AlarmKeeper
from services.alarms.model import CYCLE_RULES, DEVICE_RULES
from services.alarms.watchdog import WATCHDOG
from services.clock import ReplayClock, wall_now
from services.devices.service import DeviceService
from services.jobs.model import Job
from services.planned_outages.model import Outage
from services.planned_outages.standing import standing
from services.region import Region
from services.run_results import gauge_result, village_result

DEVICES_EVERY = timedelta(minutes=5)
"""How often devices are looked at (estimate): their own interval is a quarter of an hour."""
FILLING = timedelta(seconds=20)
"""Wall time in which a replay stores the hours before its beginning or a jump (13 s measured
on two cores that also start the product)."""
LOOKED = "alarme"
"""Source under which is noted of which run the alarms were decided, and when."""


@dataclass(frozen=True, slots=True)
class CycleAlarms:
    """Evaluates the newest stored cycle; called under the lease of the cycle."""

    keeper: AlarmKeeper
    names: Names
    wall: Callable[[], datetime] = wall_now
    seconds: Callable[[], float] = time.monotonic
    began_s: float = field(default_factory=time.monotonic)

    def __call__(self) -> None:
        """Look at what the newest cycle says."""
        keeper = self.keeper
        region_id, epoch = keeper.region.region_id, keeper.clock.epoch()
        if self._is_filling():
            return
        with keeper.sessions() as session:
            run = runs.newest_cycle(session, region_id, epoch)
            if run is None:
                return
            villages = [village_result(row) for row in runs.village_details(session, run.run_id)]
            gauges = [gauge_result(row) for row in runs.gauge_details(session, run.run_id)]
            looked_at = operation.last_success(session, WATCHDOG)
            now = keeper.clock.now()
            planned = standing(session, keeper.region, keeper.clock, now).gauges
        age_s = None if looked_at is None else (self.wall() - looked_at).total_seconds()
        out = _words(planned, keeper.region)
        conditions = cycle_conditions(villages, gauges, self.names, keeper.policy, now, out)
        watched_s = self.seconds() - self.began_s
        conditions += watchdog_conditions(age_s, watched_s, keeper.policy)
        keeper.look(conditions, CYCLE_RULES)
        self._note(run.run_id)

    def _is_filling(self) -> bool:
        """Tell whether a replay has just begun or jumped: its past is not stored yet."""
        clock = self.keeper.clock
        jumped_at = clock.jumped_at() if isinstance(clock, ReplayClock) else None
        return jumped_at is not None and self.wall() - jumped_at < FILLING

    def _note(self, run_id: str) -> None:
        keeper = self.keeper
        with keeper.sessions.begin() as session:
            operation.report(writing(session), LOOKED, self.wall(), ok=True, message=run_id)


def device_job(keeper: AlarmKeeper, devices: DeviceService) -> Job:
    """Return the look at devices and batteries."""

    def look() -> str:
        views = devices.overview().devices
        with keeper.sessions() as session:
            now = keeper.clock.now()
            planned = standing(session, keeper.region, keeper.clock, now).devices
        out = _words(planned, keeper.region)
        changes = keeper.look(device_conditions(views, keeper.policy, out), DEVICE_RULES)
        return f"{changes} Gerätealarme geändert" if changes else ""

    return Job("geraete-alarme", DEVICES_EVERY, look)


def _words(planned: Mapping[str, Outage], region: Region) -> dict[str, str]:
    return {key: outage.words(region.timezone) for key, outage in planned.items()}
