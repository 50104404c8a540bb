import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import CockpitError
from services.flood.hindcast.reader import ObservationsError, read_observations
from tests.unit.services.flood.scenario import gauge, pack, river


def two_gauges(observes):
    return pack(
        rivers=(river("a"),),
        gauges=tuple(
            gauge(name, "a", km, observes=observes)
            for name, km in (("100000", 20.0), ("200000", 10.0))
        ),
    )


PACK, STAGES = two_gauges("discharge"), two_gauges("stage")
GOOD = "ID,Time,Q\n100000,2014-01-01 00:00:00,2.5\n200000,2014-01-01 00:15:00,3.5\n"


def read(tmp_path, text, timezone="UTC", region=PACK):
    path = tmp_path / "q.csv"
    path.write_text(text, encoding="utf-8")
    return read_observations(path, region, timezone)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        '"ID","Time","Q"\n100000,"2014-01-01 00:00:00",2.5\n200000,"2014-01-01 00:15:00",3.5\n',
        "\ufeffTime,Q,ID\n2014-01-01T00:00:00Z,2.5,100000\n2014-01-01T01:15:00+01:00,3.5,200000\n",
    ],
)
def test_quotes_order_of_columns_and_offsets_make_no_difference(tmp_path, text):
    found = read(tmp_path, text)

    assert found.quantity == "Q"
    assert found.name == "q.csv"
    assert found.series["100000"].values.tolist() == [2.5]
    when = datetime.fromtimestamp(found.series["200000"].times_s[0], tz=UTC)
    assert when == datetime(2014, 1, 1, 0, 15, tzinfo=UTC)


def test_times_without_offset_are_read_in_the_given_zone(tmp_path):
    found = read(tmp_path, GOOD, "Europe/Vienna")
    when = datetime.fromtimestamp(found.series["100000"].times_s[0], tz=UTC)

    assert when == datetime(2013, 12, 31, 23, 0, tzinfo=UTC)


def test_stage_files_are_told_apart_from_discharge(tmp_path):
    assert read(tmp_path, GOOD.replace("Q", "H"), region=STAGES).quantity == "H"


def test_rows_are_put_in_order_and_missing_values_left_out(tmp_path):
    text = GOOD + "100000,2013-12-31 23:45:00,1.5\n100000,2014-01-01 00:30:00,NA\n"
    series = read(tmp_path, text).series["100000"]

    assert series.values.tolist() == [1.5, 2.5]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["q.csv", "leer"]),
        ("ID,Time,Q\n", ["q.csv", "keinen Messwert"]),
        ("Time,Q\n", ["Zeile 1", "Spalte ID", "fehlt"]),
        ("ID,Q\n", ["Spalte Time", "fehlt"]),
        ("ID,Time,W\n", ["Spalte Q/H"]),
        ("ID;Time;Q\n100000;2014-01-01 00:00:00;2,5\n", ["Zeile 1", "Trennzeichen ist das Komma"]),
        (GOOD.replace("Q", "H"), ["Zeile 2", "Spalte H", "Abfluss beobachtet", "die Spalte Q"]),
        (GOOD.replace("2.5", "99").replace("3.5", "-9"), ["keinen Messwert", "2 Werte liegen"]),
        (GOOD + "7,2014-01-01 00:30:00,1\n", ["Zeile 4", "Spalte ID", "„7“"]),
        (GOOD + "100000,gestern,1\n", ["Zeile 4", "Spalte Time", "gestern"]),
        (GOOD + "100000,2014-01-01 00:30:00,viel\n", ["Zeile 4", "Spalte Q", "viel"]),
        (GOOD + "100000,2014-01-01 00:30:00,inf\n", ["Zeile 4", "Spalte Q", "inf"]),
        (GOOD + "100000,2014-01-01 00:30:00\n", ["Zeile 4", "zu kurz"]),
        ("ID,Time,Q\n100000,2014-01-01 00:00:00,2.5\n", ["100000", "mindestens zwei"]),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_with_row_and_column(tmp_path, text, words):
    with pytest.raises(ObservationsError) as caught:
        read(tmp_path, text)

    for word in words:
        assert word in caught.value.user_message
    assert "\n" not in caught.value.user_message


