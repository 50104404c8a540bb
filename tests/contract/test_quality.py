"""The page on quality: one sentence first, intervals where events are few, honest on its worth."""

import importlib
from pathlib import Path

import pytest

from pages.water._quality_view import HINDCAST
from tests.support import trees

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(app, found):
    return importlib.import_module("pages.water.quality")


def shown(page):
    lead, body = page.show_quality("", None)
    return trees.text(lead), trees.text(body)


def test_one_sentence_tells_a_mayor_what_to_expect(page):
    lead, _ = shown(page)
    assert "Von 10 Überflutungen meldet das Modell etwa 9 mindestens 60 Minuten vorher" in lead
    assert "von 10 Alarmen bleiben etwa 3 ohne Überflutung" in lead
    assert "simuliert" in lead


def test_with_few_events_there_is_a_span_instead_of_a_number(page, found):
    found.verification.events = 6
    lead, _ = shown(page)
    assert "8 bis 10 mindestens" in lead
    assert "etwa 9" not in lead


def test_an_outdated_result_says_what_differs(page, found):
    found.verification.outdated = ("Modell 1.1.0, hier läuft 2.0.0",)
    assert "Nicht mehr gültig: Modell 1.1.0, hier läuft 2.0.0." in shown(page)[0]


def test_lists_villages_pairs_and_baselines_are_named(page):
    _, body = shown(page)
    for words in (
        "Orte zu nah am Pegel",
        "Camping Falkley → Hammesmühle",
        "Anstieg fortgeschrieben",
    ):
        assert words in body


def test_without_a_result_the_page_says_how_to_make_one(page, found):
    found.verification.is_empty = True
    lead, body = shown(page)
    assert "./cockpit verify" in lead
    assert "Nachrechnung an echten Messungen" in body


def test_the_figures_on_real_waves_are_those_of_the_documentation():
    text = (ROOT / "docs/method/hindcast.md").read_text(encoding="utf-8")
    for pair, own, other in HINDCAST:
        name = "pooled" if pair == "alle drei" else pair
        line = next(row for row in text.splitlines() if row.startswith(f"| {name} |"))
        assert f"**{own}**" in line
        assert f"| {other} |" in line
