"""The operations room: what it shows, who may act, what a refusal looks like."""

import importlib

import dash
import pytest
from dash._callback_context import context_value
from dash._utils import AttributeDict

from services.alarms.model import Rule, Standing
from services.alarms.views import Remark
from services.people.identity import acting
from services.people.model import Role
from tests.support import trees
from tests.support.sample_alarms import NOW, view
from tests.support.sample_people import identity_of

CRISIS = identity_of(Role.CRISIS)
WALL = identity_of(Role.CRISIS, is_wall=True)
UPDATE = "/_dash-update-component"


@pytest.fixture
def room(app):
    return importlib.import_module("pages.operations.index")


@pytest.fixture
def ledger(app):
    return importlib.import_module("pages.operations.ledger")


def shown(room, who=CRISIS):
    with acting(who):
        return room.show_room()


def pressed(room, part, alarm="a1", clicks=1, who=CRISIS):
    from pages.operations import _ids as ids

    name = ids.act_id(part, alarm, 1)
    triggered = [{"prop_id": f"{trees_id(name)}.n_clicks", "value": clicks}]
    context_value.set(AttributeDict(triggered_inputs=triggered))
    with acting(who):
        return room.press([clicks], None, {"a1": 1})


def trees_id(name):
    import json

    return json.dumps(name, sort_keys=True, separators=(",", ":"))


def test_the_room_shows_alarms_with_age_text_and_whom_they_call_next(room):
    _, _, _, alarms, *_ = shown(room)
    text = trees.text(alarms)
    assert "Messausfall bei steigendem Pegel: Hammesmühle" in text
    assert "nicht quittiert" in text
    assert "erneut an der Reihe: „leitung“" in text
    assert "in 1" in text
    assert "1 Hinweis" in text


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule.RISE, "der Anstieg lässt nach, der Wasserstand kann weiter hoch sein"),
        (Rule.LEVEL, "Zurzeit wird die Stufe weder gemessen noch erwartet"),
        (Rule.CLOCK, "zurzeit besteht die Ursache nicht mehr"),
    ],
)
def test_a_condition_that_no_longer_holds_says_no_more_than_its_rule_knows(
    room, found, rule, words
):
    found.alarms.views = [view(rule=rule.value, standing=Standing.CLEAR)]
    text = trees.text(shown(room)[3])
    assert words in text
    assert "unauffällig" not in text


def test_the_figures_count_what_waits_and_name_the_shortest_time(room):
    text = trees.text(shown(room)[2])
    assert "nicht quittiert" in text
    assert "Virneburg: bis Alarm, im ungünstigsten Fall" in text
    assert "melden nicht" in text or "meldet nicht" in text


def test_a_wall_shows_and_has_no_buttons(room):
    _, _, _, alarms, *_ = shown(room, WALL)
    assert trees.of_type(alarms, "Button") == []
    assert trees.of_type(shown(room)[3], "Button") != []


def test_without_the_right_the_room_shows_words_and_no_alarm(room):
    head, words, *rest = shown(room, identity_of(Role.PLANNER))
    assert head == "Lage unbekannt"
    assert "darf das nicht" in trees.text(words)
    assert all(part is dash.no_update for part in rest)


def test_an_acknowledgement_is_done_once_for_a_click_and_not_for_a_new_list(room, found):
    note, done = pressed(room, "acknowledge")
    assert ("acknowledge", "a1", 1) in found.desk.done
    assert done == 1
    assert trees.text(note) == "Quittiert: Messausfall bei steigendem Pegel: Hammesmühle"
    assert pressed(room, "acknowledge", clicks=None) == (dash.no_update, dash.no_update)
    assert len(found.desk.done) == 1


def test_who_was_too_late_reads_it(room, found):
    found.desk.is_taken = True
    note, _ = pressed(room, "acknowledge")
    assert "gerade geändert" in trees.text(note)


def test_a_wall_that_pretends_a_click_is_refused(room, found):
    note, _ = pressed(room, "acknowledge", who=WALL)
    assert "darf das nicht" in trees.text(note)
    assert found.desk.done == []


