"""What goes wrong around a verb is one German sentence; a bug stays a bug."""

import pytest
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import ArgumentError, OperationalError

from config import Settings
from data.engine import make_engine
from data.region_pack.faults import Fault, RegionPackError
from services.errors import NoRunError
from verbs.failures import EXPECTED, sentence


class Other(BaseModel):
    number: int


def caught(kind, action):
    with pytest.raises(kind) as found:
        action()
    return found.value


def test_an_expected_failure_speaks_for_itself():
    assert sentence(NoRunError("intern")) == NoRunError.user_message


def test_a_broken_pack_names_its_first_faults():
    told = sentence(RegionPackError("/pack", [Fault("rivers.csv", 3, "name", "leer")]))
    assert "rivers.csv, Zeile 3, Spalte name: leer" in told


def test_a_database_error_is_one_line_and_names_where_to_look():
    error = OperationalError("select", {}, Exception("connection refused\n\tIs it running?"))
    told = sentence(error)
    assert "\n" not in told
    assert "connection refused Is it running?" in told
    assert "COCKPIT_DATABASE_URL" in told


@pytest.mark.parametrize("url", ["nonsense", "mysql://user:geheim@host/x", "oracle://a/b"])
def test_an_unusable_database_url_says_what_is_expected_and_no_password(url):
    told = sentence(caught(ArgumentError, lambda: make_engine(url)))
    assert "postgresql+psycopg://" in told
    assert "geheim" not in told


def test_a_wrong_setting_is_named_by_its_variable():
    told = sentence(caught(ValidationError, lambda: Settings(port="abc", keep_runs_days=0)))
    assert "COCKPIT_PORT: keine ganze Zahl (Wert: 'abc')" in told
    assert "COCKPIT_KEEP_RUNS_DAYS: kleiner als 1 (Wert: '0')" in told
    assert "docs/operations.md" in told


def test_a_folder_that_cannot_be_used_is_named():
    told = sentence(PermissionError(13, "Permission denied", "/root/x"))
    assert told.startswith("/root/x ist nicht benutzbar (Permission denied).")
    assert "COCKPIT_STATE_DIR" in told


def test_a_bug_is_not_dressed_up_as_a_wrong_setting():
    error = caught(ValidationError, lambda: Other(number="x"))
    assert isinstance(error, EXPECTED)
    with pytest.raises(ValidationError):
        sentence(error)
    with pytest.raises(BrokenPipeError):
        sentence(BrokenPipeError(32, "Broken pipe"))
