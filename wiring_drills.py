"""Drills: asked for in real operation, steered and evaluated inside of one."""

from services.drills.booth import DrillBooth
from services.drills.desk import DrillDesk
from services.drills.evaluation_service import EvaluationService
from services.drills.event import event_in
from services.drills.room import DrillRoom
from wiring import Wired


def make_drills(wired: Wired) -> DrillRoom:
    """Return what pages may ask for around drills."""
    settings, is_drill = wired.settings, wired.settings.drill
    evaluating = None
    if is_drill:
        event = event_in(settings.state_dir)
        evaluating = EvaluationService(wired.sessions, wired.region, event)
    return DrillRoom(
        DrillBooth(
            wired.sessions,
            wired.region,
            settings.next_drill_port,
            settings.drill_reports,
            is_drill,
        ),
        DrillDesk(wired.sessions, wired.region, wired.clock, is_drill),
        wired.region.timezone,
        evaluating,
    )
