"""Drills: the page on both sides, and the mark on everything that leaves a drill."""

import importlib
from dataclasses import replace
from types import SimpleNamespace

import dash
import pytest
from dash import no_update

from api import drill_mark
from api.identity import COOKIE, DRILL_COOKIE
from components.shell import registered
from pages.operations import _drill_ids as ids
from services import container
from services.people.identity import acting
from services.people.model import Role
from tests.support import fakes, trees
from tests.support.sample_drills import AT, request
from tests.support.sample_people import identity_of

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def page(app, found):
    return importlib.import_module("pages.operations.drill")


@pytest.fixture
def steps(page):
    return importlib.import_module("pages.operations._drill_steps")


@pytest.fixture
def drill(found):
    """The same services as those of a running drill."""
    found.drills.desk.is_drill = True
    made = replace(found, site=fakes.site(is_drill=True))
    container.install(made)
    return made


@pytest.fixture
def crisis():
    with acting(identity_of(Role.CRISIS)) as who:
        yield who


def press(module, monkeypatch, button):
    monkeypatch.setattr(module, "ctx", SimpleNamespace(triggered_id=button))


def begin(page, monkeypatch, what="2021-07", seed="", stretch=("", ""), button=ids.START):
    press(page, monkeypatch, button)
    return page.begin_or_end(1, None, what, seed, *stretch, "20")


def test_a_chosen_event_is_asked_for(page, found, monkeypatch, crisis):
    assert begin(page, monkeypatch) == (None, True)
    [wish] = found.drills.booth.wishes
    assert wish.arguments == ["2021-07", "--speed", "20"]
    note, _ = begin(page, monkeypatch)
    assert "läuft schon" in trees.text(note)
    begin(page, monkeypatch, button=ids.END)
    assert found.drills.booth.ended == 1


def test_a_number_and_a_stretch_are_read_in_local_time(page, found, monkeypatch, crisis):
    begin(page, monkeypatch, "zufall", " 7 ")
    assert found.drills.booth.wishes[-1].seed == 7
    found.drills.booth.running = None
    begin(page, monkeypatch, "aufzeichnung", "", ("27.11.2026 07:00", "27.11.2026 19:00"))
    wish = found.drills.booth.wishes[-1]
    assert wish.start.isoformat() == "2026-11-27T06:00:00+00:00"
    for what, seed, stretch in (("zufall", "x", ("", "")), ("aufzeichnung", "", ("", "morgen"))):
        found.drills.booth.running = None
        note, done = begin(page, monkeypatch, what, seed, stretch)
        assert "Bitte" in trees.text(note)
        assert done is no_update


@pytest.mark.parametrize(
    ("status", "words"),
    [("läuft", "Zur Übung (Port 8051)"), ("angefordert", "vorbereitet"), ("endet", "beendet")],
)
def test_real_operation_says_how_the_drill_stands(page, found, status, words):
    found.drills.booth.running = request(status)
    standing, earlier, cannot_start, cannot_end = page.show_booth(None, None)
    assert words in trees.text(standing)
    assert (cannot_start, cannot_end) == (True, False)
    assert "uebung-20261128-190000-2021-07.csv" in trees.text(earlier)


def test_where_nobody_would_start_it_the_page_names_the_command(page, found):
    found.drills.booth.has_leader = False
    standing, _, cannot_start, _ = page.show_booth(None, None)
    assert "./cockpit drill start" in trees.text(standing)
    assert cannot_start


def test_the_leader_steers_and_feeds_in(steps, drill, monkeypatch, crisis):
    for button in (ids.PAUSE, ids.RESUME, ids.SET_SPEED, ids.JUMP_AHEAD, ids.JUMP):
        press(steps, monkeypatch, button)
        steps.steer(*[None] * 5, "60", "180", "14.07.2021 16:00")
    for button in (ids.SILENCE, ids.SPEAK, ids.FALSIFY, ids.SAY):
        press(steps, monkeypatch, button)
        steps.inject(*[None] * 4, "iot-nitz", "3,20", "Strom weg")
    acts = drill.drills.desk.acts
    assert [act[0] for act in acts] == [
        "pause", "resume", "speed", "jump", "jump", "silence", "silence", "false", "remark",
    ]  # fmt: skip
    assert acts[2] == ("speed", 60.0)
    assert (acts[3][1] - AT).total_seconds() == 3 * 3600
    assert acts[7] == ("false", "iot-nitz", 3.2)


def test_a_jump_back_says_that_the_drill_begins_anew(steps, drill, monkeypatch, crisis):
    press(steps, monkeypatch, ids.JUMP)
    words = steps.steer(*[None] * 5, "20", "60", "14.07.2021 15:00")
    assert "beginnt an dieser Stelle neu" in trees.text(words)


def test_a_level_that_is_no_number_is_refused(steps, drill, monkeypatch, crisis):
    press(steps, monkeypatch, ids.FALSIFY)
    words = steps.inject(*[None] * 4, "iot-nitz", "viel", "")
    assert "als Zahl in m" in trees.text(words)
    assert drill.drills.desk.acts == []


