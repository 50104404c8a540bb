"""The journey of a right: sign in, flag under one's own name, sign out, the form is gone."""

import json

import pytest

from services.people.model import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
CHECKS = "/daten/pruefung"


def test_a_planner_flags_under_the_own_name_and_after_signing_out_the_form_is_gone(visit):
    seen = visit()
    page = seen.open(CHECKS)
    assert page.locator("#checks-save").is_hidden()
    page.locator("main").get_by_role("link", name="Anmelden").click()
    page.get_by_role("button", name="Als Planung", exact=True).click()
    page.wait_for_url(seen.base + CHECKS)
    page.wait_for_selector("text=Wird als Planung (Vorführung) festgehalten.")
    page.wait_for_selector("#checks-key option[value='iot-nitz/stage']", state="attached")
    page.locator("#checks-key").select_option("iot-nitz/stage")
    page.locator("#checks-start").fill("01.03.2026 10:00")
    page.locator("#checks-end").fill("01.03.2026 11:00")
    page.locator("#checks-reason").fill("Probe des Kennzeichens")
    page.get_by_role("button", name="Kennzeichnen", exact=True).press("Enter")
    page.wait_for_selector(
        "#checks-findings :text('Probe des Kennzeichens (Planung (Vorführung))')"
    )
    page = seen.open("/konto")
    page.get_by_role("button", name="Abmelden", exact=True).click()
    page.wait_for_url(seen.base + "/")
    page = seen.open(CHECKS)
    assert page.locator("#checks-save").is_hidden()
    assert page.locator("main").get_by_role("link", name="Anmelden").is_visible()
    assert seen.errors == []


def test_the_council_reads_and_is_told_which_right_is_missing(visit):
    page = visit().sign_in(Role.COUNCIL, "/daten/geraete")
    page.wait_for_selector("text=darf das nicht; nötig ist das Recht „Daten pflegen“")
    assert page.locator("#devices-add").is_hidden()


def test_an_administrator_makes_and_deletes_an_account_and_checks_the_log(visit):
    seen = visit()
    page = seen.sign_in(Role.ADMIN, "/verwaltung")
    page.get_by_label("Anmeldename", exact=True).fill("bauhof")
    page.get_by_label("Name", exact=True).fill("Dienst Bauhof")
    page.get_by_role("button", name="Konto anlegen").press("Enter")
    page.wait_for_selector("#administration-new-said :text('Erstes Passwort für bauhof')")
    page.wait_for_selector("#administration-accounts :text('Dienst Bauhof')")
    page.get_by_label("Konto", exact=True).select_option("bauhof")
    page.locator("summary", has_text="Löschen").click()
    page.get_by_label("Zur Bestätigung den Anmeldenamen wiederholen").fill("bauhof")
    page.get_by_role("button", name="Konto löschen").press("Enter")
    page.wait_for_selector("#administration-said :text('bauhof ist gelöscht')")
    page.get_by_label("Nur von dieser Person").fill("bauhof")
    page.keyboard.press("Enter")
    page.wait_for_selector("#administration-log :text('Konto gelöscht')")
    page.get_by_role("button", name="Kette prüfen").press("Enter")
    page.wait_for_selector("#administration-log-verified :text('die Kette ist unversehrt')")
    assert seen.errors == []


def test_what_is_refused_after_the_session_has_ended_is_said(visit):
    seen = visit()
    page = seen.sign_in(Role.ADMIN, "/verwaltung")
    seen.context.clear_cookies()
    page.get_by_role("button", name="Kette prüfen").press("Enter")
    page.wait_for_selector("#shell-toast-text:text('Dafür ist eine Anmeldung nötig')")


def test_what_is_pressed_while_the_sign_in_cannot_be_checked_is_said(visit):
    seen = visit()
    page = seen.sign_in(Role.ADMIN, "/verwaltung")
    words = "Nichts wurde gespeichert"
    page.route(
        "**/_dash-update-component*",
        lambda route: route.fulfill(
            status=503,
            content_type="application/problem+json",
            body=json.dumps({"status": 503, "detail": words}),
        ),
    )
    page.get_by_role("button", name="Kette prüfen").press("Enter")
    page.wait_for_selector(f"#shell-toast-text:text('{words}')")


def test_a_page_that_could_not_check_the_sign_in_loads_itself_when_the_server_answers(visit):
    seen = visit()
    page = seen.sign_in(Role.CRISIS, "/lage/wand")
    page.route("**/api/v1/status", lambda route: route.fulfill(status=503, body="{}"))
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p data-reload></p>')"
    )
    page.wait_for_timeout(6000)
    assert page.locator("[data-reload]").count() == 1
    page.unroute("**/api/v1/status")
    page.wait_for_selector("[data-reload]", state="detached", timeout=20_000)
    page.wait_for_selector(".wall-count", timeout=20_000)
