"""The verbs of data quality on a store of their own."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from cli import main
from config import Settings
from data import quality, things
from data.engine import writing
from data.observation_rows import ObservationRow
from data.observations import upsert
from wiring import wire

T0 = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PERIOD = ("--start", "2026-03-01T10:00", "--end", "2026-03-01T11:00")


@pytest.fixture
def wired(tmp_path, monkeypatch):
    monkeypatch.setenv("COCKPIT_STATE_DIR", str(tmp_path))
    made = wire(Settings())
    with made.sessions() as session, session.begin():
        number = things.ids(writing(session))["iot-nitz/stage"]
        values = [1.0, 1.0, 99.0, 1.0, 1.0, 1.0]
        times = [T0 + timedelta(minutes=15 * index) for index in range(len(values))]
        rows = [
            ObservationRow(number, at, at, value, value, 1, "", "simulated")
            for at, value in zip(times, values, strict=True)
        ]
        upsert(session, rows)
    yield made
    made.engine.dispose()


def flags(wired):
    with wired.sessions() as session:
        number = things.ids(session)["iot-nitz/stage"]
        return [row.flag for row in quality.rows(session, number, T0, T0 + timedelta(days=1))]


def said(*arguments):
    answer = CliRunner().invoke(main, ["quality", *arguments])
    return answer.exit_code, answer.output


def test_reprocessing_says_by_test_what_changes_and_a_dry_run_changes_nothing(wired):
    dry = said("reprocess", "--key", "iot-nitz/stage", *PERIOD, "--dry-run")
    assert dry == (0, "gut: 5 -> 4\nMessbereich: 0 -> 1\n1 von 5 Werten würden geändert.\n")
    assert flags(wired) == [1] * 6
    assert said("reprocess", *PERIOD)[1].endswith("1 von 5 Werten geändert.\n")
    assert flags(wired) == [1, 1, 4, 1, 1, 1]
    assert said("reprocess", *PERIOD)[1].endswith("0 von 5 Werten geändert.\n")


def test_a_flag_by_hand_takes_local_times(wired):
    wish = ("--flag", "falsch", "--reason", "Eis", "--by", "E. Muster")
    code, words = said("flag", "iot-nitz/stage", *PERIOD, *wish)
    assert (code, words) == (0, "5 von 5 Werten neu gekennzeichnet: falsch, Eis\n")
    assert flags(wired) == [4, 4, 4, 4, 4, 1]


def test_an_unknown_datastream_is_refused_in_a_sentence(wired):
    wish = ("--flag", "gut", "--reason", "x", "--by", "y")
    code, words = said("flag", "gibt/es_nicht", *PERIOD, *wish)
    assert code != 0
    assert "Diese Messreihe gibt es nicht" in words
