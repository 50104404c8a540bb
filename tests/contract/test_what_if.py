"""The what-if: bounded, one page of its own, unmistakably no situation, not lost by leaving."""

import importlib

from dash import no_update

from services.errors import RunRefusedError
from services.people.identity import acting
from services.people.model import Role
from services.runs import NOBODY
from services.situation.model import WhatIfRequest
from tests.support import trees
from tests.support.sample_people import identity_of


def page(name):
    return importlib.import_module(f"pages.{name}")


def test_a_request_starts_a_run_and_leads_to_its_page(app, found):
    run_id, url, words = page("water._what_if").begin(WhatIfRequest("iot-nitz", 0.3, 3))
    assert url == f"/gewaesser/lauf/{run_id}"
    assert words == ""
    assert found.runs.get(run_id).parameters["gauge_id"] == "iot-nitz"


def test_a_busy_service_is_told_in_its_own_sentence(app, found):
    found.runs.is_busy = True
    run_id, url, words = page("water._what_if").begin(None)
    assert run_id is no_update
    assert url is no_update
    assert "läuft schon eine Berechnung" in words


def test_buttons_that_only_appeared_start_nothing(app, found):
    before = len(found.runs.found)
    started = page("water._what_if").start_run(None, None, "iot-nitz", 30, 3)
    assert started == (no_update, no_update, "")
    assert len(found.runs.found) == before


def test_the_job_reports_its_steps_and_stores_the_result(app, found):
    seen = []
    job = page("water._run_job")
    run_id = found.runs.start_what_if(WhatIfRequest("iot-nitz", 0.3, 3), "test")
    assert job.execute_run(seen.append, run_id) == run_id
    assert seen[0] == ("10", "Messwerte lesen")
    assert found.runs.get(run_id).status == "fertig"


def test_a_run_is_stored_under_who_began_it(app, found, monkeypatch):
    asked = []
    monkeypatch.setattr(
        found.runs, "start_what_if", lambda _request, by: asked.append(by) or "run-1"
    )
    page("water._what_if").begin(None)
    with acting(identity_of(Role.PLANNER)):
        page("water._what_if").begin(None)
    assert asked == [NOBODY, "Dienst planner"]


def test_who_may_not_end_a_run_is_told_so(app, found, monkeypatch):
    def refuse(_run_id):
        raise RunRefusedError(user_message="jemand anderes")

    monkeypatch.setattr(found.runs, "cancel", refuse)
    headline, lead, *_, is_hidden = page("water.run").show_run("run-now", None, 1, None)
    assert "jemand anderes" in trees.text(lead)
    assert "nicht gefunden" not in headline
    assert not is_hidden
    assert page("water._run_job").cancel_run(1, "run-now") == "jemand anderes"


def test_a_job_whose_run_is_gone_tells_it_instead_of_failing(app, found):
    seen = []
    page("water._run_job").execute_run(seen.append, "weg")
    assert "gibt es nicht" in seen[-1][1]


def test_the_result_is_marked_as_no_situation_and_compared(app, found):
    headline, lead, body, stopped, hidden = page("water.run").show_run("run-done", None, None, None)
    words = trees.text([headline, lead, body])
    assert "Was wäre wenn – keine Lage" in words
    assert "Pegel Nitz steigt ab jetzt 3 Stunden lang um 30 cm je Stunde" in words
    assert "jetzige Lage" in words
    assert stopped
    assert hidden


def test_a_running_calculation_is_followed_and_can_be_cancelled(app, found):
    show = page("water.run").show_run
    headline, _, body, stopped, hidden = show("run-now", None, None, None)
    assert "läuft" in headline
    assert "40 %" in trees.text(body)
    assert not stopped
    assert not hidden
    headline, _, _, stopped, _ = show("run-now", None, 1, None)
    assert "abgebrochen" in headline
    assert stopped
