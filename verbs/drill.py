"""The verb `drill`: a drill beside real operation, with store, spool and port of its own."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from config import Settings
from verbs.exit_codes import EXIT_FAULT

if TYPE_CHECKING:
    pass

NAMES = "Named event of the region, `zufall`, or `aufzeichnung`."


@click.group()
def drill() -> None:
    """Drills beside real operation; nothing of them reaches anybody outside."""


@drill.command("start")
@click.argument("event")
@click.option(
    "--speed", type=click.FloatRange(1, 600), default=20.0, show_default=True, help="Time lapse."
)
@click.option("--port", type=click.IntRange(1, 65535), help="Port; else COCKPIT_DRILL_PORT.")
@click.option("--seed", type=click.IntRange(0, 999_999), help="Of `zufall`: which one.")
@click.option("--from", "start", help="Of `aufzeichnung`: begin, ISO 8601 with zone.")
@click.option("--to", "end", help="Of `aufzeichnung`: end, ISO 8601 with zone.")
def drill_start(  # one parameter per option
    event: str, speed: float, port: int | None, seed: int | None, start: str | None, end: str | None
) -> None:
    """Play EVENT as a drill until Ctrl-C: a named event, `zufall` or `aufzeichnung`."""
    from services.drills.booth import Wish
    from verbs.drill_running import play

    stretch = (_instant(start), _instant(end))
    if event == "aufzeichnung":
        if None in stretch:
            _refuse("Eine Aufzeichnung braucht --from und --to, zum Beispiel 2026-11-28T06:00Z.")
        wish = Wish(start=stretch[0], end=stretch[1], speed=speed)
    elif event == "zufall":
        wish = Wish(seed=seed or 0, speed=speed)
    else:
        wish = Wish(event=event, speed=speed)
    settings = Settings()
    sys.exit(play(settings, wish, port or settings.next_drill_port))


@drill.command("report")
def drill_report() -> None:
    """Print the evaluation of the drill that runs or ran last, as CSV."""
    from verbs.drill_running import report

    click.echo(report(Settings()), nl=False)


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        _refuse(f"„{text}“ ist keine Zeit mit Zone, zum Beispiel 2026-11-28T06:00Z.")
    return found


def _refuse(words: str) -> None:
    click.echo(words, err=True)
    sys.exit(EXIT_FAULT)
