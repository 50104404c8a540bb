"""Who is told what after a cycle."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data import runs, subscriptions
from data.engine import writing
from data.models import DrillMessage
from data.subscriptions import SubscriptionRow
from services.flood.model import GaugeResult, State
from services.run_results import gauge_row, village_row
from services.subscriptions.model import GAUGE, PLACE
from services.subscriptions.telling import (
    ABOVE,
    SubscriberMail,
    told_of_gauge,
    told_of_place,
    worst,
)
from tests.support import sample_water as sample
from tests.support.sample_runs import run_row
from tests.unit.services.subscriptions.test_subscription_service import NOW, made

PLACE_ROW = SubscriptionRow("p", "a@b.de", PLACE, "mayen", "warnung", None, NOW, NOW, "")
GAUGE_ROW = SubscriptionRow("g", "a@b.de", GAUGE, "iot-nitz", "", 1.2, NOW, NOW, "")


class Clock:
    def now(self):
        return sample.NOW

    def epoch(self):
        return None


class Story:
    """Stores a cycle after the other and returns the titles of the mails."""

    def __init__(self, sessions, region):
        kept = made(sessions, region, is_drill=True)
        self.sessions, self.region, self.number = sessions, region, 0
        self.mail = SubscriberMail(sessions, region, Clock(), kept.post, kept.source)

    def subscribe(self, row):
        with self.sessions.begin() as session:
            subscriptions.add(writing(session), self.region.region_id, row)

    def cycle(self, state, value=1.0, *, is_silent=False):
        self.number += 1
        at = sample.NOW + timedelta(minutes=self.number)
        village = sample.result("mayen", "nette", state, (60, 90, 120))
        gauge = GaugeResult(
            "iot-nitz",
            State.OK,
            None if is_silent else value,
            at,
            0.0,
            1,
            0.0,
            is_silent,
            False,  # noqa: FBT003
        )
        run_id = f"run-{self.number}"
        with self.sessions.begin() as session:
            runs.add(writing(session), run_row(run_id, at, region_id=self.region.region_id))
            runs.add_results(session, run_id, [village_row(village)], [gauge_row(gauge)])
        return self.mail()

    def titles(self):
        with self.sessions() as session:
            found = session.scalars(select(DrillMessage.subject).order_by(DrillMessage.created_at))
            return [title.removeprefix("ÜBUNG – ") for title in found]


@pytest.fixture
def story(sessions, region):
    return Story(sessions, region)


def test_each_step_up_is_told_once_and_the_end_once(story):
    story.subscribe(PLACE_ROW)
    rising = [State.OK, State.VORALARM, State.WARNUNG, State.WARNUNG, State.ALARM]
    states = [*rising, State.WARNUNG, State.UNBEKANNT, State.OK, State.OK]
    assert [story.cycle(state) for state in states] == [0, 0, 1, 0, 1, 0, 0, 1, 0]
    assert [title.split(":")[0] for title in story.titles()] == [
        "Warnung",
        "Alarm",
        "Stufe nach Messwerten beendet, keine Entwarnung",
    ]


def test_silence_never_ends_a_warning(story):
    story.subscribe(PLACE_ROW)
    story.subscribe(GAUGE_ROW)
    story.cycle(State.ALARM, 1.3)
    before = len(story.titles())
    assert story.cycle(State.UNBEKANNT, is_silent=True) == 0
    assert len(story.titles()) == before == 2


def test_an_own_threshold_is_told_and_ends_below_its_hysteresis(story):
    story.subscribe(GAUGE_ROW)
    assert [story.cycle(State.OK, value) for value in (1.1, 1.21, 1.19, 1.22, 1.14)] == [
        0, 1, 0, 0, 1,
    ]  # fmt: skip


def test_who_has_not_confirmed_is_told_nothing(story):
    story.subscribe(replace(PLACE_ROW, confirmed_at=None))
    assert story.cycle(State.ALARM) == 0
    assert story.titles() == []


def test_a_mail_names_minutes_age_official_source_and_the_way_out(story):
    story.subscribe(PLACE_ROW)
    story.cycle(State.ALARM)
    with story.sessions() as session:
        [body] = session.scalars(select(DrillMessage.body))
    for words in ("Mindestens nutzbar: 40 Minuten", "vor 7 Minuten", "HVZ", "Abbestellen", "ÜBUNG"):
        assert words in body
    assert "https://c/gewaesser/ort/mayen" in body
    assert "https://c/abo/" in body


def test_a_place_with_a_silent_second_river_is_not_over():
    calm = sample.result("mayen", "nette", State.OK, None)
    silent = replace(calm, river_id="nitzbach", state=State.UNBEKANNT)
    assert worst([calm, silent])["mayen"].state is State.UNBEKANNT
    assert worst([calm, replace(silent, has_gauge_above=False)])["mayen"].state is State.OK
    assert told_of_place(PLACE_ROW, State.UNBEKANNT) is None
    assert told_of_place(PLACE_ROW, State.VORALARM) == ""


@given(st.floats(0, 5), st.sampled_from(["", ABOVE]))
def test_within_the_hysteresis_nothing_changes(value, told):
    found = told_of_gauge(replace(GAUGE_ROW, told=told), value, "m")
    if value >= 1.2:
        assert found == ABOVE
    elif value <= 1.15:
        assert found == ""
    else:
        assert found == told
    assert told_of_gauge(GAUGE_ROW, None, "m") is None