def test_a_discharge_for_a_stage_gauge_is_refused(tmp_path):
    with pytest.raises(
        ObservationsError, match="Wasserstand beobachtet; erwartet wird die Spalte H"
    ):
        read(tmp_path, GOOD, region=STAGES)


def test_values_out_of_range_are_dropped_and_counted(tmp_path):
    found = read(tmp_path, GOOD + "100000,2014-01-01 00:30:00,6.5\n100000,2014-01-01 01:00:00,6\n")

    assert found.series["100000"].values.tolist() == [2.5, 6.0]
    assert found.dropped == {"out_of_range": {"100000": 1}, "conflicting_duplicates": {}}


def test_equal_times_count_as_dropped_only_where_they_differ(tmp_path):
    same, other = "100000,2014-01-01 00:00:00,2.5\n", "100000,2014-01-01 00:00:00,3.5\n"

    assert read(tmp_path, GOOD + same).dropped["conflicting_duplicates"] == {}
    found = read(tmp_path, GOOD + same + other)
    assert found.dropped["conflicting_duplicates"] == {"100000": 1}
    assert found.series["100000"].values.tolist() == [3.5]


def night(gauge_id, clock_times):
    return "".join(
        f"{gauge_id},2024-10-27 {clock},{number / 10}\n"
        for number, clock in enumerate(clock_times, start=1)
    )


@pytest.mark.parametrize(
    ("clock_times", "minutes"),
    [
        (["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"], [0, 30, 60, 90, 120, 150]),
        (["01:30", "02:00", "02:30", "02:15", "02:45", "03:00"], [0, 30, 60, 105, 135, 150]),
        (["02:00", "02:00", "02:30", "02:30"], [0, 60, 30, 90]),
        (["02:00", "02:30", "03:00"], [0, 30, 120]),
    ],
)
def test_the_doubled_hour_of_an_autumn_night_is_told_apart_by_order(tmp_path, clock_times, minutes):
    text = "ID,Time,Q\n" + night("100000", clock_times) + night("200000", clock_times)
    found = read(tmp_path, text, "Europe/Berlin")

    for series in found.series.values():
        by_value = dict(zip(series.values, series.times_s, strict=True))
        started = by_value[0.1]
        numbers = range(1, len(clock_times) + 1)
        assert [(by_value[number / 10] - started) / 60 for number in numbers] == minutes
    assert found.dropped["conflicting_duplicates"] == {}


def test_a_third_time_in_the_doubled_hour_is_counted(tmp_path):
    text = "ID,Time,Q\n" + night("100000", ["02:00"] * 3) + night("200000", ["02:00"])

    found = read(tmp_path, text, "Europe/Berlin")
    assert found.dropped["conflicting_duplicates"] == {"100000": 1}


def test_a_missing_file_and_an_unknown_zone_are_named(tmp_path):
    with pytest.raises(ObservationsError, match=r"nirgends.csv: die Datei fehlt"):
        read_observations(tmp_path / "nirgends.csv", PACK)
    with pytest.raises(ObservationsError, match="Mond/Krater"):
        read(tmp_path, GOOD, "Mond/Krater")
    with pytest.raises(ObservationsError, match="nicht lesbar"):
        read_observations(tmp_path, PACK)


def test_a_file_that_is_not_text_is_named(tmp_path):
    path = tmp_path / "bild.csv"
    path.write_bytes(b"\xff\xfe\x00ID")

    with pytest.raises(ObservationsError, match=r"bild.csv"):
        read_observations(path, PACK)


@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused_never_a_crash(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "q.csv"
    path.write_text("ID,Time,Q\n" + text, encoding="utf-8", errors="replace")
    with contextlib.suppress(CockpitError):
        read_observations(path, PACK)
