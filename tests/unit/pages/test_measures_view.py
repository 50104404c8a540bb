"""Buttons of the alarm plan: where the focus goes when the list was drawn anew."""

from dataclasses import replace

from pages.operations import _measures_view as view
from services.alarm_plan.model import Status
from services.flood.model import State
from tests.support import sample_plan, trees


def kept(tree):
    return [
        tuple(getattr(node, name, None) for name in ("data-keep", "data-keep-group"))
        for node in trees.components(tree)
        if getattr(node, "data-keep", None)
    ]


def rows_of(*steps):
    stage = replace(sample_plan.board().stages[0], steps=steps)
    return view.stages(sample_plan.board(stages=(stage,)), "", may_act=True)


def test_all_buttons_of_a_measure_keep_the_same_focus_as_it_goes_on():
    for status in Status:
        other = sample_plan.step("s2", status=status, version=7)
        names = {name for name, _ in kept(rows_of(other))}
        assert names == {"measure s2"}, status
    both = kept(rows_of(sample_plan.step(), sample_plan.step("s2")))
    assert len({name for name, _ in both}) == 2


def test_after_a_start_the_focus_goes_to_the_measures_of_that_stage():
    (button,) = [
        node
        for node in trees.components(view.proposals_panel(sample_plan.board(), may_act=True))
        if getattr(node, "data-keep-next", None)
    ]
    level, name = State.ALARM, "Elzbach"
    started = rows_of(sample_plan.step("s9", river_name=name, level=level))
    assert {group for _, group in kept(started)} == {getattr(button, "data-keep-next", "")}
    assert {group for _, group in kept(rows_of(sample_plan.step()))} != {
        getattr(button, "data-keep-next")
    }
