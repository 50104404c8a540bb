"""The shipped configuration is whole, and a region's file changes what it names."""

from datetime import timedelta

import pytest

from data.region_pack.alarms import LimitKey, RuleKey, load_alarms
from data.region_pack.faults import RegionPackError
from services.alarms.model import Rule, Severity
from services.alarms.policy import make_policy, shipped
from services.health.service import STALE_AFTER

OWN = """
[[rule]]
key = "still"
source = "Beschluss"
severity = "voralarm"
clear_min = 20

[[rule]]
key = "batterie"
source = "Beschluss"
enabled = false
clear_min = 20

[[rise]]
severity = "alarm"
m_per_h = 1.5
source = "Beschluss"

[[limit]]
key = "standstill_s"
value = 60
source = "Beschluss"

[[chain]]
severity = "alarm"
source = "Beschluss"

  [[chain.step]]
  after_min = 3
  group = "leitstelle"

[quiet]
start = "23:00"
end = "05:00"
source = "Beschluss"
"""


def own(folder, text):
    (folder / "alarms.toml").write_text(text, encoding="utf-8")
    return load_alarms(folder)


def test_every_rule_limit_and_severity_is_shipped_with_its_source():
    found = shipped()
    assert {row.key for row in found.rule} == {rule.value for rule in Rule}
    assert set(RuleKey.__args__) == {rule.value for rule in Rule}
    assert {row.key for row in found.limit} == set(LimitKey.__args__)
    assert {row.severity for row in found.chain} == {item.value for item in Severity}
    assert all(row.source for row in (*found.rule, *found.limit, *found.rise, *found.chain))


def test_the_shipped_standstill_is_the_one_of_health():
    assert make_policy().limits["standstill_s"] == STALE_AFTER.total_seconds()


def test_every_level_of_alarm_calls_somebody_at_once():
    chains = make_policy().plan.chains
    for severity in (Severity.WARNUNG, Severity.ALARM):
        assert chains[severity].steps[0].after == timedelta()
        assert chains[severity].repeats > 0


def test_an_alarm_that_nobody_takes_calls_for_a_day():
    chain = make_policy().plan.chains[Severity.ALARM]
    assert chain.repeat * chain.repeats >= timedelta(days=1)


def test_a_region_changes_what_it_names_and_nothing_else(tmp_path):
    policy, base = make_policy(own(tmp_path, OWN)), make_policy()
    assert policy.severity(Rule.SILENT) is Severity.VORALARM
    assert Rule.SILENT not in policy.in_flood
    assert policy.severity(Rule.LOST_RISING) is base.severity(Rule.LOST_RISING)
    assert policy.disabled == {Rule.BATTERY}
    assert policy.rise(1.0) is None
    assert policy.rise(1.5) is Severity.ALARM
    assert policy.limits == {**base.limits, "standstill_s": 60}
    assert [step.group for step in policy.plan.chains[Severity.ALARM].steps] == ["leitstelle"]
    assert policy.plan.chains[Severity.WARNUNG] == base.plan.chains[Severity.WARNUNG]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ('[[rule]]\nkey = "neu"\nsource = "x"\nclear_min = 5', "rule.0.key"),
        ('[[rule]]\nkey = "still"\nsource = ""\nclear_min = 5', "rule.0.source"),
        ('[[rule]]\nkey = "still"\nsource = "x"\nclear_min = 0', "rule.0.clear_min"),
        ('[quiet]\nstart = "25:00"\nend = "06:00"\nsource = "x"', "quiet.start"),
        ('[[limit]]\nkey = "gap_min"\nvalue = -1\nsource = "x"', "limit.0.value"),
        ("kaputt", ""),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, text, column):
    with pytest.raises(RegionPackError) as refused:
        own(tmp_path, text)
    [fault] = refused.value.faults
    assert (fault.file, fault.column) == ("alarms.toml", column)


def test_a_key_that_stands_twice_is_refused(tmp_path):
    entry = '[[limit]]\nkey = "gap_min"\nvalue = 5\nsource = "x"\n'
    with pytest.raises(RegionPackError, match="zweimal"):
        own(tmp_path, entry + entry)
