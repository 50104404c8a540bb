from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from components import gauge_event_words as words
from services.gauge_events.model import GaugeRecord, Wave
from tests.support import sample_water as sample
from tests.support.sample_gauge_events import FakeGaugeEvents

EVENTS = FakeGaugeEvents()
RECORD = EVENTS.record(sample.NITZ)
RUNNING, HOLED, WHOLE = EVENTS.figures(sample.NITZ, RECORD.waves)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def wave(at, peak=1.2):
    return Wave(at, peak, at, at, at + timedelta(hours=1))


def test_waves_are_named_by_their_day_and_by_the_time_where_days_are_the_same():
    first = datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    made = [wave(first), wave(first + timedelta(hours=20)), wave(first + timedelta(days=9))]
    assert words.wave_names(made) == ["01.03.2026 02:30", "01.03.2026 22:30", "10.03.2026"]
    assert words.wave_names([RUNNING.wave]) == ["laufende Welle"]


def test_two_waves_of_the_night_of_the_clock_change_have_two_names():
    first = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    names = words.wave_names([wave(first), wave(first + timedelta(hours=23, minutes=30))])
    assert names == ["25.10.2026 00:30", "25.10.2026 23:00"]


def test_what_runs_is_told_as_so_far_and_what_has_gaps_as_a_lower_limit():
    assert plain(words.peak_words(RUNNING, "m")) == "bisher 1,30 m"
    assert plain(words.peak_words(HOLED, "m")) == "mindestens 1,39 m"
    assert plain(words.peak_words(WHOLE, "m")) == "1,20 m"
    assert plain(words.above_words(RUNNING)).startswith("bisher ")
    assert words.above_words(HOLED).startswith("mindestens ")
    assert plain(words.to_peak_words(RUNNING)) == "bisher 2 Std."
    assert words.end_words(RUNNING) == "läuft noch"
    silent = replace(RUNNING, is_silent=True)
    assert words.end_words(silent) == "nicht bekannt, Pegel meldet nicht"
    assert (
        words.end_words(replace(WHOLE, wave=replace(WHOLE.wave, ended_at=None))) == "nicht bekannt"
    )


def test_a_peak_at_the_first_reading_took_less_than_a_step_never_nought():
    sudden = replace(WHOLE, hours_to_peak=0.0)
    assert plain(words.to_peak_words(sudden)) == "höchstens 15 Min."
    assert words.to_peak_words(replace(sudden, begins_in_gap=True)) == "nicht bekannt"


def test_a_wave_of_too_few_readings_has_no_rise():
    assert words.steepest_words(None, "m") == "nicht bekannt"
    assert plain(words.steepest_words(RUNNING.steepest, "m")) == "16 cm je Stunde"


@pytest.mark.parametrize(("share", "told"), [(0.0, "keine"), (0.004, "unter 1 %"), (0.25, "25 %")])
def test_missing_readings_are_a_share(share, told):
    assert plain(words.missing_words(share)) == told


def test_each_doubt_is_a_sentence():
    doubted = replace(HOLED, begins_in_gap=True, ends_in_gap=True, doubtful_peak=2.31, is_cut=True)
    told = plain(" ".join(words.notes(doubted, "m")))
    for part in ("Scheitel kann", "Beginn liegt", "Ende liegt", "2,31 m zählt nicht", "30 Tage"):
        assert part in told
    assert words.notes(WHOLE, "m") == []


def test_the_headline_ranks_the_running_wave_among_all_that_were_measured():
    def told(**changes):
        return words.headline_words(replace(RECORD, **changes))

    assert told(higher=1) == "laufende Welle bisher niedriger als 1 von 2 früheren"
    beyond_the_list = told(unlisted=28, higher=30)
    assert beyond_the_list == "laufende Welle bisher niedriger als 30 von 30 früheren"
    running, other = RECORD.waves[0], RECORD.waves[2]
    one = {"waves": (running, other), "higher": 0}
    assert told(**one) == "laufende Welle bisher so hoch wie keine frühere"
    assert told(**one, unlisted=3).endswith("keine der 4 früheren")
    assert told(waves=(running,)) == "die erste gemessene Welle läuft"
    assert told(waves=(other,)) == "zurzeit läuft keine Welle"
    silent = words.headline_words(RECORD, is_silent=True)
    assert silent == "Welle läuft wohl noch, Pegel meldet nicht"
    calm = words.headline_words(replace(RECORD, waves=(other,)), is_silent=True)
    assert calm == "kein Messwert, Pegel meldet nicht"
    assert words.headline_words(GaugeRecord()) == "keine Schwelle, kein Vergleich"


def test_nothing_to_compare_has_its_reason():
    gauge = sample.NITZ
    assert "keine kommunalen Schwellenwerte" in words.no_wave_words(GaugeRecord(), gauge)
    threshold = gauge.thresholds[0]
    assert "noch keine eigenen Messwerte" in words.no_wave_words(GaugeRecord(threshold), gauge)
    since = GaugeRecord(threshold, since=datetime(2021, 6, 4, tzinfo=UTC))
    told = plain(words.no_wave_words(since, gauge))
    assert told.startswith("Seit Beginn der Messwerte am 4. Juni 2021")
    assert told.endswith("hat das Wasser Voralarm 0,95 m nicht erreicht.")
