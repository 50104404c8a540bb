"""The page on quality: one sentence first, intervals where events are few, honest on its worth."""

import importlib
from pathlib import Path

import pytest

from pages.water import _quality_words as words_of
from pages.water._quality_goals import GOALS, dangerous, summary, verdict
from pages.water._quality_hindcast import HINDCAST
from tests.support import sample_verification, trees

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(app, found):
    return importlib.import_module("pages.water.quality")


def shown(page):
    lead, body = page.show_quality("", None)
    return trees.text(lead), trees.text(body)


def test_one_sentence_tells_a_mayor_what_to_expect(page):
    lead, _ = shown(page)
    assert "Von 10 Überflutungen meldet das Modell etwa 9 (8 bis 10) mindestens 60 Min" in lead
    assert "von 10 Alarmen bleiben etwa 3 (2 bis 4) ohne Überflutung" in lead
    assert "simuliert" in lead


def test_with_few_events_there_is_a_span_instead_of_a_number(page, found):
    found.verification.events = 6
    lead, _ = shown(page)
    assert "8 bis 10 mindestens" in lead
    assert "etwa 9" not in lead


def test_an_outdated_result_says_what_differs(page, found):
    found.verification.outdated = ("Modell 1.1.0, hier läuft 2.2.0",)
    assert "Nicht mehr gültig: Modell 1.1.0, hier läuft 2.2.0." in shown(page)[0]


def test_another_configuration_is_said_in_words_and_its_hashes_stand_apart(page, found):
    found.verification.outdated = ("Konfiguration abc, hier läuft def",)
    lead, _ = shown(page)
    assert "Nicht mehr gültig: die Angaben zur Region (Pegel, Stufen, Strecken)" in lead
    assert lead.index("seitdem andere.") < lead.index("Konfiguration abc")


def test_goals_stand_beside_figures_with_what_a_miss_means(page):
    _, body = shown(page)
    for part in (
        "mindestens 90 %",
        "90 % (80 bis 100)",
        "erreicht, aber nicht sicher",
        "Das Wasser war da, ohne dass eine Stunde vorher Alarm stand.",
    ):
        assert part in body


@pytest.mark.parametrize(
    ("score", "words"),
    [
        ({"value": 0.95, "low": 0.91, "high": 1.0}, "erreicht"),
        ({"value": 0.92, "low": 0.80, "high": 0.99}, "erreicht, aber nicht sicher"),
        ({"value": 0.80, "low": 0.70, "high": 0.95}, "nicht erreicht, aber nicht sicher"),
        ({"value": 0.70, "low": 0.60, "high": 0.80}, "nicht erreicht"),
        ({"value": None, "low": 0.60, "high": 1.0}, "offen: zu wenige Ereignisse"),
        ({"value": None, "low": None, "high": None, "events": 0}, "kein Fall"),
        (None, "nicht ausgewertet"),
    ],
)
def test_a_goal_is_met_only_with_its_whole_interval(score, words):
    assert verdict(GOALS[0], score) == words


def test_villages_that_cannot_have_an_hour_are_named_with_the_reason(page):
    _, body = shown(page)
    assert "Mehr Zeit kann hier kein Verfahren geben" in body
    assert "Nitz" in body
    assert "Hammesmühle" in body


def test_a_place_on_two_rivers_is_told_with_its_river(page, found, monkeypatch):
    made = sample_verification.report()
    sayn = sample_verification.attainable("Bendorf-Sayn", "bendorf-sayn")
    made["attainable"]["moeglich"].append({**sayn, "river": "Brexbach"})
    made["attainable"]["zu_nah"].append({**sayn, "river": "Saynbach"})
    monkeypatch.setattr(sample_verification, "report", lambda _events=40: made)
    _, body = shown(page)

    assert "Mayen, Bendorf-Sayn am Brexbach" in body
    assert "Nitz, Bendorf-Sayn am Saynbach" in body


def test_a_village_with_few_floods_is_told_in_counts(page):
    assert "9 von 10" in shown(page)[1]


def test_the_page_says_how_often_the_water_came_before_the_interval():
    score = {"value": 0.11, "low": 0.1, "high": 0.12, "events": 60}
    found = {"arrivals_unseen": {"alle": {"too_late": score, "cases": 300, "silent": 100}}}
    assert "In 11" in dangerous(found)
    assert "In 25" in dangerous(found)
    assert dangerous({}) == ""


def test_a_key_that_the_result_lacks_reads_not_scored(page, found, monkeypatch):
    bare = {key: sample_verification.report()[key] for key in ("format", "region", "made_at")}
    monkeypatch.setattr(sample_verification, "report", lambda _events=40: bare)
    lead, body = shown(page)

    assert "nicht ausgewertet" in lead
    assert body.count("nicht ausgewertet") > 20
    assert summary(bare) == "Keines der 6 Ziele ist erreicht. Ohne Zahl: 6."


def test_a_score_without_any_case_is_no_nought():
    empty = {"value": None, "low": None, "high": None, "events": 0}
    assert words_of.share(empty) == "kein Fall"
    assert words_of.share(None) == "nicht ausgewertet"


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
