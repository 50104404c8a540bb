"""What leaves the database is in files first, and every question gets the answer it got before."""

import itertools
import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from data import archives, as_of, observations, rollups, things
from data.engine import writing
from data.models import HourlyRollup, Observation, ObservationRevision
from data.observations import ObservationRow
from data.region_pack.sensor_rows import RetentionRow
from services.archive.errors import ArchiveDamagedError
from services.archive.reading import SeriesReader
from services.archive.service import ArchiveService
from services.series.roller import Roller

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
START = datetime(2026, 1, 20, tzinfo=UTC)
STEP = timedelta(hours=3)
ROWS = 400
LIMIT = 10_000


def rule(observed_property="stage", kind="*", *, archive=True, keep_days=90):
    return RetentionRow(
        observed_property=observed_property,
        kind=kind,
        keep_days=keep_days,
        archive=archive,
        source="test",
        confidence="test",
    )


class Store:
    def __init__(self, sessions, folder):
        self.sessions = sessions
        self.reader = SeriesReader(folder)
        self.folder = folder
        self.roller = Roller(sessions, ZoneInfo("Europe/Berlin"), self.reader)
        with sessions.begin() as session:
            things.ensure(session, "r", [things.stream("g", "G", "gauge", "stage", "m")])
            self.stream = things.ids(session)["g/stage"]

    def put(self, rows):
        with self.sessions.begin() as session:
            observations.upsert(writing(session), rows)

    def row(self, at, value, received=None, flag=1):
        return ObservationRow(self.stream, at, received or at, value, value, flag, "", "live")

    def fill(self):
        chance = random.Random(1)  # noqa: S311  # which values, no secret
        times = [START + number * STEP for number in range(ROWS)]
        self.put([self.row(at, chance.random()) for at in times])
        later = [self.row(at, 9.0, at + timedelta(days=2)) for at in times[::7]]
        self.put(later)
        return times

    def roll(self):
        while self.roller.step():
            pass

    def archive(self, *rules):
        service = ArchiveService(self.sessions, self.folder, rules or (rule(),), lambda: NOW)
        return service.run()

    def window(self, start=START, end=NOW):
        with self.sessions() as session:
            return self.reader.window(session, self.stream, start, end, LIMIT)

    def known_at(self, then, start=START, end=NOW):
        with self.sessions() as session:
            return self.reader.known_at(session, self.stream, start, end, then)

    def hours(self):
        with self.sessions() as session:
            return rollups.stored(session, HourlyRollup, self.stream, START, NOW)

    def count(self, table):
        with self.sessions() as session:
            return session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def store(sessions, tmp_path):
    return Store(sessions, tmp_path / "archive")


def test_after_archiving_every_question_gets_the_same_answer(store):
    times = store.fill()
    store.roll()
    instants = [times[5], times[40] + timedelta(days=1), times[200], NOW]
    before = store.window(), [store.known_at(then) for then in instants], store.hours()
    done = store.archive()
    assert done.months == 2
    assert done.observations > 0
    after = store.window(), [store.known_at(then) for then in instants], store.hours()
    assert after == before
    with store.sessions() as session:
        left = observations.window(session, store.stream, START, NOW)
        files, rows = archives.count(session)
    assert min(left)[0] == datetime(2026, 3, 1, tzinfo=UTC)
    assert len(left) + rows == ROWS
    assert files == 2
    assert store.archive().months == 0


def test_late_and_corrected_values_of_an_archived_month_count_and_are_archived_later(store):
    times = store.fill()
    store.roll()
    store.archive()
    store.put(
        [
            store.row(times[3], 5.0, NOW),
            store.row(times[4] + timedelta(hours=1), 6.0, NOW),
        ]
    )
    expected = {at: value for at, value, _ in store.window()}
    assert expected[times[3]] == 5.0
    assert expected[times[4] + timedelta(hours=1)] == 6.0
    assert len(expected) == ROWS + 1
    store.roll()
    hour = next(row for row in store.hours() if row.start_at == times[3])
    assert (hour.count, hour.highest) == (1, 5.0)
    assert store.archive().months == 1
    assert {at: value for at, value, _ in store.window()} == expected
    before = store.known_at(NOW - timedelta(days=1))
    assert {at: value for at, value, _ in before}[times[3]] != 5.0


def test_a_month_that_is_not_rolled_up_waits(store):
    store.fill()
    done = store.archive()
    assert (done.months, done.waiting) == (0, 2)
    assert store.count(Observation) == ROWS


