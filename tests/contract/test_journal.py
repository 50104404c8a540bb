"""The pages and files of journal, handover and alarm plan: who may what, text that stays text."""

import base64
import importlib
import json
from datetime import timedelta

import dash
import pytest
from dash._callback_context import context_value
from dash._utils import AttributeDict

from api.identity import COOKIE
from services.flood.model import State
from services.journal.errors import HandoverWaitsError
from services.journal.model import Kind
from services.people.identity import acting
from services.people.model import Role
from tests.support import trees
from tests.support.sample_alarms import NOW
from tests.support.sample_journal import corrected, entry
from tests.support.sample_people import identity_of
from tests.support.sample_plan import board, step

CRISIS = identity_of(Role.CRISIS)
WALL = identity_of(Role.CRISIS, is_wall=True)
SCRIPT = "<script>alert(1)</script>"
FILES = (
    "/lage/tagebuch/tagebuch.pdf",
    "/lage/tagebuch/tagebuch.csv?wissensstand=14.07.2021%2020:45",
    "/lage/tagebuch/wissensstand.csv",
    "/lage/uebergabe/bericht/1.pdf",
    "/lage/massnahmen/laufzettel.pdf?akteur=THW",
    "/lage/massnahmen/massnahmen.csv",
)


def module(name):
    return importlib.import_module(f"pages.operations.{name}")


def asked(**changes):
    names = ("art", "bezug", "von", "bis", "suche", "seite", "wissensstand")
    return dict.fromkeys(names, "") | changes


def shown(app, who=CRISIS, **changes):
    context_value.set(AttributeDict(triggered_inputs=[]))
    with acting(who):
        return module("journal").show_journal(asked(**changes), (None,))


def clicked(name, value=1):
    prop = (
        json.dumps(name, sort_keys=True, separators=(",", ":")) if isinstance(name, dict) else name
    )
    triggered = [{"prop_id": f"{prop}.n_clicks", "value": value}]
    context_value.set(AttributeDict(triggered_inputs=triggered))


@pytest.mark.parametrize("path", FILES)
def test_files_are_for_who_may_watch(client, path):
    answer = client.get(path)
    assert answer.status_code == 401
    assert "Anmeldung" in answer.get_json()["detail"]
    client.set_cookie(COOKIE, "planner")
    assert client.get(path).status_code == 403
    client.set_cookie(COOKIE, "crisis")
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'attachment; filename="uebung-' in answer.headers["Content-Disposition"]


def test_a_photo_that_there_is_not_and_a_time_that_is_none_are_said_in_words(client):
    client.set_cookie(COOKIE, "crisis")
    assert client.get("/lage/tagebuch/foto/abc").status_code == 404
    answer = client.get("/lage/tagebuch/tagebuch.pdf?wissensstand=gestern")
    assert answer.status_code == 400
    assert "TT.MM.JJJJ" in answer.get_json()["detail"]


def test_an_original_is_struck_out_beside_its_correction(app, found):
    found.journal.reading.views = [corrected()]
    table = shown(app)[3]
    [struck] = trees.of_type(table, "Del")
    assert trees.text(struck) == "Campingplatz wird geräumt"
    text = trees.text(table)
    assert "Campingplatz ist geräumt" in text
    assert "berichtigt 13:00 Uhr von Dienst zwei: Tippfehler" in text
    assert "eingetragen 12:56" in text


def test_what_people_typed_stays_text(app, found):
    found.journal.reading.views = [entry(text=SCRIPT, actor=SCRIPT, place=SCRIPT)]
    table = shown(app)[3]
    assert trees.text(table).count(SCRIPT) == 3
    assert trees.of_type(table, "Markdown") == []


def test_a_photo_and_a_position_are_shown_with_words(app, found):
    found.journal.reading.views = [entry(photo="c" * 64, lat=50.32842, lon=7.22308)]
    table = shown(app)[3]
    [picture] = trees.of_type(table, "Img")
    assert (picture.src, picture.alt) == (
        f"/lage/tagebuch/foto/{'c' * 64}",
        "Foto zu Eintrag Nr. 7",
    )
    assert "50,32842° N" in trees.text(table)


def test_a_handover_links_to_its_document(app, found):
    found.journal.reading.views = [entry(kind=Kind.HANDOVER)]
    assert "/lage/uebergabe/bericht/7.pdf" in trees.links(shown(app)[3])


