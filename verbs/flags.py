"""The verbs of data quality: flag by hand, judge a period again."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from config import Settings
from verbs.acting import acting_as

FLAGS = {"gut": 1, "verdaechtig": 3, "falsch": 4, "automatisch": 0}
MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@click.group("quality")
def quality_group() -> None:
    """Work with quality flags; times are local times of the region."""


@quality_group.command("flag")
@click.argument("key")
@click.option("--start", type=MOMENT, required=True, help="First instant, 2026-03-01T12:00.")
@click.option("--end", type=MOMENT, required=True, help="Last instant; may lie ahead.")
@click.option("--flag", "word", type=click.Choice(list(FLAGS)), required=True, help="What it is.")
@click.option("--reason", required=True, help="Why; stands beside each value.")
@click.option("--by", required=True, help="Name of the person who decides.")
def quality_flag(  # one argument an option
    key: str, start: datetime, end: datetime, word: str, reason: str, by: str
) -> None:
    """Flag a period of the datastream KEY by hand (<thing>/<property>); it wins over all tests."""
    from services.quality.service import ManualFlag
    from wiring import wire
    from wiring_data import make_quality

    wired = wire(Settings())
    try:
        zone = wired.region.timezone
        wish = ManualFlag(key, _utc(start, zone), _utc(end, zone), FLAGS[word], reason)
        with acting_as(by):
            report = make_quality(wired).flag(wish)
    finally:
        wired.engine.dispose()
    click.echo(f"{report.changed} von {report.seen} Werten neu gekennzeichnet: {word}, {reason}")


@quality_group.command("reprocess")
@click.option("--key", default="", help="One datastream; without it all.")
@click.option("--start", type=MOMENT, required=True, help="First instant, 2026-03-01T12:00.")
@click.option("--end", type=MOMENT, required=True, help="Last instant.")
@click.option("--by", default="Verb", show_default=True, help="Name of the person who asks.")
@click.option("--dry-run", is_flag=True, help="Say what would change and change nothing.")
def quality_reprocess(key: str, start: datetime, end: datetime, by: str, *, dry_run: bool) -> None:
    """Judge stored values again with today's limits; writes only what changes.

    Gauges are compared with neighbours and rain again too. Months in the archive stay as they are.
    """
    from services.quality.verdict import WORDS
    from wiring import wire
    from wiring_data import make_quality

    wired = wire(Settings())
    try:
        zone = wired.region.timezone
        period = (_utc(start, zone), _utc(end, zone))
        with acting_as(by):
            report = make_quality(wired).reprocess(key, *period, dry_run=dry_run)
    finally:
        wired.engine.dispose()
    for name in sorted(report.before | report.after):
        before, after = report.before[name], report.after[name]
        click.echo(f"{COUNTED.get(name) or WORDS.get(name, name)}: {before} -> {after}")
    would = "würden geändert" if dry_run else "geändert"
    if report.hints.sentence:
        click.echo(report.hints.sentence)
    click.echo(f"{report.changed} von {report.seen} Werten {would}.")


COUNTED = {"good": "gut", "not evaluated": "nicht geprüft", "earlier": "ohne Angabe der Prüfung"}


def _utc(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)
