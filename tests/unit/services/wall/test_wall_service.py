"""The wall: who may see it, which river it shows, what it says when warnings are not heard."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.flood.model import State
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import Role
from services.sources.kinds import KINDS
from services.sources.views import SourceState
from services.wall.service import most_urgent_river, official
from tests.support import fakes, sample_sources, sample_water
from tests.support.sample_people import identity_of

RIVERS = (("elz", "Elzbach"), ("nette", "Nette"))


def test_only_who_may_watch_sees_it():
    with fakes.installed() as found:
        with pytest.raises(NotSignedInError):
            found.wall.view()
        with acting(identity_of(Role.PLANNER)), pytest.raises(NotAllowedError):
            found.wall.view()
        with acting(identity_of(Role.CRISIS, is_wall=True)):
            assert found.wall.view().board.alarms


def test_readings_are_shared_by_version_and_not_beyond_it():
    asked = []

    def remember(name, key, compute):
        asked.append((name, key))
        return compute()

    with fakes.installed() as found, acting(identity_of(Role.CRISIS)):
        wall = replace(found.wall, remember=remember)
        wall.view()
        found.alarms.text = "8"
        wall.view()
        found.sources.heard = "2"
        wall.view()
    assert len(set(asked)) == 3


def test_the_river_with_the_gravest_and_then_soonest_place_is_shown():
    made = sample_water.situation("flood")
    grave = [v for v in made.villages if v.state is State.ALARM and v.has_gauge_above]
    rivers = tuple((river, river) for river in dict.fromkeys(v.river_id for v in made.villages))
    assert most_urgent_river(made, rivers) in {village.river_id for village in grave}
    assert most_urgent_river(made, ()) == ""


def test_warnings_of_two_services_are_told_apart_and_silence_of_each_is_known():
    dwd, lhp = (KINDS[name].title for name in ("dwd-cap", "lhp-alerts"))
    sources = (
        sample_sources.source("dwd", SourceState.OK, 3, kind=dwd),
        sample_sources.source("lhp", SourceState.FAILING, 40, kind=lhp),
    )
    found = replace(sample_sources.view(), sources=sources)
    weather, floods = official(found, "dwd-cap"), official(found, "lhp-alerts")
    assert [item.headline for item in weather.warnings] == ["Amtliche WARNUNG vor STARKREGEN"]
    assert (weather.is_heard, floods.is_heard, floods.warnings) == (True, False, ())
    assert floods.heard_at == sample_sources.NOW - timedelta(minutes=40)
    without = replace(found, sources=sources[:1])
    assert not official(without, "lhp-alerts").is_connected
