from dataclasses import replace

from components import gauge_parts
from services.flood.model import State
from tests.support import sample_water as sample
from tests.support import trees


def test_the_measured_level_is_the_highest_that_the_value_stands_above():
    assert gauge_parts.measured_level(sample.NITZ) is State.ALARM
    assert gauge_parts.measured_level(replace(sample.NITZ, value=1.0)) is State.VORALARM
    assert gauge_parts.measured_level(replace(sample.NITZ, value=0.5)) is State.OK


def test_without_a_reading_or_without_levels_nothing_is_measured():
    assert gauge_parts.measured_level(sample.HAMMESMUEHLE) is None
    assert gauge_parts.measured_level(replace(sample.NITZ, thresholds=())) is None
    assert gauge_parts.measured_line(sample.HAMMESMUEHLE) is None


def test_a_state_that_no_reading_shows_yet_is_called_expected():
    ahead = replace(sample.NITZ, value=1.0)
    assert trees.text(gauge_parts.gauge_badge(ahead)) == "erwartet: Alarm gemessen: Voralarm"
    assert trees.text(gauge_parts.gauge_badge(replace(sample.NITZ, value=0.5))) == (
        "erwartet: Alarm gemessen: unter allen Schwellen"
    )
    assert trees.text(gauge_parts.gauge_badge(sample.NITZ)) == "Alarm"
    assert trees.text(gauge_parts.gauge_badge(sample.HAMMESMUEHLE)) == "Stumm"


def test_the_gauge_page_tells_both_levels():
    words = trees.text(gauge_parts.measured_line(replace(sample.NITZ, value=1.0)))
    assert words == "Gemessen: Voralarm · erwartet in den nächsten 12 Stunden: Alarm"
    assert trees.text(gauge_parts.measured_line(sample.NITZ)) == "Gemessen: Alarm"