@pytest.mark.parametrize(
    ("button", "done"),
    [
        ("operations-comment", ("comment", "a1", "Text")),
        ("operations-assign", ("assign", "a1", 3, "Wehr")),
        ("operations-close", ("close", "a1", 3, "hit", "Text")),
    ],
)
def test_the_form_does_what_its_button_says_with_the_version_that_was_seen(found, button, done):
    from pages.operations import _form as form

    with acting(CRISIS):
        _, is_done = form.act(button, "a1", 3, ("Text", "Wehr", "hit"))
        assert is_done
        assert not form.act(button, None, None, ("", "", ""))[1]
    assert found.desk.done == [done]


def test_after_an_act_the_form_is_empty_and_after_a_refusal_as_it_was(room, found):
    from pages.operations import _form as form
    from pages.operations import _ids as ids

    context_value.set(AttributeDict(triggered_inputs=[{"prop_id": f"{ids.CLOSE}.n_clicks"}]))
    asked = ((), ("a1", {"a1": 3}), ("Text", "Wehr", "hit"), None)
    with acting(CRISIS):
        first, *_ = shown(room)[10]
        _, done, *fields = room.handle(*asked)
        found.desk.is_taken = True
        _, *kept = room.handle(*asked)
    assert (done, fields) == (1, [first["value"], "", "", form.OPEN])
    assert first["label"] == "bitte wählen"
    assert kept == [dash.no_update] * 5
    with acting(CRISIS):
        assert not form.act(ids.CLOSE, first["value"], None, ("Text", "", "hit"))[1]


def test_names_and_texts_of_alarms_are_never_markup(room, found):
    found.alarms.views = [
        view(name="<img src=x onerror=alert(1)>", text="<script>alert(1)</script>")
    ]
    alarms = shown(room)[3]
    assert "<script>alert(1)</script>" in trees.text(alarms)
    assert trees.of_type(alarms, "Markdown") == []


def test_remarks_stand_at_their_alarm_at_its_river_and_in_the_ledger(room, ledger, found):
    said = tuple(Remark(NOW, "Dienst crisis", f"Notiz {number}") for number in range(5))
    found.alarms.views = [
        view("a1", rule="stufe", subject="mayen/nette", name="Mayen", remarks=said),
        view("a2", rule="stufe", subject="welling/nette", name="Welling"),
    ]
    text = trees.text(shown(room)[3])
    assert "Mayen: Notiz 0 – Dienst crisis, 13:00 Uhr" in text
    assert text.count("Notiz 2") == 2  # at the river and at the place
    assert "Notiz 3" not in text
    assert "und 2 ältere im Einsatztagebuch" in text
    with acting(CRISIS):
        *_, listed, _, _ = ledger.show_ledger("", "alle", None)
    assert "Notiz 0 – Dienst crisis" in trees.text(listed)


def test_the_ledger_shows_outcomes_and_says_that_cases_are_too_few(ledger):
    with acting(CRISIS):
        head, line, figures, listed, query, _ = ledger.show_ledger("", "alle", None)
    assert head == "1 von 1 örtlichen Hochwassern rechtzeitig gewarnt: zu wenige für eine Quote"
    assert "1 Treffer" in trees.text(line)
    assert "zu wenige (unter 5)" in trees.text(figures)
    assert "Treffer: es kam so" in trees.text(listed)
    assert query == ""


def test_only_an_alarm_about_water_is_offered_as_too_late(room, ledger, found):
    found.alarms.views = [view("a1"), view("a2", rule="anstieg")]
    with acting(CRISIS):
        device, water = (room.offer_outcomes(alarm) for alarm in ("a1", "a2"))
        judged, chosen = ledger.offer_outcomes("a1", "late")
        assert ledger.offer_outcomes("a2", "late")[1] is dash.no_update
        assert room.offer_outcomes("__keiner__") == water  # no alarm is chosen: what any may be
    assert [item["value"] for item in device] == ["offen", "hit", "false", "drill", "unclear"]
    assert {item["value"] for item in water} == {"late", *(item["value"] for item in device)}
    assert (judged, chosen) == (device[1:], "hit")


def test_one_alarm_of_the_ledger_is_counted_as_one(ledger):
    with acting(CRISIS):
        *_, one, _, _ = ledger.show_ledger("nitz", "offen", None)
        *_, more, _, _ = ledger.show_ledger("", "offen", None)
    assert "1 Alarm; Zeiten der Uhr" in trees.text(one)
    assert "2 Alarme, neueste zuerst; Zeiten" in trees.text(more)


