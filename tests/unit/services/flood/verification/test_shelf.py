import json
from datetime import UTC, datetime, timedelta

import pytest

from data import runs
from data.engine import writing
from services.flood.verification.records import FORMAT
from services.flood.verification.shelf import VerificationShelf
from services.flood.version import MODEL_VERSION

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def shelf(region, sqlite_sessions, tmp_path):
    return VerificationShelf(sqlite_sessions, region, tmp_path)


@pytest.fixture
def report(region):
    return {
        "format": FORMAT,
        "region": "myk",
        "model_version": MODEL_VERSION,
        "config_hash": region.network.config_hash,
        "events": 3,
    }


def test_without_any_result_there_is_none(shelf):
    assert shelf.newest() is None


def test_the_shipped_result_is_shown_until_one_is_stored(shelf, report, tmp_path):
    (tmp_path / "verification.json").write_text(json.dumps(report | {"events": 200}))
    assert shelf.newest().is_shipped
    shelf.keep(report, NOW, NOW)
    assert not shelf.newest().is_shipped
    assert shelf.newest().report["events"] == 3


def test_a_result_of_another_model_or_configuration_says_so(shelf, report):
    shelf.keep(report | {"model_version": "0.9", "config_hash": "old"}, NOW, NOW)
    assert len(shelf.newest().outdated) == 2
    assert "0.9" in shelf.newest().outdated[0]
    shelf.keep(report, NOW + timedelta(hours=1), NOW + timedelta(hours=1))
    assert shelf.newest().outdated == ()


def test_a_report_of_another_format_or_region_is_not_shown(shelf, report, tmp_path):
    (tmp_path / "verification.json").write_text(json.dumps(report | {"format": 0}))
    assert shelf.newest() is None
    (tmp_path / "verification.json").write_text(json.dumps(report | {"region": "other"}))
    assert shelf.newest() is None


def test_old_runs_go_and_verifications_stay(shelf, report, sqlite_sessions):
    shelf.keep(report, NOW, NOW)
    with sqlite_sessions() as session, session.begin():
        writing(session)
        assert runs.prune(session, NOW + timedelta(days=1000)) == 0
    assert shelf.newest() is not None