def test_in_real_operation_the_controls_are_refused(steps, found, monkeypatch, crisis):
    press(steps, monkeypatch, ids.PAUSE)
    assert "nur in einer laufenden Übung" in trees.text(steps.steer(*[None] * 8))


def test_the_desk_shows_times_injections_and_figures(steps, drill):
    state, injected, gauges, *_, figures = steps.show_desk(None)
    assert "Ereigniszeit 14.07.2021 18:00" in trees.text(state)
    assert "Anruf aus Mayen" in trees.text(injected)
    assert {"value": "iot-nitz", "label": "Nitz (stumm)"} in gauges
    words = trees.text(figures)
    for part in ("2 Rufe, 1 davon quittiert", "Krisenstab", "bisher nicht", "Plaidt: Voralarm"):
        assert part in words


def test_the_evaluation_is_handed_out_with_the_mark(steps, drill):
    file = steps.fetch_evaluation(1)
    assert file["filename"].startswith("uebung-")
    assert file["content"].startswith("ÜBUNG")
    assert "'=Monreal" in file["content"]


def test_each_side_hides_the_other(page, drill, crisis):
    assert "Übungsleitung" in trees.text(page.layout())
    container.install(replace(drill, site=fakes.site()))
    assert "Übung neben dem Echtbetrieb" in trees.text(page.layout())


def test_the_frame_around_every_page_carries_the_mark_in_a_drill_alone(client, drill):
    marked = client.get("/_dash-layout").get_data(as_text=True)
    assert "drill-mark" in marked
    assert "simulation-banner--drill" in marked
    assert "Anruf aus Mayen" in marked
    container.install(replace(drill, site=fakes.site()))
    plain = client.get("/_dash-layout").get_data(as_text=True)
    assert "drill-mark" not in plain
    assert "Simulierte Messwerte" in plain


def test_the_title_of_every_page_begins_with_the_mark(monkeypatch):
    pages = {
        "a": {"title": "Lage"},
        "b": {"title": lambda gauge_id: f"Pegel {gauge_id}"},
    }
    monkeypatch.setattr(dash, "page_registry", pages)
    registered.complete_titles(fakes.site(is_drill=True))
    assert pages["a"]["title"].startswith("ÜBUNG · Lage")
    assert pages["b"]["title"](gauge_id="Nitz").startswith("ÜBUNG · Pegel Nitz")


def test_every_address_answers_with_the_mark(app, client, drill):
    client.set_cookie(DRILL_COOKIE, "crisis")
    walked = 0
    for rule in app.server.url_map.iter_rules():
        if "GET" not in rule.methods or rule.arguments:
            continue
        answer = client.get(rule.rule)
        walked += 1
        assert answer.headers.get(drill_mark.HEADER) == drill_mark.MARKED, rule.rule
        name = answer.headers.get("Content-Disposition", "")
        assert "attachment" not in name or "uebung-" in name, rule.rule
        if answer.mimetype == "text/csv" and answer.status_code == 200:
            assert answer.get_data(as_text=True).lstrip("\ufeff").startswith("ÜBUNG"), rule.rule
    assert walked > 30


def test_a_table_with_a_byte_order_mark_keeps_it_in_front(drill):
    parts = list(drill_mark._with_line([drill_mark.BOM + b"a;b\r\n", "1;2"], b"X\r\n"))
    assert b"".join(parts) == drill_mark.BOM + b"X\r\na;b\r\n1;2"


def test_gauge_readings_of_a_drill_are_marked_by_name_and_line(client, drill):
    answer = client.get("/api/v1/gauges/iot-nitz/observations.csv")
    assert "filename=uebung-" in answer.headers["Content-Disposition"].replace('"', "")
    body = answer.get_data()
    assert body.decode().startswith("ÜBUNG")
    assert int(answer.headers["Content-Length"]) == len(body)


def test_real_operation_carries_no_mark(client, found):
    answer = client.get("/api/v1/municipalities.csv")
    assert drill_mark.HEADER not in answer.headers
    assert not answer.get_data(as_text=True).startswith("ÜBUNG")


def test_the_poll_tells_pace_and_remark(client, drill):
    body = client.get("/api/v1/status").get_json()
    assert body["drill"] == {"pace": "Zeitraffer 20×", "remark": "Anruf aus Mayen"}


def test_signing_in_to_a_drill_leaves_the_session_of_real_operation_alone(client, drill):
    form = {"login": "crisis", "password": "richtig"}
    answer = client.post("/anmelden/senden", data=form, headers=HERE)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{DRILL_COOKIE}=")
    assert f"{COOKIE}=" not in cookie


def test_the_pace_that_a_drill_has_is_the_chosen_one_even_an_unusual_one(steps, drill, crisis):
    options, chosen = steps.offer_paces("id")
    assert chosen == "20"
    assert [option["value"] for option in options] == ["1", "5", "20", "60", "200", "600"]
    drill.drills.desk.shown = replace(drill.drills.desk.shown, speed=45.0)
    options, chosen = steps.offer_paces("id")
    assert chosen == "45"
    assert {"value": "45", "label": "45×"} in options


def test_in_real_operation_no_pace_is_offered(steps, found, crisis):
    assert steps.offer_paces("id") == (no_update, no_update)
