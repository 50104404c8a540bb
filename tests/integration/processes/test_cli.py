"""A few verbs as real processes: exit code, streams, no stack trace."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from data.region_pack.isolation import load_isolating
from tests.integration.processes.running import ROOT, free_port

pytestmark = pytest.mark.slow


@pytest.fixture
def run(tmp_path):
    """Run a verb in a process of its own with a private state folder."""

    def start(*arguments, **settings):
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("COCKPIT_")},
            "COCKPIT_STATE_DIR": str(tmp_path / "state"),
            "COCKPIT_PORT": str(free_port()),
            "COCKPIT_OFFLINE": "1",
            **settings,
        }
        return subprocess.run(
            [sys.executable, "cli.py", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return start


def damaged(tmp_path, region_dir, table, old, new):
    pack = shutil.copytree(region_dir, tmp_path / "pack")
    path = pack / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return pack


def test_check_names_a_fault_of_one_river_and_a_start_would_leave_that_river_out(
    run, tmp_path, region_dir
):
    row = "iot-nitz,Nitz,nitzbach,"
    pack = damaged(tmp_path, region_dir, "gauges", f"{row}16", f"{row}99")
    fault = "gauges.csv, Zeile 2, Spalte river_km: 99.0 liegt nicht in 0 bis 26.0 km"
    checked = run("region", "check", pack)
    assert (checked.returncode, checked.stdout) == (1, f"{fault}\n")
    assert load_isolating(pack).isolated == {"nitzbach": fault}


def test_a_pack_whose_fault_belongs_to_no_river_is_refused_by_check_and_by_start(
    run, tmp_path, region_dir
):
    pack = damaged(tmp_path, region_dir, "rivers", "river_id,name", "river,name")
    fault = "rivers.csv, Zeile 1, Spalte river_id: diese Spalte fehlt"
    checked = run("region", "check", pack)
    assert (checked.returncode, fault in checked.stdout) == (1, True)
    started = run("run", COCKPIT_REGION_DIR=str(pack))
    assert started.returncode == 1
    assert fault in started.stderr
    assert "Traceback" not in started.stderr


def test_decode_works_as_a_filter_for_scripts(run):
    answer = run("decode", "--device", "dragino-ldds75", "--port", 2, "0ce4041a00007801")
    assert answer.returncode == 0
    assert answer.stderr == ""
    found = {item["property"]: item["value"] for item in json.loads(answer.stdout)["measurements"]}
    assert found["distance"] == 1050


def test_a_database_that_does_not_answer_is_one_sentence_for_a_single_process(run):
    answer = run(
        "worker",
        COCKPIT_DATABASE_URL="postgresql+psycopg://cockpit:geheim@127.0.0.1:1/cockpit",
        COCKPIT_WEBHOOK_TOKEN="x" * 20,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("Die Datenbank ist nicht benutzbar")
    assert answer.stderr.count("\n") == 1
    assert "geheim" not in answer.stderr + answer.stdout
