"""What a drill knows of the installation beside it."""

import pytest
from pydantic import ValidationError

from config import UNCONNECTED, Settings
from verbs.drill_surroundings import surroundings

REAL = {
    "COCKPIT_DATABASE_URL": "postgresql+psycopg://cockpit@db/cockpit",
    "COCKPIT_ARCHIVE_DIR": "/srv/archive",
    "COCKPIT_BROKER_URL": "redis://127.0.0.1/0",
    "COCKPIT_MQTT_URL": "mqtt://127.0.0.1",
    "COCKPIT_WEBHOOK_TOKEN": "geheim",
    "COCKPIT_OIDC_ISSUER": "https://id.example.org",
    "COCKPIT_REPLAY_FROM": "2014-01-10T00:00:00Z",
    "COCKPIT_CHANNELS_FILE": "/etc/cockpit/channels.toml",
    "COCKPIT_EMERGENCY_DIR": "/media/stick",
}


def test_the_sample_names_everything_that_connects():
    assert {f"COCKPIT_{name.upper()}" for name in UNCONNECTED} == set(REAL)


def test_a_drill_takes_nothing_along_that_connects(tmp_path, monkeypatch):
    given = {**REAL, "PATH": "/bin", "COCKPIT_REGION": "myk", "COCKPIT_SECRET_KEY": "geheim",
             "COCKPIT_SPAETER_DAZUGEKOMMEN": "geheim"}  # fmt: skip
    real = Settings(state_dir=tmp_path, webhook_token="geheim")  # noqa: S106  # a sample
    made = surroundings(given, real, 8051)
    assert not set(REAL) & set(made)
    assert "geheim" not in made.values()
    assert (made["PATH"], made["COCKPIT_REGION"]) == ("/bin", "myk")
    assert (made["COCKPIT_HOST"], made["COCKPIT_DRILL_OPEN"]) == ("127.0.0.1", "0")
    for name, value in made.items():
        monkeypatch.setenv(name, value)
    private = Settings()
    assert private.drill
    assert private.is_demo
    assert private.origin == "simulated"
    assert private.state_dir == tmp_path / "uebung"


def test_the_demonstration_opens_the_doors_of_its_drill(tmp_path):
    assert surroundings({}, Settings(state_dir=tmp_path), 1)["COCKPIT_DRILL_OPEN"] == "1"


@pytest.mark.parametrize("name", sorted(REAL))
def test_a_drill_that_is_connected_does_not_start(monkeypatch, name):
    monkeypatch.setenv("COCKPIT_DRILL", "1")
    monkeypatch.setenv(name, REAL[name])
    with pytest.raises(ValidationError, match=name):
        Settings()
