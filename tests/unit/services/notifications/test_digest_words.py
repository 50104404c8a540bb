"""How one message about several alarms reads, in both forms."""

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alarms.model import Severity
from services.notifications.digest_words import digest_text
from services.notifications.gsm7 import BASIC, EXTENDED, units
from services.notifications.model import Kind
from services.notifications.templates import Templates
from tests.unit.services.notifications.test_templates import NOW, wanted

LINK = "https://cockpit.example.org/lage"
TEMPLATES = Templates("Regionalcockpit MYK", LINK, UTC)


def alarm(name, minutes=38.0, severity=Severity.ALARM, **changes):
    return wanted(name=name, usable_min=minutes, severity=severity, **changes)


def written(*alarms, river="Nette", minutes=0.0):
    return digest_text(TEMPLATES, alarms, river, NOW + timedelta(minutes=minutes))


def test_a_short_message_names_what_fits_and_counts_the_rest_in_words_with_the_place_to_look():
    text = written(
        alarm("Mayen (Altstadt, Bachstraße)", 38), alarm("Trimbs", 52), alarm("Welling", 61),
        *(alarm(f"Ort Nummer {number}", 90) for number in range(9)),
    )  # fmt: skip
    assert text.short == (
        "Alarm: Nette, 12 Orte: Mayen 38 Min., Trimbs 52 Min., Welling 1 Std. 1 Min. und 9 weitere,"
        f" siehe Link. 12:00 {LINK}"
    )


def test_a_lower_severity_is_named_where_it_begins():
    text = written(alarm("Mayen"), alarm("Welling", 70, Severity.WARNUNG), alarm("Ruitsch", None))
    assert "Mayen 38 Min., Warnung Welling 1 Std. 10 Min." in text.short


def test_minutes_are_those_that_are_left_when_the_message_goes_out():
    text = written(alarm("Mayen", 38), alarm("Trimbs", 11), minutes=12)
    assert "Mayen, mindestens 26 Min. nutzbar" in text.body
    assert "Trimbs, keine Zeit mehr" in text.body
    assert "Verspätet: ausgelöst vor 12 Minuten." in text.body
    assert "auf die Zeit des Sendens gerechnet" in text.body
    assert "auf die Zeit des Sendens" not in written(alarm("Mayen"), alarm("Trimbs")).body


def test_a_group_that_stands_in_is_told_so():
    text = written(
        alarm("Mayen", stands_in_for="bereitschaft"), alarm("Trimbs", stands_in_for="bereitschaft")
    )
    assert "Sie vertreten die Gruppe „bereitschaft“" in text.body


@given(
    st.lists(
        st.tuples(
            st.text(max_size=60), st.none() | st.floats(0, 3000), st.sampled_from(list(Severity))
        ),
        min_size=2,
        max_size=40,
    ),
    st.text(max_size=60),
    st.booleans(),
    st.floats(0, 90),
    st.sampled_from([Kind.CALL, Kind.END]),
)
def test_a_short_message_is_always_one_and_ends_with_the_link(rows, river, repeat, age, kind):
    alarms = [
        alarm(name, minutes, severity, may_repeat=repeat, kind=kind)
        for name, minutes, severity in rows
    ]
    short = written(*alarms, river=river, minutes=age).short
    assert units(short) <= 160
    assert all(sign in BASIC or sign in EXTENDED for sign in short)
    assert short.endswith(LINK)


@pytest.mark.parametrize("count", [2, 28])
def test_no_place_is_left_out_of_the_long_form(count):
    text = written(*(alarm(f"Ort {number}.", float(number)) for number in range(count)))
    assert all(f"Ort {number}., " in text.body for number in range(count))
