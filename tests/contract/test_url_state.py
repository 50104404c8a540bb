"""Anything may stand in an address: the state of a page stays within its allow-list."""

from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from components import urls
from components.population import PERIODS
from pages.mobility._state import MobilityState
from pages.settlement._state import SettlementState
from pages.water._state import (
    MOST_WAVES,
    WINDOWS,
    CompareState,
    GaugeState,
    IndexState,
    ObjectState,
)
from services.gauge_context.model import LAYERS

KEYS = st.sampled_from(
    [
        "fluss",
        "fenster",
        "schichten",
        "objekte",
        "art",
        "ort",
        "zeitraum",
        "sortierung",
        "richtung",
        "pegel",
        "ereignisse",
        "ausrichtung",
        "x",
        "page_path",
    ]
)
ANYTHING = st.one_of(st.text(max_size=60), st.integers(), st.none(), st.lists(st.text(max_size=5)))
QUERIES = st.dictionaries(st.one_of(KEYS, st.text(max_size=12)), ANYTHING, max_size=6)


@given(QUERIES)
def test_water_states_stay_in_their_lists(query):
    assert GaugeState.from_query(query).fenster in WINDOWS
    assert set(GaugeState.from_query(query).layers) <= set(LAYERS)
    assert IndexState.from_query(query).objekte in ("ja", "nein")
    assert len(ObjectState.from_query(query).ort) <= 64
    river = IndexState.from_query(query).fluss
    assert len(river) <= 40
    assert all(letter.isalnum() or letter in "-_" for letter in river)


@given(QUERIES)
def test_a_comparison_names_at_most_four_waves_of_one_gauge(query):
    state = CompareState.from_query(query)
    assert len(state.keys) <= MOST_WAVES
    assert all(len(key) == 10 and key.isascii() and key.isdecimal() for key in state.keys)
    assert state.ausrichtung in ("beginn", "scheitel")
    assert state.sortierung in CompareState.SORT_KEYS
    assert len(state.pegel) <= 64
    read = {key: values[0] for key, values in parse_qs(state.as_query().lstrip("?")).items()}
    assert CompareState.from_query(read) == state


def test_keys_of_waves_survive_an_address_and_rubbish_among_them_is_dropped():
    given_keys = "2021071415.2021071415.x.202107141.\u0662021071415.2021020309.1.3"
    state = CompareState(ereignisse=given_keys)
    assert state.keys == ("2021071415", "2021020309")
    assert CompareState(ereignisse="keine").keys == ()
    assert not CompareState(ereignisse="keine").is_chosen


@given(QUERIES)
def test_table_states_stay_in_their_lists(query):
    settlement = SettlementState.from_query(query)
    assert settlement.zeitraum in PERIODS
    assert settlement.sortierung in SettlementState.SORT_KEYS
    mobility = MobilityState.from_query(query)
    assert mobility.sortierung in MobilityState.SORT_KEYS
    assert mobility.richtung in ("auf", "ab")


@given(QUERIES)
def test_a_state_survives_being_written_into_an_address(query):
    state = SettlementState.from_query(query)
    read = {key: values[0] for key, values in parse_qs(state.as_query().lstrip("?")).items()}
    assert SettlementState.from_query(read) == state


@given(st.text(max_size=200))
def test_a_path_value_is_one_clean_segment_or_nothing(text):
    found = urls.last_segment(f"/gewaesser/pegel/{text}", urls.GAUGE)
    assert "/" not in found
    assert len(found) <= urls.ID_MAX_LENGTH


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20))
def test_an_id_survives_its_address(gauge_id):
    path = urls.gauge_url(gauge_id)
    assert urls.last_segment(path, urls.GAUGE) == gauge_id


@given(QUERIES)
def test_every_layout_takes_any_query(app, query):
    import dash

    known = {key: value for key, value in query.items() if key not in {"page_path"}}
    for page in dash.page_registry.values():
        page["layout"](page_path="/x", **known)
