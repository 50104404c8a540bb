"""A drill calls nobody: its messages lie in the mailbox; recipients are kept in the browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_every_page import serious

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PATIENCE_MS = 60_000


@pytest.fixture
def seen(browser, office):
    made = Visit(browser, office.url)
    page = made.open("/anmelden?weiter=/lage/meldungen")
    page.get_by_role("button", name="Als Verwaltung").click()
    page.wait_for_url("**/lage/meldungen")
    yield made
    made.context.close()


def test_a_recipient_is_entered_tested_and_deleted_and_the_test_reaches_nobody(seen):
    page = seen.open("/verwaltung/empfaenger")
    expect(page.get_by_text("Niemand ist eingetragen")).to_be_visible(timeout=PATIENCE_MS)
    page.fill("#recipients-name", "Diensthabende")
    page.fill("#recipients-groups", "bereitschaft")
    page.fill("#recipients-channels", "sms:112-abc")
    page.click("#recipients-save")
    expect(page.get_by_text("keine gültige Adresse für SMS")).to_be_visible()
    page.fill("#recipients-channels", "sms:0171 5551234, email:dienst@example.org")
    page.click("#recipients-save")
    expect(page.get_by_text("Diensthabende ist gespeichert.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Diensthabende")
    expect(row).to_contain_text("SMS: +491715551234")
    page.click("#recipients-test")
    expect(page.get_by_text("liegt im Übungspostfach")).to_be_visible()
    assert serious(page) == []

    # looked at while the replay's alarms come: what a group gets at once is one line beside it
    beside = seen.context.new_page()
    beside.goto(f"{seen.base}/lage/meldungen")
    box = beside.get_by_role("row").filter(has_text="ÜBUNG – Probemeldung").first
    expect(box).to_be_visible(timeout=PATIENCE_MS)
    expect(beside.locator("h1")).to_contain_text("niemand wird benachrichtigt")
    expect(beside.get_by_text("Zuletzt bewiesen")).to_be_visible(timeout=PATIENCE_MS)
    beside.close()

    page.get_by_text("Löschen", exact=True).click()
    page.fill("#recipients-again", "Diensthabende")
    page.click("#recipients-remove")
    expect(page.get_by_text("Der Empfänger ist gelöscht.")).to_be_visible()
    expect(row).to_have_count(0)
    assert seen.errors == []
    assert seen.outside == []


@pytest.mark.parametrize("path", ["/lage/meldungen", "/verwaltung/empfaenger"])
def test_the_pages_are_accessible_and_fit(seen, path):
    page = seen.open(path)
    page.wait_for_selector(".data-table, .notice", timeout=20_000)
    assert serious(page) == []
    assert page.locator("h1").count() == 1
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []
    assert seen.errors == []
