"""What holds for every page: axe, errors, requests to outside, width on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

PAGES = (
    "/",
    "/gewaesser",
    "/gewaesser/pegel/iot-nitz",
    "/gewaesser/ort/mayen",
    "/gewaesser/ort/plaidt",
    "/gewaesser/lernen",
    "/gewaesser/guete",
    "/gewaesser/wirkungen",
    "/gewaesser/objekte",
    "/gewaesser/vergleich?pegel=iot-nitz",
    "/abo/gibt-es-nicht",
    "/gewaesser?objekte=ja",
    "/gewaesser/pegel/27140500?schichten=ereignisse.normal.frueher.wirkungen",
    "/siedlung",
    "/siedlung/gemeinde/07137068",
    "/mobilitaet",
    "/daten/quellen",
    "/daten/pruefung?reihe=iot-nitz%2Fstage",
    "/daten/hochladen",
    "/daten",
    "/daten/geraete",
    "/daten/geraet/70b3d57ed0000001",
    "/daten/pegel-messwerte",
    "/daten/bevoelkerung",
    "/lage",
    "/lage/uebung",
    "/lage/tagebuch",
    "/lage/uebergabe",
    "/lage/massnahmen",
    "/lage/ablesung",
    "/lage/ausser-betrieb",
    "/lage/notfallliste",
    "/lage/entwarnung",
    "/anmelden",
    "/konto",
    "/impressum",
    "/datenschutz",
    "/gibt-es-nicht",
)
DASH_OWN = {"aria-allowed-attr", "aria-hidden-focus"}
"""Findings inside Dash's own core components, known before the accessibility work."""


def serious(page):
    found = Axe().run(page).response["violations"]
    return [
        f"{item['id']}: {[node['target'] for node in item['nodes']][:3]}"
        for item in found
        if item["impact"] in {"serious", "critical"} and item["id"] not in DASH_OWN
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_quiet_and_fits(visit, path):
    seen = visit()
    page = seen.open(path + ("&" if "?" in path else "?") + "utm_source=brief&unbekannt=1")
    assert serious(page) == []
    assert page.locator("h1").count() == 1
    assert "Rohdaten, ungeprüft" in page.inner_text("footer")
    assert "Simulierte Messwerte" in page.inner_text("body")
    assert page.locator("footer a[href*='hochwasser.rlp.de']").count() == 1
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []
    assert seen.errors == []
    assert seen.outside == []
    assert seen.context.cookies() == []
