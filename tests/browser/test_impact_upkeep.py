"""A municipality enters what floods, sees it at place and gauge, changes it and takes it off."""

import pytest
from playwright.sync_api import expect

from services.people.model import Role
from tests.browser.conftest import Visit
from tests.browser.test_every_page import serious

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PATH = "/gewaesser/wirkungen/pflegen"
WHAT = "Campingplatz steht im Wasser"
PATIENCE_MS = 60_000


FIELD = "#impact-upkeep-{}".format
SAVE, REMOVE = "Speichern", "Aus der Liste nehmen"


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def row(page, words):
    return page.get_by_role("row").filter(has_text=words)


def choose(page, value):
    """Choose the entry and wait until its fields are filled."""
    page.locator(FIELD("chosen")).select_option(label=f"Virneburg: {WHAT}")
    expect(page.locator(FIELD("value"))).to_have_value(value, timeout=PATIENCE_MS)


def enter(page):
    """Enter it, refused twice on the way."""
    expect(page.locator(FIELD("where")).locator("option")).not_to_have_count(1)
    press(page, SAVE)
    expect(page.locator(FIELD("said"))).to_contain_text("Bitte den Ort wählen")
    page.locator(FIELD("where")).select_option("virneburg:nitzbach")
    page.locator(FIELD("kind")).select_option("leisure")
    page.locator(FIELD("what")).fill(WHAT)
    page.locator(FIELD("basis")).select_option("gauge:iot-nitz")
    page.locator(FIELD("value")).fill("180")
    page.locator(FIELD("keeper")).fill("Gemeinde Virneburg")
    page.locator(FIELD("source")).fill("Einsatzbericht 2021")
    press(page, SAVE)
    expect(page.locator(FIELD("said"))).to_contain_text("kann der Pegel Nitz nicht zeigen")
    page.locator(FIELD("value")).fill("1,80")
    press(page, SAVE)
    expect(page.locator(FIELD("said"))).to_contain_text(f"Gespeichert: {WHAT}")
    expect(page.locator(FIELD("what"))).to_have_value("")
    expect(row(page, WHAT)).to_contain_text("eingetragen")


def test_an_impact_is_entered_seen_by_all_changed_and_taken_off(browser, office):
    seen, public = Visit(browser, office.url), Visit(browser, office.url)
    page = seen.sign_in(Role.PLANNER, PATH)
    enter(page)
    assert serious(page) == []
    gauge = public.open("/gewaesser/pegel/iot-nitz")
    expect(row(gauge, WHAT)).to_contain_text("Gemeinde Virneburg")
    listed = public.open("/gewaesser/wirkungen")
    expect(row(listed, WHAT)).to_contain_text("Einsatzbericht 2021")

    choose(page, "1,80")
    page.locator(FIELD("value")).fill("1,70")
    page.locator(FIELD("reason")).fill("neu vermessen")
    press(page, SAVE)
    expect(row(page, "neu vermessen")).to_contain_text("geändert")
    choose(page, "1,70")
    page.locator(FIELD("why")).fill("Platz ist verlegt")
    press(page, REMOVE)
    expect(page.locator(FIELD("gone"))).to_contain_text("Nicht mehr in der Liste")
    listed = public.open("/gewaesser/wirkungen", wait_for="main table")
    expect(row(listed, WHAT)).to_have_count(0)
    for visit in (seen, public):
        assert visit.errors == []
        assert visit.outside == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for visit in (seen, public):
        visit.context.close()
