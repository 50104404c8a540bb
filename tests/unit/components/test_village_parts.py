from dataclasses import replace
from datetime import timedelta

from components import village_parts
from services.flood.model import State
from services.situation.urgency import urgency
from tests.support import sample_water as sample
from tests.support import trees

NOW = sample.NOW


def named(place_id, river_id=None):
    return next(
        view
        for view in sample.VILLAGES
        if view.place_id == place_id and river_id in (None, view.river_id)
    )


def test_the_graver_state_comes_first_and_within_it_the_least_time():
    rieden, nitztal, virneburg = named("rieden-muehlen"), named("nitztal"), named("virneburg")
    assert rieden.result.usable_p10_min < nitztal.result.usable_p10_min
    found = sorted([rieden, nitztal, virneburg], key=urgency(NOW))
    assert found == [virneburg, nitztal, rieden]


def test_with_no_time_left_the_likely_minutes_decide():
    late = named("nitztal")
    later = replace(late, name="A", result=replace(late.result, usable_p10_min=0.0))
    soon = replace(
        late, name="B", result=replace(late.result, usable_p10_min=0.0, usable_p50_min=5.0)
    )
    assert sorted([later, soon], key=urgency(NOW)) == [soon, later]


def test_a_place_whose_level_is_there_comes_after_those_that_have_time():
    virneburg, nitztal = named("virneburg"), named("nitztal")
    late = virneburg.result.latest + timedelta(minutes=1)
    found = sorted([virneburg, nitztal], key=urgency(late))
    assert found == [nitztal, virneburg]
    assert trees.text(village_parts.usable_cell(virneburg, late)) == "keine Zeit mehr"


def test_a_grave_warning_without_data_counts_as_no_time_left():
    kept = replace(named("polch-ruitsch"), state=State.ALARM)
    key = urgency(NOW)
    assert key(kept) < key(named("nitztal"))
    assert key(named("polch-ruitsch")) > key(named("plaidt"))


def test_a_place_without_a_gauge_above_has_a_word_of_its_own():
    assert village_parts.state_word(named("weibern")) == "Kein Pegel oberhalb"
    assert village_parts.state_word(named("kruft")) == "Keine Daten"


def test_a_kept_warning_tells_since_when_no_data_supports_it():
    words = trees.text(village_parts.basis_cell(named("polch-ruitsch"), NOW))
    assert "Warnung bleibt bestehen, seit 16:17 Uhr keine Daten" in words


def test_the_countdown_runs_from_the_run_not_from_now():
    view = named("nitztal")
    ticking = village_parts.usable_countdown(view, sample.RUN_AT)
    assert ticking.dateTime == (sample.RUN_AT + timedelta(minutes=54)).isoformat()
    assert getattr(ticking, "data-tick") == "usable"


def test_minutes_say_which_level_they_run_to_and_which_of_two_numbers_they_are():
    words = trees.text(village_parts.usable_cell(named("nitztal"), sample.RUN_AT))
    assert words == "54 Min. bis Alarm, mindestens wahrscheinlich 1 Std. 58 Min."


def test_a_place_of_which_only_the_rain_speaks_says_so():
    view = named("trimbs")
    rain = replace(
        view,
        driving_gauge_name="",
        result=replace(view.result, path_kind="rain", driving_gauge=None, confidence="gering"),
    )
    words = trees.text(village_parts.basis_cell(rain, NOW))
    assert words.startswith("nur Niederschlag Vertrauen gering, Niederschlag vor 7 Min.")
    assert "Messwert" not in words
