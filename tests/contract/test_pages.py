"""Every page: callable with nothing, in the navigation or excluded by name, a deep link."""

import re

import dash
import pytest

from services.people.identity import acting
from services.people.model import Role
from tests.support import trees
from tests.support.sample_people import identity_of

NOT_IN_NAVIGATION = {
    "pages.administration.thresholds",
    "pages.operations.drill",
    "pages.operations.warning",
    "pages.water.gauge",
    "pages.water.village",
    "pages.water.run",
    "pages.water.learning",
    "pages.water.quality",
    "pages.water.impacts",
    "pages.water.impact_upkeep",
    "pages.water.objects",
    "pages.water.compare",
    "pages.subscription.subscription",
    "pages.settlement.municipality",
    "pages.data_space.checks",
    "pages.data_space.sources",
    "pages.data_space.upload",
    "pages.data_space.dataset",
    "pages.data_space.devices",
    "pages.data_space.device",
    "pages.data_space.interfaces",
    "pages.operations.ledger",
    "pages.operations.wall",
    "pages.operations.journal",
    "pages.operations.handover",
    "pages.operations.measures",
    "pages.operations.deliveries",
    "pages.operations.reading",
    "pages.operations.outage",
    "pages.operations.emergency",
    "pages.operations.clear",
    "pages.administration.recipients",
    "pages.account.account",
    "pages.account.sign_in",
    "pages.legal.imprint",
    "pages.legal.privacy",
    "pages.not_found_404",
}
DEEP_LINKS = (
    "/",
    "/gewaesser",
    "/gewaesser/pegel/iot-nitz",
    "/gewaesser/pegel/gibt%20es%2Fnicht",
    "/gewaesser/ort/plaidt",
    "/gewaesser/lauf/run-done",
    "/gewaesser/lernen",
    "/gewaesser/guete",
    "/gewaesser/wirkungen",
    "/gewaesser/wirkungen/pflegen",
    "/gewaesser/objekte",
    "/gewaesser/vergleich",
    "/abo/gibt-es-nicht",
    "/siedlung",
    "/siedlung/gemeinde/07137003",
    "/mobilitaet",
    "/daten/quellen",
    "/daten/pruefung",
    "/daten/schnittstellen",
    "/daten/hochladen",
    "/daten",
    "/daten/geraete",
    "/daten/geraet/70b3d57ed0000001",
    "/daten/geraet/gibt%20es%2Fnicht",
    "/daten/pegel-messwerte",
    "/daten/gibt%20es%2Fnicht",
    "/lage",
    "/lage/alarme",
    "/lage/wand",
    "/lage/tagebuch",
    "/lage/uebergabe",
    "/lage/massnahmen",
    "/lage/meldungen",
    "/lage/ablesung",
    "/lage/ausser-betrieb",
    "/lage/notfallliste",
    "/lage/entwarnung",
    "/anmelden",
    "/konto",
    "/verwaltung",
    "/verwaltung/empfaenger",
    "/impressum",
    "/datenschutz",
    "/gibt/es/nicht",
)
STRANGE = "utm_source=post&gauge_id=iot-bermel&fluss=%00&zeitraum=immer&x=%3Cscript%3E"


def pages():
    return list(dash.page_registry.values())


def test_all_pages_of_the_product_are_registered(app):
    assert {page["module"] for page in pages()} >= NOT_IN_NAVIGATION
    assert len(pages()) == 44


def test_each_layout_is_callable_with_nothing_and_with_unknown_keys(app, found):
    found.situation.is_down = True
    for page in pages():
        page["layout"]()
        page["layout"](page_path="/", utm_source="post", unbekannt="1")


def test_each_page_is_in_the_navigation_or_excluded_by_name(app):
    shown = {page["module"] for page in pages() if page.get("in_nav")}
    assert {page["module"] for page in pages()} - shown == NOT_IN_NAVIGATION
    with acting(identity_of(Role.ADMIN)):
        links = trees.links(app.layout())
    for page in pages():
        assert (page["path"] in links) == (page["module"] in shown) or page["path"] in {
            "/anmelden",
            "/konto",
            "/lage",
            "/impressum",
            "/datenschutz",
        }


def test_each_skeleton_has_one_main_heading_and_no_id_twice(app):
    for page in pages():
        tree = page["layout"]()
        assert len(trees.of_type(tree, "H1")) == 1, page["module"]
        every = trees.ids(app.layout()) + trees.ids(tree)
        assert len(every) == len(set(every)), page["module"]


@pytest.mark.parametrize("path", DEEP_LINKS)
def test_a_deep_link_with_unknown_keys_answers_in_german(client, path):
    answer = client.get(f"{path}?{STRANGE}")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert '<html lang="de">' in html
    assert re.search(r"<title>[^<]+ – Regionalcockpit MYK</title>|<title>Regionalcockpit", html)
    assert "Wird geladen" in html


@pytest.mark.parametrize("path", DEEP_LINKS)
def test_a_document_loads_nothing_from_another_server(client, path):
    html = client.get(path).get_data(as_text=True)
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="([^"]+)"', html)
    assert loaded
    assert [address for address in loaded if not address.startswith("/")] == []


def test_titles_name_the_thing_that_a_page_is_about(client):
    assert "<title>Pegel Nitz – " in client.get("/gewaesser/pegel/iot-nitz").get_data(as_text=True)
    village = client.get("/gewaesser/ort/trimbs").get_data(as_text=True)
    assert "<title>Trimbs: Vorwarnzeit – " in village


def test_a_title_never_carries_markup_from_the_address(client):
    html = client.get("/gewaesser/pegel/%3Cscript%3Ealert(1)%3C%2Fscript%3E").get_data(as_text=True)
    assert "<script>alert" not in html


def test_only_pages_with_a_map_ask_for_the_map_bundle(client):
    assert "/lib/deck." in client.get("/gewaesser").get_data(as_text=True)
    assert "/lib/deck." not in client.get("/").get_data(as_text=True)
    assert "/lib/deck." not in client.get("/gewaesser/pegel/iot-nitz").get_data(as_text=True)
