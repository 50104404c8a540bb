"""What a drill shows afterwards: calls, who took them, what was left before the water."""

import csv
import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data.drill_acts import ActRow, CallRow
from services.drills.evaluation import Evaluation, calls_of, missed_of
from services.drills.evaluation_file import evaluation_csv, summary

ZONE = ZoneInfo("Europe/Berlin")
AT = datetime(2021, 7, 14, 16, 0, tzinfo=UTC)
WALL = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
CAME = AT + timedelta(minutes=100)


def entry(kind, minutes, severity="", actor="System", alarm_id="a", subject="mayen/nette"):
    wall = WALL + timedelta(minutes=minutes / 20)
    at = AT + timedelta(minutes=minutes)
    return CallRow(alarm_id, "stufe", subject, "Mayen", kind, severity, at, wall, actor)


def calls(*rows, came=lambda _place, _level: CAME, stages=()):
    return calls_of(rows, came, {"Anna": "Krisenstab"}, {"a": 3}, stages)


def evaluation(found, missed=(), *, knows_truth=True):
    return Evaluation("Juli 2021", AT, True, knows_truth, found, missed, (), (), 3)  # noqa: FBT003


def test_a_call_is_taken_by_the_first_person_and_tells_what_was_left():
    [call] = calls(
        entry("opened", 0, "warnung"),
        entry("acknowledged", 20, actor="Anna"),
        entry("acknowledged", 30, actor="Berta"),
    )
    assert (call.taken_after_min, call.taken_after_wall_min) == (20.0, 1.0)
    assert (call.taken_by, call.role, call.messages) == ("Anna", "Krisenstab", 3)
    assert (call.offered_min, call.left_min) == (100.0, 80.0)


def test_an_alarm_that_rises_calls_anew():
    first, second = calls(
        entry("opened", 0, "voralarm"),
        entry("acknowledged", 5, actor="Anna"),
        entry("raised", 30, "alarm"),
    )
    assert (first.severity, first.taken_after_min) == ("voralarm", 5.0)
    assert (second.severity, second.taken_after_min, second.left_min) == ("alarm", None, None)


def test_an_alarm_that_the_machine_closed_was_taken_by_nobody():
    [call] = calls(entry("opened", 0, "alarm"), entry("closed", 9))
    assert call.taken_at is None


def test_measures_of_the_same_river_count_from_the_call_on():
    stages = [ActRow("nette", AT + timedelta(minutes=m), "Anna") for m in (-5, 8)] + [
        ActRow("elzbach", AT + timedelta(minutes=9), "Anna")
    ]
    [call] = calls(entry("opened", 0, "alarm"), stages=stages)
    assert call.measures == 1


def test_what_came_before_any_alarm_of_its_level_is_named():
    found = calls(entry("opened", 0, "voralarm"))
    reached = {
        "mayen/nette": {"voralarm": CAME, "alarm": CAME},
        "plaidt/nette": {"voralarm": CAME},
    }
    missed = missed_of(reached, found, {"plaidt/nette": "Plaidt"})
    assert [(item.name, item.level) for item in missed] == [
        ("mayen/nette", "alarm"),
        ("Plaidt", "voralarm"),
    ]
    too_late = calls(entry("opened", 200, "alarm"))
    assert len(missed_of({"mayen/nette": {"alarm": CAME}}, too_late, {})) == 1


def test_the_sentence_tells_minutes_offered_and_left():
    taken = calls(entry("opened", 0, "alarm"), entry("acknowledged", 20, actor="Anna"))
    words = summary(evaluation(taken))
    assert words.startswith("1 Ruf, 1 davon quittiert")
    assert "nach 20 Minuten" in words
    assert "100 Minuten" in words
    assert "blieben 80 Minuten" in words


@pytest.mark.parametrize(
    ("found", "knows", "words"),
    [
        ((), True, "Kein Alarm hat gerufen."),
        (calls(entry("opened", 0, "alarm")), True, "niemand quittiert"),
        (calls(entry("opened", 0, "alarm")), False, "bei einer Aufzeichnung nicht bekannt"),
        (
            calls(entry("opened", 0, "alarm"), came=lambda _place, _level: None),
            True,
            "An keinem gerufenen Ort",
        ),
    ],
)
def test_the_sentence_says_what_is_not_known(found, knows, words):
    assert words in summary(evaluation(found, knows_truth=knows))


def test_the_table_begins_with_the_mark_and_holds_no_formula():
    rows = [entry("opened", 0, "alarm"), entry("acknowledged", 20, actor="=cmd()")]
    text = evaluation_csv(evaluation(calls(*rows)), ZONE)
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert table[0][0].startswith("ÜBUNG")
    assert table[3][3] == "14.07.2021 18:00 MESZ"
    assert table[3][6] == "'=cmd()"
    assert table[3][9:11] == ["100.0", "80.0"]
