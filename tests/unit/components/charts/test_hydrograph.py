import json
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from components.charts.explorer import explorer_figure
from components.charts.hydrograph import describe, hydrograph, notes_of
from components.charts.hydrograph_frame import FULL, NARROW, WIDE, frame_of
from components.charts.hydrograph_svg import hydrograph_svg
from components.charts.thinning import gaps, runs, thin
from services.flood.model import Flag
from services.quality.views import FindingView, FlaggedReading, FlaggedWindow
from services.situation.model import Point
from tests.support import sample_water as sample
from tests.support import trees
from tests.support.sample_night import reading

NOW = sample.NOW
DETAIL = sample.gauge_detail(sample.NITZ, 48)


def drawing(detail=DETAIL, variant=WIDE):
    return str(hydrograph_svg(detail, NOW, variant, "Beschreibung"))


def test_missing_readings_break_the_line_and_are_hatched():
    assert drawing().count('class="series"') >= 2
    assert 'class="gap-fill"' in drawing()
    whole = replace(DETAIL, points=tuple(p for p in sample.points(12) if p.flag == Flag.GOOD))
    assert 'class="gap-fill"' not in drawing(whole)


def test_a_failed_value_is_marked_but_never_joins_the_line_or_the_scale():
    assert frame_of(DETAIL, NOW, WIDE).high < 2.9
    assert drawing().count('class="suspect"') == 2


def test_a_reading_by_hand_is_a_diamond_and_the_key_names_it():
    read = reading(read_at=NOW - timedelta(minutes=9), value=1.85)
    detail = replace(DETAIL, by_hand=(read,))
    assert 'class="by-hand"' in drawing(detail)
    assert "von Menschen abgelesen" in trees.text(hydrograph(detail, NOW))
    assert 'class="by-hand"' not in drawing()
    assert "von Menschen abgelesen" not in trees.text(hydrograph(DETAIL, NOW))


def test_thresholds_are_named_in_words_with_their_values():
    for words in ("Voralarm 0,95", "Warnung 1,13", "Alarm 1,25"):
        assert words in drawing().replace("\N{NO-BREAK SPACE}", " ")


def test_threshold_names_never_lie_over_one_another_however_close_they_are():
    gauge = replace(sample.NITZ, thresholds=sample.thresholds(1.10, 1.11, 1.12))
    for variant in (FULL, WIDE, NARROW):
        text = drawing(replace(DETAIL, gauge=gauge), variant)
        places = re.findall(r'y="([\d.]+)" class="threshold-text', text)
        heights = sorted(float(y) for y in places)
        assert len(heights) == 3
        assert all(later - earlier >= 15.9 for earlier, later in pairwise(heights))


def test_the_present_and_the_band_are_drawn_only_where_there_is_a_calculation():
    assert "jetzt 17:52" in drawing()
    assert 'class="band"' in drawing()
    assert 'class="band"' not in drawing(replace(DETAIL, band=None))


def test_a_gauge_without_readings_says_so_and_still_draws_its_axis():
    detail = sample.gauge_detail(sample.THUER, 24)
    assert describe(detail) == "In den letzten 24 Stunden liegt kein gültiger Messwert vor."
    assert 'class="axis-line"' in drawing(detail)


def test_the_sentence_names_lowest_and_highest_valid_reading():
    words = describe(DETAIL).replace("\N{NO-BREAK SPACE}", " ")
    assert "zwischen 0,48 m" in words
    assert "1,38 m (17:45 Uhr)" in words
    assert "2,9" not in words


def test_readings_can_be_read_one_by_one_and_are_bounded():
    chart = hydrograph(sample.gauge_detail(sample.NITZ, 720), NOW)
    reader = next(part for part in trees.components(chart) if getattr(part, "data-reader", None))
    readings = json.loads(getattr(reader, "data-reader"))
    assert len(readings) <= 400
    assert readings[-1][2].replace("\N{NO-BREAK SPACE}", " ") == "Mi 14.07. 17:45 Uhr: 1,38 m"
    assert getattr(reader, "aria-valuetext") == readings[-1][2]
    assert reader.role == "slider"


def test_the_table_carries_the_same_readings_with_their_check():
    words = trees.text(trees.of_type(hydrograph(DETAIL, NOW), "Table"))
    assert "falsch" in words
    assert "fehlend" in words
    assert "14.07.2021 17:45 Uhr 1,38 m gut" in words


def test_marks_are_read_off_with_test_and_reason_however_long_the_window():
    long = sample.gauge_detail(sample.NITZ, 720)
    points = list(long.points)
    points[101] = replace(points[101], value=2.9, flag=Flag.FAIL)
    points[207] = replace(points[207], value=2.5, flag=Flag.SUSPECT)
    at = points[101].at
    said = FindingView("k", "n", at, at, "spike", 4, "steht weit allein", "qc")
    quality = FlaggedWindow("k", 2, (FlaggedReading(at, 2.9, Flag.FAIL, (said,)),))
    chart = hydrograph(replace(long, points=tuple(points), quality=quality), NOW)
    reader = next(part for part in trees.components(chart) if getattr(part, "data-reader", None))
    by_time = {time: words for time, _, words in json.loads(getattr(reader, "data-reader"))}
    assert by_time[at.timestamp()].endswith("falsch, Spitze: steht weit allein")
    assert by_time[points[207].at.timestamp()].endswith(", verdächtig")
    assert list(by_time) == sorted(by_time)


def test_the_interactive_figure_tells_of_marks_too():
    points = [point for point in DETAIL.points if point.flag == Flag.SUSPECT]
    trace = explorer_figure(points, "m", (), "light", notes_of(DETAIL.quality))["data"][0]
    assert trace["text"] == ["<br>verdächtig, Änderung: ungewöhnlich schnelle Änderung"]
    assert "%{text}" in trace["hovertemplate"]


def test_thinning_keeps_peaks_gaps_and_the_ends():
    start = NOW - timedelta(days=30)
    points = [Point(start + timedelta(minutes=15 * i), 1.0, Flag.GOOD) for i in range(2880)]
    points[1500] = Point(points[1500].at, 9.0, Flag.GOOD)
    points[2000] = Point(points[2000].at, None, Flag.MISSING)
    kept = thin(points, 200)
    assert len(kept) <= 5 * 201
    assert points[1500] in kept
    assert points[2000] in kept
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert thin(points[:100], 200) == points[:100]


def test_a_late_reading_is_a_gap_too():
    times = [0, 15, 30, 120, 135]
    points = [Point(NOW + timedelta(minutes=t), 1.0, Flag.GOOD) for t in times]
    assert [len(run) for run in runs(points, 2700)] == [3, 2]
    assert gaps(points, 2700) == [(points[2], points[3])]
    assert runs([], 2700) == []
