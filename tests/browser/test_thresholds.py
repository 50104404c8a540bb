"""Four eyes in two browsers: one proposes and sees the effect, the other approves; it holds."""

import pytest
from playwright.sync_api import expect

from services.people.model import Role
from tests.browser.conftest import Visit
from tests.browser.test_every_page import serious

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PATH = "/verwaltung/schwellen"
PATIENCE_MS = 60_000


def test_one_proposes_sees_the_effect_another_approves_and_it_holds(browser, office):
    first, second = Visit(browser, office.url), Visit(browser, office.url)
    page = first.sign_in(Role.CRISIS, PATH)
    page.locator("#thresholds-target").select_option("iot-nitz//")
    expect(page.locator("#thresholds-warnung")).to_have_value("1,13", timeout=PATIENCE_MS)
    page.locator("#thresholds-warnung").fill("1,02")
    page.locator("#thresholds-owner").fill("Gemeinde Nitz")
    page.locator("#thresholds-reason").fill("Ufer ist tiefer")
    page.get_by_role("button", name="Vorschlagen", exact=True).click()
    card = page.get_by_role("article", name="Nitz")
    expect(card).to_contain_text("Minuten früher", timeout=PATIENCE_MS)
    expect(card.get_by_role("button", name="Freigeben")).to_have_count(0)
    assert serious(page) == []

    other = second.sign_in(Role.ADMIN, PATH)
    card = other.get_by_role("article", name="Nitz")
    card.get_by_text("Jedes Ereignis").click()
    expect(card.get_by_role("row").filter(has_text="Juli 2021")).to_contain_text("ja")
    assert serious(other) == []
    card.get_by_role("button", name="Freigeben").click()
    expect(other.get_by_text("Freigegeben als Fassung 1")).to_be_visible(timeout=PATIENCE_MS)
    row = other.get_by_role("row").filter(has_text="Gemeinde Nitz")
    expect(row.first).to_contain_text("1,02")
    gauge = second.open("/gewaesser/pegel/iot-nitz")
    expect(gauge.get_by_text("Festgelegt von: Gemeinde Nitz.")).to_contain_text("Fassung 1")
    for seen in (first, second):
        assert seen.errors == []
        assert seen.outside == []
        seen.page.set_viewport_size({"width": 390, "height": 844})
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
        seen.context.close()
