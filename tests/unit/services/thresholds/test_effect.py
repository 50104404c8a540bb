"""What other levels would have done: crossings, counts, sentences; and the events of the past."""

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data import observations, things
from data.observations import ObservationRow
from services.archive.reading import SeriesReader
from services.thresholds.effect import QUIET_S, Course, count, event_effect, stretches
from services.thresholds.effect_model import SIMULATED, Effect
from services.thresholds.past import measured_courses, simulated_courses
from services.thresholds.words import NO_EVENTS, sentences
from tests.support.sample_thresholds import NEW, NOW, PACK, TARGET, effect

LEVELS = st.tuples(*(st.floats(0.1, 5.0) for _ in range(3))).map(sorted)


def course(values, **changes):
    times = np.arange(len(values)) * 900.0
    made = {"title": "Probe", "kind": SIMULATED, "flooded": False, **changes}
    return Course(times_s=times, values=np.array(values, dtype=float), **made)


@given(st.lists(st.floats(0.0, 6.0), min_size=1, max_size=60), LEVELS, st.floats(0.0, 1.0))
def test_a_lower_level_is_never_reached_later_or_less_often(values, levels, less):
    before = dict(zip(("voralarm", "warnung", "alarm"), levels, strict=True))
    after = {name: value - less for name, value in before.items()}
    found = event_effect(course(values), before, after)
    for crossing in found.crossings:
        if crossing.before_at is not None:
            assert crossing.after_at is not None
            assert crossing.after_at <= crossing.before_at
    assert all(count([found], name).fewer == 0 for name in before)


def test_events_are_apart_when_it_was_quiet_for_a_day():
    step = 3600.0
    values = np.zeros(200)
    values[[10, 11, 12, 20, 100]] = 2.0
    times = np.arange(200) * step
    assert stretches(times, values, 1.0) == [(10, 20), (100, 100)]
    assert stretches(times, values, 3.0) == []
    assert step * (100 - 20) > QUIET_S > step * (20 - 12)


def test_the_sentence_says_how_many_more_how_many_without_flood_and_how_much_earlier():
    [words] = sentences(effect(), "m")
    assert words.startswith("Warnung mit 1,05 m statt 1,13 m: 2 Ereignisse mehr wären gewarnt")
    assert "1 davon ohne Überschwemmung" in words
    assert "bei 1 ist nicht bekannt" in words
    assert "bei 1 Ereignis 30 Minuten früher" in words


def test_without_events_the_sentence_says_so():
    empty = Effect(NOW, PACK, NEW, (), NOW, 0)
    assert sentences(empty, "m") == (NO_EVENTS,)


def test_an_effect_comes_back_from_the_store_as_it_was():
    assert Effect.of(effect().content()) == effect()


def test_the_named_events_run_at_the_gauge_with_what_was_flooded_below(region):
    found = {item.title: item for item in simulated_courses(region, TARGET)}
    assert len(found) == 5
    assert "Alle Pegel still" not in found
    assert found["Juli 2021"].flooded is True
    assert found["Juli 2021"].flood_s > found["Juli 2021"].times_s[0]
    assert found["Ruhiger Tag"].flooded is False


def test_real_readings_of_the_last_year_count_simulated_and_failed_ones_do_not(
    sessions, region, tmp_path
):
    now = datetime(2026, 3, 10, tzinfo=UTC)

    def row(stream, days, value, flag=1, origin="live"):
        at = now - timedelta(days=days)
        return ObservationRow(stream, at, at, value, value, flag, "", origin)

    with sessions.begin() as session:
        wanted = things.StreamRow(things.ThingRow("iot-nitz", "Nitz", "gauge"), "stage", "m")
        things.ensure(session, region.region_id, [wanted])
        stream = things.ids(session)["iot-nitz/stage"]
        observations.upsert(
            session,
            [
                row(stream, 30, 1.3), row(stream, 60, 1.4, origin="simulated"),
                row(stream, 90, 1.5, flag=4), row(stream, 400, 1.6), row(stream, 10, 0.3),
            ],
        )  # fmt: skip
    with sessions() as session:
        found = measured_courses(session, region, SeriesReader(tmp_path), TARGET, (now, 0.95))
    assert found.values == 2
    [only] = found.courses
    assert (only.values.tolist(), only.flooded) == ([1.3], None)
