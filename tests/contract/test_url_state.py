"""Anything may stand in an address: the state of a page stays within its allow-list."""

from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from components import urls
from components.population import PERIODS
from pages.mobility._state import MobilityState
from pages.settlement._state import SettlementState
from pages.water._state import WINDOWS, GaugeState, IndexState

KEYS = st.sampled_from(["fluss", "fenster", "zeitraum", "sortierung", "richtung", "x", "page_path"])
ANYTHING = st.one_of(st.text(max_size=60), st.integers(), st.none(), st.lists(st.text(max_size=5)))
QUERIES = st.dictionaries(st.one_of(KEYS, st.text(max_size=12)), ANYTHING, max_size=6)


@given(QUERIES)
def test_water_states_stay_in_their_lists(query):
    assert GaugeState.from_query(query).fenster in WINDOWS
    river = IndexState.from_query(query).fluss
    assert len(river) <= 40
    assert all(letter.isalnum() or letter in "-_" for letter in river)


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
