"""A drill from its start on a page to its evaluation, beside an installation that goes on."""

import re

import pytest
from playwright.sync_api import expect

from bench.product import answers, free_port, running_product
from services.people.model import Role
from tests.browser.conftest import Visit
from tests.browser.test_every_page import serious
from tests.integration.processes.running import eventually

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(420),
]
PATIENCE_MS = 90_000
PATH = "/lage/uebung"
MARK = "getComputedStyle(document.querySelector('.drill-mark'), '::before').backgroundImage"


@pytest.fixture
def beside():
    """An installation and the port of its drill."""
    port = free_port()
    settings = {"COCKPIT_DRILL_PORT": str(port), "COCKPIT_FLOOD_MEMBERS": "100"}
    with running_product(**settings) as running:
        yield running, port


def start(page, port):
    button = page.get_by_role("button", name="Übung starten")
    expect(button).to_be_enabled(timeout=PATIENCE_MS)
    page.locator("#drill-start-speed").select_option("200")
    button.click()
    link = page.get_by_role("link", name=re.compile("Zur Übung"))
    expect(link).to_have_attribute("href", f"http://127.0.0.1:{port}{PATH}", timeout=PATIENCE_MS)
    eventually(lambda: answers(port, "/"), 120, "the first page of the drill")


def lead(page):
    """Pause, feed in, jump, go on, and wait for the first call."""
    page.get_by_role("button", name="Anhalten").click()
    expect(page.locator("#drill-state")).to_contain_text("angehalten", timeout=PATIENCE_MS)
    expect(page.locator("#shell-drill-pace")).to_have_text("angehalten", timeout=PATIENCE_MS)
    stood = page.locator("#drill-state").inner_text().partition(",")[0]
    page.get_by_label("Einspielung an alle").fill("Anruf aus Mayen")
    page.get_by_role("button", name="Einspielen").click()
    expect(page.locator("#shell-drill-remark")).to_have_text("Anruf aus Mayen", timeout=PATIENCE_MS)
    assert page.locator("#drill-state").inner_text().startswith(stood)
    page.get_by_label("Vorspringen um").select_option("180")
    page.get_by_role("button", name="Vorspringen", exact=True).click()
    expect(page.locator("#drill-state")).not_to_contain_text(stood, timeout=PATIENCE_MS)
    page.get_by_role("button", name="Weiter").click()
    evaluation = page.locator("#drill-evaluation")
    expect(evaluation.get_by_role("table")).to_be_visible(timeout=PATIENCE_MS)
    expect(evaluation).to_contain_text("Hochwasser")


def take_away(page):
    """Look at the page on a phone and take the evaluation along."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []
    with page.expect_download() as file:
        page.get_by_role("button", name="Auswertung als CSV").click()
    assert file.value.suggested_filename.startswith("uebung-")


def test_a_drill_is_started_led_evaluated_and_ended(browser, beside):
    running, port = beside
    real, drill = Visit(browser, running.url), None
    try:
        page = real.sign_in(Role.CRISIS, PATH)
        assert serious(page) == []
        start(page, port)

        drill = Visit(browser, f"http://127.0.0.1:{port}")
        drill.context.add_cookies(real.context.cookies())
        inside = drill.sign_in(Role.CRISIS, PATH)
        assert inside.title().startswith("ÜBUNG")
        assert "svg" in inside.evaluate(MARK)
        assert serious(inside) == []
        lead(inside)
        take_away(inside)
        names = {item["name"] for item in drill.context.cookies()}
        assert names == {"cockpit_session", "cockpit_uebung"}
        assert drill.errors == []
        assert drill.outside == []
        inside.goto("about:blank")

        page.get_by_role("button", name="Übung beenden").click()
        expect(page.get_by_text("Es läuft keine Übung.")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_role("button", name=re.compile("uebung-.*csv"))).to_be_visible(
            timeout=PATIENCE_MS
        )
        eventually(lambda: not answers(port, "/"), 120, "the end of the drill")
        assert real.errors == []
    finally:
        for visit in (real, drill):
            if visit is not None:
                visit.context.close()
