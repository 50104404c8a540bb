"""The disk of a running installation is full: who enters something is told, then it goes on."""

import re

import pytest
from playwright.sync_api import expect

from bench.product import answers, running_product
from services.people.model import Role
from tests.browser.conftest import QUIET, Visit
from tests.support.full_disk import fill, small_disk
from tests.unit.services.journal.test_photo import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PATIENCE_MS = 60_000
DISK_MB = 400
FULL = "Nicht gespeichert: Der Datenträger ist voll."
TEXT = "Brücke unter Wasser"


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", DISK_MB) as folder:
        yield folder


@pytest.fixture
def seen(browser, disk):
    with running_product(COCKPIT_STATE_DIR=str(disk), **QUIET) as running:
        made = Visit(browser, running.url)
        made.port = running.port
        made.sign_in(Role.ADMIN, "/lage/tagebuch")
        yield made
        made.context.close()


def told(page, button):
    page.locator(button).click()
    expect(page.get_by_text(FULL).first).to_be_visible(timeout=PATIENCE_MS)


def start_a_stage(other):
    page = other.open("/lage/massnahmen")
    expect(page.locator("#measures-river option")).not_to_have_count(0, timeout=PATIENCE_MS)
    page.locator("#measures-river").select_option("nette")
    page.locator("#measures-level").select_option("voralarm")
    page.get_by_label("Grund", exact=True).fill("Anordnung der Leitung")
    told(page, "#measures-start")


def order_a_mail(other):
    page = other.open("/gewaesser/ort/mayen")
    page.get_by_text("Per E-Mail benachrichtigen lassen").first.click()
    page.get_by_label("E-Mail-Adresse").fill("dienst@example.org")
    told(page, "button:has-text('Link zum Bestätigen senden')")


def propose_a_threshold(other):
    page = other.open("/verwaltung/schwellen")
    expect(page.locator("#thresholds-target option")).not_to_have_count(0, timeout=PATIENCE_MS)
    page.locator("#thresholds-target").select_option("iot-nitz//")
    expect(page.locator("#thresholds-warnung")).not_to_have_value("", timeout=PATIENCE_MS)
    page.locator("#thresholds-reason").fill("Ufer ist tiefer")
    page.locator("#thresholds-owner").fill("Stadt Mayen")
    page.locator("#thresholds-warnung").fill("1,06")
    told(page, "#thresholds-propose")


def sign_in_as_another(other):
    page = other.open("/anmelden")
    page.get_by_role("button", name="Als Krisenstab", exact=True).click()
    expect(page.get_by_text("Der Datenträger ist voll.")).to_be_visible(timeout=PATIENCE_MS)


def write_with_photo(page):
    page.locator("#journal-text").fill(TEXT)
    page.get_by_text("Foto und Position").click()
    photo = {"name": "bruecke.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.locator("#journal-photo input[type=file]").set_input_files(photo)
    expect(page.get_by_text("wird mit eingetragen")).to_be_visible(timeout=PATIENCE_MS)
    told(page, "#journal-write")
    expect(page.locator("#journal-text")).to_have_value(TEXT)


def test_who_enters_something_on_a_full_disk_is_told_and_loses_nothing(seen, disk):
    page = seen.page
    expect(page.locator("#journal-list .journal__text").first).to_be_visible(timeout=PATIENCE_MS)
    ballast = fill(disk)
    write_with_photo(page)
    other = Visit(seen.context.browser, seen.base)
    other.context.add_cookies(seen.context.cookies())
    for act in (start_a_stage, order_a_mail, propose_a_threshold, sign_in_as_another):
        act(other)
    other.context.close()
    assert answers(seen.port, "/lage")

    ballast.unlink()
    expect(page.get_by_role("row").filter(has_text=TEXT)).to_have_count(0)
    page.locator("#journal-write").click()
    expect(page.get_by_text(re.compile(r"Eingetragen als Nr\. \d+"))).to_be_visible()
    row = page.get_by_role("row").filter(has_text=TEXT)
    expect(row).to_have_count(1, timeout=PATIENCE_MS)
    expect(row.get_by_role("img")).to_be_visible()
