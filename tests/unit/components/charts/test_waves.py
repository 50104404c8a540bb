import json
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from components.charts.hydrograph_frame import FULL, NARROW, WIDE
from components.charts.waves import describe, same_time, summary, waves_chart
from components.charts.waves_frame import (
    BY_BEGIN,
    BY_PEAK,
    ZERO,
    Picture,
    frame_of,
    hour_ticks,
    lines_of,
)
from components.charts.waves_reading import MOST_READINGS, peaks, readings
from components.charts.waves_svg import STYLES, waves_svg
from services.gauge_context.model import EventLine
from tests.support import sample_water as sample
from tests.support import trees
from tests.support.sample_gauge_events import FakeGaugeEvents

EVENTS = FakeGaugeEvents()
RECORD = EVENTS.record(sample.NITZ)
FIGURES = EVENTS.figures(sample.NITZ, RECORD.waves)
HOUR = timedelta(hours=1)


def picture(alignment=BY_BEGIN, found=FIGURES, past=()):
    return Picture(sample.NITZ, lines_of(found, alignment), past, alignment)


def drawing(made, variant=WIDE):
    return str(waves_svg(made, variant, "Beschreibung"))


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_running_wave_is_bold_and_solid_and_the_others_have_patterns_of_their_own():
    text = drawing(picture())
    assert text.count("series-now") >= 1
    assert re.findall(r'class="(series series-now)"', text)
    assert {"series-2", "series-3"} <= set(re.findall(r'class="(series-\d)"', text))
    assert len(set(STYLES)) == 4
    older = drawing(picture(found=FIGURES[1:]))
    assert "series-now" not in older


def test_each_line_has_its_name_and_peak_at_the_line():
    text = drawing(picture())
    assert "A laufende Welle: bisher 1,30 m" in text
    assert "C 04.06.2021: 1,20 m" in text
    assert "B 02.07.2021: mindestens 1,39 m" in text
    assert "Alarm 1,25" in plain(text)


def test_on_a_phone_a_letter_stands_at_each_line_and_the_key_names_it():
    text = drawing(picture(), NARROW)
    letters = re.findall(r'class="wave-text[^"]*">(\w)<', text)
    assert sorted(letters) == ["A", "B", "C"]
    told = trees.text(waves_chart(picture()))
    assert all(name in told for name in ("A laufende Welle", "B 02.07.2021", "C 04.06.2021"))


@pytest.mark.parametrize("variant", [WIDE, FULL, NARROW])
@pytest.mark.parametrize("alignment", [BY_BEGIN, BY_PEAK])
def test_names_never_lie_over_one_another_and_stay_inside(variant, alignment):
    text = drawing(picture(alignment), variant)
    found = re.findall(r'x="([\d.]+)" y="([\d.]+)" class="wave-text[^"]*">([^<]+)<', text)
    assert len(found) == 3
    for (x1, y1, one), (x2, y2, other) in combinations(found, 2):
        is_apart = abs(float(x1) - float(x2)) >= 3.5 * (len(one) + len(other))
        assert is_apart or abs(float(y1) - float(y2)) >= 15.9
    assert all(float(x) - 3.5 * len(words) > 0 for x, _, words in found)
    assert all(float(x) + 3.5 * len(words) < variant.width for x, _, words in found)


def test_waves_meet_at_the_first_crossing_or_at_the_peak():
    for line in picture(BY_BEGIN).lines:
        assert line.began_at == ZERO
    for line in picture(BY_PEAK).lines:
        assert line.peak_at == ZERO
        assert line.began_at <= ZERO
    assert "erste Überschreitung" in drawing(picture(BY_BEGIN))
    assert ">Scheitel<" in drawing(picture(BY_PEAK))


def test_a_gap_breaks_the_line():
    whole, holed = drawing(picture(found=FIGURES[2:])), drawing(picture(found=FIGURES[1:2]))
    assert whole.count('class="series"') == 1
    assert holed.count('class="series"') == 2


