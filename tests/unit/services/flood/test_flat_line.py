"""A gauge that stands still while its neighbours rise is suspect, then no longer counts."""

from datetime import timedelta

from services.flood.cycle import run_cycle
from services.flood.model import Flag, State
from services.flood.network import build_network
from tests.unit.services.flood.scenario import (
    NOW,
    exposure,
    flat,
    gauge,
    nette_pack,
    rising,
    river,
    series,
    thresholds,
)

NETWORK = build_network(nette_pack())


def run(readings, network=NETWORK, previous=(), now=NOW):
    memory = {(item.place_id, item.river_id): item for item in previous}
    result = run_cycle(network, readings, memory, now)
    gauges = {item.gauge_id: item for item in result.gauges}
    return gauges, {item.place_id: item for item in result.villages}, result


def wave(hours, **kwargs):
    """A slow wave on the tributary that stays below all levels."""
    return rising(0.3, 0.1, hours=hours, **kwargs)


def moving(value=0.4):
    return series([value + 0.002 * (index % 2) for index in range(96)])


def test_still_beside_a_rising_neighbour_is_suspect_after_three_hours():
    known = {"nitz": wave(4.5), "falkley": moving(), "muehle": flat()}
    gauges, villages, _ = run(known)

    assert gauges["muehle"].flag == Flag.SUSPECT
    assert gauges["falkley"].flag == Flag.GOOD
    assert "während Nachbarpegel steigen, bitte prüfen" in gauges["muehle"].sentence
    assert gauges["muehle"].state is State.OK
    assert villages["mayen"].degraded
    assert villages["mayen"].confidence == "gering"


def test_still_beside_a_rising_neighbour_fails_after_six_hours_and_its_path_is_invalid():
    known = {"nitz": wave(7.5, before_h=12.0), "falkley": moving(), "muehle": flat()}
    gauges, villages, _ = run(known)

    assert gauges["muehle"].flag == Flag.FAIL
    assert gauges["muehle"].state is State.UNBEKANNT
    assert not gauges["muehle"].is_silent
    assert villages["mayen"].driving_gauge != "muehle"
    assert "Pegel Muehle steht seit Stunden still" in villages["mayen"].sentence


def test_a_neighbour_past_its_peak_is_still_evidence():
    values = [0.3] * 48 + [0.3 + 0.05 * step for step in range(1, 9)] + [0.7] * 12 + [0.6] * 12
    gauges, _, _ = run({"nitz": series(values), "falkley": moving(), "muehle": flat()})

    assert gauges["muehle"].flag == Flag.FAIL


def test_still_gauges_at_low_water_are_good():
    gauges, villages, _ = run({name: flat() for name in ("nitz", "falkley", "muehle")})

    assert {item.flag for item in gauges.values()} == {Flag.GOOD}
    assert villages["mayen"].state is State.OK


def test_the_time_counts_from_the_neighbours_rise_not_from_the_start_of_the_calm():
    known = {"nitz": wave(2.0), "falkley": moving(), "muehle": flat(hours=48)}

    assert run(known)[0]["muehle"].flag == Flag.GOOD


def test_a_gauge_on_another_river_is_no_evidence():
    network = build_network(
        nette_pack(
            rivers=(*nette_pack().rivers, river("elz")),
            gauges=(*nette_pack().gauges, gauge("bermel", "elz", 40.0)),
            thresholds=nette_pack().thresholds + thresholds("bermel"),
            exposures=(*nette_pack().exposures, exposure("monreal", "elz", 33.0)),
        )
    )
    known = {name: flat() for name in ("nitz", "falkley", "muehle")}
    gauges, _, _ = run(known | {"bermel": wave(9.0)}, network)

    assert {gauges[name].flag for name in known} == {Flag.GOOD}


def test_a_tributary_is_not_judged_by_the_river_it_flows_into():
    gauges, _, _ = run({"nitz": flat(), "falkley": wave(9.0), "muehle": wave(9.0)})

    assert gauges["nitz"].flag == Flag.GOOD


def test_a_stuck_gauge_holds_the_warning_it_raised():
    high = rising(0.5, 0.6, hours=3.0)
    alarmed = run({"nitz": moving(), "falkley": moving(), "muehle": high})[2]
    later = NOW + timedelta(hours=9)
    stuck = series([2.3] * 37, last=later)
    known = {"nitz": wave(8.0, last=later), "falkley": flat(last=later), "muehle": stuck}
    mayen = run(known, previous=alarmed.villages, now=later)[1]["mayen"]

    assert mayen.state is State.ALARM
    assert mayen.held_since == NOW
    assert "Pegel Muehle steht seit Stunden still" in mayen.sentence
    assert "meldet seit" not in mayen.sentence
