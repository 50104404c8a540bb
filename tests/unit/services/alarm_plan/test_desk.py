"""Stages are started by people; measures go their way step by step, for two people at once too."""

import csv
import io
import threading
from dataclasses import replace

import pytest

from data import journal
from services.alarm_plan.desk import Change
from services.alarm_plan.errors import (
    MeasureRefusedError,
    MeasureTakenError,
    UnknownMeasureError,
)
from services.alarm_plan.model import Status
from services.flood.model import State
from services.people.errors import NotAllowedError
from services.people.identity import acting
from services.people.model import Role
from tests.support.sample_people import identity_of
from tests.support.sample_plan import Plan

CRISIS = identity_of(Role.CRISIS)
OTHER = identity_of(Role.CRISIS, person_id="id-2", name="Dienst zwei")
PLACE = ("mayen", "nette")


@pytest.fixture
def plan(sessions, region):
    return Plan(sessions, region)


def board(plan):
    with acting(CRISIS):
        return plan.room.reading.board()


def start(plan, level="voralarm", river="nette"):
    with acting(CRISIS):
        return plan.room.desk.start(river, level, "Anordnung der Leitung")


def steps(plan):
    [stage] = board(plan).stages
    return stage.steps


def change(plan, step, status, who=CRISIS, **more):
    with acting(who):
        plan.room.desk.change(step.step_id, step.version, Change(status, **more))


def told(plan):
    with plan.sessions() as session:
        wanted = journal.Search("myk", "live")
        return [row.text for row in journal.search(session, wanted, 50, newest_first=False)]


def test_a_state_proposes_and_a_person_starts(plan):
    plan.states[PLACE] = State.WARNUNG
    [proposal] = board(plan).proposals
    assert board(plan).stages == ()
    assert {row.measure_id for row in proposal.rows} >= {"warn-stab", "warn-schulen"}
    start(plan, "warnung")
    assert board(plan).proposals == ()
    assert len(steps(plan)) == len(proposal.rows)
    assert all(step.status is Status.OPEN for step in steps(plan))
    [text] = told(plan)
    assert text.startswith("Alarmplan Nette, Stufe Warnung, gestartet mit")


def test_a_lower_level_by_hand_leaves_the_measures_of_the_place_proposed(plan):
    plan.states[PLACE] = State.ALARM
    start(plan, "voralarm")
    assert {step.level for step in steps(plan)} == {State.VORALARM}
    [proposal] = board(plan).proposals
    assert {"warn-schulen", "alarm-mayen-innenstadt"} <= {row.measure_id for row in proposal.rows}


def test_a_start_needs_a_reason_where_no_state_proposes_it(plan):
    plan.states[PLACE] = State.WARNUNG
    desk = plan.room.desk
    with acting(CRISIS):
        for river, level in (("nette", "alarm"), ("elzbach", "voralarm")):
            with pytest.raises(MeasureRefusedError, match="Bitte den Grund angeben"):
                desk.start(river, level, " ")
        assert board(plan).stages == ()
        desk.start("nette", "warnung")
    [stage] = board(plan).stages
    assert stage.reason == "vom Zustand vorgeschlagen"


def test_what_ended_is_not_taken_back_by_a_state(plan):
    plan.states[PLACE] = State.WARNUNG
    start(plan, "warnung")
    plan.states.clear()
    assert len(board(plan).stages) == 1


def test_a_stage_is_started_once(plan):
    start(plan)
    with pytest.raises(MeasureRefusedError, match="schon gestartet"):
        start(plan)
    start(plan, river="elzbach")
    assert len(board(plan).stages) == 2


def test_two_who_start_at_once_make_one_stage(plan):
    gate, refused = threading.Barrier(2), []

    def go():
        gate.wait()
        try:
            start(plan)
        except MeasureRefusedError as error:
            refused.append(error)

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 1
    assert len(board(plan).stages) == 1


def test_a_measure_goes_its_way_and_each_step_is_in_the_journal(plan):
    start(plan)
    first = steps(plan)[0]
    change(plan, first, Status.BEGUN, responsible="Zug 1")
    plan.clock.instant = plan.clock.instant.replace(minute=30)
    begun = steps(plan)[0]
    change(plan, begun, Status.DONE)
    done = steps(plan)[0]
    assert (done.status, done.responsible, done.changed_by) == (Status.DONE, "Zug 1", CRISIS.name)
    assert done.begun_at < done.ended_at
    assert [text.rpartition(" – ")[2] for text in told(plan)[1:]] == [
        "begonnen (Zug 1)",
        "erledigt",
    ]
    assert first.step_id not in {step.step_id for step in board(plan).unfinished}


