import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from components.charts.hydrograph import hydrograph
from components.charts.hydrograph_frame import NARROW, WIDE, frame_of
from components.charts.hydrograph_svg import hydrograph_svg
from components.gauge_context_words import context_facts
from services.gauge_context.model import NO_CONTEXT, EventLine, ImpactMark, NormalRange
from tests.support import sample_water as sample
from tests.support import trees
from tests.support.sample_context import CONTEXT

NOW = sample.NOW
DETAIL = sample.gauge_detail(sample.NITZ, 48)


def drawing(context=CONTEXT, variant=WIDE):
    text = str(hydrograph_svg(DETAIL, NOW, variant, "Beschreibung", context))
    return text.replace("\N{NO-BREAK SPACE}", " ")


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_without_layers_the_drawing_is_what_it_was():
    for name in ("event-line", "normal-range", "impact-tick", "earlier"):
        assert f'class="{name}' not in drawing(NO_CONTEXT)


def test_each_layer_is_drawn_and_named():
    text = drawing()
    assert "Juli 2021: 1,98 m" in text
    assert 'class="normal-range"' in text
    assert text.count('class="earlier"') == 1
    assert text.count('class="earlier-high"') == 1
    assert "Berechnung 15:52" in text
    assert "ab 1,20 m Campingplatz" in text
    assert "ab 1,60 m Schule +1" in text


def test_a_peak_far_above_all_readings_is_named_at_the_top_and_does_not_flatten_them():
    far = replace(NO_CONTEXT, events=(EventLine("1804", 9.0, date(1804, 7, 21), False, "x"),))  # noqa: FBT003
    assert frame_of(DETAIL, NOW, WIDE, far).high == frame_of(DETAIL, NOW, WIDE).high
    assert "↑ 1804: 9,00 m" in drawing(far)
    assert 'class="event-line"' not in drawing(far)


def test_names_of_marks_never_lie_over_one_another_on_a_phone():
    marks = tuple(ImpactMark(1.2 + i / 100, (f"Weg {i}",), "", False) for i in range(4))  # noqa: FBT003
    text = drawing(replace(NO_CONTEXT, marks=marks), NARROW)
    heights = sorted(float(y) for y in re.findall(r'y="([\d.]+)" class="impact-text', text))
    assert len(heights) == 4
    assert all(later - earlier >= 15.9 for earlier, later in pairwise(heights))


def test_names_are_escaped():
    marks = (ImpactMark(1.2, ("<script>alert(1)</script>",), "", False),)  # noqa: FBT003
    assert "<script>" not in drawing(replace(NO_CONTEXT, marks=marks))


def test_arrow_keys_read_lines_and_marks_after_the_newest_reading():
    chart = hydrograph(DETAIL, NOW, CONTEXT)
    reader = next(part for part in trees.components(chart) if getattr(part, "data-reader", None))
    readings = json.loads(getattr(reader, "data-reader"))
    start = int(getattr(reader, "data-reader-start"))
    assert plain(readings[start][2]) == "Mi 14.07. 17:45 Uhr: 1,38 m"
    said = plain(" ".join(words for _, _, words in readings[start + 1 :]))
    assert "Scheitel Juli 2021 am 15. Juli 2021" in said
    assert "Schule: Keller; Straße gesperrt, Stufe am Ort Mayen" in said
    assert "frühere, höhere Berechnung von 15:52 Uhr" in said


def test_the_table_of_layers_has_every_layer_from_low_to_high():
    table = trees.of_type(hydrograph(DETAIL, NOW, CONTEXT), "Table")[-1]
    said = plain(trees.text(table))
    order = ("untere Grenze", "obere Grenze", "Campingplatz", "Schule", "Scheitel", "höhere")
    assert [said.index(word) for word in order] == sorted(said.index(word) for word in order)


def test_a_lowered_forecast_is_told_with_its_time():
    assert "Die Berechnung von 15:52 Uhr sagte bis zu 2,20 m voraus" in plain(
        trees.text(hydrograph(DETAIL, NOW, CONTEXT))
    )


def test_facts_tell_the_rates_of_rise_and_where_the_reading_lies():
    said = {name: plain(str(value)) for name, value in context_facts(sample.NITZ, CONTEXT, NOW)}
    assert said["Anstieg jetzt"] == "steigt um 32 cm je Stunde"
    assert said["Stärkster Anstieg in 3 Std."] == "41 cm je Stunde (bis 17:30 Uhr)"
    assert "jetzt über dem üblichen Bereich" in said["Üblicher Bereich"]
    assert said["Wassertemperatur"] == "17,3 °C, vor 9 Min."
    unmeasured = dict(context_facts(sample.NITZ, NO_CONTEXT, NOW))["Wassertemperatur"]
    assert unmeasured == "wird hier nicht gemessen"


def test_too_short_a_record_is_said_in_words():
    short = replace(NO_CONTEXT, normal=NormalRange(None, None, 3, 30))
    said = dict(context_facts(sample.NITZ, short, NOW))
    assert said["Üblicher Bereich"] == "noch zu wenig Messwerte (3 von mindestens 30 Tagen)"
    assert 'class="normal-range"' not in drawing(short)
