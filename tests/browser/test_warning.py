"""A warning is drafted from the situation, kept, ended by its all-clear, handed out as a file."""

import pytest
from playwright.sync_api import expect

from services.people.model import Role
from services.warnings.cap_rules import faults
from tests.browser.test_every_page import serious

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PATIENCE_MS = 30_000


def draft(page):
    """Fill the form from the situation, look at the message and keep it."""
    expect(page.get_by_text("sendet nichts an die Öffentlichkeit")).to_be_visible()
    page.locator("#warning-places label", has_text="Virneburg").click()
    page.get_by_role("button", name="Text aus der Lage vorschlagen").click()
    headline = page.locator("#warning-text-headline")
    expect(headline).to_have_value("Gefahr durch Hochwasser: Virneburg", timeout=PATIENCE_MS)
    headline.fill("Hochwasser in Virneburg: Ufer meiden")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.locator("pre")).to_contain_text("<status>Exercise</status>", timeout=PATIENCE_MS)
    assert serious(page) == []
    page.get_by_role("button", name="Als neuen Entwurf sichern").click()
    expect(page.get_by_text("Der Entwurf ist gesichert. Gesendet ist nichts.")).to_be_visible()


def end(page):
    """Choose the draft and keep its all-clear; returns the row of the list."""
    chain = page.locator("#warning-chain")
    expect(chain.locator("option")).to_have_count(3, timeout=PATIENCE_MS)
    chain.select_option(index=2)
    page.get_by_role("button", name="Text der Entwarnung vorschlagen").click()
    headline = page.locator("#warning-text-headline")
    expect(headline).to_have_value("Entwarnung: Hochwasser Virneburg", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Entwarnung sichern").click()
    row = page.get_by_role("row").filter(has_text="Entwarnung: Hochwasser")
    expect(row).to_contain_text("aufgehoben", timeout=PATIENCE_MS)
    return row


def test_a_warning_is_drafted_kept_and_ended_and_never_sent(visit, tmp_path):
    seen = visit()
    page = seen.sign_in(Role.CRISIS, "/lage/warnung")
    draft(page)
    row = end(page)
    with page.expect_download() as found:
        row.get_by_role("button", name="CAP-Datei").click()
    found.value.save_as(tmp_path / "cap.xml")
    written = (tmp_path / "cap.xml").read_bytes()
    assert faults(written) == ()
    assert b"<msgType>Cancel</msgType>" in written
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)  # colours fade
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []
    assert seen.errors == []
    assert seen.outside == []
