"""Compose file and systemd units name only what exists: verbs, settings, addresses, files."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]  # comes with the test tools
from pydantic import SecretStr

from cli import main
from config import ROOT, Settings
from verbs.supervise import commands

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
SETTINGS = {f"COCKPIT_{name.upper()}" for name in Settings.model_fields}
OWN = {name: service for name, service in COMPOSE["services"].items() if "build" in service}
PASSWORDS = {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "MQTT_PASSWORD"}


def processes():
    settings = Settings(broker_url=SecretStr("redis://127.0.0.1/9"))
    return set(commands(settings))


def test_every_process_of_production_is_a_service_and_a_unit():
    assert set(OWN) == processes()
    assert {path.stem.removeprefix("regionalcockpit-") for path in UNITS} == processes()


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_service_runs_a_verb_with_settings_that_exist(name):
    service = OWN[name]
    assert service["command"] == [name]
    assert name in main.commands
    assert set(service["environment"]) <= SETTINGS
    assert {"COCKPIT_DATABASE_URL", "COCKPIT_BROKER_URL"} <= set(service["environment"])


def test_only_the_proxy_and_the_network_server_reach_a_port():
    ports = {
        name: service["ports"]
        for name, service in COMPOSE["services"].items()
        if "ports" in service
    }
    assert ports == {"web": ["127.0.0.1:8050:8050"], "mosquitto": ["8883:8883"]}


def test_the_health_check_asks_an_address_that_exists(client):
    text = " ".join(OWN["web"]["healthcheck"]["test"])
    path = re.search(r"127\.0\.0\.1:8050(/[\w/]+)", text)
    assert path is not None
    assert client.get(path[1]).status_code == 200


def test_what_the_proxy_changes_can_be_set_and_the_address_must_be():
    given = OWN["web"]["environment"]
    for name in ("PUBLIC_URL", "TRUSTED_PROXIES", "CONTRIBUTOR_ID", "IMPRINT", "PRIVACY"):
        assert f"COCKPIT_{name}" in given
    assert given["COCKPIT_PUBLIC_URL"] == "${COCKPIT_PUBLIC_URL:?set it in .env}"


def test_the_example_can_be_read_by_a_shell():
    example = ROOT / "deploy" / "cockpit.env.example"
    found = subprocess.run(
        ["/bin/sh", "-euc", f'. "{example}"; printf %s "$COCKPIT_OPERATOR"'],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout == "Betreiber nicht eingetragen"
    assert found.stderr == ""


def test_no_secret_has_a_default():
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for name in PASSWORDS:
        assert set(re.findall(rf"\$\{{{name}[^}}]*\}}", text)) == {f"${{{name}:?set it in .env}}"}


def test_the_example_of_the_environment_names_settings_that_exist():
    text = (ROOT / "deploy" / "cockpit.env.example").read_text(encoding="utf-8")
    names = {line.partition("=")[0] for line in text.splitlines() if re.match(r"[A-Z]", line)}
    assert names <= SETTINGS | PASSWORDS
    assert set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text())) <= names


def test_files_that_the_compose_file_mounts_exist_or_are_made_by_the_guide():
    guide = (ROOT / "docs" / "how-to" / "run-in-production.md").read_text(encoding="utf-8")
    mounts = [
        volume.partition(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]
    assert mounts
    for mount in mounts:
        plain = mount.removeprefix("./")
        assert (ROOT / plain).exists() or str(Path(plain)).removesuffix("/ca.pem") in guide


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_its_verb_without_rights(path):
    text = path.read_text(encoding="utf-8")
    name = path.stem.removeprefix("regionalcockpit-")
    assert f"ExecStart=/srv/regionalcockpit/cockpit {name}\n" in text
    assert "User=cockpit" in text
    assert "Restart=always" in text
    assert "NoNewPrivileges=yes" in text


def test_systemd_understands_the_units(tmp_path):
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not installed on this machine")
    for path in (ROOT / "deploy" / "systemd").iterdir():
        text = path.read_text(encoding="utf-8")
        here = re.sub(r"ExecStart=\S+/cockpit", f"ExecStart={ROOT}/cockpit", text)
        (tmp_path / path.name).write_text(here, encoding="utf-8")
    found = subprocess.run(
        [tool, "verify", *(str(tmp_path / path.name) for path in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in found.stderr.splitlines() if "regionalcockpit" in line]
    assert ours == []
