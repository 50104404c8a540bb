"""The journey of a spreadsheet: choose, look, check, take over, see the result."""

import pytest

from services.people.model import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

TABLE = """AGS;Gemeinde;Jahr;Einwohner je Straße
07137003;Andernach;2024;30.132
071370068068;Mayen;2024;19.284
07137074;Monreal;2024;.
07137001;Acht;2024;80
07137004;Anschau;2024;277
99999999;Nirgends;2024;5
""".encode("cp1252")
FILE = "#upload-file input[type=file]"


def test_a_german_table_is_checked_and_taken_over(visit):
    seen = visit(width=390, height=844)
    page = seen.sign_in(Role.PLANNER, "/daten/hochladen")
    assert page.locator("#upload-form").is_hidden()
    page.locator(FILE).set_input_files(
        {"name": "einwohner.csv", "mimeType": "text/csv", "buffer": TABLE}
    )
    page.wait_for_selector("#upload-preview table")
    preview = page.inner_text("#upload-preview")
    assert "Windows-1252, getrennt durch Semikolon" in preview
    assert "Einwohner je Straße" in preview
    assert page.get_by_label("Spalte des Gemeindeschlüssels").input_value() == "AGS"
    assert page.get_by_label("Messreihe", exact=True).count() == 1
    assert page.locator(".field--series").first.is_hidden()
    for label, words in (
        ("Titel", "Einwohner"),
        ("Kennung", "einwohner"),
        ("Einheit", "Personen"),
        ("Quelle", "Statistisches Landesamt"),
        ("Lizenz", "dl-de/by-2-0"),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_label("Dezimalzeichen").select_option(",")
    take = page.get_by_role("button", name="Übernehmen")
    assert take.is_disabled()
    page.get_by_role("button", name="Prüfen", exact=True).press("Enter")
    page.wait_for_selector("#upload-said :text('Brauchbar: 5 von 6 Zeilen')")
    assert "Gemeinde liegt nicht in dieser Region" in page.inner_text("#upload-result")
    page.wait_for_function("document.activeElement.id === 'upload-check'")
    assert page.locator("#upload-working").is_hidden()
    page.wait_for_function("!document.getElementById('upload-take').disabled")
    take.press("Enter")
    page.wait_for_selector("#upload-said :text('Neu oder geändert: 5')")
    assert "Indikator „Einwohner“" in page.inner_text("#upload-result")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert seen.errors == []


def test_a_file_that_is_too_large_is_refused_in_words(visit):
    page = visit().sign_in(Role.PLANNER, "/daten/hochladen")
    large = {"name": "gross.csv", "mimeType": "text/csv", "buffer": b"a;b\n" * 5_000_001}
    page.locator(FILE).set_input_files(large)
    page.wait_for_selector("#upload-too-large:has-text('gross.csv')")
    assert page.locator("#upload-form").is_hidden()


def test_the_file_is_chosen_by_keyboard(visit):
    seen = visit()
    # from the start: Chromium takes the wish to see choosers without telling when it does
    seen.page.on("filechooser", lambda _: None)
    page = seen.sign_in(Role.PLANNER, "/daten/hochladen")
    button = page.locator("#upload-file button")
    page.locator(".sections a").last.focus()
    page.keyboard.press("Tab")
    assert button.evaluate("each => each === document.activeElement")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    assert not chooser.value.is_multiple()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "upload-skip"
