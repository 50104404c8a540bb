"""Warnings of others on the wall: each service by itself, and its silence is no all-clear."""

from dataclasses import replace

import pytest

from components.official_warnings import official_warnings
from services.people.identity import acting
from services.people.model import Role
from services.wall.model import OfficialWarnings
from tests.support import fakes, sample_sources, sample_water, trees
from tests.support.sample_people import identity_of

NONE = OfficialWarnings((), sample_water.NOW, is_heard=True)
ONE = replace(sample_sources.view().warnings[0], headline="Hochwasser: Nette", expires=None)


@pytest.fixture
def words():
    with fakes.installed() as found, acting(identity_of(Role.CRISIS)):
        wall = found.wall.view()
    situation = replace(wall.situation, clock=sample_water.clock(is_simulated=False))

    def run(**changes):
        shown = {"weather": NONE, "floods": NONE, **changes}
        return trees.text(official_warnings(replace(wall, situation=situation, **shown)))

    return run


def test_a_service_that_is_not_heard_gives_no_all_clear(words):
    silent = words(floods=replace(NONE, is_heard=False))
    assert "Hochwasserwarnungen des Landes werden zurzeit nicht empfangen" in silent
    assert "Keine amtliche Wetterwarnung, geprüft" in silent


def test_that_there_is_none_is_said_with_the_age_of_the_answer(words):
    assert "Keine Hochwasserwarnung des Landes, geprüft" in words()


def test_warnings_of_floods_come_first_and_those_beyond_three_are_counted(words):
    storm = replace(ONE, headline="Sturm")
    told = words(
        weather=replace(NONE, warnings=(storm,)), floods=replace(NONE, warnings=(ONE,) * 5)
    )
    assert told.index("Hochwasser: Nette") < told.index("Sturm")
    assert "und 2 weitere" in told


def test_a_service_that_the_region_has_not_is_not_missed(words):
    assert "Hochwasser" not in words(floods=replace(NONE, is_heard=False, is_connected=False))
