"""The verb `rota`: who has the duty of a role, by week and by exception."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config import Settings

if TYPE_CHECKING:
    from services.alarms.duties import Duties

ACTOR = "Verb auf dem Rechner"
AHEAD_DAYS = 7
LOCAL = click.DateTime(["%Y-%m-%dT%H:%M"])


@click.group()
def rota() -> None:
    """Duty rota: which group an alarm calls in place of a role."""


@rota.command("set")
@click.argument("role")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def rota_set(role: str, file: Path) -> None:
    """Replace the weekly pattern of a role by a table; says when nobody has the duty."""
    from services.alarms.rota import gaps
    from services.alarms.rota_table import read_weekly
    from services.clock import wall_now

    with _duties() as duties:
        duties.set_weekly(role, read_weekly(file.read_text(encoding="utf-8-sig")))
        missing = gaps(duties.rotas()[role], wall_now(), AHEAD_DAYS, duties.zone)
    click.echo(f"Der Wochenplan von „{role}“ ist eingetragen.")
    if missing:
        first = missing[0].astimezone(duties.zone)
        click.echo(
            f"In den nächsten {AHEAD_DAYS} Tagen ist {len(missing)} Stunden lang niemand"
            f" eingetragen, zuerst {first:%d.%m.%Y %H:%M}; dann wird die Gruppe „{role}“ gerufen."
        )


@rota.command("swap")
@click.argument("role")
@click.argument("group")
@click.option("--start", required=True, type=LOCAL, help="Local time, e.g. 2026-12-24T18:00.")
@click.option("--end", required=True, type=LOCAL, help="Local time, not included.")
@click.option("--note", default="", help="Why.")
def rota_swap(role: str, group: str, start: datetime, end: datetime, note: str) -> None:
    """Let another group have the duty for a while."""
    from services.alarms.rota import DutyException

    with _duties() as duties:
        period = (start.replace(tzinfo=duties.zone), end.replace(tzinfo=duties.zone))
        duties.add_exception(role, DutyException(*period, group), note)
    click.echo(f"„{role}“ übernimmt in dieser Zeit „{group}“.")


@rota.command("show")
def rota_show() -> None:
    """Say who has the duty of each role now."""
    from services.clock import wall_now

    with _duties() as duties:
        found = duties.rotas()
        now = wall_now()
        for role in sorted(found):
            click.echo(f"{role}: {found[role].on_duty(now, duties.zone) or 'niemand eingetragen'}")
    if not found:
        click.echo("Kein Dienstplan eingetragen: Alarme rufen die Gruppen ihrer Kette.")


@contextmanager
def _duties() -> Iterator["Duties"]:
    """Open the rota and act as the machine's administrator."""
    from services.alarms.duties import Duties
    from services.people.identity import acting
    from services.people.model import system
    from wiring import wire

    wired = wire(Settings())
    try:
        with acting(system(ACTOR)):
            yield Duties(wired.sessions, wired.region.region_id, wired.region.timezone)
    finally:
        wired.engine.dispose()