def test_who_only_watches_has_no_buttons(app, found):
    assert trees.of_type(shown(app)[3], "Button") != []
    assert trees.of_type(shown(app, WALL)[3], "Button") == []


def test_filters_reach_the_store_and_the_url(app, found):
    *_, query = shown(app, art="von-hand", bezug="mayen/nette", von="14.07.2026 18:30", seite="2")
    wanted, number = found.journal.reading.asked[-1]
    assert number == 2
    assert wanted.subject == "mayen/nette|"
    assert wanted.start.isoformat() == "2026-07-14T16:30:00+00:00"
    assert (wanted.kinds, wanted.but, wanted.without) == ((), (), "System")
    assert query.startswith("?art=von-hand&bezug=mayen%2Fnette&von=")


def test_the_flood_of_messages_can_be_left_out(app, found):
    *_, query = shown(app, art="ohne-benachrichtigungen")
    wanted, _ = found.journal.reading.asked[-1]
    assert (wanted.kinds, wanted.but, wanted.without) == ((), ("meldung",), "")
    assert query == "?art=ohne-benachrichtigungen"
    shown(app, art="meldung")
    assert found.journal.reading.asked[-1][0].kinds == ("meldung",)


def test_a_bound_that_is_no_time_leaves_the_list(app, found):
    head, _, note, table, *_ = shown(app, von="neulich")
    assert head is table is dash.no_update
    assert "TT.MM.JJJJ" in trees.text(note)


def test_an_entry_keeps_the_form_when_it_is_refused(app, found):
    page = module("journal")
    said = ["entscheidung", "Räumung", "", "__keiner__", "50,32", "7,22"]
    with acting(CRISIS):
        note, done, text, *_ = page.enter(1, said, None, None)
        assert (done, text) == (1, "")
        assert trees.text(note) == "Eingetragen als Nr. 9."
        said[1] = ""
        note, done, *_ = page.enter(1, said, None, 1)
        assert done is dash.no_update
        said[1], said[4] = "x", "oben"
        assert "Breite" in trees.text(page.enter(1, said, None, 1)[0])
    [(_, draft)] = found.journal.desk.done
    assert (draft.kind, draft.lat, draft.lon, draft.subject) == (Kind.DECISION, 50.32, 7.22, "")
    with acting(WALL):
        assert "darf das nicht" in trees.text(page.enter(1, ["lage", "x", *[""] * 4], None, 1)[0])


def test_an_hour_alone_is_when_it_last_was(app, found):
    page = module("journal")
    with acting(CRISIS):
        page.enter(1, ["lage", "Brücke gesperrt", "12:40", "__keiner__", "", ""], None, None)
        said = page.enter(1, ["lage", "x", "gestern", "__keiner__", "", ""], None, None)[0]
    [(_, draft)] = found.journal.desk.done
    assert draft.happened_at == NOW - timedelta(minutes=20)
    assert "18:30 oder TT.MM.JJJJ HH:MM" in trees.text(said)


def test_a_file_that_is_no_photo_is_refused_before_it_is_entered(app, found):
    page = module("journal")
    contents = "data:image/png;base64," + base64.b64encode(b"quatsch").decode()
    with acting(CRISIS):
        note, lat, lon = page.look_at_photo(contents, "bild.png")
    assert "JPEG und PNG" in trees.text(note)
    assert lat is lon is dash.no_update


def test_a_correction_takes_the_entry_as_it_was_seen(app, found):
    from pages.operations import _journal_ids as ids

    page = module("journal")
    clicked(ids.fix_id(7, 0))
    with acting(CRISIS):
        assert page.begin_fix([1], None) == ("7", "Campingplatz wird geräumt")
        assert module("_journal_original").show_original("7", [1])[1] == 0
        clicked(ids.fix_id(7, 0), None)
        assert page.begin_fix([None], None) == (dash.no_update,) * 2
        assert module("_journal_original").show_original("7", [None]) == (dash.no_update,) * 2
        note, done, _ = page.fix(1, "7", 0, "neu", "weil", None)
        assert done == 1
        assert "Nummer" in trees.text(page.fix(1, "sieben", 0, "neu", "weil", None)[0])
    assert found.journal.desk.done == [("correct", 7, "neu", "weil", 0)]
    assert "durchgestrichen" in trees.text(note)


