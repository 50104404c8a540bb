from dataclasses import replace
from datetime import timedelta

from services.flood.model import OUTLOOK_QUANTILES, LevelOutlook, State
from services.situation.levels import level_times, lower_level, own_level
from services.situation.places import one_per_place
from services.situation.walk import river_walk
from tests.support import sample_water as sample

NOW = sample.NOW


def told(likely_min, chance=1.0, spread_min=60):
    times = (
        NOW + timedelta(minutes=likely_min + spread_min * (q - 0.5)) for q in OUTLOOK_QUANTILES
    )
    return LevelOutlook(tuple(times), {"1h": chance, "3h": chance, "12h": chance})


def result(**levels):
    likely = (200, 260, 320)
    made = sample.result("x", "nette", State.ALARM, likely)
    return replace(made, outlook={State(name): found for name, found in levels.items()})


def test_the_told_level_keeps_the_bounds_of_the_result():
    found = result(voralarm=told(20), alarm=told(260))
    kept = replace(found, earliest=NOW + timedelta(minutes=90))
    assert [time.level for time in level_times(kept, NOW)] == [State.VORALARM, State.ALARM]
    assert level_times(kept, NOW)[-1].earliest == NOW + timedelta(minutes=90)


def test_the_highest_reached_lower_level_is_the_one_that_matters():
    found = result(voralarm=told(-120), warnung=told(-90), alarm=told(260))
    assert lower_level(found, NOW).level is State.WARNUNG
    assert lower_level(found, NOW).reached_at == NOW - timedelta(minutes=90)


def test_of_lower_levels_still_to_come_the_first_matters():
    found = result(voralarm=told(40), warnung=told(90), alarm=told(260))
    assert lower_level(found, NOW).level is State.VORALARM
    assert lower_level(found, NOW).reached_at is None


def test_a_level_that_hardly_comes_is_not_reached_though_its_likely_time_is_past():
    assert lower_level(result(voralarm=told(-5, 0.4), alarm=told(260)), NOW).reached_at is None


def test_a_warning_that_is_kept_without_data_is_never_called_reached():
    found = replace(result(voralarm=told(-120), alarm=told(-60)), likely=NOW - timedelta(hours=1))
    assert own_level(found, NOW).reached_at is not None
    assert own_level(replace(found, held_since=NOW), NOW).reached_at is None


def test_a_result_without_outlook_tells_its_own_level_only():
    found = replace(result(), outlook={})
    assert [time.level for time in level_times(found, NOW)] == [State.ALARM]
    assert lower_level(found, NOW) is None
    assert own_level(replace(found, level=None), NOW) is None


def test_each_place_counts_once_by_its_gravest_entry():
    counted = one_per_place(sample.VILLAGES)
    assert len(counted) == len({view.place_id for view in sample.VILLAGES})
    by_place = {view.place_id: view for view in counted}
    assert by_place["plaidt"].state is State.VORALARM
    assert by_place["bendorf-sayn"].has_gauge_above


def test_a_walk_tells_one_level_at_all_places_so_that_no_arrival_runs_backwards(region):
    upper = replace(
        sample.village("mayen", "Mayen", "nette", 30.7, (50.3, 7.2), State.ALARM, (200, 260, 320)),
        result=result(voralarm=told(40), alarm=told(260)),
    )
    lower = sample.village(
        "trimbs", "Trimbs", "nette", 23.4, (50.3, 7.3), State.VORALARM, (60, 90, 120)
    )
    walk = river_walk(region, "nette", NOW, [upper, lower], [])
    assert walk.level is State.VORALARM
    assert [point.likely for point in walk.points] == [
        NOW + timedelta(minutes=40),
        NOW + timedelta(minutes=90),
    ]


def test_a_walk_goes_on_to_the_next_level_once_the_first_is_reached_everywhere(region):
    passed = replace(
        sample.village("mayen", "Mayen", "nette", 30.7, (50.3, 7.2), State.ALARM, (200, 260, 320)),
        result=result(voralarm=told(-200), alarm=told(260)),
    )
    assert river_walk(region, "nette", NOW, [passed], []).level is State.ALARM


def still(likely_min, spread_min=60):
    return tuple(
        NOW + timedelta(minutes=likely_min + spread_min * (q - 0.5)) for q in OUTLOOK_QUANTILES
    )


def test_who_sees_that_a_level_is_not_there_is_told_when_it_still_may_come():
    maybe_there = replace(told(-30), ahead=still(45))
    time = level_times(result(voralarm=maybe_there), NOW)[0]

    assert time.reached_at is not None
    assert time.still_likely == NOW + timedelta(minutes=45)
    assert time.still_latest == NOW + timedelta(minutes=69)


def test_a_level_that_can_only_be_ahead_is_told_once():
    time = level_times(result(voralarm=replace(told(200), ahead=still(200))), NOW)[0]

    assert time.still_likely is None


def test_nothing_is_told_to_be_still_to_come_without_data_or_when_no_member_has_it_ahead():
    there = result(voralarm=replace(told(-120), ahead=(NOW,) * len(OUTLOOK_QUANTILES)))
    kept = replace(result(voralarm=replace(told(-30), ahead=still(45))), held_since=NOW)

    assert level_times(there, NOW)[0].still_likely is None
    assert level_times(kept, NOW)[0].still_likely is None


def test_a_level_that_was_there_before_all_readings_has_no_time_since_when():
    from components.level_words import when_words

    [seen] = level_times(result(alarm=told(-120)), NOW)[-1:]
    known = replace(seen, reached_at=NOW - timedelta(hours=2))
    long_ago = replace(seen, reached_at=NOW - timedelta(hours=12))
    assert known.is_since_known(NOW)
    assert not long_ago.is_since_known(NOW)
    assert not replace(seen, reached_at=None).is_since_known(NOW)
    assert "wohl seit" in when_words(known, NOW)
    assert when_words(long_ago, NOW) == "wohl erreicht, seit wann ist nicht bekannt"
