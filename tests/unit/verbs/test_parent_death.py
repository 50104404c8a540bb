"""Tying a child to its parent: asked of the kernel where it can, silently nothing elsewhere."""

import os
import signal

import pytest

from verbs import parent_death


@pytest.fixture
def killed(monkeypatch):
    found = []
    monkeypatch.setattr(os, "kill", lambda pid, number: found.append((pid, number)))
    return found


def test_the_kernel_is_asked_to_end_the_child_politely(monkeypatch, killed):
    asked = []
    monkeypatch.setattr(parent_death, "_PRCTL", lambda *given: asked.append(given) or 0)
    parent_death.end_with_parent(os.getppid())
    assert asked == [(parent_death.PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)]
    assert killed == []


def test_a_parent_that_died_meanwhile_ends_the_child_at_once(monkeypatch, killed):
    monkeypatch.setattr(parent_death, "_PRCTL", lambda *_: 0)
    parent_death.end_with_parent(os.getppid() + 1)
    assert killed == [(os.getpid(), signal.SIGTERM)]


@pytest.mark.parametrize("prctl", [None, lambda *_: -1])
def test_where_the_kernel_cannot_nothing_happens(monkeypatch, killed, prctl):
    monkeypatch.setattr(parent_death, "_PRCTL", prctl)
    parent_death.end_with_parent(os.getppid() + 1)
    assert killed == []
