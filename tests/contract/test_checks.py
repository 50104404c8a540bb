"""The page on data quality: shares in words, findings by test and gauge, flags by hand."""

import importlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from components.urls import sign_in_url
from pages.data_space import _checks_form as form
from pages.data_space import _checks_ids as ids
from pages.data_space._state import ChecksState
from services.quality.reprocess import Report
from tests.support import sample_quality, trees


@pytest.fixture
def page(app, found):
    return importlib.import_module("pages.data_space.checks")


PERIOD = ("01.03.2026 10:00", "01.03.2026 11:00")
SAID = ("4", "Sensor ausgebaut")


def test_the_message_names_the_share_and_what_stands_out(page):
    headline, lead, body, strip, findings, *_ = page.show_checks(None, None, None, None)
    assert headline == (
        "93,8\u00a0% der geprüften Werte der letzten 24 Stunden sind gut;"
        " auffällig: Nitz (Wasserstand)"
    )
    assert "30 Tage: 90,0\u00a0% gut" in trees.text(lead).replace(" %", "\u00a0%")
    words = trees.text(body)
    assert "Spitze: steht weit allein gegen beide Nachbarwerte" in words
    assert "Für diese Größe sind keine Prüfgrenzen eingetragen." in words
    assert strip is None
    assert "Sensor ausgebaut (Erika Beispiel)" in trees.text(findings)


def test_findings_are_narrowed_in_the_address(page):
    *_, query = page.show_checks("manual", "iot-nitz/stage", None, None)
    assert query == "?test=manual&reihe=iot-nitz%2Fstage"
    found = page.show_checks("manual", "iot-nitz/stage", None, None)
    assert "Spitze" not in trees.text(found[4])
    assert "97 Werte, davon 1 verdächtig" in trees.text(found[3])
    assert ChecksState("<x>", "a b").chosen == ("", "")


def test_silence_is_said_and_a_store_that_is_down_as_well(page, found):
    found.checks.found = replace(sample_quality.view(), day={}, streams=(), findings=())
    headline, _, body, _, findings, *_ = page.show_checks(None, None, None, None)
    assert headline == "In den letzten 24 Stunden ist kein Messwert eingegangen"
    assert "keine Messreihe angelegt" in trees.text(body)
    assert "keinen Befund" in trees.text(findings)
    found.checks.is_down = True
    assert "Datenbank antwortet nicht" in trees.text(page.show_checks(None, None, None, None)[1])


def test_a_wish_is_kept_with_local_times_as_utc_and_under_the_own_name(found, as_planner):
    words, is_stored = form.act(ids.SAVE, "iot-nitz/stage", PERIOD, *SAID)
    assert is_stored
    assert "5 von 8" in trees.text(words)
    [(wish, by)] = found.quality.wishes
    assert wish.start == datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    assert (wish.flag, by) == (4, "Dienst planner")


def test_the_hour_that_comes_twice_is_named(found, as_planner):
    period = ("25.10.2026 02:30 MESZ", "25.10.2026 02:30 MEZ")
    assert form.act(ids.SAVE, "iot-nitz/stage", period, *SAID)[1]
    [(wish, _)] = found.quality.wishes
    assert (wish.start.hour, wish.end.hour) == (0, 1)


def test_judging_again_can_be_tried_first(found, as_planner):
    words, is_stored = form.act(ids.TRY, "iot-nitz/stage", PERIOD, *SAID)
    assert not is_stored
    assert "Es würden geändert" in trees.text(words)
    assert "Spitze: 0 → 3" in trees.text(words)
    assert "2 Hinweise, ein früherer gilt nicht mehr" in trees.text(words)
    assert form.act(ids.AGAIN, "iot-nitz/stage", PERIOD, *SAID)[1]


@pytest.mark.parametrize(
    ("key", "period", "words"),
    [
        (None, PERIOD, "eine Messreihe wählen"),
        ("iot-nitz/stage", ("heute", ""), "TT.MM.JJJJ"),
        ("iot-nitz/stage", ("29.03.2026 02:30", "29.03.2026 04:00"), "gibt es nicht"),
        ("iot-nitz/stage", ("25.10.2026 01:30", "25.10.2026 02:30"), "MESZ oder MEZ"),
        ("iot-nitz/stage", PERIOD, "Dafür ist eine Anmeldung nötig"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(found, key, period, words):
    said, is_stored = form.act(ids.SAVE, key, period, *SAID)
    assert words in trees.text(said)
    assert not is_stored
    assert found.quality.wishes == []


def test_who_may_not_curate_is_told_so_and_comes_back_after_signing_in(page):
    shown = page.layout(reihe="iot-nitz/stage")
    assert is_hidden(shown, ids.SAVE)
    assert sign_in_url("/daten/pruefung?reihe=iot-nitz%2Fstage") in trees.links(shown)


def test_who_may_curate_sees_under_which_name(page, as_planner):
    shown = page.layout()
    assert not is_hidden(shown, ids.SAVE)
    assert "Wird als Dienst planner festgehalten." in trees.text(shown)


def is_hidden(tree, part_id):
    hidden = [part for part in trees.components(tree) if getattr(part, "hidden", False)]
    assert part_id in trees.ids(tree)
    return part_id in trees.ids(hidden)


def test_reports_add_up():
    assert (Report(2, 1) + Report(3, 2)).changed == 3
