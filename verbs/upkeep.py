"""The verbs of upkeep: check region and catalogue, archive, go live."""

import sys
from pathlib import Path

import click

from config import Settings
from verbs.exit_codes import EXIT_FAULT


@click.group()
def region() -> None:
    """Work with region packs."""


@region.command("check")
@click.argument("directory", required=False, type=click.Path(path_type=Path))
def region_check(directory: Path | None) -> None:
    """Check a region pack: names file, row, column and reason of each fault."""
    from data.region_pack.faults import RegionPackError
    from data.region_pack.loader import load_region
    from services.ingestion.mapping import mapping_faults
    from services.region import open_region

    path = directory or Settings().region_path
    try:
        load_region(path)
        checked = open_region(path, simulated=True)
        pack, events = checked.pack, checked.scenarios
        unmapped = mapping_faults(pack.sensors)
    except RegionPackError as error:
        for fault in error.faults:
            click.echo(str(fault))
        click.echo(f"{len(error.faults)} Fehler in {path}.", err=True)
        sys.exit(EXIT_FAULT)
    if unmapped:
        click.echo("\n".join(unmapped))
        sys.exit(EXIT_FAULT)
    click.echo(
        f"{pack.info.name}: in Ordnung. {len(pack.municipalities)} Gemeinden, {len(pack.rivers)} "
        f"Gewässer, {len(pack.gauges)} Pegel, {len(pack.places)} Orte, {len(pack.sensors)} "
        f"Sensorwerte, {len(events)} Ereignisse."
    )


@click.group("catalogue")
def catalogue_group() -> None:
    """Work with the catalogue of open data."""


@catalogue_group.command("check")
@click.option("--shapes", type=click.Path(path_type=Path), help="Check by a SHACL file instead.")
def catalogue_check(shapes: Path | None) -> None:
    """Check the exported catalogue (DCAT-AP.de) by our rules or a given file of shapes."""
    from verbs.catalogue import check_catalogue

    report, is_refused = check_catalogue(Settings(), shapes)
    click.echo(report)
    sys.exit(EXIT_FAULT if is_refused else 0)


@click.command()
def archive() -> None:
    """Move old months into files after the region's retention, as the worker does daily."""
    from wiring import wire
    from wiring_work import make_archive

    done = make_archive(wire(Settings())).run()
    click.echo(
        f"{done.months} Monate mit {done.observations} Werten archiviert, "
        f"{done.waiting} noch nicht verdichtet."
    )


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def live(*, yes: bool) -> None:
    """Switch from demonstration to real operation and purge what was simulated."""
    from verbs.live import go_live

    if not (yes or _agreed("Simulierte Werte werden gelöscht. Weiter? [j/n]")):
        click.echo("Abgebrochen; es wurde nichts geändert.")
        sys.exit(EXIT_FAULT)
    click.echo(go_live(Settings()))


def _agreed(question: str) -> bool:
    """Ask in German; everything but a yes is a no, the end of the input too."""
    try:
        answer = click.prompt(question, default="n", show_default=False, prompt_suffix=" ")
    except click.Abort:
        click.echo()
        return False
    return str(answer).strip().casefold() in {"j", "ja"}
