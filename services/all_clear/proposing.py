"""Gathers what the machine knows of an area, and words an all-clear to begin with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.alarms.model import Rule
from services.alarms.words import rule_words
from services.all_clear.conditions import Known, checks
from services.all_clear.errors import AllClearRefusedError
from services.all_clear.model import CALM_FOR, REGION, STEP, Area, Proposal
from services.local_time import stamp
from services.region import Region
from services.situation.model import GaugeView, Point
from services.wall.model import WallView

WATER = (Rule.LEVEL, Rule.RISE, Rule.SILENT, Rule.LOST_RISING)
"""Alarms that an all-clear is about; those of the system are not."""
WET = re.compile("regen|gewitter|tauwetter|schmelze|hochwasser|unwetter", re.IGNORECASE)
POINTS = 3000
TEXT = (
    "Entwarnung für {area}, Stand {at}. Die Wasserstände liegen unter den Schwellen, eine weitere"
    " Stufe wird nicht erwartet. Bitte überflutete Straßen und Keller weiter meiden, bis die"
    " Einsatzkräfte sie freigeben."
)
History = Callable[[str, datetime, datetime, int], tuple[Point, ...]]


@dataclass(frozen=True, slots=True)
class Proposer:
    """Says for each area which conditions of an all-clear are fulfilled."""

    region: Region
    wall: Callable[[], WallView]
    history: History

    def areas(self) -> tuple[Area, ...]:
        """Return the rivers with a gauge, then the whole region."""
        heard = {gauge.river_id for gauge in self.region.network.gauges.values()}
        rivers = [
            Area(row.river_id, row.name) for row in self.region.pack.rivers if row.river_id in heard
        ]
        return (*rivers, Area(REGION, self.region.pack.info.name))

    def proposal(self, key: str) -> Proposal:
        """Return what is known of an area now.

        Raises
        ------
        AllClearRefusedError
            When there is no such area.
        """
        area = next((item for item in self.areas() if item.key == key), None)
        if area is None:
            raise AllClearRefusedError(user_message="Bitte das Gewässer wählen.")
        view = self.wall()
        now = view.situation.clock.now
        found = checks(self._known(view, area))
        # a ready text would say of open conditions that they are met
        is_met = all(check.is_met for check in found)
        at = stamp(now, self.region.timezone)
        return Proposal(area, found, TEXT.format(area=area.name, at=at) if is_met else "")

    def _known(self, view: WallView, area: Area) -> Known:
        situation = view.situation
        now = situation.clock.now
        gauges = [g for g in situation.gauges if g.is_connected and _in(area, g.river_id)]
        alarms = [
            f"{rule_words(alarm.rule)} {alarm.name}"
            for alarm in view.board.alarms
            if alarm.rule in WATER and self._concerns(area, alarm.subject)
        ]
        measures = [
            f"{step.actor}: {step.what}"
            for stage in view.measures.stages
            if area.key == REGION or stage.river_name == area.name
            for step in stage.unfinished
        ]
        wet = [item.headline for item in view.weather.warnings if WET.search(item.headline)]
        floods = [item.headline for item in view.floods.warnings]
        is_heard = view.weather.is_heard and (view.floods.is_heard or not view.floods.is_connected)
        return Known(
            now=now,
            gauges=gauges,
            villages=[v for v in situation.villages if v.exposed and _in(area, v.river_id)],
            readings={gauge.gauge_id: self._readings(gauge, now) for gauge in gauges},
            warnings=[*floods, *wet] if is_heard else None,
            has_rain=situation.has_rain and not situation.is_stale,
            alarms=alarms,
            measures=measures,
        )

    def _readings(self, gauge: GaugeView, now: datetime) -> tuple[Point, ...]:
        return self.history(gauge.gauge_id, now - CALM_FOR - STEP, now, POINTS)

    def _concerns(self, area: Area, subject: str) -> bool:
        """Tell whether an alarm about a place ("place/river") or a gauge is one of the area."""
        rivers = {row.gauge_id: row.river_id for row in self.region.pack.gauges}
        return _in(area, rivers.get(subject, subject.rpartition("/")[2]))


def _in(area: Area, river_id: str) -> bool:
    return area.key in (REGION, river_id)
