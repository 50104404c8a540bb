"""What follows an attempt ends, never asks who refused for good, never hides an uncertainty."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.notifications.circuit import FAILURES, REST, Circuit
from services.notifications.model import UNCERTAIN, Outcome, Result
from services.notifications.retry import LONGEST_PAUSE, MOST_TRIES, Progress, after

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
BEGUN = Progress("sending", 0, 0, 1, (), False, NOW)  # noqa: FBT003  # as the row has it
OUTCOMES = [item for item in Outcome if item is not Outcome.STARTED]
results = st.builds(
    Result,
    st.sampled_from(OUTCOMES),
    st.just(""),
    st.one_of(st.none(), st.floats(0, 100_000)),
)


def run(found, channels):
    """Return all states that a list of results leads through."""
    progress, now, seen = BEGUN, NOW, []
    for result in found:
        tried = progress.place
        progress = after(progress, result, channels, now)
        seen.append((tried, result, progress, now))
        if progress.state != "waiting":
            break
        now = max(now, progress.next_at)
        progress = Progress(
            "sending", progress.place, progress.rounds, progress.tries + 1, progress.refused,
            progress.may_repeat, progress.next_at,
        )  # fmt: skip
    return seen


@given(st.lists(results, min_size=1, max_size=60), st.integers(1, 5))
def test_whatever_happens_there_is_an_end_and_nobody_who_refused_is_asked_again(found, channels):
    seen = run(found, channels)
    assert len(seen) <= MOST_TRIES
    refused = set()
    uncertain = False
    for tried, result, progress, now in seen:
        assert 0 <= tried < channels
        assert tried not in refused
        if result.outcome is Outcome.REFUSED:
            refused.add(tried)
        if progress.state == "waiting":
            assert timedelta() <= progress.next_at - now <= LONGEST_PAUSE
            uncertain = uncertain or result.outcome in UNCERTAIN
            assert progress.may_repeat == uncertain
        assert (progress.state == "delivered") == (result.outcome is Outcome.ACCEPTED)


@given(st.lists(st.just(Result(Outcome.TEMPORARY)), min_size=4, max_size=4))
def test_all_channels_are_tried_before_any_waits(found):
    places = [(tried, progress.next_at > now) for tried, _r, progress, now in run(found, 3)]
    assert places[:4] == [(0, False), (1, False), (2, True), (0, False)]


def test_a_gateway_that_names_a_time_is_not_asked_before():
    found = after(BEGUN, Result(Outcome.TEMPORARY, "", 120.0), 1, NOW)
    assert found.next_at == NOW + timedelta(seconds=120)


def test_a_channel_rests_after_failures_in_a_row_and_any_success_ends_that():
    circuit = Circuit()
    for _ in range(FAILURES - 1):
        circuit.note(Result(Outcome.TIMEOUT), NOW)
    circuit.note(Result(Outcome.ACCEPTED), NOW)
    for _ in range(FAILURES):
        assert circuit.lets_through(NOW)
        circuit.note(Result(Outcome.TEMPORARY), NOW)
    assert not circuit.lets_through(NOW)
    assert circuit.lets_through(NOW + REST)


def test_a_refused_address_says_nothing_against_the_channel():
    circuit = Circuit()
    for _ in range(10):
        circuit.note(Result(Outcome.REFUSED), NOW)
    assert circuit.lets_through(NOW)
