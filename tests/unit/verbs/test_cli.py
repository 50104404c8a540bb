"""The command line: exit codes, one sentence on bad input, no stack trace."""

import json
import shutil
import socket
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from cli import main
from config import ROOT
from data import schema

FAULT, USAGE = 1, 2


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a verb with a private state folder."""
    for name in ("COCKPIT_MQTT_URL", "COCKPIT_WEBHOOK_TOKEN", "COCKPIT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COCKPIT_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COCKPIT_OFFLINE", "1")
    return lambda *arguments, **settings: CliRunner(env=settings).invoke(
        main, [str(argument) for argument in arguments], prog_name="./cockpit"
    )


@pytest.fixture
def pack_copy(region_dir, tmp_path):
    copy = tmp_path / "pack"
    shutil.copytree(region_dir, copy)
    return copy


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def walk(group, path=()):
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from walk(command, (*path, name))


def test_region_check_says_what_a_sound_pack_holds(run, region_dir):
    answer = run("region", "check", region_dir)
    assert answer.exit_code == 0
    assert "Landkreis Mayen-Koblenz: in Ordnung. 87 Gemeinden, 7 Gewässer" in answer.output


def test_region_check_names_file_row_column_and_reason_of_every_fault(run, pack_copy):
    change(pack_copy / "rivers.csv", "nette,Nette,,,55,", "nette,Nette,,,weit,")
    change(pack_copy / "thresholds.csv", "iot-nitz,warnung", "iot-nitz,gelb")
    answer = run("region", "check", pack_copy)
    assert answer.exit_code == FAULT
    faults = answer.stdout.splitlines()
    assert faults[0] == (
        "rivers.csv, Zeile 2, Spalte length_km: keine Zahl (mit Dezimalpunkt) (Wert: 'weit')"
    )
    assert faults[1].startswith("thresholds.csv, Zeile 3, Spalte level: nicht erlaubt, möglich")
    assert answer.stderr == f"2 Fehler in {pack_copy}.\n"


def test_region_check_names_a_sensor_that_can_not_be_mapped(run, pack_copy):
    change(pack_copy / "sensors.csv", ",distance,mm,", ",distance,elle,")
    answer = run("region", "check", pack_copy)
    assert answer.exit_code == FAULT
    assert "sensors.csv, Zeile 2, Spalte unit" in answer.output


def test_region_check_of_a_folder_that_is_not_there(run, tmp_path):
    answer = run("region", "check", tmp_path / "nirgends")
    assert answer.exit_code == FAULT
    assert "der Ordner fehlt" in answer.stdout


def test_decode_prints_measurements_as_json(run):
    answer = run("decode", "--device", "milesight-em500-udl", "--port", 85, "0175640382 1a04")
    assert answer.exit_code == 0
    assert json.loads(answer.output) == {
        "device": "milesight-em500-udl",
        "measurements": [
            {"property": "battery", "value": 100, "unit": "%"},
            {"property": "distance", "value": 1050, "unit": "mm"},
        ],
        "errors": [],
    }


@pytest.mark.parametrize(
    ("device", "text", "said"),
    [
        ("milesight-em500-udl", "xy", "Zeichen „x“ ist keine Hex-Ziffer"),
        ("milesight-em500-udl", "017", "es muss eine gerade Zahl sein"),
        ("milesight-em500-udl", "", "Kein Hex-Text angegeben"),
        ("milesight-em500-udl", "0382", "Nutzlast zu kurz"),
        ("unbekannt", "00", "Bekannt sind: decentlab-dl-ctd10"),
    ],
)
def test_decode_answers_bad_input_in_the_same_form(run, device, text, said):
    answer = run("decode", "--device", device, "--port", 85, text)
    assert answer.exit_code == FAULT
    found = json.loads(answer.output)
    assert set(found) == {"device", "measurements", "errors"}
    assert said in found["errors"][0]


@pytest.mark.parametrize("more", [[], ["--headless"]])
def test_an_unknown_event_is_refused_with_those_that_exist(run, more):
    answer = run("replay", "sintflut", *more)
    assert answer.exit_code == FAULT
    assert answer.stderr == (
        "Das Ereignis „sintflut“ gibt es nicht. Vorhanden: 2021-07, 2024-05, "
        "ahr-an-der-nette, alles-still, hammesmuehle-ausfall, isenburg-ommelsbach, normal, "
        "sensor-spinnt.\n"
    )


def test_no_event_is_played_over_real_readings(run):
    answer = run("replay", "normal", COCKPIT_WEBHOOK_TOKEN="x" * 20)
    assert answer.exit_code == FAULT
    assert "läuft mit echten Messwerten" in answer.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "obs.csv: die Datei fehlt"),
        ("ID,Zeit,Q\n100000,2014-01-01,1\n", "Spalte Time: diese Spalte fehlt"),
        ("ID,Time,V\n100000,2014-01-01,1\n", "eine Spalte Q (Abfluss) oder H (Wasserstand) fehlt"),
        ("ID,Time,Q\n999,2014-01-01,1\n", "Zeile 2, Spalte ID: „999“ ist kein Pegel"),
        ("ID,Time,Q\n100000,2014-01-01,viel\n", "Zeile 2, Spalte Q: „viel“ ist keine Zahl"),
        ("", "die Datei ist leer"),
    ],
)
def test_hindcast_names_what_is_wrong_with_the_observations(run, tmp_path, text, said):
    path = tmp_path / "obs.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    answer = run("hindcast", "tests/validation_region", path)
    assert answer.exit_code == FAULT
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert answer.stdout == ""


def test_hindcast_without_a_pack_names_the_folder(run, tmp_path):
    answer = run("hindcast", tmp_path / "nirgends", tmp_path / "obs.csv")
    assert answer.exit_code == FAULT
    assert "der Ordner fehlt" in answer.stderr


def test_boundaries_of_a_file_that_is_not_there_are_refused(run, tmp_path):
    answer = run("import", "boundaries", tmp_path / "vg250.gpkg")
    assert answer.exit_code == FAULT
    assert "vg250.gpkg gibt es nicht" in answer.stderr


def test_a_bench_that_does_not_exist_is_refused(run):
    answer = run("bench", "speed")
    assert answer.exit_code == FAULT
    assert "Vorhanden: start, cycle, flood, chart, uplink, page" in answer.stderr


def test_going_live_asks_first(run, tmp_path):
    port = {"COCKPIT_PORT": "18977"}
    refused = CliRunner(env=port).invoke(main, ["live"], input="n\n")
    assert refused.exit_code == FAULT
    assert refused.stdout.splitlines()[-1] == "Abgebrochen; es wurde nichts geändert."
    assert "Weiter? [j/n]" in refused.stdout
    assert CliRunner(env=port).invoke(main, ["live"], input="").exit_code == FAULT
    assert not (tmp_path / "state").exists()
    assert run("live", "--yes", **port).exit_code == 0
    assert (tmp_path / "state" / "live").exists()


def test_the_database_is_brought_to_the_newest_schema_and_named(run, tmp_path):
    assert run("db", "upgrade").output.startswith(f"Schema {schema.newest()} in sqlite:///")
    real = f"sqlite:///{tmp_path / 'real.sqlite'}"
    assert real in run("db", "upgrade", COCKPIT_DATABASE_URL=real).output
    assert (tmp_path / "real.sqlite").exists()


def test_a_replay_does_not_speak_to_another_program_on_the_port(run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        answer = run("replay", "normal", COCKPIT_PORT=port)
    assert answer.exit_code == 1
    assert "anderes Programm, kein Cockpit" in answer.output


def test_an_address_of_another_machine_is_a_sentence(run):
    answer = run("run", COCKPIT_HOST="203.0.113.7")
    assert answer.exit_code == 1
    assert "COCKPIT_HOST prüfen" in answer.output


def test_a_damaged_database_is_one_sentence(run, tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "simulation.sqlite").write_bytes(b"das ist keine Datenbank" * 99)
    for verb in (["db", "upgrade"], ["replay", "normal"], ["run"]):
        answer = run(*verb, COCKPIT_PORT="18978")
        assert answer.exit_code == FAULT
        assert answer.stderr.startswith("Die Datenbank ist nicht benutzbar (file is not a database")
        assert answer.stderr.count("\n") == 1


def test_a_database_server_that_does_not_answer_is_one_sentence_and_starts_nothing(run):
    nobody = "postgresql+psycopg://cockpit:geheim@127.0.0.1:1/cockpit"
    for verb in ("db", "upgrade"), ("run",):
        answer = run(
            *verb,
            COCKPIT_DATABASE_URL=nobody,
            COCKPIT_WEBHOOK_TOKEN="x" * 20,
            COCKPIT_PORT="18979",
        )
        assert answer.exit_code == FAULT
        assert answer.stderr.startswith("Die Datenbank ist nicht benutzbar (connection failed")
        assert answer.stderr.count("\n") == 1
        assert "geheim" not in answer.output
        assert "startet" not in answer.stdout


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("COCKPIT_PORT", "achttausend", "COCKPIT_PORT: keine ganze Zahl (Wert: 'achttausend')"),
        ("COCKPIT_LOG_LEVEL", "laut", "COCKPIT_LOG_LEVEL: nicht erlaubt, möglich sind 'DEBUG'"),
        ("COCKPIT_FLOOD_MEMBERS", "5", "COCKPIT_FLOOD_MEMBERS: kleiner als 100"),
        ("COCKPIT_REPLAY_FROM", "2014-01-10T00:00", "COCKPIT_REPLAY_FROM: Zeit ohne Zeitzone"),
        ("COCKPIT_DATABASE_URL", "sqlite//vergessen", "COCKPIT_DATABASE_URL ist nicht lesbar"),
        ("COCKPIT_STATE_DIR", "/proc/cockpit", "/proc/cockpit ist nicht benutzbar"),
        ("COCKPIT_REGION", "nirgends", "nirgends ist fehlerhaft: region.toml: der Ordner fehlt"),
        ("COCKPIT_MQTT_URL", "broker", "COCKPIT_MQTT_URL ist nicht lesbar"),
        ("COCKPIT_SCENARIO", "sintflut", "Das Ereignis „sintflut“ gibt es nicht"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(run, setting, value, said):
    extra = {"COCKPIT_WEBHOOK_TOKEN": "x" * 20} if setting == "COCKPIT_DATABASE_URL" else {}
    answer = run("run", **{"COCKPIT_PORT": "18980", setting: value, **extra})
    assert answer.exit_code == FAULT
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert "startet" not in answer.stdout


def test_an_unknown_verb_is_a_usage_error(run):
    assert run("fliegen").exit_code == USAGE


@pytest.mark.parametrize("path", [path for path, _ in walk(main)], ids=" ".join)
def test_every_verb_explains_itself(run, path):
    answer = run(*path, "--help")
    assert answer.exit_code == 0
    usage, *text = answer.output.splitlines()
    assert usage.startswith(f"Usage: ./cockpit {' '.join(path)}")
    assert any(line.strip().endswith((".", ").")) for line in text)


def test_the_list_of_verbs_loads_no_root_so_that_help_is_quick():
    heavy = ("wiring", "dash", "sqlalchemy", "pyarrow")
    asked = f"import sys, cli; print(*set({heavy}).intersection(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == ""


def test_going_live_takes_a_german_yes(run, tmp_path):
    agreed = CliRunner(env={"COCKPIT_PORT": "18978"}).invoke(main, ["live"], input="j\n")
    assert agreed.exit_code == 0
    assert (tmp_path / "state" / "live").exists()
