"""The verb `people`: the first account, and where it went."""

import pytest
from click.testing import CliRunner

from cli import main
from verbs.people import store


def test_a_new_account_says_into_which_database_it_went(tmp_path, monkeypatch):
    monkeypatch.setenv("COCKPIT_STATE_DIR", str(tmp_path / "state"))
    asked = ["people", "add", "leitung", "--name", "Leitung", "--role", "admin"]
    made = CliRunner().invoke(main, asked)
    assert made.exit_code == 0, made.output
    place = made.output.splitlines()[-1].removeprefix("Gespeichert in: ")
    assert place.startswith(str(tmp_path / "state"))
    assert (tmp_path / "state").joinpath(place).is_file()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (
            "postgresql+psycopg://cockpit:geheim@db.example:5432/lage",
            "Datenbank lage auf db.example",
        ),
        ("postgresql+psycopg:///lage", "Datenbank lage auf diesem Rechner"),
        ("sqlite:////srv/cockpit/cockpit.sqlite", "/srv/cockpit/cockpit.sqlite"),
    ],
)
def test_a_database_is_named_without_its_password(url, words):
    assert store(url) == words