def previewed(number):
    triggered = [{"prop_id": "journal-fix-number.value", "value": number}]
    context_value.set(AttributeDict(triggered_inputs=triggered))
    with acting(CRISIS):
        tree, seen = module("_journal_original").show_original(number, [])
    return trees.text(tree), seen


def test_the_entry_of_a_typed_number_is_shown_before_it_is_corrected(app, found):
    found.journal.reading.views = [entry(text="Lange Worte " * 40), entry(9, text="kurz")]
    words, seen = previewed("7")
    assert words.startswith("Nr. 7, 10.03.2026 12:50 Uhr, Entscheidung, Dienst crisis: „Lange")
    assert words.endswith("…“")
    assert (len(words) < 260, seen) == (True, 0)
    assert previewed("Nr. 9")[0].endswith("„kurz“")
    assert previewed("") == previewed("sieben") == ("", None)


def test_a_number_that_there_is_not_or_that_was_corrected_is_said(app, found):
    assert previewed("99") == ("Nr. 99: Diesen Eintrag gibt es im Tagebuch nicht.", None)
    found.journal.reading.views = [corrected(), entry(8, kind=Kind.CORRECTION, refers_to=7)]
    words, seen = previewed("7")
    assert "Schon berichtigt durch Nr. 8, 10.03.2026 13:00 Uhr, Dienst zwei: „Campingplatz" in words
    assert seen == 1
    assert "Bitte Nr. 7 berichtigen" in previewed("8")[0]


def test_what_was_known_is_asked_in_local_time(app, found):
    page = module("_journal_known")
    with acting(CRISIS):
        parts, state = page.show_known(1, "14.07.2021 20:45")
        assert state == "14.07.2021 20:45"
        assert "Alarm für 2 Orte" in trees.text(dash.html.Div(parts))
        assert page.show_known(None, "") == (None, "")
        assert "MESZ oder MEZ" in trees.text(page.show_known(1, "25.10.2026 02:30")[0])


def test_a_broken_chain_is_said(app, found):
    page = module("_journal_known")
    with acting(CRISIS):
        assert "Kette unversehrt" in trees.text(page.check(1))
        found.journal.reading.broken_at = 4
        assert "gebrochen bei Eintrag Nr. 4" in trees.text(page.check(1))


def test_a_shift_is_looked_at_signed_and_taken_over(app, found):
    page = module("handover")
    with acting(CRISIS):
        clicked("handover-look")
        _, draft, done = page.hand_over(1, None, "14.07.2021 12:00", "Brücke", None)
        words = trees.text(draft)
        assert "Brücke beobachten" in words
        assert "Lagetext Wache bleibt besetzt." in words
        assert "Lagemeldungen dieser Schicht 12:40: Nette fällt" in words
        assert done is dash.no_update
        clicked("handover-sign")
        note, _, done = page.hand_over(1, 1, "14.07.2021 12:00", "Brücke", None)
        assert done == 1
        assert "Nr. 11" in trees.text(note)
        assert "TT.MM.JJJJ" in trees.text(page.hand_over(1, 1, "", "", None)[0])
        assert page.hand_over(1, 1, "06:00", "", None)[2] == 1
        assert page.take_over(None, "", 4, None) == (dash.no_update, dash.no_update)
        assert page.take_over(1, "gut", 4, None)[1] == 1
    assert found.journal.desk.done[-1] == ("take-over", 4, "gut")


def test_a_handover_that_waits_is_no_draft_any_more(app, found, monkeypatch):
    def waits(_report):
        raise HandoverWaitsError(user_message="wartet schon als Nr. 11")

    monkeypatch.setattr(found.journal.desk, "hand_over", waits)
    with acting(CRISIS):
        clicked("handover-sign")
        note, draft, done = module("handover").hand_over(1, 2, "06:00", "", 4)
    assert "Nr. 11" in trees.text(note)
    assert (draft, done) == (None, 5)


def test_the_demonstration_says_which_account_can_take_over(app, found):
    def shown_words():
        with acting(CRISIS):
            tree = module("handover").layout()
        return [words for words in trees.of_type(tree, "P") if "Vorführung" in trees.text(words)]

    [words] = shown_words()
    assert not words.hidden
    assert "„Verwaltung des Cockpits“ übernehmen" in trees.text(words)
    found.sign_in.is_demo = False
    [words] = shown_words()
    assert words.hidden


