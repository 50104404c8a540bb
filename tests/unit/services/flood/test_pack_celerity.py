from pathlib import Path

import pytest

from data.region_pack.loader import load_region
from services.flood.flow_classes import FLOOD
from services.flood.lags import LagObservation, Stretch
from services.flood.pack_celerity import learn_pack, pack_lags, reaches_of

MYK = Path(__file__).resolve().parents[4] / "data" / "regions" / "myk"
VALIDATION = Path(__file__).resolve().parents[3] / "validation_region"


def test_every_river_is_covered_from_source_to_mouth():
    pack = load_region(MYK)
    reaches = reaches_of(pack)

    for river in pack.rivers:
        own = [reach for reach in reaches if reach.river_id == river.river_id]
        assert sum(r.upper_km - r.lower_km for r in own) == pytest.approx(river.length_km)
    assert list(reaches_of(pack)) == sorted(reaches, key=lambda r: (r.river_id, -r.upper_km))


def test_a_river_without_reach_rows_is_one_reach():
    pack = load_region(VALIDATION)

    assert not pack.reaches
    assert {reach.reach_id for reach in reaches_of(pack)} == {
        f"{river.river_id}-gesamt" for river in pack.rivers
    }


def test_the_pack_and_further_lags_are_learnt_together():
    pack = load_region(MYK)
    plain = learn_pack(pack)
    way = (Stretch("elzbach", 42.5, 33.4),)
    more = learn_pack(pack, [LagObservation("2024", way, 90.0, 0.2)])
    row = more.row_of("elzbach", 38.0)

    assert len(pack_lags(pack)) == 1
    assert plain.n_events[plain.row_of("nette", 20.0), FLOOD] == 1
    assert more.ln_mean[row, FLOOD] > plain.ln_mean[row, FLOOD]
    assert more.version != plain.version
