"""The verb `rota`: a weekly table, a swap, and what is said when nobody has the duty."""

import pytest
from click.testing import CliRunner

from cli import main

WEEK = (
    "start_day,start_time,end_day,end_time,group\n"
    "Mo,07:00,Do,07:00,gruppe-a\n"
    "Do,07:00,Mo,07:00,gruppe-b\n"
)


@pytest.fixture
def cockpit(tmp_path, monkeypatch):
    monkeypatch.setenv("COCKPIT_STATE_DIR", str(tmp_path / "state"))

    def run(*arguments):
        return CliRunner().invoke(main, ["rota", *arguments])

    return run


def table(folder, text):
    path = folder / "woche.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_week_is_entered_shown_and_swapped(cockpit, tmp_path):
    assert "Kein Dienstplan" in cockpit("show").output
    made = cockpit("set", "bereitschaft", table(tmp_path, WEEK))
    assert made.output == "Der Wochenplan von „bereitschaft“ ist eingetragen.\n"
    assert "bereitschaft: gruppe-" in cockpit("show").output
    period = ("--start", "2020-01-01T00:00", "--end", "2099-01-01T00:00")
    assert cockpit("swap", "bereitschaft", "vertretung", *period).exit_code == 0
    assert cockpit("show").output == "bereitschaft: vertretung\n"


def test_hours_without_anybody_are_said(cockpit, tmp_path):
    text = WEEK.replace("Do,07:00,Mo,07:00,gruppe-b\n", "")
    assert "niemand" in cockpit("set", "bereitschaft", table(tmp_path, text)).output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tag,gruppe\nMo,a\n", "Die erste Zeile"),
        (WEEK.replace("Mo,07:00,Do", "Mon,07:00,Do"), "Zeile 2: Wochentage"),
        (WEEK.replace("07:00,Do", "7 Uhr,Do"), "Zeile 2"),
        (WEEK.replace("gruppe-a", ""), "Empfängergruppe"),
        (WEEK + "Di,00:00,Di,01:00,c\n", "überschneiden"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line_and_changes_nothing(cockpit, tmp_path, text, words):
    answer = cockpit("set", "bereitschaft", table(tmp_path, text))
    assert answer.exit_code == 1
    assert words in answer.output
    assert "Kein Dienstplan" in cockpit("show").output
