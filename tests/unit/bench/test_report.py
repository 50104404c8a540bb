"""A bench report has one form, and `ok` means that every target is met."""

import json
from importlib import import_module

import pytest

from bench.registry import NAMES, NoRowsError, UnknownBenchError, run_bench
from bench.report import Measured, percentile, report, within


def test_a_report_has_the_agreed_form_and_is_json():
    made = report("x", Measured({"a_s": 1.23456}, {"a_s": {"max": 2.0}}))
    assert set(made) == {"name", "machine", "figures", "targets", "ok"}
    assert made["figures"] == {"a_s": 1.2346}
    assert made["ok"] is True
    assert json.loads(json.dumps(made)) == made


@pytest.mark.parametrize(
    ("value", "bounds", "met"),
    [
        (2.0, {"max": 2.0}, True),
        (2.1, {"max": 2.0}, False),
        (3.0, {"min": 3.0}, True),
        (2.9, {"min": 3.0}, False),
        (5.0, {"min": 3.0, "max": 4.0}, False),
        (5.0, {}, True),
    ],
)
def test_a_target_is_met_within_its_bounds(value, bounds, met):
    assert within(value, bounds) is met


def test_one_missed_target_makes_the_report_not_ok():
    measured = Measured({"a": 1.0, "b": 9.0}, {"a": {"max": 2.0}, "b": {"max": 2.0}})
    assert report("x", measured)["ok"] is False


def test_a_percentile_is_one_of_the_values():
    values = [5.0, 1.0, 3.0, 2.0, 4.0]
    assert percentile(values, 0.5) == 3.0
    assert percentile(values, 0.99) == 5.0
    assert percentile([7.0], 0.5) == 7.0


def test_an_unknown_bench_is_refused_with_the_names_that_exist():
    with pytest.raises(UnknownBenchError) as caught:
        run_bench("speed")
    for name in NAMES:
        assert name in caught.value.user_message


@pytest.mark.parametrize("name", NAMES)
def test_every_named_bench_can_be_measured(name):
    module = import_module(f"bench.{name}")
    assert callable(module.measure)


def test_rows_are_refused_by_a_bench_that_has_none():
    with pytest.raises(NoRowsError):
        run_bench("start", rows=10_000)
