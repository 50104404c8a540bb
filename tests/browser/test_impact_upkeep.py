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


def test_an_impact_is_entered_seen_by_all_changed_and_taken_off(browser, office):
    seen, public = Visit(browser, office.url), Visit(browser, office.url)
    page = seen.sign_in(Role.PLANNER, PATH)
    field = "#impact-upkeep-{}".format
    expect(page.locator(field("where")).locator("option")).not_to_have_count(1)
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator(field("said"))).to_contain_text("Bitte den Ort wählen")
    page.locator(field("where")).select_option("virneburg:nitzbach")
    page.locator(field("kind")).select_option("leisure")
    page.locator(field("what")).fill(WHAT)
    page.locator(field("basis")).select_option("gauge:iot-nitz")
    page.locator(field("value")).fill("180")
    page.locator(field("keeper")).fill("Gemeinde Virneburg")
    page.locator(field("source")).fill("Einsatzbericht 2021")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator(field("said"))).to_contain_text("kann der Pegel Nitz nicht zeigen")
    page.locator(field("value")).fill("1,80")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator(field("said"))).to_contain_text(f"Gespeichert: {WHAT}")
    expect(page.locator(field("what"))).to_have_value("")
    expect(page.get_by_role("row").filter(has_text=WHAT)).to_contain_text("eingetragen")
    assert serious(page) == []

    gauge = public.open("/gewaesser/pegel/iot-nitz")
    expect(gauge.get_by_role("row").filter(has_text=WHAT)).to_contain_text("Gemeinde Virneburg")
    listed = public.open("/gewaesser/wirkungen")
    expect(listed.get_by_role("row").filter(has_text=WHAT)).to_contain_text("Einsatzbericht 2021")

    page.locator(field("chosen")).select_option(label=f"Virneburg: {WHAT}")
    expect(page.locator(field("value"))).to_have_value("1,80", timeout=PATIENCE_MS)
    page.locator(field("value")).fill("1,70")
    page.locator(field("reason")).fill("neu vermessen")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="neu vermessen")).to_contain_text("geändert")

    page.locator(field("chosen")).select_option(label=f"Virneburg: {WHAT}")
    expect(page.locator(field("value"))).to_have_value("1,70", timeout=PATIENCE_MS)
    page.locator(field("why")).fill("Platz ist verlegt")
    page.get_by_role("button", name="Aus der Liste nehmen", exact=True).click()
    expect(page.locator(field("gone"))).to_contain_text("Nicht mehr in der Liste")
    listed = public.open("/gewaesser/wirkungen", wait_for="main table")
    expect(listed.get_by_role("row").filter(has_text=WHAT)).to_have_count(0)
    for visit in (seen, public):
        assert visit.errors == []
        assert visit.outside == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for visit in (seen, public):
        visit.context.close()
