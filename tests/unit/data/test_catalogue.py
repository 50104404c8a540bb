"""Published data sets on both databases: taken over again and again, withdrawn once."""

from datetime import UTC, date, datetime, timedelta

from data import catalogue

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
FIRST = ("pegel", "Pegel", date(2025, 5, 1))
SECOND = ("regen", "Regen", date(2026, 2, 1))


def sync(sessions, *offered, at=NOW, region="myk"):
    with sessions() as session, session.begin():
        catalogue.sync(session, region, offered, at)
    with sessions() as session:
        return catalogue.entries(session, region)


def test_what_is_offered_again_stays_one_entry_and_takes_over_its_words(sessions):
    sync(sessions, FIRST, SECOND)
    found = sync(sessions, ("pegel", "Pegel neu", date(2025, 5, 2)), SECOND)
    assert [(row.title, row.issued) for row in found] == [
        ("Pegel neu", date(2025, 5, 2)),
        ("Regen", date(2026, 2, 1)),
    ]


def test_the_day_of_a_withdrawal_is_kept_until_the_data_set_comes_back(sessions):
    sync(sessions, FIRST, SECOND)
    sync(sessions, FIRST)
    later = NOW + timedelta(days=9)
    assert [row.withdrawn_at for row in sync(sessions, FIRST, at=later)] == [None, NOW]
    assert [row.withdrawn_at for row in sync(sessions, FIRST, SECOND)] == [None, None]


def test_a_region_without_any_data_set_withdraws_all_of_its_own(sessions):
    sync(sessions, FIRST, region="anderswo")
    sync(sessions, FIRST)
    assert [row.withdrawn_at for row in sync(sessions)] == [NOW]
    with sessions() as session:
        assert catalogue.entries(session, "anderswo")[0].withdrawn_at is None
