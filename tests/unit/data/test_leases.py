import threading
from datetime import UTC, datetime, timedelta

from data import leases
from data.engine import writing

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TTL = timedelta(seconds=15)


def take(sessions, holder, at=NOW):
    with sessions.begin() as session:
        return leases.acquire(writing(session), "zyklus", holder, at, TTL)


def give_back(sessions, holder):
    with sessions.begin() as session:
        leases.release(writing(session), "zyklus", holder)


def test_one_holder_has_a_lease_until_its_time_is_over(sessions):
    assert take(sessions, "a")
    assert not take(sessions, "b", NOW + TTL / 2)
    assert take(sessions, "b", NOW + TTL)
    assert not take(sessions, "a", NOW + TTL + TTL / 2)


def test_a_holder_prolongs_its_own_lease(sessions):
    assert take(sessions, "a")
    assert take(sessions, "a", NOW + TTL / 2)
    assert not take(sessions, "b", NOW + TTL)


def test_only_the_holder_gives_a_lease_back(sessions):
    assert take(sessions, "a")
    give_back(sessions, "b")
    assert not take(sessions, "b")
    give_back(sessions, "a")
    assert take(sessions, "b")


def test_of_many_who_ask_at_once_exactly_one_gets_it(sessions):
    gate = threading.Barrier(8)
    won = []

    def ask(name):
        gate.wait()
        if take(sessions, name):
            won.append(name)

    threads = [threading.Thread(target=ask, args=(f"host-{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
