"""Parameters of a download: what is possible is read, all else is one German sentence."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.catalogue.request import DEFAULT_DAYS, MAX_DAYS, selection
from services.errors import BadParameterError

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def window(**args):
    return selection("series", args, NOW, BERLIN).window


def test_without_parameters_the_last_days_are_given():
    found = window()
    assert (found.start, found.end, found.as_of) == (NOW - timedelta(DEFAULT_DAYS), NOW, None)


def test_a_date_begins_at_local_midnight():
    assert window(start="2026-11-01").start == datetime(2026, 10, 31, 23, tzinfo=UTC)


def test_a_plus_sign_that_became_a_space_is_understood():
    found = window(start="2026-11-01T00:00:00 01:00")
    assert found.start == datetime(2026, 10, 31, 23, tzinfo=UTC)


def test_a_moment_of_knowledge_ends_the_window():
    found = window(as_of="2026-11-20T12:00:00Z")
    assert found.end == found.as_of == datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ({"start": "gestern"}, "Datum"),
        ({"start": "2026-11-01T10:00:00"}, "Zeitzone"),
        ({"start": "2026-11-28T13:00:00Z"}, "vor end"),
        ({"start": "2020-01-01"}, str(MAX_DAYS)),
        ({"start": "0001-01-01T00:00:00+14:00"}, "1950"),
        ({"end": "9999-12-31T23:59:59-14:00"}, "2100"),
        ({"as_of": "2026-11-29"}, "Zukunft"),
        ({"bom": "ja"}, "0 oder 1"),
        ({"gague": "iot-nitz"}, "gibt es hier nicht"),
    ],
)
def test_the_impossible_is_refused_with_what_is_possible(args, words):
    with pytest.raises(BadParameterError) as refused:
        selection("series", args, NOW, BERLIN)
    assert words in refused.value.user_message


@given(
    st.dictionaries(
        st.sampled_from(["start", "end", "as_of", "gauge", "property", "bom", "x"]),
        st.one_of(st.text(max_size=30), st.datetimes().map(lambda at: f"{at.isoformat()}Z")),
    )
)
def test_any_parameters_give_a_bounded_window_or_a_sentence(args):
    sentence, found = None, None
    try:
        found = window(**args)
    except BadParameterError as error:
        sentence = error.user_message
    assert (sentence is None) != (found is None)
    if found is not None:
        assert timedelta() < found.end - found.start <= timedelta(days=MAX_DAYS)