def test_a_precondition_must_be_confirmed(plan):
    start(plan)
    step = next(step for step in steps(plan) if step.precondition)
    with pytest.raises(MeasureRefusedError, match="Voraussetzung"):
        change(plan, step, Status.BEGUN)
    change(plan, step, Status.BEGUN, is_checked=True)
    assert "Voraussetzung bestätigt" in told(plan)[-1]


@pytest.mark.parametrize(
    ("status", "note", "why"),
    [
        (Status.DONE, "", "geht es nicht"),
        (Status.IMPOSSIBLE, " ", "notieren, warum"),
        (Status.OPEN, "", "geht es nicht"),
    ],
)
def test_a_way_that_is_none_is_refused_in_words(plan, status, note, why):
    start(plan)
    with pytest.raises(MeasureRefusedError) as refused:
        change(plan, steps(plan)[0], status, note=note)
    assert why in refused.value.user_message
    assert len(told(plan)) == 1


def test_a_mistaken_tick_is_taken_back_with_a_note(plan):
    start(plan)
    change(plan, steps(plan)[0], Status.IMPOSSIBLE, note="Straße gesperrt")
    change(plan, steps(plan)[0], Status.OPEN, note="Straße wieder frei")
    step = steps(plan)[0]
    assert (step.status, step.begun_at, step.ended_at) == (Status.OPEN, None, None)
    assert "wieder offen" in told(plan)[-1]


def test_of_two_who_tick_at_once_one_is_told(plan):
    start(plan)
    step = steps(plan)[0]
    gate, said = threading.Barrier(2), []

    def tick(who):
        gate.wait()
        try:
            change(plan, step, Status.BEGUN, who)
        except MeasureTakenError as error:
            said.append(error.user_message)

    threads = [threading.Thread(target=tick, args=(who,)) for who in (CRISIS, OTHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(said) == 1
    assert "gerade schon geändert (jetzt: begonnen)" in said[0]
    assert len(told(plan)) == 2


def test_a_stage_with_open_measures_is_closed_with_a_reason_only(plan):
    stage = start(plan)
    with acting(CRISIS):
        with pytest.raises(MeasureRefusedError, match="noch offen"):
            plan.room.desk.close(stage)
        plan.room.desk.close(stage, "Entwarnung")
        with pytest.raises(UnknownMeasureError):
            plan.room.desk.close(stage)
    found = board(plan)
    assert (found.stages, found.closed[0].closing_note) == ((), "Entwarnung")
    with pytest.raises(UnknownMeasureError):
        change(plan, found.closed[0].steps[0], Status.BEGUN)
    start(plan)


@pytest.mark.parametrize(
    ("river", "level"), [("gibt-es-nicht", "alarm"), ("nette", "ok"), ("", "")]
)
def test_only_what_there_is_can_be_started(plan, river, level):
    with pytest.raises(MeasureRefusedError):
        start(plan, level, river)


def test_a_wall_starts_nothing(plan):
    with acting(replace(CRISIS, is_wall=True)), pytest.raises(NotAllowedError):
        plan.room.desk.start("nette", "alarm")


def test_files_name_actors_and_hold_no_formula(plan):
    start(plan, "alarm")
    step = next(step for step in steps(plan) if not step.precondition)
    change(plan, step, Status.IMPOSSIBLE, note="=1+1")
    with acting(CRISIS):
        rows = list(csv.DictReader(io.StringIO(plan.room.files.csv())))
        every = plan.room.files.running_sheet()
        one = plan.room.files.running_sheet("THW")
    assert "'=1+1" in {row["notiz"] for row in rows}
    assert {row["stufe"] for row in rows} == {"Voralarm", "Warnung", "Alarm"}
    assert every.startswith(b"%PDF")
    assert len(one) < len(every)
    with acting(CRISIS):
        [line] = [text for text in plan.room.reading.open_lines() if "Fachberatung" in text]
    assert line.endswith("(Nette; offen)")
