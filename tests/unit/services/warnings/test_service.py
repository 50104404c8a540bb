"""Warning drafts of the situation: a level that is probably there is told so by gauges only."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

from services.flood.path_kinds import PATH_RAIN
from services.warnings.service import WarningService
from tests.support import sample_water as sample


def reached(sessions, region, *, minutes, **changes):
    """Tell for Virneburg, so many minutes after its latest arrival, whether it is reached."""
    villages = [view for view in sample.VILLAGES if view.place_id == "virneburg"]
    views = tuple(replace(v, result=replace(v.result, **changes)) for v in villages)
    now = views[0].result.latest + timedelta(minutes=minutes)
    found = sample.situation()
    situation = replace(found, villages=views, clock=replace(found.clock, now=now))
    source = SimpleNamespace(
        situation=lambda: situation, clock=SimpleNamespace(epoch=lambda: None, now=lambda: now)
    )
    site = SimpleNamespace(is_demo=True, operator="Kreis", official_name="HVZ", official_url="")
    return [
        row.is_reached for row in WarningService(sessions, region, source, site).warnings().warnings
    ]


def test_a_level_whose_times_are_past_is_probably_reached(sqlite_sessions, region):
    assert reached(sqlite_sessions, region, minutes=10) == [True]
    assert reached(sqlite_sessions, region, minutes=-24 * 60) == [False]


def test_rain_alone_and_a_kept_warning_never_say_that_it_is_reached(sqlite_sessions, region):
    rain = reached(sqlite_sessions, region, minutes=10, path_kind=PATH_RAIN)
    kept = reached(sqlite_sessions, region, minutes=10, held_since=sample.NOW)
    assert (rain, kept) == ([False], [False])
