"""Buttons that are drawn anew: the keyboard stays at the measure, or goes to what was started."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).parents[2] / "assets" / "js" / "cockpit" / "25-keep.js"
START = '<button data-keep="start e warnung" data-keep-next="E warnung">starten</button>'
DRAW = "([id, html]) => { document.getElementById(id).innerHTML = html; }"
FOCUSED = "words => document.activeElement.textContent === words"


def button(words, measure):
    return f'<button data-keep="measure {measure}" data-keep-group="E warnung">{words}</button>'


@pytest.fixture
def page(browser):
    made = browser.new_page()
    made.set_content(f'<main><div id="above">{START}</div><div id="below"></div></main>')
    made.evaluate(SCRIPT.read_text(encoding="utf-8"))
    yield made
    made.close()


def test_after_a_start_the_first_measure_of_the_stage_has_the_focus(page):
    page.focus("button")
    page.evaluate(DRAW, ["above", "<p>nichts</p>"])
    page.evaluate(DRAW, ["below", button("Begonnen", 1) + button("Bearbeiten", 1)])
    page.wait_for_function(FOCUSED, arg="Begonnen", timeout=5000)


def test_a_measure_keeps_the_focus_through_all_its_states(page):
    first = button("eins", 1)
    page.evaluate(DRAW, ["below", first + button("Begonnen", 2) + button("Bearbeiten", 2)])
    page.focus("text=Begonnen")
    page.evaluate(DRAW, ["below", first + button("Erledigt", 2) + button("Bearbeiten", 2)])
    page.wait_for_function(FOCUSED, arg="Erledigt", timeout=5000)
    page.evaluate(DRAW, ["below", first + button("Bearbeiten", 2)])
    page.wait_for_function(FOCUSED, arg="Bearbeiten", timeout=5000)
