"""The verbs of devices work on the configured store and keep who did what."""

import pytest
from click.testing import CliRunner

from cli import main
from verbs.device import messages

NEW = "0011223344556677"


@pytest.fixture
def cockpit(tmp_path, monkeypatch):
    monkeypatch.setenv("COCKPIT_STATE_DIR", str(tmp_path))

    def run(*arguments):
        return CliRunner().invoke(main, ["device", *arguments])

    return run


def test_a_device_is_added_noted_listed_and_exported(cockpit):
    place = ("--gauge", "26900400", "--model", "dragino-ldds75", "--place", "4,2")
    added = cockpit("add", NEW, *place, "--by", "Bauhof")
    assert added.exit_code == 0, added.output
    assert cockpit("note", NEW, "--kind", "Reinigung", "--by", "Bauhof").exit_code == 0
    listed = cockpit("list").output
    assert f"{NEW}  nie gehört" in listed
    lines = cockpit("export").output.splitlines()
    assert lines[0].startswith("dev_eui,gauge_id,observed_property")
    assert any(line.startswith(f"{NEW},26900400,stage,dragino-ldds75") for line in lines[1:])
    assert cockpit("catchup", NEW, "--by", "Bauhof").output == "0 Meldungen nachgeholt.\n"


def test_a_refusal_is_one_sentence_and_an_exit_code(cockpit):
    found = cockpit("note", NEW, "--kind", "Notiz", "--text", "x", "--by", "Bauhof")
    assert found.exit_code == 1
    assert "keinem Pegel zugeordnet" in found.output


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 Meldungen"), (1, "1 Meldung"), (2, "2 Meldungen")]
)
def test_one_message_is_not_several(count, words):
    assert messages(count) == words
