"""The page that takes tables over: its callbacks as functions, over uploads in memory."""

import base64
import importlib
from types import SimpleNamespace

import pytest

from pages.data_space import _upload_form as form
from pages.data_space import _upload_ids as ids
from pages.data_space import _upload_view as view
from services.people.identity import acting
from services.people.model import PUBLIC
from services.tables.assignment import INDICATOR, SERIES
from services.tables.service import ImportReport
from services.tables.shelf import MAX_UPLOAD_BYTES
from tests.support import trees

TABLE = (
    b"AGS;Gemeinde;Jahr;Wert\n07137003;Andernach;2024;1\n07137068;Mayen;2024;2\n99999999;X;2024;3\n"
)
SERIES_TABLE = b"Zeit;Wasserstand\n01.03.2026 12:00;0,85\n"
FIELDS = {
    "ags_column": "AGS",
    "period_column": "Jahr",
    "period": "",
    "time_column": form.NONE,
    "decimal": form.NONE,
    "value_column": "Wert",
    "datastream": "",
    "title": "Einwohner",
    "indicator_id": "einwohner",
    "unit": "Personen",
    "source": "StaLa",
    "licence": "dl-de/by-2-0",
}
OF_SERIES = {"time_column": "Zeit", "value_column": "Wasserstand", "unit": "m"}


@pytest.fixture
def page(app, found, as_planner):
    return importlib.import_module("pages.data_space.upload")


@pytest.fixture
def told():
    """What the steps say that they are at, and whether they can't be cancelled then."""
    return []


@pytest.fixture
def act(page, monkeypatch, told):
    def press(button, uploaded, kind=INDICATOR, checked="", **changes):
        monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=button))
        fields = {**FIELDS, **changes}
        names = [ids.field(name) for name in fields]
        form = (uploaded, 0, "", kind, list(fields.values()), names, checked)
        return page.act(told.append, 1, None, *form)

    return press


def upload(page, body, name="tabelle.csv"):
    encoded = base64.b64encode(body).decode()
    return page.keep_file(f"data:text/csv;base64,{encoded}", name)


def test_without_a_file_there_is_no_form(page):
    preview, columns, kind, is_hidden = page.show_preview(None, 0, "")
    assert (preview, columns, kind, is_hidden) == (None, None, INDICATOR, True)


def test_a_file_shows_its_beginning_and_presets_the_columns(page):
    uploaded, note = upload(page, TABLE)
    assert "tabelle.csv" in trees.text(note)
    assert set(uploaded) == {"id"}
    preview, columns, kind, is_hidden = page.show_preview(uploaded, 0, "")
    text = trees.text(preview)
    assert "Die ersten 3 von 3 Zeilen" in text
    assert "UTF-8, getrennt durch Semikolon" in text
    assert "Andernach" in text
    assert (kind, is_hidden) == (INDICATOR, False)
    preset = {part.id["field"]: part.value for part in trees.of_type(columns, "Select")}
    assert preset["ags_column"] == "AGS"
    assert preset["period_column"] == "Jahr"
    assert preset["value_column"] == "Wert"
    assert preset["decimal"] == form.NONE


def test_a_series_is_recognised_and_its_datastreams_are_named(page):
    uploaded, _ = upload(page, SERIES_TABLE)
    _, columns, kind, _ = page.show_preview(uploaded, 0, "")
    assert kind == SERIES
    assert page.show_fields(kind).endswith("--series")
    [streams] = [
        part for part in trees.of_type(columns, "Select") if part.id["field"] == "datastream"
    ]
    assert [item["label"] for item in streams.options[1:]] == [
        "Nitz: Wasserstand in m",
        "Nürburg: Niederschlag in mm",
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "sie ist leer"),
        (b"PK\x03\x04nothing", "beschädigt"),
        (b"a;b\n", "steht keine Zeile"),
    ],
)
def test_what_cannot_be_read_is_said_and_offers_no_form(page, body, words):
    uploaded, _ = upload(page, body)
    preview, _, _, is_hidden = page.show_preview(uploaded, 0, "")
    assert words in trees.text(preview)
    assert is_hidden


def test_a_broken_transfer_and_a_lost_upload_are_said(page):
    uploaded, note = page.keep_file("data:text/csv;base64,@@@", "x.csv")
    assert uploaded is None
    assert "nicht vollständig angekommen" in trees.text(note)
    preview = page.show_preview({"id": "weg"}, 0, "")[0]
    assert "nicht mehr da" in trees.text(preview)


def test_a_store_that_is_down_is_said(page, found):
    found.uploads.is_down = True
    uploaded, _ = upload(page, TABLE)
    assert "Datenbank antwortet nicht" in trees.text(page.show_preview(uploaded, 0, "")[0])


def test_a_check_says_what_is_usable_and_why_rows_are_refused(page, act, found):
    uploaded, _ = upload(page, TABLE)
    said, result, checked = act(ids.CHECK, uploaded)
    assert "Brauchbar: 2 von 3 Zeilen, abgewiesen: 1" in trees.text(said)
    assert "Gespeichert ist noch nichts" in trees.text(said)
    assert "Gemeinde liegt nicht in dieser Region" in trees.text(result)
    assert checked
    assert found.uploads.stored == []


