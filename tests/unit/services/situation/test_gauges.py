"""A gauge whose readings are all taken out is not silent for the people in front of the screen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from components.gauge_parts import expected_word, silent_word
from data.observation_rows import LatestRow
from services.flood.model import Flag, GaugeResult, State
from services.situation.gauges import DISBELIEVED, PeopleSaid, gauge_views
from tests.support import sample_night
from tests.support.sample_night import GAUGE

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def heard(gauge_id, minutes):
    at = NOW - timedelta(minutes=minutes)
    return LatestRow(f"{gauge_id}/stage", at, at, 1.62, Flag.FAIL, "live")


def silent(gauge_id):
    return GaugeResult(
        gauge_id, State.UNBEKANNT, None, NOW - timedelta(hours=3), 10_800.0, Flag.MISSING, None,
        is_silent=True, is_rising=False, sentence="Messausfall.",
    )  # fmt: skip


@pytest.mark.parametrize(("minutes", "disbelieved"), [(5, True), (44, True), (90, False)])
def test_whoever_sends_what_nobody_believes_is_named_so(region, minutes, disbelieved):
    gauge_id = sorted(region.connected)[0]
    views = gauge_views(
        region, {gauge_id: silent(gauge_id)}, {f"{gauge_id}/stage": heard(gauge_id, minutes)}, NOW
    )
    [view] = [view for view in views if view.gauge_id == gauge_id]
    assert view.is_silent
    assert view.state is State.UNBEKANNT
    assert view.is_disbelieved is disbelieved
    assert (view.sentence == DISBELIEVED) is disbelieved
    assert silent_word(view) == ("Werte verworfen" if disbelieved else "Stumm")
    assert expected_word(replace(view, state=State.ALARM)).startswith(silent_word(view))


def seen_with(region, people, observed_at):
    told = replace(silent(GAUGE), value=1.62, observed_at=observed_at)
    views = gauge_views(region, {GAUGE: told}, {}, NOW, people=people)
    return next(view for view in views if view.gauge_id == GAUGE)


def test_a_value_that_a_person_read_is_marked_and_one_of_the_device_is_not(region):
    at = NOW - timedelta(minutes=20)
    people = PeopleSaid({GAUGE: (sample_night.reading(read_at=at),)})
    by_hand = seen_with(region, people, at)
    assert by_hand.by_hand.words == "telefonisch gemeldet von Feuerwehr"
    assert not by_hand.is_silent
    assert seen_with(region, people, NOW).by_hand is None


def test_a_gauge_out_of_service_is_silent_but_not_missed(region):
    people = PeopleSaid(outages={GAUGE: sample_night.outage()})
    view = seen_with(region, people, NOW - timedelta(hours=3))
    assert view.is_silent
    assert not view.is_missed
    assert view.state is State.UNBEKANNT
    assert silent_word(view) == "planmäßig außer Betrieb"
    assert "Wartung" in view.sentence
    assert seen_with(region, PeopleSaid(), NOW - timedelta(hours=3)).is_missed
