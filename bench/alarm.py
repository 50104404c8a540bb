"""Bench `alarm`: from a published reading to the first message handed over, at 200 uplinks/s.

`decided_p99_s` is of all readings: until the alarms of a run that knows the reading, or a younger
one of its gauge, were decided and stored. In the same stream each gauge then jumps far above its
levels: `handed_p99_s` is of the alarms that this opens, from then until a gateway on this machine
has taken the first message. `alarm_p99_s` is the sum of both: the whole way is seldom longer.
"""

import tempfile
import threading
import time
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from bench.ingest_state import AFTER_S, MICRO, RATE, SECONDS, SETTLE_S, Sent, publish, waits
from bench.receiver import enter_recipient, receiver, wait_for_store
from bench.report import NOTHING, Measured, percentile
from bench.uplink import broker_answers, live_pack, processes
from data.column_types import EPOCH
from data.engine import make_engine, make_sessions
from data.region_pack.loader import load_region
from services.alarms.after_cycle import LOOKED

SAMPLE_S = 0.05
"""How often the bench asks which run's alarms were decided: a cycle takes longer than that."""
CALM_M = 0.3
"""A level that stands still: no alarm is open when the gauges jump."""
HIGH_M = 4.0
HIGH_S = 15.0
"""So long the stream goes on after the jump."""
LOOKS = "select message, last_success_at from source_states where source = :source"
STATES = "select run_id, gauge_id, observed_at from gauge_states where observed_at is not null"
HANDED = """
select a.alarm_id, a.opened_wall_at, min(t.finished_at) from alarms a
left join outbox_messages m on m.alarm_id = a.alarm_id
left join deliveries d on d.message_id = m.message_id
left join delivery_attempts t on t.delivery_id = d.delivery_id and t.outcome = 'accepted'
where a.rule = 'stufe' and a.opened_wall_at > :since
group by a.alarm_id, a.opened_wall_at
"""


def measure() -> Measured:
    """Publish at the rate, let all gauges jump in the stream, watch decisions and messages."""
    if not broker_answers():
        return _measured([], [], 0, 0)
    with tempfile.TemporaryDirectory() as folder, receiver(Path(folder)) as (channels, got):
        root = Path(folder)
        pack_dir = live_pack(root / "pack")
        pack = load_region(pack_dir)
        more = {"COCKPIT_CHANNELS_FILE": str(channels)}
        with processes(root, pack_dir, is_mqtt=True, more=more) as prefix:
            time.sleep(SETTLE_S)
            engine = make_engine(f"sqlite:///{root / 'state' / 'cockpit.sqlite'}")
            sessions = make_sessions(engine)
            wait_for_store(sessions, pack.info.id)
            enter_recipient(sessions, pack.info.id)
            time.sleep(SETTLE_S)
            looks: dict[str, float] = {}
            stop = threading.Event()
            watcher = threading.Thread(target=_watch, args=(engine, looks, stop))
            watcher.start()
            sent = publish(prefix, list(pack.sensors), SECONDS + HIGH_S, _stage_m)
            time.sleep(AFTER_S)
            stop.set()
            watcher.join()
        delays = waits(_known(engine, looks), sent)
        jumped = min(times[0][1] for times in sent.values()) + SECONDS
        handed, opened = _handed(engine, jumped)
        engine.dispose()
    return _measured(delays, handed, opened, len(got))


def _stage_m(number: int) -> float:
    return CALM_M if number < RATE * SECONDS else HIGH_M


def _measured(delays: list[float], handed: list[float], opened: int, received: int) -> Measured:
    decided_s, handed_s = percentile(delays, 0.99), percentile(handed, 0.99)
    whole_s = NOTHING if NOTHING in (decided_s, handed_s) else decided_s + handed_s
    return Measured(
        figures={
            "alarm_p99_s": whole_s,
            "decided_p50_s": percentile(delays, 0.5),
            "decided_p99_s": decided_s,
            "handed_p50_s": percentile(handed, 0.5),
            "handed_p99_s": handed_s,
            "opened": float(opened),
            "told": float(len(handed)),
            "received": float(received),
            "uplinks_per_s": RATE if delays else 0.0,
            "readings": float(len(delays)),
        },
        targets={
            "alarm_p99_s": {"max": 5.0},
            "opened": {"min": 1.0},
            "told": {"min": float(opened)},
        },
    )


def _handed(engine: Engine, since_s: float) -> tuple[list[float], int]:
    """Return the seconds from opening to the first accepted message, and how many were opened."""
    since = int((since_s - EPOCH.timestamp()) * MICRO)
    with engine.connect() as connection:
        rows = connection.execute(text(HANDED), {"since": since}).all()
    handed = [(finished - opened) / MICRO for _alarm, opened, finished in rows if finished]
    return handed, len(rows)


def _watch(engine: Engine, looks: dict[str, float], stop: threading.Event) -> None:
    """Note when the alarms of each run were decided, by the product's own clock."""
    while not stop.wait(SAMPLE_S):
        try:
            with engine.connect() as connection:
                row = connection.execute(text(LOOKS), {"source": LOOKED}).first()
        except OperationalError:
            continue
        if row is not None:
            looks.setdefault(row[0], row[1] / MICRO + EPOCH.timestamp())


def _known(engine: Engine, looks: dict[str, float]) -> Sent:
    """Return by gauge the readings that decisions knew, and when those were stored."""
    with engine.connect() as connection:
        rows = connection.execute(text(STATES)).all()
    known: Sent = {}
    for run_id, gauge_id, observed_at in rows:
        if run_id in looks:
            at = observed_at / MICRO + EPOCH.timestamp()
            known.setdefault(gauge_id, []).append((at, looks[run_id]))
    return {gauge_id: sorted(found) for gauge_id, found in known.items()}
