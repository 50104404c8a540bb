"""A radar archive that was fetched takes the same way as an imported one."""

import pytest

from data import observations
from services.ingestion.dwd_radar import mapping
from services.ingestion.radar.service import RadarService
from services.sources.errors import SourceFormatError
from tests.support.visits import entry, visit

NAME = "DE1200_RV2305081330.tar.bz2"


def test_a_fetched_archive_gives_what_an_import_gives(sqlite_sessions, region, shared_data):
    path = shared_data / "cap-radar" / NAME
    harvest = mapping.collect(visit(entry("dwd-radar"), region, {"": path.read_bytes()}))
    with sqlite_sessions() as session, session.begin():
        changed = harvest.store(session)
    assert changed > 0
    assert (harvest.items, harvest.newest_at.isoformat()) == (2, "2023-05-08T13:30:00+00:00")
    assert RadarService(sqlite_sessions, region).import_file(path).changed == 0
    with sqlite_sessions() as session:
        assert any(row.key.endswith("/rain") for row in observations.latest(session))


@pytest.mark.parametrize("body", [b"", b"<html>", b"BZh91AY", bytes(1000)])
def test_what_is_no_archive_fails_the_visit(region, body):
    with pytest.raises(SourceFormatError):
        mapping.collect(visit(entry("dwd-radar"), region, {"": body}))