def test_the_ledger_filters_by_words_and_standing(ledger):
    with acting(CRISIS):
        *_, listed, query, _ = ledger.show_ledger("nitz", "offen", None)
    assert "Nitz" in trees.text(listed)
    assert "Hammesmühle" not in trees.text(listed)
    assert query == "?suche=nitz&stand=offen"


def test_the_ledger_offers_closed_alarms_to_judge_and_places_to_enter(ledger, found):
    from pages.operations import _ledger_form as form

    with acting(CRISIS):
        *_, options = ledger.show_ledger("", "alle", None)
        assert [item["value"] for item in options] == ["a3"]
        assert ledger.offer_places("x") == [{"value": "mayen/nette", "label": "Mayen"}]
        assert form.judge("a3", ("false", "kam nicht", "yes"))[1]
        assert form.judge("a3", ("false", "kam nicht", form.AS_IS[0]))[1]
        assert not form.judge(None, ("false", "", form.UNSAID))[1]
        assert form.missed("mayen/nette", ("14.07.2026 18:30", "Keller", "no"))[1]
        words, is_done = form.missed("mayen/nette", ("gestern", "Keller", form.UNSAID))
    assert not is_done
    assert "TT.MM.JJJJ" in trees.text(words)
    assert found.desk.done[0] == ("judge", "a3", "false", "kam nicht", "yes")
    assert found.desk.done[1] == ("judge", "a3", "false", "kam nicht", None)
    kind, place, at, note, moved = found.desk.done[2]
    assert (kind, place, at.isoformat(), note, moved) == (
        "missed", "mayen/nette", "2026-07-14T16:30:00+00:00", "Keller", "no",
    )  # fmt: skip


def test_the_poll_of_who_may_watch_follows_alarms_and_nobody_elses(client, found):
    from api.identity import COOKIE

    def version():
        return client.get("/api/v1/status").get_json()["version"]

    public = version()
    found.alarms.text = "8"
    assert version() == public
    client.set_cookie(COOKIE, "crisis")
    before = version()
    found.alarms.text = "9"
    assert version() != before


@pytest.mark.parametrize("path", [None, "/lage", "", "unasked"])
def test_a_routing_request_without_a_path_shows_the_public_no_protected_page(client, path):
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": "/lage"},
            {"id": "_pages_location", "property": "search", "value": ""},
        ],
        "state": [{"id": "_pages_location", "property": "pathname", "value": path}],
        "changedPropIds": ["_pages_location.pathname"],
    }
    answer = client.post(UPDATE, json=body, headers={"Sec-Fetch-Site": "same-origin"})
    text = answer.get_data(as_text=True)
    assert "operations-alarms" not in text


def test_all_alarms_of_a_river_are_acknowledged_at_once_and_the_rest_is_told(room, found):
    from pages.operations import _ids as ids

    level = {"rule": "stufe", "acknowledged_at": None}
    found.alarms.views = [
        view("a1", subject="mayen/nette", **level),
        view("a2", subject="welling/nette", **level),
    ]
    assert "Nette: 2 Orte" in trees.text(shown(room)[3])
    note, done = pressed(room, ids.RIVER, alarm="nette")
    assert done == 1
    assert "1 Alarm quittiert" in trees.text(note)  # a2 was not on the list that was seen
    assert "bitte ansehen" in trees.text(note)


def test_without_words_of_the_duty_officer_the_room_points_to_its_own_form(room, found):
    found.notes.note = None
    said = trees.text(shown(room)[8])
    assert said == "Kein Lagetext. Wer Dienst hat, schreibt ihn unten auf dieser Seite."


def test_the_words_of_the_duty_officer_are_written_and_taken_back(room, found):
    from pages.operations import _duty_form as duty

    with acting(CRISIS):
        said, is_done = duty.write("Wache bleibt.", "3", is_public=True)
        assert (is_done, found.notes.written) == (True, [("Wache bleibt.", 3, True)])
        said, is_done = duty.write("", "3", is_public=False)
        assert "leer" in trees.text(said)
        assert not is_done
        assert not duty.withdraw(None)[1]
    with acting(WALL):
        said, is_done = duty.write("Text", "3", is_public=False)
    assert not is_done
