"""Named events through the whole chain to their alarms: uplinks, spool, store, cycle, alarm."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data import alarms
from data.alarms import AlarmRow
from services.alarms import scope
from services.alarms.after_cycle import CycleAlarms
from services.alarms.from_cycle import Names
from services.alarms.keeper import AlarmKeeper
from services.clock import SteppedClock, wall_now
from services.simulation.headless import HeadlessReplay
from services.simulation.replay import find_scenario
from wiring import wire
from wiring_rules import policy_of
from wiring_work import make_writer

pytestmark = pytest.mark.timeout(600)
SILENT_FROM = datetime(2021, 7, 14, 14, 0, tzinfo=UTC)
"""16:00 in Mayen: Hammesmühle; the event without any gauge an hour later."""


class Played:
    """An event with the alarms as they stood after each step, and all calls that were made."""

    def __init__(self, settings, folder, name, step_min):
        wired = wire(settings.private(folder))
        event = find_scenario(wired.region.scenarios, name)
        clock = SteppedClock(event.play_from.astimezone(UTC), event.id, event.title, wall_now())
        self.told = []
        keeper = AlarmKeeper(
            wired.sessions, wired.region, clock, policy_of(wired),
            announce=lambda _session, told: self.told.append(told),
        )  # fmt: skip
        look = CycleAlarms(keeper, Names.of(wired.region))
        writer = make_writer(wired)
        stage = HeadlessReplay(
            wired.region, replace(wired.cycles, clock=clock), clock, wired.spool,
            lambda: writer.drain()["messages"],
        )  # fmt: skip
        self.steps: list[tuple[object, dict[str, AlarmRow]]] = []
        for step in stage.play(event, timedelta(minutes=step_min)):
            look()
            with wired.sessions() as session:
                rows = alarms.open_rows(session, wired.region.region_id, scope.of(clock))
            self.steps.append((step.at, {row.alarm_key: row for row in rows}))
        wired.engine.dispose()

    def first(self, key):
        return next((at for at, rows in self.steps if key in rows), None)

    @property
    def last(self):
        return self.steps[-1][1]


@pytest.fixture(scope="module")
def lost(chain_settings, tmp_path_factory):
    return Played(chain_settings, tmp_path_factory.mktemp("lost"), "hammesmuehle-ausfall", 15)


def test_the_lost_gauge_is_an_alarm_within_an_hour_of_its_last_reading(lost):
    assert lost.first("messausfall:iot-hammesmuehle") <= SILENT_FROM + timedelta(hours=1)
    row = lost.last["messausfall:iot-hammesmuehle"]
    assert row.severity == "alarm"
    assert row.is_drill


def test_mayen_is_called_out_though_its_own_gauge_is_gone(lost):
    assert lost.last["stufe:mayen/nette"].severity == "alarm"
    titles = [told.title for told in lost.told if told.severity == "alarm"]
    assert any("Mayen" in title and title.startswith("ÜBUNG") for title in titles)


def test_no_alarm_of_the_event_was_ever_lowered_or_lost_without_an_end(lost):
    order = ("hinweis", "voralarm", "warnung", "alarm")
    for (_, before), (_, after) in zip(lost.steps, lost.steps[1:], strict=False):
        for key, row in before.items():
            assert key in after
            if row.ended_at is None:
                assert order.index(after[key].severity) >= order.index(row.severity)


def test_when_all_gauges_fall_silent_every_level_stays_and_none_ends(
    chain_settings, tmp_path_factory
):
    played = Played(chain_settings, tmp_path_factory.mktemp("still"), "alles-still", 15)
    opened = {key for _, rows in played.steps for key in rows if key.startswith("stufe:")}
    assert opened
    after = [rows for at, rows in played.steps if at > SILENT_FROM + timedelta(hours=1)]
    assert all(rows[key].ended_at is None for rows in after for key in opened & set(rows))
    assert opened <= set(played.last)
    assert any(key.startswith("messausfall:") for key in played.last)


def test_a_calm_day_raises_nothing_above_a_hint(chain_settings, tmp_path_factory):
    played = Played(chain_settings, tmp_path_factory.mktemp("calm"), "normal", 60)
    graver = {key for _, rows in played.steps for key, row in rows.items()
              if row.severity != "hinweis" and row.rule != "waechter"}  # fmt: skip
    assert graver == set()
