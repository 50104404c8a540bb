from dataclasses import replace
from datetime import timedelta

from components import level_words
from services.flood.model import OUTLOOK_QUANTILES, LevelOutlook, State
from tests.support import sample_water as sample

NOW = sample.NOW


def named(place_id):
    return next(view for view in sample.VILLAGES if view.place_id == place_id)


def told(minutes, chance=0.9):
    """An outlook whose quantiles lie evenly between the given minutes from now."""
    first, last = minutes
    times = (NOW + timedelta(minutes=first + (last - first) * q) for q in OUTLOOK_QUANTILES)
    return LevelOutlook(tuple(times), {"1h": chance, "3h": chance, "12h": chance})


def with_voralarm(minutes, place_id="nitztal"):
    view = named(place_id)
    outlook = {**view.result.outlook, State.VORALARM: told(minutes)}
    return replace(view, result=replace(view.result, outlook=outlook))


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_arrival_names_its_level():
    assert plain(level_words.arrival_words(named("nitztal"), NOW)) == "Alarm 19:06 – 21:42 Uhr"
    assert level_words.until_words(named("nitztal")) == "bis Alarm"
    assert level_words.until_words(named("moselkern")) == ""


def test_the_likely_minutes_are_always_told_also_when_there_are_none():
    assert plain(level_words.likely_words(named("virneburg"))) == "wahrscheinlich 42 Min."
    gone = replace(named("virneburg"), result=replace(named("virneburg").result, usable_p50_min=0))
    assert level_words.likely_words(gone) == "auch wahrscheinlich keine"


def test_a_lower_level_that_comes_earlier_is_named():
    ahead = level_words.lower_words(with_voralarm((10, 60)), NOW)
    assert plain(ahead) == "vorher Voralarm: 18:07 – 18:47 Uhr"
    there = level_words.lower_words(with_voralarm((-60, -10)), NOW)
    assert plain(there) == "Voralarm wohl seit 17:17 Uhr erreicht"


def test_a_lower_level_that_comes_no_earlier_is_left_out():
    assert level_words.lower_words(with_voralarm((90, 400)), NOW) == ""
    assert level_words.lower_words(named("trimbs"), NOW) == ""


def test_an_arrival_that_is_over_says_since_when():
    view = named("virneburg")
    later = view.result.latest + timedelta(minutes=10)
    assert plain(level_words.arrival_words(view, later)) == "Alarm wohl seit 18:54 Uhr erreicht"


def test_an_arrival_may_come_at_any_time_once_its_earliest_is_past():
    view = named("virneburg")
    begun = view.result.earliest + timedelta(minutes=1)
    assert plain(level_words.arrival_words(view, begun)) == "Alarm jederzeit bis 19:50 Uhr"


def test_rain_alone_never_says_that_a_level_is_reached():
    view = with_voralarm((-60, -10))
    rain = replace(view, result=replace(view.result, path_kind="rain", level=State.VORALARM))
    assert "erreicht" not in level_words.arrival_words(rain, NOW)


def test_no_arrival_is_calm_only_for_a_calm_place():
    assert level_words.arrival_words(named("moselkern"), NOW) == "kein Anstieg erwartet"
    assert level_words.arrival_words(named("kruft"), NOW) == "–"
    assert level_words.arrival_words(replace(named("kruft"), result=None), NOW) == "–"


def test_an_unlikely_level_of_a_calm_place_is_told_as_unlikely():
    view = named("trimbs")
    result = replace(view.result, state=State.OK, p_exceed={"12h": 0.11})
    words = plain(level_words.arrival_words(replace(view, state=State.OK, result=result), NOW))
    assert words == "Voralarm unwahrscheinlich (11 %), frühestens 21:38 Uhr"
