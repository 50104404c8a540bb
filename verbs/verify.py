"""The verb `verify`: scores the engine on random events, keeps the result in the store."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from config import Settings
from services.clock import wall_now
from services.flood.verification.service import VerifyOptions, verify
from services.flood.verification.shelf import VerificationShelf
from services.flood.verification.summary import summary_lines
from verbs.parent_death import end_with_parent
from wiring import wire


def verify_engine(
    settings: Settings, numbers: tuple[int, int, int], write: Path | None
) -> dict[str, Any]:
    """Score the engine on `numbers` = (events, seed, members), store and return the report."""
    events, seed, members = numbers
    started_at = wall_now()
    options = VerifyOptions(settings.region_path, events, seed, members, in_process=end_with_parent)
    report = verify(options, started_at, _tell)
    wired = wire(settings)
    shelf = VerificationShelf(wired.sessions, wired.region, settings.region_path)
    shelf.keep(report, started_at, wall_now())
    wired.engine.dispose()
    if write is not None:
        text = json.dumps(report, ensure_ascii=False, indent=None, separators=(",", ":"))
        write.write_text(text + "\n", encoding="utf-8")
    return report


def summary(report: dict[str, Any]) -> str:
    """Return the report in a few German lines."""
    return "\n".join(summary_lines(report))


def _tell(done: int, events: int) -> None:
    click.echo(f"\rEreignis {done} von {events}", err=True, nl=done == events)
    sys.stderr.flush()
