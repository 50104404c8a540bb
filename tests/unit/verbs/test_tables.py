"""The verb `import table` on a real store: checks, stores, refuses; the examples of the docs."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from cli import main
from config import Settings
from data import indicators, observations, things
from services.tables.assignment import Assignment
from tests.contract.docs.markdown import blocks, code, table, text_of
from wiring import wire

PAGE = text_of("how-to/import-tables.md")
EXAMPLES = blocks(PAGE)
FAULT = 1


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("COCKPIT_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("COCKPIT_DATABASE_URL", raising=False)
    for name, text in EXAMPLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def start(name, *more, mapping=None):
        files = (
            str(tmp_path / f"{name}.csv"),
            "--mapping",
            str(tmp_path / f"{mapping or name}.toml"),
        )
        return CliRunner().invoke(main, ["import", "table", *files, "--by", "Prüfer", *more])

    return start


@pytest.fixture
def session(run):
    wired = wire(Settings())
    with wired.sessions() as opened:
        yield opened
    wired.engine.dispose()


def test_the_example_of_the_docs_prints_what_the_page_says(run, session):
    dry = run("einwohner", "--dry-run")
    assert dry.exit_code == 0
    assert "nichts gespeichert" in dry.output
    assert indicators.values(session, "einwohner") == []
    session.rollback()  # the next read begins after the import
    done = run("einwohner")
    assert (done.exit_code, done.output.strip()) == (0, EXAMPLES["report.txt"].strip())
    found = {row.ags: row.value for row in indicators.values(session, "einwohner")}
    assert found == {"07137003": 30132.0, "07137068": 19284.0, "07137074": None}
    assert "0 Werte neu oder geändert." in run("einwohner").output


def test_the_series_of_the_docs_is_local_time_and_metres(run, session):
    assert "2 Werte neu oder geändert." in run("pegel").output
    number = things.ids(session)["iot-nitz/stage"]
    start, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    rows = observations.window(session, number, start, end)
    assert [(at.hour, at.minute, value) for at, value, _ in rows] == [
        (11, 0, 0.855),
        (11, 15, 0.86),
    ]


def test_a_table_without_a_usable_row_exits_with_1(run, tmp_path):
    (tmp_path / "einwohner.csv").write_text("AGS;Jahr;Einwohner\n1;2024;3\n", encoding="utf-8")
    answer = run("einwohner")
    assert answer.exit_code == FAULT
    assert "0 von 1 Zeilen brauchbar" in answer.output
    assert "Zeile 2: kein Gemeindeschlüssel" in answer.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kind = ", "ist kein TOML"),
        ('kind = "indicator"\n', "es fehlt: Spalte des Gemeindeschlüssels"),
        ('kind = "series"\nfarbe = "rot"\n', "Feld „farbe“ gibt es nicht"),
    ],
)
def test_a_wrong_assignment_is_one_sentence(run, tmp_path, text, words):
    (tmp_path / "wrong.toml").write_text(text, encoding="utf-8")
    answer = run("einwohner", mapping="wrong")
    assert answer.exit_code == FAULT
    assert words in answer.output
    assert "Traceback" not in answer.output


def test_a_file_that_is_not_there_is_one_sentence(run):
    assert "nicht benutzbar" in run("fehlt", mapping="pegel").output


def test_every_field_is_in_the_table_of_the_page():
    rows = table(PAGE, "field", "for", "meaning")
    assert {code(row["field"]) for row in rows} == set(Assignment.__slots__)
