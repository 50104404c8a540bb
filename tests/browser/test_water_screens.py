"""Journeys on the water screens: layers, objects, the way along the river, a subscription."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
STEPS = 12
"""Steps through the marks of a chart: an earlier calculation may stand before an event."""


def test_layers_are_chosen_in_the_address_and_read_by_arrow_keys(visit):
    address = "/gewaesser/pegel/27140500?schichten=ereignisse"
    page = visit().open(address, wait_for="[data-reader]")
    assert page.locator("text.event-text").first.text_content().startswith("Juli 2021: 3,53")
    page.locator("[data-reader]").first.focus()
    told = []
    for _ in range(STEPS):
        page.keyboard.press("ArrowRight")
        told.append(page.locator("[data-readout]").first.inner_text())
    assert any("Scheitel Juli 2021" in line for line in told), told
    page.get_by_text("frühere Ereignisse", exact=True).click()
    page.wait_for_url(re.compile("schichten=keine"))
    page.wait_for_function("!document.querySelector('text.event-text')")


def test_the_running_wave_is_compared_from_the_page_of_its_gauge(visit):
    page = visit().open("/gewaesser/pegel/iot-nitz", wait_for="main h1")
    page.get_by_role("link", name="Ereignisse vergleichen").click()
    page.wait_for_url(re.compile(r"/gewaesser/vergleich\?pegel=iot-nitz"))
    page.wait_for_selector("path.series-now")  # the page of the gauge has a reader too
    assert "Welle" in page.inner_text("main h1")
    page.locator("[data-reader]").first.focus()
    page.keyboard.press("ArrowRight")  # behind the last hour stand the peaks
    page.wait_for_function(
        "document.querySelector('[data-readout]').textContent.startsWith('Scheitel laufende Welle')"
    )
    page.keyboard.press("Home")
    page.wait_for_function(
        "document.querySelector('[data-readout]').textContent.includes('vor der ersten')"
    )
    page.get_by_text("am Scheitel", exact=True).click()
    page.wait_for_url(re.compile("ausrichtung=scheitel"))
    page.wait_for_function("document.querySelector('main svg').textContent.includes('Scheitel')")
    page.get_by_role("button", name="stärkster Anstieg").click()
    page.wait_for_url(re.compile("sortierung=rise"))
    page.get_by_text("laufende Welle: bisher").first.click()
    page.wait_for_selector("text=Keine Welle ausgewählt")
    page.wait_for_url(re.compile("ereignisse=keine"))
    page.reload()
    page.wait_for_selector("text=Keine Welle ausgewählt")


def test_a_gauge_of_which_only_a_peak_is_known_says_so(visit):
    seen = visit()
    page = seen.open("/gewaesser/vergleich?pegel=27140500", wait_for="main table")
    assert "Nur der Scheitel ist bekannt" in page.inner_text("main table")
    assert "3,53" in page.inner_text("main table")


def test_objects_are_filtered_in_the_address_and_shown_on_the_map_with_an_equal_table(visit):
    seen = visit()
    page = seen.open("/gewaesser/objekte", wait_for="main table")
    page.get_by_text("Schule", exact=True).first.click()
    page.wait_for_url(re.compile("art=school"))
    page.wait_for_function("document.querySelectorAll('main tbody tr').length === 1")
    assert "Clemens-Schule" in page.inner_text("main table")
    page.get_by_role("link", name="Objekte auf der Karte zeigen").click()
    page.wait_for_url(re.compile("objekte=ja"))
    page.wait_for_selector("#water-index-endangered >> text=Clemens-Schule")


def test_from_a_gauge_down_the_river_to_a_place(visit):
    page = visit().open("/gewaesser/pegel/iot-nitz", wait_for="nav[aria-label^='Entlang']")
    page.locator("nav[aria-label^='Entlang'] a[href*='/gewaesser/ort/']").first.click()
    page.wait_for_url("**/gewaesser/ort/**")
    page.wait_for_selector("nav[aria-label^='Entlang']")


def test_a_wrong_address_is_refused_in_words_and_an_order_says_what_comes_next(visit):
    page = visit().open("/gewaesser/ort/mayen", wait_for="text=Per E-Mail benachrichtigen")
    page.get_by_text("Per E-Mail benachrichtigen lassen").click()
    page.get_by_label("E-Mail-Adresse").fill("keine adresse")
    page.get_by_role("button", name="Link zum Bestätigen senden").click()
    page.wait_for_selector("text=Das ist keine E-Mail-Adresse")
    page.get_by_label("E-Mail-Adresse").fill("haus@example.org")
    page.get_by_role("button", name="Link zum Bestätigen senden").click()
    page.wait_for_selector("text=Die Nachricht mit dem Link liegt im Übungspostfach")
    page.wait_for_function("document.querySelector('#water-subscribe-place-address').value === ''")


def test_a_link_that_was_never_ours_says_so(visit):
    page = visit().open("/abo/gibt-es-nicht", wait_for="h1:has-text('Link ungültig')")
    assert page.get_by_role("button", name="Benachrichtigung bestätigen").count() == 0
