"""The steps of an upload on real stores: keep, look, check, store."""

from datetime import UTC, datetime

import pytest

from data import indicators, things
from data.things import StreamRow, ThingRow
from services.people.errors import NotAllowedError
from services.people.identity import acting
from services.people.model import Role
from services.tables.assignment import Assignment
from services.tables.service import TableService
from services.tables.shelf import UploadShelf
from services.tables.uploads import UploadService
from tests.support.sample_people import identity_of

pytestmark = pytest.mark.usefixtures("as_planner")

TABLE = b"AGS;Jahr;Wert\n07137003;2024;30.132\n99999999;2024;5\n"
CHOSEN = Assignment.of(
    {
        "kind": "indicator",
        "ags_column": "AGS",
        "period_column": "Jahr",
        "value_column": "Wert",
        "decimal": ",",
        "indicator_id": "einwohner",
        "title": "Einwohner",
        "unit": "Personen",
        "source": "StaLa",
        "licence": "dl-de/by-2-0",
    }
)


def service(sessions, region, folder):
    def plain(_key, _recent, _reading):
        return 2, ""

    tables = TableService(sessions, region, plain, now=lambda: datetime(2026, 3, 1, tzinfo=UTC))
    return UploadService(tables, UploadShelf(folder))


def stored(sessions):
    with sessions() as session:
        return [row.value for row in indicators.values(session, "einwohner")]


def test_a_check_stores_nothing_and_taking_over_does(sessions, region, tmp_path):
    uploads = service(sessions, region, tmp_path)
    upload_id = uploads.keep(TABLE)
    assert uploads.preview(upload_id).guess.ags_column == "AGS"
    checked = uploads.check(upload_id, CHOSEN)
    assert (checked.usable, checked.changed, stored(sessions)) == (1, 0, [])
    done = uploads.store(upload_id, CHOSEN)
    assert (done.usable, done.changed, stored(sessions)) == (1, 1, [30132.0])
    with sessions() as session:
        [row] = indicators.every(session)
    assert row.imported_by == "Dienst planner"


def test_who_may_not_curate_leaves_no_file_and_reaches_none_of_others(sessions, region, tmp_path):
    uploads = service(sessions, region, tmp_path)
    upload_id = uploads.keep(TABLE)
    before = sorted(tmp_path.iterdir())
    with acting(identity_of(Role.COUNCIL)):
        for step in (
            lambda: uploads.keep(TABLE),
            lambda: uploads.preview(upload_id),
            lambda: uploads.check(upload_id, CHOSEN),
            lambda: uploads.store(upload_id, CHOSEN),
        ):
            with pytest.raises(NotAllowedError):
                step()
    assert sorted(tmp_path.iterdir()) == before
    assert stored(sessions) == []


def test_streams_are_offered_by_the_name_of_their_thing(sessions, region, tmp_path):
    own = ThingRow("iot-nitz", "Nitz", "gauge")
    foreign = ThingRow("dwd-1", "Adenau", "station", source="dwd-1")
    with sessions.begin() as session:
        rows = [StreamRow(own, "stage", "m"), StreamRow(foreign, "rain", "mm")]
        things.ensure(session, region.region_id, rows)
    found = service(sessions, region, tmp_path).streams()
    assert [(item.thing_name, item.key, item.is_own) for item in found] == [
        ("Adenau", "dwd-1/rain", False),
        ("Nitz", "iot-nitz/stage", True),
    ]


def test_a_check_tells_how_many_rows_it_looks_at_before_it_does(sessions, region, tmp_path):
    uploads = service(sessions, region, tmp_path)
    heard = []
    uploads.check(uploads.keep(TABLE), CHOSEN, heard.append)
    assert heard == [TABLE.strip().count(b"\n")]
