"""By night: a reading by telephone, a planned outage, an all-clear with a reason, a wrong clock."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from bench.product import running_product
from services.people.model import Role
from tests.browser.conftest import Visit
from tests.browser.test_every_page import serious

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PATIENCE_MS = 60_000
HOUR_MS = int(timedelta(hours=1).total_seconds() * 1000)


@pytest.fixture(scope="module")
def night():
    with running_product(COCKPIT_FLOOD_MEMBERS="100") as running:
        yield running


@pytest.fixture
def seen(browser, night):
    made = Visit(browser, night.url)
    made.sign_in(Role.CRISIS, "/lage")
    yield made
    made.context.close()


def test_a_reading_by_telephone_is_entered_refused_and_seen_at_the_gauge(seen):
    page = seen.open("/lage/ablesung?pegel=iot-nitz")
    page.get_by_text("telefonisch gemeldet", exact=True).first.click()
    page.get_by_label("Wer hat abgelesen?").fill("Feuerwehr")
    page.get_by_label("Wasserstand").fill("145")
    page.get_by_role("button", name="Ablesung eintragen").click()
    expect(page.get_by_text("kann dieser Pegel nicht zeigen")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_label("Wasserstand")).to_have_value("145")
    page.get_by_label("Wasserstand").fill("145 cm")
    page.get_by_role("button", name="Ablesung eintragen").click()
    expect(page.get_by_text("Eingetragen: ")).to_be_visible(timeout=PATIENCE_MS)
    page = seen.open("/gewaesser/pegel/iot-nitz")
    expect(page.locator(".by-hand").first).to_be_attached(timeout=PATIENCE_MS)
    assert seen.errors == []


def test_a_gauge_out_of_service_stays_visible_in_words(seen):
    page = seen.open("/lage/ausser-betrieb")
    page.get_by_label("Pegel oder Gerät").select_option("gauge:27140205")
    page.get_by_label("Bis wann?").fill("20.07.2021 18:00")
    page.get_by_role("button", name="Außer Betrieb nehmen").click()
    expect(page.get_by_text("Bitte den Grund angeben")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("Grund").fill("Wartung")
    page.get_by_role("button", name="Außer Betrieb nehmen").click()
    expect(page.locator("h1")).to_have_text("1 ist planmäßig außer Betrieb", timeout=PATIENCE_MS)
    page = seen.open("/lage")
    listed = page.locator("section", has=page.get_by_role("heading", name="Stille Pegel"))
    expect(listed).to_contain_text("planmäßig außer Betrieb seit", timeout=PATIENCE_MS)
    assert seen.errors == []


def test_an_all_clear_against_the_machine_needs_duties_and_a_reason_and_is_marked(seen):
    page = seen.open("/lage/entwarnung")
    page.get_by_label("Entwarnung für").select_option("nette")
    expect(page.get_by_text("nicht erfüllt").first).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("keinen Textvorschlag")).to_be_visible(timeout=PATIENCE_MS)
    text = page.get_by_label("Text der Entwarnung")
    expect(text).to_have_value("")
    text.fill("Das Wasser fällt; Keller bitte erst nach Freigabe betreten.")
    page.get_by_role("button", name="Entwarnung geben").click()
    expect(page.get_by_text("Noch nicht bestätigt")).to_be_visible(timeout=PATIENCE_MS)
    for words in ("Ortsbegehung", "Rücksprache", "Tiefe Stellen"):
        page.get_by_text(re.compile(f"^{words}")).click()
    page.get_by_role("button", name="Entwarnung geben").click()
    expect(page.get_by_text("Bitte begründen")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("Grund trotz offener Bedingung").fill("Sichtprüfung an allen Pegeln")
    page.get_by_role("button", name="Entwarnung geben").click()
    expect(page.get_by_text("ist gegeben und wird gemeldet")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("trotz offener Bedingung:").first).to_be_visible(timeout=PATIENCE_MS)
    assert seen.errors == []


def test_the_list_is_there_within_the_first_minute_and_is_a_file(seen):
    page = seen.open("/lage/notfallliste")
    link = page.get_by_role("link", name="Als PDF zum Drucken")
    expect(link).to_be_visible(timeout=PATIENCE_MS)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "uebung-notfallliste.pdf"


PAGES = ("/lage/ablesung", "/lage/ausser-betrieb", "/lage/entwarnung", "/lage/notfallliste")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_to_who_has_signed_in(seen, path):
    page = seen.open(path)
    expect(page.locator("main select, main input, main a[href$=pdf]").first).to_be_attached(
        timeout=PATIENCE_MS
    )
    expect(page.get_by_text("ist für Konten mit dem Recht")).to_have_count(0)
    for scheme, width in (("light", 1440), ("dark", 390), ("light", 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(300)
        assert serious(page) == [], (scheme, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert seen.errors == []


def test_a_browser_whose_clock_is_an_hour_off_shows_the_time_of_the_server(browser, night):
    shown = []
    for shift in (0, HOUR_MS):
        made = Visit(browser, night.url)
        made.context.add_init_script(f"const real = Date.now; Date.now = () => real() + {shift};")
        page = made.open("/")
        page.wait_for_timeout(1500)  # the clock ticks once a second
        shown.append(page.inner_text("body"))
        made.context.close()
    first, second = (_minutes(text) for text in shown)
    assert 0 <= second - first < 30  # the replay runs twenty times as fast


def _minutes(text):
    found = re.search(r"Ereigniszeit \d\d\.\d\d\.\d{4} (\d{2}):(\d{2})", text)
    assert found, text[:300]
    return 60 * int(found[1]) + int(found[2])
