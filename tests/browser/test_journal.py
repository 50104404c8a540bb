"""A night in the journal: entered, corrected, asked what was known, handed over, taken over."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_every_page import serious
from tests.unit.services.journal.test_photo import located

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-night")]
PATIENCE_MS = 60_000
SCRIPT = "<script>alert(1)</script> Brücke gesperrt"


@pytest.fixture
def visit_as(browser, night):
    made = []

    def visit(role, path):
        seen = Visit(browser, night.url)
        made.append(seen)
        seen.sign_in(role, path)
        return seen

    yield visit
    for seen in made:
        seen.context.close()


def test_an_entry_with_a_photo_is_corrected_and_the_original_stays(visit_as):
    seen = visit_as("crisis", "/lage/tagebuch")
    page = seen.page
    expect(page.locator("#journal-list .journal__text").first).to_be_visible(timeout=PATIENCE_MS)
    page.locator("#journal-kind").select_option("entscheidung")
    page.locator("#journal-text").fill(SCRIPT)
    page.get_by_text("Foto und Position").click()
    photo = {"name": "bruecke.jpg", "mimeType": "image/jpeg", "buffer": located()}
    page.locator("#journal-photo input[type=file]").set_input_files(photo)
    expect(page.get_by_text("Die Position der Kamera ist übernommen")).to_be_visible()
    expect(page.locator("#journal-lat")).to_have_value("50,32842")
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text(re.compile(r"Eingetragen als Nr\. \d+"))).to_be_visible()
    row = page.get_by_role("row").filter(has_text=SCRIPT)
    expect(row).to_be_visible()
    expect(row.get_by_role("img")).to_be_visible()

    row.get_by_role("button", name="berichtigen").click()
    expect(page.locator("#journal-fix-text")).to_have_value(SCRIPT)
    page.locator("#journal-fix-text").fill("Brücke halbseitig gesperrt")
    page.locator("#journal-fix-reason").fill("Rückmeldung der Abschnittsleitung")
    page.get_by_role("button", name="Berichtigen", exact=True).last.click()
    expect(page.get_by_text("steht durchgestrichen da")).to_be_visible()
    expect(row.locator("del").first).to_have_text(SCRIPT)
    expect(row).to_contain_text("Brücke halbseitig gesperrt")
    assert seen.errors == []
    assert seen.outside == []


def test_the_list_is_filtered_checked_and_taken_along(visit_as):
    seen = visit_as("crisis", "/lage/tagebuch")
    page = seen.page
    page.locator("#journal-filter-kind").select_option("entscheidung")
    expect(page).to_have_url(re.compile("art=entscheidung"))
    page.get_by_role("button", name="Kette prüfen").click()
    expect(page.get_by_text("Kette unversehrt")).to_be_visible()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Auswahl als PDF").click()
    assert begun.value.suggested_filename == "uebung-tagebuch.pdf"
    assert begun.value.path().read_bytes().startswith(b"%PDF")
    assert seen.errors == []
    assert seen.outside == []


def test_what_was_known_is_shown_with_its_ages(visit_as):
    seen = visit_as("crisis", "/lage/tagebuch")
    page = seen.page
    expect(page.locator("#journal-list .journal__text").first).to_be_visible(timeout=PATIENCE_MS)
    clock = page.evaluate("fetch('/api/v1/status').then(answer => answer.json())")["now"]
    local = page.evaluate(
        "at => new Date(at).toLocaleString('de-DE', {timeZone: 'Europe/Berlin',"
        " day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit'})",
        clock,
    )
    page.locator("#journal-known-at").fill(local.replace(",", ""))
    page.get_by_role("button", name="Zeigen").click()
    answer = page.locator("#journal-known")
    expect(answer).to_contain_text("war bekannt", timeout=PATIENCE_MS)
    expect(answer).to_contain_text("Hammesmühle")
    expect(answer).to_contain_text("damals")
    expect(page).to_have_url(re.compile("wissensstand="))
    assert seen.errors == []


def test_a_shift_is_handed_over_and_taken_over_by_another_account(visit_as):
    seen = visit_as("crisis", "/lage/uebergabe")
    page = seen.page
    page.locator("#handover-start").fill("14.07.2021 12:00")
    page.locator("#handover-hints").fill("Brücke in Trimbs beobachten")
    page.get_by_role("button", name="Bericht ansehen").click()
    expect(page.get_by_text("Entwurf, noch nicht unterschrieben")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Unterschreiben und übergeben").click()
    expect(page.get_by_text(re.compile("Übergeben als Nr"))).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Ich übernehme").click()
    expect(page.get_by_text("muss jemand anderes")).to_be_visible()

    other = visit_as("admin", "/lage/uebergabe")
    other.page.get_by_role("button", name="Ich übernehme").click()
    expect(other.page.get_by_text(re.compile("Übernommen, eingetragen als Nr"))).to_be_visible()
    expect(other.page.get_by_text("Keine Übergabe wartet")).to_be_visible()
    assert seen.errors == []
    assert other.errors == []


def test_proposed_measures_are_started_and_ticked_off(visit_as):
    seen = visit_as("crisis", "/lage/massnahmen")
    page = seen.page
    start = page.get_by_role("button", name=re.compile("Maßnahmen für .* starten")).first
    start.click(timeout=PATIENCE_MS)
    expect(page.get_by_text("Gestartet. Die Maßnahmen stehen unten.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Lage halbstündlich beurteilen").first
    row.get_by_role("button", name="Begonnen").click()
    expect(row).to_contain_text("begonnen", timeout=10_000)
    row.get_by_role("button", name="Erledigt").click()
    expect(row).to_contain_text("erledigt", timeout=10_000)
    with page.expect_download() as begun:
        page.get_by_role("link", name="Laufzettel").click()
    assert begun.value.suggested_filename == "uebung-laufzettel.pdf"
    page = seen.open("/lage/tagebuch?art=massnahme")
    expect(page.get_by_role("row").filter(has_text="– erledigt").first).to_be_visible()
    assert seen.errors == []


@pytest.mark.parametrize("path", ["/lage/tagebuch", "/lage/uebergabe", "/lage/massnahmen"])
def test_the_pages_are_accessible_and_fit(visit_as, path):
    seen = visit_as("crisis", path)
    page = seen.page
    page.wait_for_timeout(1500)
    assert serious(page) == []
    assert page.locator("h1").count() == 1
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []
    assert seen.errors == []
