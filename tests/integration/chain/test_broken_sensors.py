"""Sensors that go mad in a flood, through the whole chain: no false all-clear, no alarm storm."""

from datetime import datetime

import numpy as np
import pytest

from services.flood.model import LEVELS
from services.simulation.levels import threshold
from services.simulation.truth import STEP_S, build_truth, run_truth
from verbs.replay import play_headless

WARNED = {level.value for level in LEVELS}
QUIET_RIVER = "saynbach"

pytestmark = pytest.mark.timeout(600)
"""A whole event through the chain takes a minute on two free cores."""


@pytest.fixture(scope="module")
def report(chain_settings):
    return play_headless(chain_settings, "sensor-spinnt", 15)


@pytest.fixture(scope="module")
def course(region):
    return run_truth(build_truth(region.pack), region.scenarios["sensor-spinnt"])


def spans(report, place, river, wanted):
    """Yield the times in which a village was shown in one of some states."""
    changes = [c for c in report["changes"] if (c["place_id"], c["river_id"]) == (place, river)]
    changes.sort(key=lambda change: change["at"])
    for number, change in enumerate(changes):
        if change["to"] in wanted:
            end = changes[number + 1]["at"] if number + 1 < len(changes) else None
            yield (
                datetime.fromisoformat(change["at"]).timestamp(),
                float("inf") if end is None else datetime.fromisoformat(end).timestamp(),
            )


def in_flood(course, village):
    """Return the instants at which the water stands above a village's Voralarm level."""
    stages = course.stage_m[:, course.truth.cell_at(village.river_id, village.river_km)]
    limit = threshold(course.truth, village.river_id, village.river_km, "voralarm")
    return course.start_s + np.flatnonzero(stages >= limit) * STEP_S


def test_no_village_is_shown_as_safe_again_while_its_water_is_high(region, report, course):
    falsely = set()
    for village in region.network.villages:
        high = in_flood(course, village)
        for start, end in spans(report, village.place_id, village.river_id, {"ok"}):
            if ((high >= start) & (high < end)).any():
                falsely.add((village.place_id, village.river_id))
    assert falsely == set()


def test_mayen_and_miesenheim_are_warned_although_their_gauges_are_mad(report):
    assert report["final"]["miesenheim@nette"] in WARNED
    assert report["highest"]["mayen@nette"] == "alarm"


def test_a_spiking_sensor_on_a_quiet_river_raises_no_alarm(report):
    alarmed = {key for key, state in report["highest"].items() if state == "alarm"}
    assert not {key for key in alarmed if key.endswith(f"@{QUIET_RIVER}")}


def test_a_spiking_sensor_raises_no_storm_of_changes(report):
    changes = [c for c in report["changes"] if c["river_id"] == QUIET_RIVER]
    by_place = {
        c["place_id"]: sum(d["place_id"] == c["place_id"] for d in changes) for c in changes
    }
    assert all(count <= 4 for count in by_place.values()), by_place
