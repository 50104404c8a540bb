"""What a state proposes: whatever is due and not started, never anything on silence."""

from hypothesis import given
from hypothesis import strategies as st

from services.alarm_plan.proposing import due, proposals
from services.flood.model import LEVELS, State
from tests.support import sample_water
from tests.support.sample_plan import row

ROWS = (
    row("v", "voralarm"),
    row("w", "warnung"),
    row("a", "alarm"),
    row("n", "warnung", river_id="nette"),
    row("m", "warnung", river_id="nette", place_id="mayen"),
)
STATES = st.sampled_from(State)


def villages(**states):
    from dataclasses import replace

    found = [view for view in sample_water.situation("flood").villages if view.river_id == "nette"]
    return [
        replace(view, state=states.get(view.place_id.replace("-", "_"), State.OK), exposed=True)
        for view in found
    ]


def ids(found):
    return [row.measure_id for row in found]


def test_a_level_brings_the_measures_of_lower_ones_along():
    [found] = proposals(ROWS, villages(trimbs=State.WARNUNG), set())
    assert (found.river_id, found.level, found.places) == ("nette", State.WARNUNG, ("Trimbs",))
    assert set(ids(found.rows)) == {"v", "w", "n"}


def test_a_measure_of_a_place_is_due_at_the_state_of_that_place_only():
    [found] = proposals(ROWS, villages(trimbs=State.ALARM, mayen=State.VORALARM), set())
    assert "m" not in ids(found.rows)
    [found] = proposals(ROWS, villages(mayen=State.WARNUNG), set())
    assert "m" in ids(found.rows)


def test_what_is_started_is_proposed_no_more_and_what_is_added_is():
    started = {("nette", name) for name in ("v", "w", "n")}
    assert proposals(ROWS, villages(trimbs=State.WARNUNG), started) == ()
    [found] = proposals(ROWS, villages(trimbs=State.ALARM), started)
    assert ids(found.rows) == ["a"]


def test_calm_and_silence_propose_nothing():
    assert proposals(ROWS, villages(trimbs=State.UNBEKANNT), set()) == ()
    assert proposals(ROWS, villages(), set()) == ()


@given(
    st.sampled_from(LEVELS),
    st.dictionaries(st.just("mayen"), STATES),
    st.sets(st.sampled_from("vwanm")),
)
def test_nothing_started_is_due_and_nothing_above_the_level(level, places, names):
    started = {("nette", name) for name in names}
    found = due(ROWS, "nette", level, places, started)
    assert not {("nette", item.measure_id) for item in found} & started
    for item in found:
        assert LEVELS.index(State(item.level)) <= LEVELS.index(level)
        if item.place_id:
            assert LEVELS.index(State(item.level)) <= LEVELS.index(places.get(item.place_id))
