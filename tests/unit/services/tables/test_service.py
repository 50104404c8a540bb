"""From a table to stored values: preview, guess, refusals with row and reason, idempotence."""

from datetime import UTC, datetime, timedelta

import pytest

from data import audit, indicators, observations, things
from services.flood.model import Flag
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import PUBLIC, Role
from services.quality.receipt import ReceiptFlagger
from services.quality.rules import make_rules
from services.quality.verdict import Verdict
from services.tables.errors import TableMappingError
from services.tables.mapping import IndicatorMapping
from services.tables.reader import read_table
from services.tables.series import SeriesMapping
from services.tables.service import IndicatorMeta, TableService
from tests.support.flaggers import FunctionFlagger
from tests.support.sample_people import identity_of

pytestmark = pytest.mark.usefixtures("as_planner")

NOW = datetime(2026, 3, 30, 12, tzinfo=UTC)
META = IndicatorMeta(
    "einwohner", "Einwohner", "Personen", "StaLa RLP, Tabelle 12411", "dl-de/by-2-0"
)
TABLE = b"""AGS;Gemeinde;Jahr;Einwohner
07137003;Andernach;2024;30.132,0
071370068068;Mayen;2024;19284
7137074;Monreal;2024;.
07137003;Andernach;2024;1
99999999;Nirgends;2024;5
07137001;Acht;gestern;5
07137004;Anschau;2024;viele
"""
MAPPING = IndicatorMapping("AGS", "Einwohner", "Jahr")
SERIES = b"""Zeit;Wasserstand
01.03.2026 12:00;0,85
2026-03-01T12:15;0.95
2026-03-01T11:30:00Z;105
29.03.2026 02:30;0,70
01.03.2026 12:00;0,99
2027-01-01;1
gestern;1
2026-03-01T13:00;-
"""


@pytest.fixture
def service(sessions, region):
    with sessions.begin() as session:
        stream = things.stream("iot-nitz", "Nitz", "gauge", "stage", "m")
        things.ensure(session, region.region_id, [stream])
    return TableService(
        sessions,
        region,
        ReceiptFlagger(make_rules(region.pack.gauges)),
        now=lambda: NOW,
        measured_until=lambda: NOW,
    )


def held(service, as_of=None):
    with service.sessions() as session:
        found = indicators.values(session, "einwohner", as_of)
    return {(row.ags, row.period): row.value for row in found}


def test_the_preview_shows_the_head_and_guesses_the_columns(service):
    preview = service.preview(TABLE)
    assert preview.rows == 7
    assert preview.head[0] == ("07137003", "Andernach", "2024", "30.132,0")
    assert preview.guess.is_indicator
    assert (preview.guess.ags_column, preview.guess.period_column) == ("AGS", "Jahr")
    assert preview.guess.value_column == "Einwohner"
    series = service.preview(SERIES).guess
    assert (series.time_column, series.value_column) == ("Zeit", "Wasserstand")
    assert not series.is_indicator


def test_an_indicator_is_stored_once_and_each_refused_row_has_its_reason(service):
    table = read_table(TABLE)
    dry = service.import_indicator(table, MAPPING, META, dry_run=True)
    assert (dry.usable, dry.changed, dry.is_stored) == (3, 0, False)
    assert held(service) == {}
    done = service.import_indicator(table, MAPPING, META)
    assert done.changed == 3
    assert held(service) == {
        ("07137003", "2024"): 30132.0,
        ("07137068", "2024"): 19284.0,
        ("07137074", "2024"): None,
    }
    assert [(item.row, item.reason.split(" (")[0]) for item in done.refused] == [
        (5, "Gemeinde und Zeitraum stehen schon in Zeile 2"),
        (6, "Gemeinde liegt nicht in dieser Region"),
        (7, "kein Zeitraum"),
        (8, "Text ist keine Zahl mit Einheit"),
    ]
    assert service.import_indicator(table, MAPPING, META).changed == 0


def test_a_correction_keeps_what_was_known_before(service, sessions, region):
    service.import_indicator(read_table(TABLE), MAPPING, META)
    later = NOW + timedelta(days=1)
    again = TableService(sessions, region, service.flagger, now=lambda: later)
    again.import_indicator(read_table(TABLE.replace(b"19284", b"19285")), MAPPING, META)
    assert held(service)["07137068", "2024"] == 19285.0
    assert held(service, NOW)["07137068", "2024"] == 19284.0


def test_a_series_is_local_time_german_numbers_and_flagged(service):
    done = service.import_series(
        read_table(SERIES), SeriesMapping("Zeit", "Wasserstand"), "iot-nitz/stage", "m"
    )
    assert (done.usable, done.changed) == (4, 4)
    assert [item.row for item in done.refused] == [5, 6, 7, 8]
    with service.sessions() as session:
        number = things.ids(session)["iot-nitz/stage"]
        rows = observations.window(session, number, datetime(2026, 1, 1, tzinfo=UTC), NOW)
    values = {at: (value, flag) for at, value, flag in rows}
    assert values[datetime(2026, 3, 1, 11, tzinfo=UTC)] == (0.85, 1)
    assert values[datetime(2026, 3, 1, 11, 30, tzinfo=UTC)] == (105.0, 4)
    assert values[datetime(2026, 3, 1, 12, tzinfo=UTC)] == (None, 9)


