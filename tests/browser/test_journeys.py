"""Journeys of people: from the overview to a village, a what-if, a gauge by keyboard."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


def test_from_the_overview_to_an_endangered_village_and_back(visit):
    page = visit().open("/")
    page.get_by_role("link", name="Gewässer", exact=True).first.click()
    page.wait_for_url("**/gewaesser")
    first = page.locator("#water-index-endangered a[href*='/gewaesser/ort/']").first
    first.wait_for()
    name = first.inner_text()
    first.click()
    page.wait_for_url("**/gewaesser/ort/**")
    page.wait_for_selector(f"h1:has-text('{name}')")
    assert "Pegel" in page.inner_text("main")
    page.go_back()
    page.wait_for_url(re.compile(r"/gewaesser(\?.*)?$"))
    page.wait_for_selector("#water-index-endangered a[href*='/gewaesser/ort/']")


def test_a_chosen_window_is_in_the_address_and_survives_reload(visit):
    page = visit().open("/gewaesser/pegel/iot-nitz")
    page.get_by_text("7 Tage", exact=True).click()
    page.wait_for_url(re.compile(r"\?.+"))
    address = page.url
    page.reload()
    page.wait_for_selector("main h1")
    assert page.url == address


def test_the_hydrograph_can_be_read_with_the_arrow_keys(visit):
    page = visit().open("/gewaesser/pegel/iot-nitz", wait_for="[data-reader]")
    page.locator("[data-reader]").first.focus()
    page.keyboard.press("ArrowLeft")
    first = page.locator("[data-readout]").first.inner_text()
    page.keyboard.press("ArrowLeft")
    second = page.locator("[data-readout]").first.inner_text()
    assert re.search(r"\d,\d\d\sm", first)
    assert first != second


def test_the_map_tells_a_place_when_it_is_selected(visit):
    page = visit().open("/gewaesser", wait_for="[data-map][data-ready='true'] canvas")
    assert page.locator("[data-map]").first.get_attribute("aria-label")


def test_a_what_if_leads_to_its_own_page_and_is_not_lost_by_leaving(visit):
    seen = visit()
    page = seen.open("/gewaesser", wait_for="#water-what-if-start")
    page.locator("#water-what-if-gauge").select_option("iot-breitenau")
    page.locator("#water-what-if-rise").fill("60")
    page.locator("#water-what-if-hours").fill("4")
    page.locator("#water-what-if-start").click()
    page.get_by_role("link", name="Siedlung").first.click()
    page.wait_for_url("**/siedlung")
    page.wait_for_timeout(4000)
    page = seen.open("/gewaesser", wait_for="a[href*='/gewaesser/lauf/']")
    page.locator("a[href*='/gewaesser/lauf/']").first.click()
    page.wait_for_url("**/gewaesser/lauf/**")
    page.wait_for_selector("text=Was wäre wenn")
    page.wait_for_selector("main table")
    text = page.inner_text("main")
    assert "Breitenau" in text
    assert "keine Lage" in text
    page.reload()
    page.wait_for_selector("main table")


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit().open("/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.innerText")
    assert "Inhalt" in focused
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != "" or page.evaluate("document.activeElement.id")


def test_the_theme_stays_chosen(visit):
    page = visit().open("/")
    page.locator("#shell-theme").select_option("dark")
    page.reload()
    page.wait_for_selector("main h1")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_an_unknown_gauge_or_place_is_a_sentence_with_a_way_back(visit):
    for path in ("/gewaesser/pegel/nirgendwo", "/gewaesser/ort/%3Cscript%3E", "/gewaesser/lauf/x"):
        page = visit().open(path)
        text = page.inner_text("main")
        assert "gibt es" in text
        assert page.locator("main a[href='/gewaesser']").count() >= 1


def test_a_new_result_keeps_open_what_was_opened_and_the_focus_where_it_was(visit):
    page = visit().open("/gewaesser", wait_for="#water-index-rest summary")
    summary = page.locator("#water-index-rest summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.evaluate("document.querySelector('#water-index-rest summary').dataset.old = 'yes'")
    page.wait_for_selector("#water-index-rest summary:not([data-old])", timeout=30_000)
    page.wait_for_timeout(300)
    assert page.locator("#water-index-rest details").first.get_attribute("open") is not None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
