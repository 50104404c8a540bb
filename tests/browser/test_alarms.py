"""The night of Hammesmühle: a lost gauge raises an alarm, a key acknowledges, somebody closes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_every_page import serious

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-night")]
LOST = "Messausfall bei steigendem Pegel: Hammesmühle"
PATIENCE_MS = 60_000
PRESS_Q = """
() => {
  document.activeElement.blur();
  const all = Array.from(document.querySelectorAll('.alarm--waiting'));
  const row = all.find(each => each.checkVisibility());
  row.scrollIntoView({block: 'center', behavior: 'instant'});  // off the screen it is shown only
  const isRiver = row.querySelector(':scope > .actions [data-acknowledge-river]');
  for (let press = isRiver ? 2 : 1; press > 0; press -= 1) {  // a river is chosen first
    const options = {key: 'q', bubbles: true};
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', options));
  }
}
"""
"""In one turn: in a flood the list may be drawn anew between a look and a key."""


@pytest.fixture
def seen(browser, night):
    made = Visit(browser, night.url)
    page = made.open("/anmelden?weiter=/lage")
    page.get_by_role("button", name="Als Krisenstab").click()
    page.wait_for_url("**/lage")
    yield made
    made.context.close()


def test_a_lost_gauge_is_acknowledged_by_a_key_closed_with_its_outcome_and_in_the_ledger(seen):
    page = seen.page
    alarm = page.get_by_role("article", name=LOST)
    expect(alarm).to_be_visible(timeout=PATIENCE_MS)
    expect(alarm).to_contain_text("nicht quittiert")
    alarm.scroll_into_view_if_needed()
    alarm.focus()
    page.keyboard.press("q")
    expect(alarm).to_contain_text("quittiert von Krisenstab", timeout=5000)

    alarm.get_by_role("button", name="Bearbeiten").click()
    page.locator("#operations-text").fill("Pegel vom Hochwasser mitgerissen")
    page.locator("#operations-outcome").select_option("hit")
    page.get_by_role("button", name="Abschließen").click()
    expect(page.get_by_text("Der Alarm ist abgeschlossen.")).to_be_visible()
    expect(alarm).to_have_count(0, timeout=5000)

    page.get_by_role("link", name="Alarme", exact=True).click()
    page.wait_for_url(re.compile(r".*/lage/alarme"))
    page.locator("#operations-ledger-words").fill("Hammesm")
    page.keyboard.press("Enter")
    row = page.get_by_role("row").filter(has_text=LOST)
    expect(row).to_contain_text("Treffer")
    expect(row).to_contain_text("Pegel vom Hochwasser mitgerissen")
    assert seen.errors == []
    assert seen.outside == []


def test_q_without_a_choice_takes_the_topmost_that_is_seen_and_typing_q_takes_none(seen):
    page = seen.page
    waiting = page.locator(".alarm--waiting")
    expect(waiting.first).to_be_visible(timeout=PATIENCE_MS)
    page.locator("#operations-text").fill("")
    page.locator("#operations-text").press("q")
    assert page.locator("#operations-text").input_value() == "q"
    assert not page.get_by_text("Quittiert:").is_visible()
    page.evaluate(PRESS_Q)
    done = re.compile(r"^(Quittiert: |[0-9]+ Alarme? quittiert)")  # a river is a row, or one alarm
    expect(page.get_by_text(done).first).to_be_visible(timeout=20_000)


@pytest.mark.parametrize("path", ["/lage", "/lage/alarme"])
def test_the_pages_of_the_room_are_accessible_and_fit(seen, path):
    page = seen.open(path)
    page.wait_for_selector(".alarm, .data-table", timeout=20_000)
    assert serious(page) == []
    assert page.locator("h1").count() == 1
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []
    assert seen.errors == []


def test_the_words_of_the_duty_officer_are_published_and_taken_back(seen):
    page = seen.page
    page.locator("#operations-duty-text").fill("Wache Mayen bleibt besetzt.")
    page.get_by_role("button", name="Lagetext veröffentlichen").click()
    said = page.locator("#operations-duty-said")
    expect(said).to_contain_text("steht auf der Wand", timeout=PATIENCE_MS)
    note = page.locator("#operations-duty-note")
    expect(note).to_contain_text("Wache Mayen bleibt besetzt.", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Zurückziehen").click()
    expect(said).to_contain_text("ist zurückgezogen", timeout=PATIENCE_MS)
    expect(note).not_to_contain_text("Wache Mayen", timeout=PATIENCE_MS)
    assert seen.errors == []