def test_units_are_converted_and_raw_values_kept(service):
    table = read_table(b"Zeit;cm\n2026-03-01T12:00;85\n")
    service.import_series(table, SeriesMapping("Zeit", "cm"), "iot-nitz/stage", "cm")
    with service.sessions() as session:
        number = things.ids(session)["iot-nitz/stage"]
        [(_, value, _)] = observations.window(
            session, number, datetime(2026, 1, 1, tzinfo=UTC), NOW
        )
    assert value == 0.85


@pytest.mark.parametrize(
    ("key", "unit", "column", "words"),
    [
        ("nirgends/stage", "m", "Zeit", "gibt es nicht"),
        ("iot-nitz/stage", "°C", "Zeit", "passt nicht"),
        ("iot-nitz/stage", "elle", "Zeit", "unbekannt"),
        ("iot-nitz/stage", "m", "Uhr", "Spalte „Uhr“"),
    ],
)
def test_what_does_not_fit_is_said(service, key, unit, column, words):
    with pytest.raises(TableMappingError) as caught:
        service.import_series(read_table(SERIES), SeriesMapping(column, "Wasserstand"), key, unit)
    assert words in caught.value.user_message


def test_an_indicator_without_source_is_refused(service):
    meta = IndicatorMeta("x", "X", "1", "", "")
    with pytest.raises(TableMappingError, match="source, licence"):
        service.import_indicator(read_table(TABLE), MAPPING, meta)


def test_only_who_may_curate_stores_and_under_the_own_name(service):
    table, stage = read_table(SERIES), SeriesMapping("Zeit", "Wasserstand")
    for who, refusal in ((PUBLIC, NotSignedInError), (identity_of(Role.COUNCIL), NotAllowedError)):
        with acting(who):
            with pytest.raises(refusal):
                service.import_indicator(read_table(TABLE), MAPPING, META)
            with pytest.raises(refusal):
                service.import_series(table, stage, "iot-nitz/stage", "m")
    assert held(service) == {}
    service.import_indicator(read_table(TABLE), MAPPING, META)
    with service.sessions() as session:
        assert [row.imported_by for row in indicators.every(session)] == ["Dienst planner"]
        assert [row.actor for row in audit.newest(session, 9)] == ["Dienst planner"]


def test_what_has_not_happened_by_the_clock_that_counts_is_refused(service, sessions, region):
    at_the_event = datetime(2021, 7, 14, 12, tzinfo=UTC)
    replayed = TableService(
        sessions,
        region,
        service.flagger,
        now=lambda: NOW,
        measured_until=lambda: at_the_event,
    )
    table = read_table(
        b"Zeit;cm\n2021-07-14T12:02:00Z;85\n2021-07-14T12:02:01Z;86\n01.11.2025 12:00;87\n"
    )
    done = replayed.import_series(table, SeriesMapping("Zeit", "cm"), "iot-nitz/stage", "cm")
    assert (done.usable, done.changed) == (1, 1)
    assert [item.row for item in done.refused] == [3, 4]
    assert {item.reason for item in done.refused} == {
        "die Zeit liegt mehr als 2 Minuten nach der Uhr des Cockpits"
    }


class Afterthought(FunctionFlagger):
    """Finds the value before the newest suspect, as a spike shows by what follows."""

    def look_back(self, _key, recent):
        return Verdict(Flag.SUSPECT, "Spitze") if recent.values.size == 3 else None


def test_flags_of_older_values_are_no_values_of_the_table(sessions, region, service):
    flagger = Afterthought(lambda *_: (Flag.GOOD, ""))
    tables = TableService(sessions, region, flagger, now=lambda: NOW)

    def minutes(values):
        rows = "".join(f"2026-03-01T12:{minute:02}:00Z;{value}\n" for minute, value in values)
        return read_table(f"Zeit;m\n{rows}".encode())

    def add(values):
        return tables.import_series(
            minutes(values), SeriesMapping("Zeit", "m"), "iot-nitz/stage", "m"
        )

    add([(0, 0.5), (5, 2.5)])
    done = add([(15, 0.5), (20, 0.5)])
    assert (done.usable, done.changed) == (2, 2)
    assert done.reflagged == 1
    again = add([(15, 0.5), (20, 0.5)])
    assert (again.usable, again.changed) == (2, 0)


def test_a_preview_names_several_stations_and_wrong_coordinates(service):
    preview = service.preview(
        b"Zeit;Station;lat;lon;cm\n"
        b"01.03.2026 12:00;Nitz;7,2;50,3;85\n01.03.2026 12:00;Elz;7,3;50,2;70\n"
    )
    assert preview.guess.station_column == "Station"
    assert preview.stations == ("Elz", "Nitz")
    [hint] = preview.hints
    assert "Koordinaten sind wohl vertauscht" in hint
