"""A gauge page says which test or person doubts a reading, and why."""

from dataclasses import replace

from pages.water import _gauge_quality as quality
from pages.water import _gauge_view as gauge_view
from services.flood.model import Flag
from services.quality.views import FindingView, FlaggedReading, FlaggedWindow
from tests.support import sample_water as sample
from tests.support import trees

NOW = sample.NOW
DETAIL = sample.gauge_detail(sample.NITZ, 48)
KEY = "iot-nitz/stage"


def told(detail=DETAIL):
    return trees.text(quality.quality_panel(detail, NOW))


def finding(at, test="spike", reason="steht allein gegen beide Nachbarwerte", actor="qc"):
    return FindingView(KEY, "Nitz", at, at, test, 3, reason, actor)


def with_newest(flag, *findings, value=None, at=None):
    gauge = DETAIL.gauge
    newest = FlaggedReading(
        at or gauge.observed_at, gauge.value if value is None else value, flag, findings
    )
    return replace(DETAIL, quality=replace(DETAIL.quality, newest=newest))


def line(detail):
    found = quality.newest_line(detail, NOW)
    return "" if found is None else trees.text(found)


def test_doubted_readings_stand_there_with_time_value_test_and_reason():
    words = told()
    assert "Messwerte des Zeitraums sind verdächtig, falsch oder fehlend." in words
    assert "0,92 m verdächtig Änderung: ungewöhnlich schnelle Änderung" in words
    assert "Regen: Anstieg ohne Regen im Einzugsgebiet" in words
    assert "sie ändern kein Kennzeichen" in words
    assert "/daten/pruefung?reihe=iot-nitz%2Fstage" in trees.links(
        quality.quality_panel(DETAIL, NOW)
    )


def test_the_newest_come_first_and_beyond_a_handful_they_are_folded():
    panel = quality.quality_panel(DETAIL, NOW)
    first, rest = trees.of_type(panel, "Table")
    assert len(trees.of_type(first, "Tr")) == 1 + quality.OPEN
    [folded] = trees.of_type(panel, "Details")
    assert trees.text(rest) in trees.text(folded)
    listed = len(DETAIL.quality.readings)
    assert f"{listed - quality.OPEN} weitere Messwerte" in trees.text(folded)
    many = replace(DETAIL, quality=replace(DETAIL.quality, count=listed + 1000))
    assert "1.000 noch ältere stehen nicht hier" in told(many)


def test_a_decision_of_a_person_has_name_and_reason():
    at = sample.NITZ.observed_at
    by_hand = finding(at, "manual", "Sensor ausgebaut", "A. Muster")
    reading = FlaggedReading(at, 1.0, Flag.FAIL, (by_hand,))
    words = told(replace(DETAIL, quality=FlaggedWindow(KEY, 1, (reading,))))
    assert "Ein Messwert des Zeitraums" in words
    assert "falsch von Hand: Sensor ausgebaut (A. Muster)" in words


def test_a_window_without_doubt_says_so_and_a_gauge_without_sensor_nothing():
    clean = replace(DETAIL, quality=FlaggedWindow(KEY))
    assert "kein Messwert verdächtig, falsch oder fehlend" in told(clean)
    assert quality.quality_panel(sample.gauge_detail(sample.COCHEM, 48), NOW) is None


def test_a_good_newest_value_needs_no_words():
    assert line(with_newest(Flag.GOOD)) == ""
    assert "verdächtig" not in trees.text(gauge_view.lead_lines(with_newest(Flag.GOOD), NOW))


def test_the_flag_of_the_shown_value_stands_beside_it_with_its_reason():
    at = DETAIL.gauge.observed_at
    detail = with_newest(Flag.SUSPECT, finding(at))
    expected = (
        "Kennzeichen dieses Werts: verdächtig, Spitze: steht allein gegen beide Nachbarwerte."
    )
    assert line(detail).replace(" ,", ",") == expected
    assert "Kennzeichen dieses Werts" in trees.text(gauge_view.lead_lines(detail, NOW))
    assert line(with_newest(Flag.NOT_EVALUATED)) == "Kennzeichen dieses Werts: nicht geprüft"


def test_a_newest_value_that_is_not_shown_is_told_with_its_time_and_value():
    at = DETAIL.gauge.observed_at + (NOW - DETAIL.gauge.observed_at) / 2
    found = finding(at, "range", "außerhalb des Messbereichs")
    words = line(with_newest(Flag.FAIL, found, value=9.9, at=at)).replace("\N{NO-BREAK SPACE}", " ")
    assert words.startswith("Neuester Messwert (")
    assert "9,90 m" in words
    assert "Messbereich: außerhalb des Messbereichs." in words
    assert "Gezeigt ist der letzte Wert, dem getraut wird." in words


def test_a_doubt_of_the_engine_alone_is_told_as_such():
    detail = with_newest(Flag.GOOD)
    doubted = replace(detail, gauge=replace(detail.gauge, flag=Flag.SUSPECT))
    assert line(doubted) == quality.NOT_OK