def test_the_plan_proposes_and_shows_what_became_of_measures(app, found):
    page = module("measures")
    with acting(CRISIS):
        head, lines, proposed, stages, *_ = page.show_measures(None, (None,))
    assert head == "2 Maßnahmen offen, davon 1 begonnen"
    assert "Vorläufiger Plan" in trees.text(dash.html.Div(lines))
    assert "wegen Monreal" in trees.text(proposed)
    text = trees.text(dash.html.Div(stages))
    assert "Voraussetzung (noch nicht bestätigt): Zufahrt ist frei" in text
    assert "Voraussetzung erfüllt, begonnen" in text
    with acting(WALL):
        _, _, proposed, stages, *_ = page.show_measures("Bauhof", (None,))
    assert trees.of_type(dash.html.Div([proposed, *stages]), "Button") == []
    assert "Einsatzabschnitte" not in trees.text(dash.html.Div(stages))


def test_a_click_starts_or_ticks_off_what_was_seen(app, found):
    from pages.operations import _measures_ids as ids

    page = module("measures")
    with acting(CRISIS):
        clicked(ids.act_id("start", "elzbach", "alarm"))
        assert page.press([1], None)[1] == 1
        clicked(ids.act_id("begin", "s1", 1))
        page.press([1], 1)
        clicked(ids.act_id("edit", "s2", 1))
        assert page.press([1], 2)[2] == "s2"
        clicked(ids.act_id("finish", "s2", 1), None)
        assert page.press([None], 2) == (dash.no_update,) * 3
        found.alarm_plan.desk.is_taken = True
        clicked(ids.act_id("finish", "s2", 1))
        assert "gerade geändert" in trees.text(page.press([1], 2)[0])
    started, begun = found.alarm_plan.desk.done
    assert started[:3] == ("start", "elzbach", "alarm")
    assert (begun[1], begun[2], begun[3].is_checked) == ("s1", 1, True)


def test_the_form_of_measures_says_what_is_missing(app, found):
    page = module("measures")
    said = ("nicht-moeglich", "Zug 1", "gesperrt")
    with acting(CRISIS):
        assert "wählen" in trees.text(page.change(1, (None, {}), said, None, None)[0])
        assert page.change(1, ("s1", {"s1": 3}), said, None, None)[1] == 1
        clicked("measures-close")
        assert "Stufe wählen" in trees.text(
            page.turn_stage((1, 1), ("", "", ""), ("", ""), None)[0]
        )
        assert page.turn_stage((1, 1), ("", "", ""), ("g1", "x"), None)[1] == 1
    assert found.alarm_plan.desk.done[-1] == ("close", "g1", "x")


def test_river_and_level_of_a_stage_are_chosen_and_emptied_again(app):
    page, ids = module("measures"), module("_measures_ids")
    with acting(CRISIS):
        fields = {
            getattr(part, "id", None): part for part in trees.of_type(page.layout(), "Select")
        }
        clicked("measures-start")
        emptied = page.turn_stage((1, 1), ("nette", "voralarm", "Anordnung"), ("", ""), None)[2:4]
    for name, after in zip((ids.RIVER, ids.LEVEL), emptied, strict=True):
        first = fields[name].options[0]
        assert first["label"] == "bitte wählen"
        assert fields[name].value == first["value"] == after


def test_the_box_of_open_measures_names_what_was_begun_first(app):
    box = module("_measures").measures_panel(board())
    text = trees.text(box)
    assert "Elzbach: 1 Maßnahme vorgeschlagen" in text
    assert text.index("Sandsäcke") < text.index("Einsatzabschnitte")
    many = board().stages[0]
    from dataclasses import replace

    steps = tuple(step(f"s{number}") for number in range(12))
    full = board(stages=(replace(many, steps=steps),), proposals=())
    assert "und 4 weitere" in trees.text(module("_measures").measures_panel(full))
    empty = board(stages=(), proposals=())
    assert "Keine Maßnahme ist offen" in trees.text(module("_measures").measures_panel(empty))
    assert State.ALARM in {item.level for item in board().proposals}
    assert board().now == NOW
