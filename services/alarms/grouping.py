"""Alarms of the places on one river belong together: a flood wave is one event for a room."""

from collections.abc import Mapping, Sequence

from services.alarms.model import Rule
from services.alarms.views import AlarmGroup, AlarmView

LEAST = 2
"""From so many alarms on they stand as one line."""


def grouped(alarms: Sequence[AlarmView], rivers: Mapping[str, str]) -> tuple[AlarmGroup, ...]:
    """Return alarms in groups; order is that of the first alarm of each.

    `rivers` has the names of the rivers by id. Only alarms about levels at places are gathered:
    each lost gauge and each fault of the system is told by itself.
    """
    gathered: dict[str, list[AlarmView]] = {}
    for alarm in alarms:
        gathered.setdefault(_key(alarm, rivers), []).append(alarm)
    found: list[AlarmGroup] = []
    for key, own in gathered.items():
        if len(own) < LEAST:
            found.append(AlarmGroup("", "", tuple(own)))
        else:
            found.append(AlarmGroup(key, rivers[key], tuple(own)))
    return tuple(found)


def _key(alarm: AlarmView, rivers: Mapping[str, str]) -> str:
    return river_of(alarm.rule, alarm.subject, rivers) or alarm.alarm_id


def river_of(rule: str, subject: str, rivers: Mapping[str, str]) -> str:
    """Return the river that an alarm is gathered under, "" for one that is told by itself."""
    river = subject.rpartition("/")[2]
    is_place = rule == Rule.LEVEL and "/" in subject and river in rivers
    return river if is_place else ""
