"""A thread that ends by itself ends its process with an error; one that was told to does not."""

import threading

import pytest

from services.jobs.crew import Crew

PATIENCE_S = 10.0


def fail():
    raise ZeroDivisionError


@pytest.mark.parametrize("work", [fail, lambda: None], ids=["fails", "returns"])
def test_a_thread_that_ends_by_itself_stops_the_process_with_an_error(work, caplog):
    crew = Crew(threading.Event())
    crew.start("jobs", work)
    assert crew.stop.wait(PATIENCE_S)
    assert crew.fallen == ["jobs"]
    assert crew.exit_code == 1
    assert "Der Strang jobs" in caplog.text


def test_a_thread_that_was_told_to_stop_is_no_fault():
    crew = Crew(threading.Event())
    thread = crew.start("jobs", lambda: crew.stop.wait(PATIENCE_S))
    assert crew.exit_code == 0
    crew.stop.set()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    assert crew.exit_code == 0