def test_a_rule_without_archive_deletes_and_keeps_the_rollups(store):
    store.fill()
    store.roll()
    hours = store.hours()
    assert store.archive(rule(archive=False)).months == 2
    assert store.hours() == hours
    assert not store.folder.exists()
    assert min(store.window())[0] == datetime(2026, 3, 1, tzinfo=UTC)


def test_the_most_precise_rule_counts_and_what_no_rule_names_stays(store):
    store.fill()
    store.roll()
    assert store.archive(rule("rain")).months == 0
    kept = rule("stage", "gauge", keep_days=36500)
    assert store.archive(rule("*"), rule("stage"), kept).months == 0
    assert store.archive(rule("*")).months == 2


def test_a_file_that_is_gone_or_changed_is_said_and_never_read(store):
    store.fill()
    store.roll()
    store.archive()
    first, second = sorted(store.folder.rglob("*.parquet"))
    first.write_bytes(second.read_bytes())
    with pytest.raises(ArchiveDamagedError):
        store.window()
    first.unlink()
    with pytest.raises(ArchiveDamagedError):
        store.window()
    assert len(store.window(datetime(2026, 3, 2, tzinfo=UTC))) > 0


def test_a_crash_between_file_and_commit_leaves_the_rows(store, monkeypatch):
    store.fill()
    store.roll()
    before = store.window()

    def crash(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archives, "remove", crash)
        with pytest.raises(KeyboardInterrupt):
            store.archive()
    assert store.count(Observation) == ROWS
    assert list(store.folder.rglob("*.parquet"))
    assert store.window() == before
    assert store.archive().months == 2
    assert store.window() == before
    assert store.count(ObservationRevision) < ROWS // 7


def test_names_of_folders_are_safe_and_never_shared():
    from services.archive.files import folder_of

    keys = ["../x/stage", "x/stage", "X/stage", "ä/stage", "x_/stage", "a" * 200]
    names = [folder_of(key) for key in keys]
    assert len(set(names)) == len(names)
    for name, other in itertools.pairwise(names):
        assert "/" not in name
        assert ".." not in name
        assert name != other


def test_the_database_alone_answers_where_nothing_is_archived(store):
    times = store.fill()
    with store.sessions() as session:
        plain = observations.window(session, store.stream, START, NOW)
        known = as_of.known_at(session, store.stream, START, NOW, times[9])
    assert store.window() == plain
    assert store.known_at(times[9]) == known


def test_the_api_reads_archived_months_page_by_page_with_their_receipts(store, region):
    from services.api_views.observations import ObservationService, Question
    from services.clock import SystemClock

    store.fill()
    store.roll()

    def pages():
        service = ObservationService(store.sessions, region, SystemClock(lambda: NOW), store.reader)
        found, after = [], None
        while True:
            asked = Question(start=START, end=NOW, limit=150, after=after)
            page = service.of_stream("g/stage", asked)
            found += page.items
            after = page.next_after
            if after is None:
                return found

    before = pages()
    store.archive()
    assert pages() == before
    assert len(before) == ROWS


def test_a_short_page_of_a_long_window_reads_only_the_first_file(store, monkeypatch):
    from services.archive import reading

    times = store.fill()
    store.roll()
    store.archive()
    opened = []
    real = reading.files.read
    monkeypatch.setattr(
        reading.files, "read", lambda path, digest: opened.append(path) or real(path, digest)
    )
    with store.sessions() as session:
        rows = store.reader.rows(session, store.stream, (START, NOW), 5)
        assert [row.phenomenon_time for row in rows] == times[:5]
        assert len(set(opened)) == 1
        nines = store.reader.rows(session, store.stream, (times[3], NOW), 3, {1})
        assert [row.phenomenon_time for row in nines] == times[3:6]
        assert store.reader.rows(session, store.stream, (START, NOW), 3, {4}) == []


@pytest.mark.parametrize("hours", [1, 30, 24 * 40])
def test_windows_that_begin_between_files_miss_nothing(store, hours):
    times = store.fill()
    before = {at: store.window(at, at + timedelta(hours=hours)) for at in times[:: ROWS // 9]}
    store.roll()
    store.archive()
    store.put([store.row(times[3], 4.5, NOW)])
    late = {at: store.window(at, at + timedelta(hours=hours)) for at in before}
    for at, rows in before.items():
        expected = [
            (time, 4.5, flag) if time == times[3] else (time, value, flag)
            for time, value, flag in rows
        ]
        assert late[at] == expected
