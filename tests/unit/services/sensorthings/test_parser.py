"""Expressions of $filter: what they mean, and that nothing else than a sentence refuses them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sensorthings.query import Both, Comparison, Either, Negation
from services.errors import BadParameterError
from services.sensorthings.model import LINKS
from services.sensorthings.options import NAMES, parse_options
from services.sensorthings.parser import parse_filter

PIECES = st.sampled_from(
    ["result", "gt", "eq", "and", "or", "not", "(", ")", "1.5", "-3", "'a''b'", "null", "name", "'",
     "phenomenonTime", "2021-07-14T15:00:00Z", "Datastream/id", "@iot.id", "9e999", ",", ";"]
)  # fmt: skip


def sentence_of(parse, *given):
    """The refusal; any other failure of the parser fails the test."""
    try:
        parse(*given)
    except BadParameterError as error:
        return error.user_message
    return "."


def test_and_binds_closer_than_or_and_not_closest():
    found = parse_filter("result gt 1 or not name eq 'x' and id ne 2")
    assert found == Either(
        (
            Comparison("result", "gt", 1),
            Both((Negation(Comparison("name", "eq", "x")), Comparison("id", "ne", 2))),
        )
    )


def test_brackets_bind_closest():
    found = parse_filter("(result gt 1 or result lt 0) and name eq 'O''Brien'")
    assert isinstance(found, Both)
    assert found.parts[1] == Comparison("name", "eq", "O'Brien")


def test_a_value_may_stand_first_and_an_instant_becomes_utc():
    found = parse_filter("2021-07-14T17:00:00+02:00 le phenomenonTime")
    at = datetime(2021, 7, 14, 15, tzinfo=UTC)
    assert found == Comparison("phenomenonTime", "ge", at)


def test_ids_may_be_written_as_in_answers():
    assert parse_filter("Datastream/@iot.id eq 3") == Comparison("Datastream/id", "eq", 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "result",
        "result gt",
        "result gt 1 and",
        "(result gt 1",
        "result gt 1)",
        "1 eq 1",
        "result like 'x'",
        "result gt 9e999",
        "name eq 'x",
        "phenomenonTime gt 2021-99-14T15:00:00Z",
        "result gt 1; drop table observations",
        "(" * 100 + "result gt 1" + ")" * 100,
        "not " * 100 + "result gt 1",
        " or ".join(["result gt 1"] * 200),
        "x" * 5000,
    ],
)
def test_what_is_no_expression_is_refused_with_a_sentence(text):
    with pytest.raises(BadParameterError) as refusal:
        parse_filter(text)
    assert "$filter" in refusal.value.user_message


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map(" ".join)))
def test_any_text_is_an_expression_or_refused(text):
    assert sentence_of(parse_filter, text).endswith(".")


@given(
    st.sampled_from(sorted(LINKS)),
    st.dictionaries(
        st.sampled_from(NAMES),
        st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=8).map(" ".join)),
        max_size=4,
    ),
)
def test_any_options_are_understood_or_refused(kind, given_options):
    assert sentence_of(parse_options, kind, given_options).endswith(".")


def test_expanded_entities_have_options_of_their_own():
    text = "Datastreams($top=2;$expand=Observations($orderby=phenomenonTime desc;$top=1)),Locations"
    found = parse_options("Things", {"$expand": text})
    streams, places = found.expand
    assert (streams.options.top, places.name) == (2, "Locations")
    inner = streams.options.expand[0].options
    assert (inner.top, inner.order[0].is_descending) == (1, True)
    short = parse_options("Things", {"$expand": "Datastreams/Observations"})
    assert short.expand[0].options.expand[0].name == "Observations"
