"""Messages in both forms: one text message of the 7-bit alphabet, drills and repeats say so."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alarms.model import Severity
from services.notifications.gsm7 import BASIC, EXTENDED, shortened, spelled, units
from services.notifications.model import Kind
from services.notifications.templates import Templates, Wanted

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TEMPLATES = Templates("Regionalcockpit MYK", "https://cockpit.example.org/lage", UTC)


def wanted(**changes):
    values = {
        "kind": Kind.CALL,
        "severity": Severity.ALARM,
        "title": "Alarm: Hochwasser, Mayen",
        "text": "Mayen ist gefährdet: noch 38 Minuten.",
        "group": "bereitschaft",
        "created_at": NOW,
        **changes,
    }
    return Wanted(**values)


@given(
    st.text(max_size=400), st.text(max_size=100), st.booleans(), st.booleans(), st.integers(0, 90)
)
def test_a_text_message_is_always_one_and_ends_with_the_link(title, text, drill, repeat, age):
    asked = wanted(title=title, text=text, is_drill=drill, may_repeat=repeat)
    short = TEMPLATES.text(asked, NOW + timedelta(minutes=age)).short
    assert units(short) <= 160
    assert all(sign in BASIC or sign in EXTENDED for sign in short)
    assert short.endswith("https://cockpit.example.org/lage")


@given(st.text(), st.integers(0, 200))
def test_a_shortened_text_is_never_too_long(text, most):
    assert units(shortened(spelled(text), most)) <= most


def test_umlauts_stay_and_what_the_alphabet_lacks_is_spelled():
    assert spelled("ÜBUNG – „Müllerstraße“ 3 m³/s") == 'ÜBUNG - "Müllerstraße" 3 m3/s'
    assert spelled("\N{PILE OF POO}") == "?"


@pytest.mark.parametrize("title", ["Alarm: Mayen", "ÜBUNG – Alarm: Mayen"])
@pytest.mark.parametrize("kind", list(Kind))
def test_every_text_of_a_drill_begins_with_it_once(title, kind):
    text = TEMPLATES.text(wanted(title=title, kind=kind, is_drill=True), NOW)
    for found in (text.subject, text.body, text.short):
        assert found.startswith("ÜBUNG")
    assert text.subject.count("ÜBUNG") == 1


def test_the_long_text_has_severity_group_times_source_and_link():
    body = TEMPLATES.text(wanted(), NOW + timedelta(minutes=1)).body
    for part in (
        "noch 38 Minuten", "Schwere: Alarm", "Gruppe: bereitschaft", "10.03.2026 12:00 Uhr",
        "gesendet 10.03.2026 12:01 Uhr", "Rohdaten, ungeprüft", "https://cockpit.example.org/lage",
    ):  # fmt: skip
        assert part in body
    assert "Verspätet" not in body
    assert "Wiederholung" not in body


def test_the_end_of_a_condition_is_no_all_clear():
    text = TEMPLATES.text(wanted(kind=Kind.END), NOW)
    assert "keine Entwarnung" in text.subject
    assert "keine Entwarnung" in text.short
    assert "quittieren" not in text.body


@pytest.mark.parametrize(
    ("usable", "later", "words"),
    [
        (38.0, 0, "Mayen, noch mindestens 38 Min."),
        (38.0, 8, "Mayen, noch mindestens 30 Min."),
        (5.0, 8, "Mayen, keine Zeit mehr."),
        (None, 0, "Alarm: Hochwasser, Mayen. Der"),
    ],
)
def test_in_a_text_message_the_minutes_left_stand_before_what_is_cut_off(usable, later, words):
    asked = wanted(usable_min=usable, text="Der Pegel Hammesmühle steht bei 1,42 m. " * 8)
    short = TEMPLATES.text(asked, NOW + timedelta(minutes=later)).short
    assert words in short.replace("\N{NO-BREAK SPACE}", " ")
    assert units(short) <= 160


def test_the_end_of_a_condition_tells_no_minutes():
    assert "mindestens" not in TEMPLATES.text(wanted(kind=Kind.END, usable_min=9.0), NOW).short