def test_what_was_checked_is_taken_over_under_the_name(page, act, found):
    uploaded, _ = upload(page, TABLE)
    checked = act(ids.CHECK, uploaded)[2]
    said, result, _ = act(ids.TAKE, uploaded, checked=checked)
    assert "Neu oder geändert: 1, schon so vorhanden: 1" in trees.text(said)
    assert "Indikator „Einwohner“" in trees.text(result)
    assert trees.links(result) == ["/api/v1/indicators?indicator=einwohner"]
    [(_, chosen, by)] = found.uploads.stored
    assert (chosen.indicator_id, chosen.value_column, by) == ("einwohner", "Wert", "Dienst planner")


def test_what_changed_since_the_check_is_not_taken_over(page, act, found):
    uploaded, _ = upload(page, TABLE)
    checked = act(ids.CHECK, uploaded)[2]
    other, _ = upload(page, TABLE)
    for said, _, _ in (
        act(ids.TAKE, uploaded, checked=checked, unit="Haushalte"),
        act(ids.TAKE, other, checked=checked),
        act(ids.TAKE, uploaded, checked=""),
    ):
        assert "Bitte zuerst prüfen" in trees.text(said)
    assert found.uploads.stored == []


def test_a_series_leads_to_its_gauge(page, act):
    uploaded, _ = upload(page, SERIES_TABLE)
    chosen = {**OF_SERIES, "kind": SERIES, "datastream": "iot-nitz/stage"}
    checked = act(ids.CHECK, uploaded, **chosen)[2]
    _, result, _ = act(ids.TAKE, uploaded, checked=checked, **chosen)
    assert trees.links(result) == ["/gewaesser/pegel/iot-nitz"]


def test_refusals_are_sentences_and_store_nothing(page, act, found):
    uploaded, _ = upload(page, TABLE)
    assert "Bitte wählen Sie zuerst eine Datei" in trees.text(act(ids.CHECK, None)[0])
    nothing = act(ids.CHECK, uploaded, value_column=form.NONE)[0]
    assert "es fehlt: Spalte des Werts" in trees.text(nothing)
    assert "es fehlt: Quelle" in trees.text(act(ids.CHECK, uploaded, source="")[0])
    assert "unbekannt" in trees.text(act(ids.CHECK, uploaded, unit="elle")[0])
    found.uploads.usable = 0
    assert act(ids.CHECK, uploaded)[2] == ""
    found.uploads.usable = 2
    checked = act(ids.CHECK, uploaded)[2]
    with acting(PUBLIC):
        refused = trees.text(act(ids.TAKE, uploaded, checked=checked)[0])
        assert "Dafür ist eine Anmeldung nötig" in refused
        assert "Anmeldung nötig" in trees.text(upload(page, TABLE)[1])
    assert found.uploads.stored == []


def test_a_check_says_what_it_is_at_and_can_be_cancelled_a_take_over_can_not(page, act, told):
    uploaded, _ = upload(page, TABLE)
    checked = act(ids.CHECK, uploaded)[2]
    assert told == [("Die Tabelle wird gelesen …", False), ("3 Zeilen werden geprüft …", False)]
    told.clear()
    act(ids.TAKE, uploaded, checked=checked)
    assert told == [("Die Tabelle wird übernommen, ganz oder gar nicht …", True)]


@pytest.mark.parametrize(
    ("trigger", "words"), [(ids.UPLOADED, ""), (ids.CANCEL, "abgebrochen. Gespeichert ist nichts.")]
)
def test_another_file_or_a_cancel_leaves_nothing_checked(page, monkeypatch, trigger, words):
    monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=trigger))
    outcome = page.begin_anew({"id": "x"}, 1)
    assert trees.text(outcome).endswith(words)
    [checked] = trees.of_type(outcome, "Store")
    assert (checked.id, checked.data) == (ids.CHECKED, "")


def test_taking_over_is_not_offered_before_a_check():
    [take] = [part for part in trees.of_type(form.actions_panel(), "Button") if part.id == ids.TAKE]
    assert take.disabled


def test_flags_that_changed_are_told_apart_from_values():
    report = ImportReport(4, 4, 3, (), {}, is_stored=True, reflagged=2)
    said = view.said(report)
    assert "Neu oder geändert: 3, schon so vorhanden: 1." in said
    assert "Bei 2 älteren änderte sich das Prüfmerkmal" in said


def test_a_check_runs_outside_of_the_web_server(page, app):
    name = f"..{ids.SAID}.children...{ids.RESULT}.children...{ids.CHECKED}.data.."
    assert app.callback_map[name]["background"] is not None


def test_who_may_not_curate_is_told_so_and_sees_no_form(page):
    assert "Wird als Dienst planner festgehalten." in trees.text(page.layout())
    with acting(PUBLIC):
        shown = page.layout()
    hidden = [part for part in trees.components(shown) if getattr(part, "hidden", False)]
    assert {ids.FILE, ids.TAKE} <= set(trees.ids(hidden))
    assert "/anmelden?weiter=%2Fdaten%2Fhochladen" in trees.links(shown)


def test_no_file_goes_into_a_store_and_the_limit_is_said():
    shown = form.file_panel()
    assert "höchstens 20 MB" in trees.text(shown)
    [chooser] = trees.of_type(shown, "Upload")
    assert chooser.max_size == MAX_UPLOAD_BYTES
