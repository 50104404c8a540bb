import pytest

from caching import ProcessMemory
from services.cache_policy import POLICY, forget_at_once


def test_a_value_is_computed_once_within_its_lifetime_and_apart_for_each_key():
    memory, calls = ProcessMemory(), []

    def compute():
        calls.append(1)
        return len(calls)

    assert [memory("boundaries.current", "myk", compute) for _ in range(3)] == [1, 1, 1]
    assert memory("boundaries.current", "other", compute) == 2


def test_what_the_policy_does_not_name_is_not_cached():
    with pytest.raises(KeyError, match="something"):
        ProcessMemory()("something", "myk", lambda: 1)


def test_nothing_shown_as_now_is_kept_longer_than_a_second():
    assert POLICY["situation.snapshot"].seconds <= 1.0
    assert all(entry.rule.endswith(".") for entry in POLICY.values())


def test_without_a_memory_everything_is_computed():
    calls = []
    forget_at_once("situation.snapshot", "myk", lambda: calls.append(1))
    forget_at_once("situation.snapshot", "myk", lambda: calls.append(1))
    assert len(calls) == 2
