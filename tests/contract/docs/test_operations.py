"""Every setting is documented with its default, and nothing is documented that is no setting."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from config import ROOT, Settings
from tests.contract.docs.markdown import DOCS, code, table, text_of

PAGE = text_of("operations.md")
ROWS = {code(row["setting"]): row for row in table(PAGE, "setting", "default", "meaning")}
SETTINGS = {f"COCKPIT_{name.upper()}": info for name, info in Settings.model_fields.items()}
ONLY_FOR_TESTS = {"COCKPIT_REQUIRE_SERVICES", "COCKPIT_TEST_POSTGRES_URL"}
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])


def shown(default: object) -> str:
    """Return a default as the table writes it."""
    plain = default.get_secret_value() if isinstance(default, SecretStr) else default
    if plain in ("", None):
        return "empty"
    if isinstance(plain, bool):
        text = str(int(plain))
    elif isinstance(plain, Path):
        text = str(plain.relative_to(ROOT))
    else:
        text = f"{plain:g}" if isinstance(plain, float) else str(plain)
    return f"`{text}`"


def test_every_setting_is_in_the_table_and_nothing_else():
    assert set(ROWS) == set(SETTINGS)


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_the_documented_default_is_the_real_one(name):
    assert ROWS[name]["default"] == shown(SETTINGS[name].get_default(call_default_factory=False))
    assert ROWS[name]["meaning"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_names_a_setting_that_does_not_exist(path):
    named = set(re.findall(r"COCKPIT_[A-Z][A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
    assert named <= set(SETTINGS) | ONLY_FOR_TESTS


def test_every_process_of_the_group_is_described(tmp_path):
    from verbs.supervise import commands

    rows = table(PAGE, "process", "command", "does", "if it dies")
    assert [row["process"] for row in rows] == list(commands(Settings(state_dir=tmp_path)))
