"""A side brook may warn a village on the main river, it can't clear it."""

from dataclasses import replace

import pytest

from services.flood.cycle import run_cycle
from services.flood.model import State
from services.flood.network import build_network
from tests.unit.services.flood.scenario import (
    NOW,
    flat,
    gauge,
    minutes,
    nette_pack,
    rising,
    river,
    thresholds,
)

NETWORK = build_network(
    nette_pack(
        rivers=(*nette_pack().rivers, river("brex", 20.0, "nette", 32.0)),
        gauges=(*nette_pack().gauges, gauge("brex", "brex", 11.0)),
        thresholds=nette_pack().thresholds + thresholds("brex"),
    )
)


def mayen(network=NETWORK, previous=(), now=NOW, **readings):
    memory = {(item.place_id, item.river_id): item for item in previous}
    result = run_cycle(network, readings, memory, now)
    return next(item for item in result.villages if item.place_id == "mayen")


def heard(*names, now=NOW):
    return {name: flat(last=now) for name in names}


@pytest.mark.parametrize(
    ("names", "state"),
    [
        (("muehle",), State.OK),
        (("falkley", "nitz", "brex"), State.OK),
        (("falkley", "nitz"), State.UNBEKANNT),
        (("falkley", "brex"), State.UNBEKANNT),
        (("falkley",), State.UNBEKANNT),
        (("brex",), State.UNBEKANNT),
        (("nitz", "brex"), State.UNBEKANNT),
    ],
)
def test_ok_needs_the_nearest_own_gauge_or_the_next_one_and_all_tributaries(names, state):
    assert mayen(**heard(*names)).state is state


def test_the_gauge_whose_silence_forbids_the_all_clear_is_named():
    lost = {"muehle": flat(last=NOW - minutes(90)), "falkley": flat(last=NOW - minutes(90))}
    found = mayen(**heard("nitz", "brex"), **lost)

    assert found.state is State.UNBEKANNT
    assert found.degraded
    assert found.sentence.startswith("Keine Aussage für Mayen: Pegel Muehle meldet seit 18:30 Uhr")


def test_a_side_brook_alone_still_warns():
    assert mayen(brex=rising(0.5, 0.6)).state is State.ALARM


def test_a_warning_of_a_side_brook_ends_in_no_statement_while_the_main_river_is_silent():
    alarmed = mayen(brex=rising(0.5, 0.6))
    later = NOW + minutes(14 * 60)
    first = mayen(previous=(alarmed,), now=later, **heard("brex", now=later))
    second = mayen(
        previous=(first,), now=later + minutes(15), **heard("brex", now=later + minutes(15))
    )

    assert first.state is State.ALARM
    assert second.state is State.UNBEKANNT


def test_a_river_whose_gauges_all_stand_on_tributaries_is_never_cleared():
    network = build_network(nette_pack(thresholds=thresholds("nitz")))
    found = mayen(network, nitz=flat())

    assert found.state is State.UNBEKANNT
    assert "am Gewässer Nette selbst steht kein Pegel oberhalb" in found.sentence


def test_a_tributary_that_was_left_out_for_a_fault_forbids_the_all_clear_from_above_its_mouth():
    pack = replace(
        nette_pack(gauges=tuple(row for row in nette_pack().gauges if row.river_id != "nitz")),
        blind_mouths=(("nitz", "nette", 36.3),),
    )
    found = mayen(build_network(pack), **heard("falkley"))

    assert found.state is State.UNBEKANNT
    assert "nitz ist wegen eines Fehlers ausgenommen" in found.sentence
    assert mayen(build_network(pack), **heard("muehle")).state is State.OK