def test_hours_are_read_off_for_all_waves_at_once_then_the_peaks():
    made = picture()
    frame = frame_of(made, FULL)
    read = readings(made, frame)
    assert 10 < len(read) <= MOST_READINGS + 1
    assert all(frame.start.timestamp() <= at <= frame.end.timestamp() for at, _, _ in read)
    zero = next(words for at, _, words in read if at == ZERO.timestamp())
    assert plain(str(zero)).startswith("erste Überschreitung: laufende Welle 0,98 m, 02.07.2021")
    assert any("keine Daten" in str(words) for _, _, words in read)
    told = [plain(str(words)) for _, _, words in peaks(made)]
    assert told[0] == "Scheitel laufende Welle: bisher 1,30 m, 14.07.2021 17:52 Uhr"
    assert len(told) == 3


def test_a_wave_without_a_reading_at_an_hour_says_no_data_never_nought():
    [holed] = picture(found=FIGURES[1:2]).lines
    alone = replace(picture(), lines=(holed, picture().lines[2]))
    words = [plain(str(told)) for _, _, told in readings(alone, frame_of(alone, FULL))]
    assert any("02.07.2021 keine Daten, 04.06.2021" in each for each in words)
    assert not any("0,00" in each for each in words)


def test_the_sentence_says_where_the_others_stood_as_long_after_the_first_crossing():
    words = plain(same_time(picture()))
    assert words.startswith("Neuester Messwert der laufenden Welle: 1,30 m, 14.07.2021 17:52 Uhr,")
    assert "2 Std. nach der ersten Überschreitung. So lange danach:" in words
    assert "02.07.2021 keine Daten" in words
    assert "04.06.2021 bei 1,20 m" in words
    assert same_time(picture(BY_PEAK)) == ""
    assert same_time(picture(found=FIGURES[1:])) == ""
    assert same_time(picture(found=FIGURES[:1])) == ""


def test_without_a_running_wave_the_highest_and_the_steepest_are_named():
    words = plain(summary(picture(found=FIGURES[1:])))
    highest = "Am höchsten von diesen: 02.07.2021 mit mindestens 1,39 m; am steilsten: 02.07.2021"
    assert words == f"{highest} mit 28 cm je Stunde."
    assert summary(picture(found=FIGURES[:1])) == describe(picture(found=FIGURES[:1]))


def test_the_picture_is_one_slider_with_words_and_a_key():
    tree = waves_chart(picture(past=(EventLine("1804", 1.5, date(1804, 7, 21), True, "Chronik"),)))  # noqa: FBT003
    [reader] = [d for d in trees.of_type(tree, "Div") if getattr(d, "role", "") == "slider"]
    props = reader.to_plotly_json()["props"]
    read = json.loads(props["data-reader"])
    assert props["aria-valuemax"] == str(len(read) - 1)
    assert props["aria-valuetext"] == read[int(props["data-reader-start"])][2]
    assert "nur der Scheitel ist bekannt" in trees.text(tree)
    assert "laufende Welle" in trees.text(tree)


def test_a_past_peak_is_a_line_where_it_leaves_room_and_a_name_at_the_top_where_not():
    near = EventLine("nah", 1.6, date(2016, 6, 1), False, "x")  # noqa: FBT003
    far = EventLine("fern", 9.0, date(1804, 7, 21), False, "x")  # noqa: FBT003
    text = drawing(picture(past=(near, far)))
    assert text.count('class="event-line"') == 1
    assert "↑ fern" in text
    assert frame_of(picture(past=(far,)), WIDE).high == frame_of(picture(), WIDE).high


@pytest.mark.parametrize("variant", [WIDE, FULL, NARROW])
def test_ticks_are_round_hours_with_the_zero_among_them(variant):
    frame = frame_of(picture(), variant)
    ticks = hour_ticks(frame, variant.ticks_x)
    assert ZERO in [at for at, _ in ticks]
    assert len(ticks) <= variant.ticks_x + 1
    assert all(frame.start <= at <= frame.end for at, _ in ticks)
    assert "0\N{NO-BREAK SPACE}Std." in [words for _, words in ticks]
