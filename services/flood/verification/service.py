"""Runs a whole verification: lists first, then the events on all processes, then the scores."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from services.flood.verification.attainable import attainable_minutes
from services.flood.verification.event_run import Bench, prepare_bench, run_event
from services.flood.verification.records import FORMAT, EventRecord
from services.flood.verification.report import attainable_lists, scores
from services.flood.version import MODEL_VERSION
from services.region import open_region
from services.simulation.random_events import random_event


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What a verification runs on: region folder, events, seed, members, processes."""

    region_path: Path
    events: int = 200
    seed: int = 2
    """Not 1: the nowcast and the spread of arrivals were fitted on events of seed 1."""
    members: int = 200
    processes: int = 2
    in_process: Callable[[int], None] | None = None
    """Called first in each process with the id of this one, to end with it."""


Progress = Callable[[int, int], None]
"""Called after each event with how many are done and how many there are."""


def verify(options: VerifyOptions, now: datetime, on_event: Progress) -> dict[str, Any]:
    """Return the report of a verification as plain values.

    Parameters
    ----------
    options
        What it runs on; the same options give the same scores.
    now
        Instant that the report names as its own.
    on_event
        Progress.
    """
    region = open_region(options.region_path, simulated=True)
    found = attainable_minutes(region)
    report: dict[str, Any] = {
        "format": FORMAT,
        "region": region.region_id,
        "model_version": MODEL_VERSION,
        "config_hash": region.network.config_hash,
        "made_at": now.isoformat(),
        "seed": options.seed,
        "events": options.events,
        "members": options.members,
        "attainable": attainable_lists(found),
    }
    records = []
    for done, record in enumerate(_records(options), start=1):
        records.append(record)
        on_event(done, options.events)
    return report | scores(sorted(records, key=lambda r: r.number), found, options.seed)


def _records(options: VerifyOptions) -> Iterator[EventRecord]:
    numbers = range(options.events)
    if options.processes == 1:
        yield from (_record(options, number) for number in numbers)
        return
    context = multiprocessing.get_context("spawn")
    begin = partial(options.in_process, os.getpid()) if options.in_process else None
    with ProcessPoolExecutor(options.processes, context, begin) as pool:
        yield from pool.map(_record, [options] * options.events, numbers)


def _record(options: VerifyOptions, number: int) -> EventRecord:
    bench = _bench(options.region_path, options.members)
    return run_event(bench, random_event(bench.stage, options.seed, number))


@lru_cache(maxsize=1)
def _bench(region_path: Path, members: int) -> Bench:
    """Return the bench of this process; it is built once in each."""
    return prepare_bench(open_region(region_path, simulated=True), members)
