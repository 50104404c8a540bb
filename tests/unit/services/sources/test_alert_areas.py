"""Which warnings concern a place: cells, municipality keys, polygons."""

from datetime import UTC, datetime, timedelta

import pytest
from shapely.geometry import Point

from data import alerts
from data.alerts import AlertRow
from services.sources.alert_areas import holding_for

SENT = datetime(2023, 6, 22, 21, 40, tzinfo=UTC)
SQUARE = [[50.0, 7.0], [50.0, 8.0], [51.0, 8.0], [51.0, 7.0], [50.0, 7.0]]


def alert(name, geocodes=(), polygons=()):
    area = {"description": name, "geocodes": list(geocodes), "polygons": list(polygons)}
    return AlertRow(
        sender="s",
        identifier=name,
        sent_at=SENT,
        source_id="x",
        msg_type="Alert",
        status="Actual",
        scope="Public",
        refers_to=[],
        infos=[{"areas": [area]}],
        expires_at=SENT + timedelta(hours=1),
        received_at=SENT,
    )


@pytest.fixture
def ask(sessions):
    with sessions() as session, session.begin():
        alerts.add(
            session,
            [
                alert("cell", [["WARNCELLID", "807137068"]]),
                alert("county", [["WARNCELLID", "107137000"]]),
                alert("polygon", polygons=[SQUARE]),
            ],
        )

    def run(codes=(), area=None):
        with sessions() as session:
            found = holding_for(session, SENT + timedelta(minutes=5), codes, area)
        return sorted(row.identifier for row in found)

    return run


def test_a_cell_is_found_by_its_number_and_by_the_key_of_its_municipality(ask):
    assert ask(["807137068"]) == ["cell"]
    assert ask(["07137068"]) == ["cell"]
    assert ask(["107137000", "999"]) == ["county"]
    assert ask(["7137068"]) == []


def test_a_polygon_is_found_by_a_point_in_degrees_east_and_north(ask):
    assert ask(area=Point(7.5, 50.5)) == ["polygon"]
    assert ask(area=Point(50.5, 7.5)) == []
    assert ask() == []
