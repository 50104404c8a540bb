"""Alarms of places on one river stand together; everything else stands by itself."""

from datetime import timedelta

from services.alarms.grouping import grouped
from services.alarms.model import Rule, Severity
from tests.support.sample_alarms import NOW, view

RIVERS = {"nette": "Nette", "elz": "Elzbach"}


def level(alarm_id, subject, **changes):
    values = {"rule": Rule.LEVEL.value, "subject": subject, "name": subject, **changes}
    return view(alarm_id, **values)


def test_two_places_on_a_river_are_one_group_in_the_order_of_the_first():
    alarms = [
        level("a", "mayen/nette"),
        view("b", rule=Rule.LOST_RISING.value, subject="hammesmuehle"),
        level("c", "welling/nette", severity=Severity.WARNUNG),
        level("d", "monreal/elz"),
    ]
    found = grouped(alarms, RIVERS)
    assert [[each.alarm_id for each in group.alarms] for group in found] == [
        ["a", "c"],
        ["b"],
        ["d"],
    ]
    assert [group.river for group in found] == ["Nette", "", ""]


def test_every_alarm_is_in_exactly_one_group():
    alarms = [level(str(n), f"ort{n}/{'nette' if n % 2 else 'elz'}") for n in range(7)]
    found = [alarm for group in grouped(alarms, RIVERS) for alarm in group.alarms]
    assert sorted(alarm.alarm_id for alarm in found) == sorted(a.alarm_id for a in alarms)


def test_a_group_is_as_grave_as_its_gravest_and_waits_while_one_waits():
    done = NOW + timedelta(minutes=1)
    [group] = grouped(
        [
            level("a", "mayen/nette", severity=Severity.VORALARM, acknowledged_at=done),
            level("b", "welling/nette", severity=Severity.ALARM),
        ],
        RIVERS,
    )
    assert group.severity is Severity.ALARM
    assert [alarm.alarm_id for alarm in group.waiting] == ["b"]


def test_unknown_rivers_and_rises_are_not_gathered():
    alarms = [
        level("a", "ort/fremd"),
        level("b", "ort2/fremd"),
        view("c", rule=Rule.RISE.value, subject="x/nette"),
        view("d", rule=Rule.RISE.value, subject="y/nette"),
    ]
    assert all(len(group.alarms) == 1 for group in grouped(alarms, RIVERS))
