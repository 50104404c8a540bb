"""Limits: shipped for every property, overridden by the region, refused with file and reason."""

import math
from dataclasses import fields

import numpy as np
import pytest
from click.testing import CliRunner

from cli import main
from data.region_pack.faults import RegionPackError
from data.region_pack.quality import load_quality
from services.flood.model import Flag, Series
from services.flood.qc import Limits
from services.quality.receipt import judge_value
from services.quality.rules import make_rules, shipped


def own(tmp_path, body):
    (tmp_path / "quality.toml").write_text(body, encoding="utf-8")
    return load_quality(tmp_path)


def test_the_shipped_limits_of_levels_are_those_of_the_engine():
    [stage] = [row for row in shipped().property if row.observed_property == "stage"]
    engine = Limits()
    for name in ("rate_suspect", "rate_fail", "spike_suspect", "spike_fail", "jump_suspect",
                 "flat_tolerance", "flat_suspect_h", "flat_fail_h"):  # fmt: skip
        assert getattr(stage, name) == getattr(engine, name)


def test_a_gauge_keeps_its_range_and_the_engines_limits(region):
    rules = make_rules(region.pack.gauges)
    gauge = region.pack.gauges[0]
    found = rules.of(f"{gauge.gauge_id}/{gauge.observes}")
    assert found is not None
    assert found.limits == Limits(range_min=gauge.range_min, range_max=gauge.range_max)


def test_a_region_overrides_property_and_datastream_and_the_digest_tells(tmp_path):
    found = own(
        tmp_path,
        '[[property]]\nobserved_property = "stage"\nunit = "m"\nsource = "x"\nrate_suspect = 0.3\n'
        '[[property]]\nobserved_property = "turbidity"\nunit = "NTU"\nsource = "x"\nfail_min = 0\n'
        '[[datastream]]\nkey = "a/stage"\nsource = "x"\nfail_max = 12.0\n',
    )
    rules = make_rules([], found)
    assert rules.by_stream["a/stage"].limits.rate_suspect == 0.3
    assert rules.by_stream["a/stage"].limits.range_max == 12.0
    assert rules.of("b/stage").limits.range_max == 50.0
    assert rules.of("b/turbidity").limits.range_min == 0.0
    assert rules.of("b/turbidity").limits.rate_fail == math.inf
    assert rules.of("b/unknown") is None
    assert rules.digest != make_rules([]).digest


def test_without_limits_nothing_is_found_but_what_is_no_number():
    nothing = Series(*(np.empty(0) for _ in fields(Series)))
    checks = make_rules([]).of("b/wind_direction")
    assert judge_value(nothing, 0.0, 359.0, checks).flag == Flag.GOOD
    assert judge_value(nothing, 0.0, 361.0, checks).test == "range"
    assert judge_value(nothing, 0.0, math.nan, checks) == (
        Flag.MISSING,
        "kein Zahlenwert",
        "syntax",
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('[[property]]\nobserved_property = "stage"\nunit = "m"\n', "source"),
        ('[[datastream]]\nkey = "ohne"\nsource = "x"\n', "key"),
        ('[[datastream]]\nkey = "a/stage"\nsource = "x"\nfail_min = 2\nfail_max = 1\n', "über"),
        ('[[datastream]]\nkey = "a/stage"\nsource = "x"\nrate_fail = 0\n', "rate_fail"),
        ('[[datastream]]\nkey = "a/stage"\nsource = "x"\n' * 2, "zweimal"),
        ("[[property]\n", "quality.toml"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(tmp_path, body, words):
    with pytest.raises(RegionPackError) as refused:
        own(tmp_path, body)
    assert any(words in str(fault) for fault in refused.value.faults)


def test_region_check_names_a_fault_of_the_file(tmp_path, region_dir):
    for path in region_dir.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "quality.toml").write_text('[[datastream]]\nkey = "x"\nsource = "y"\n')
    answer = CliRunner().invoke(main, ["region", "check", str(tmp_path)])
    assert answer.exit_code != 0
    assert "quality.toml" in answer.output
