"""The verbs that import data from a file or address: boundaries, radar, tables."""

import sys
from pathlib import Path

import click

from config import Settings
from verbs.exit_codes import EXIT_FAULT


@click.group("import")
def import_group() -> None:
    """Import data from a file or address."""


@import_group.command("boundaries")
@click.argument("source")
@click.option("--attribution", help="Who made the data, as maps shall name it.")
def import_boundaries(source: str, attribution: str | None) -> None:
    """Import municipal boundaries with AGS from a GeoJSON or GeoPackage FILE or https URL."""
    from services.boundaries.service import OFFICIAL
    from wiring import wire

    wired = wire(Settings())
    named = attribution or OFFICIAL
    if "://" in source:
        number = wired.boundaries.import_url(source, source=named)
    else:
        number = wired.boundaries.import_file(Path(source), source=named)
    known = len(wired.region.pack.municipalities)
    click.echo(f"{number} von {known} Gemeinden der Region eingelesen, Quelle: {named}")


@import_group.command("radar")
@click.argument("file", type=click.Path(path_type=Path))
def import_radar(file: Path) -> None:
    """Import rain by catchment from a radar nowcast FILE (DWD product RV, tar or composite)."""
    from services.ingestion.radar.service import RadarService
    from wiring import wire

    wired = wire(Settings())
    found = RadarService(wired.sessions, wired.region).import_file(file)
    local = found.analysed_at.astimezone(wired.region.timezone)
    click.echo(
        f"Radar vom {local:%d.%m.%Y %H:%M}: {found.frames} Zeitschritte für {found.catchments} "
        f"Einzugsgebiete (schematisch), {found.changed} Werte neu, {found.missing} ohne Angabe"
    )


@import_group.command("table")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), required=True, help="TOML file.")
@click.option("--by", required=True, help="Name of the person who imports.")
@click.option("--dry-run", is_flag=True, help="Check only, store nothing.")
def import_table_file(file: Path, mapping: Path, by: str, *, dry_run: bool) -> None:
    """Import a CSV or Excel FILE as an indicator or a series, as a mapping says."""
    from verbs.tables import import_table, summary

    report = import_table(Settings(), file, mapping, by, dry_run=dry_run)
    click.echo(summary(report))
    sys.exit(0 if report.usable else EXIT_FAULT)
