"""What people enter and need by night, put together for the web process and the worker."""

from services.alarms.model import Severity
from services.all_clear.desk import AllClears
from services.all_clear.proposing import Proposer
from services.emergency_list.keeper import EmergencyLists
from services.host_clock.check import stored
from services.manual_readings.desk import ManualReadings
from services.night.room import NightRoom
from services.planned_outages.desk import PlannedOutages
from services.situation.service import SituationService
from services.thresholds.in_effect import ThresholdBook
from services.wall.service import WallService
from wiring import Wired
from wiring_notify import make_announcer
from wiring_rules import policy_of


def make_night(wired: Wired, situation: SituationService, wall: WallService) -> NightRoom:
    """Return what the night needs of a region."""
    parts = (wired.sessions, wired.region, wired.clock)
    return NightRoom(
        readings=ManualReadings(*parts),
        outages=PlannedOutages(*parts),
        lists=make_lists(wired, situation),
        all_clears=AllClears(
            *parts,
            Proposer(wired.region, wall.view, situation.history),
            _groups(wired),
            make_announcer(wired),
        ),
        host_clock=lambda: stored(wired.sessions),
    )


def _groups(wired: Wired) -> tuple[str, ...]:
    """Return every group that a warning may have called: all of them are told of its end."""
    plan = policy_of(wired).plan
    called = {
        step.group
        for severity, chain in plan.chains.items()
        if severity is not Severity.HINWEIS
        for step in chain.steps
    }
    return tuple(sorted(called))


def make_lists(wired: Wired, situation: SituationService | None = None) -> EmergencyLists:
    """Return what writes and gives the printed lists; the worker has no situation of its own."""
    read = situation or SituationService(
        wired.sessions,
        wired.region,
        wired.clock,
        wired.reader,
        thresholds=ThresholdBook(wired.region).held,
    )
    settings = wired.settings
    return EmergencyLists(
        wired.region, read.situation, wired.clock, settings.emergency_path, settings.emergency_dir
    )
