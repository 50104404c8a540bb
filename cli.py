"""The list of verbs. `./cockpit` runs the product; `./cockpit VERB --help` explains each."""

import json
import logging
import signal
import sys
from pathlib import Path

import click

from config import ROOT, Settings
from verbs.database import db
from verbs.device import device
from verbs.flags import quality_group

EXIT_FAULT = 1
EXIT_USAGE = 2


class CockpitGroup(click.Group):
    """Turns expected failures into one sentence and an exit code, without a stack trace."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb."""
        from verbs.failures import EXPECTED, sentence

        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            click.echo(sentence(error), err=True)
        return ctx.exit(EXIT_FAULT)


@click.group(
    cls=CockpitGroup, invoke_without_command=True, context_settings={"max_content_width": 100}
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Regionalcockpit: ohne Verb startet das Produkt auf http://127.0.0.1:8050."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(run)


@main.command()
def run() -> None:
    """Start web, worker and ingest; Ctrl-C ends all of them."""
    _run(Settings())


@main.command()
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED)
@click.option("--full", is_flag=True, help="Also the long runs: fuzz.")
def test(pytest_args: tuple[str, ...], *, full: bool) -> None:
    """Install what the tests need, then run lint, types, contracts and all tests."""
    from verbs.quality import run_checks, run_tests

    sys.exit(run_checks() or run_tests(pytest_args, is_full=full))


@main.command()
def check() -> None:
    """Run lint, format, types and import contracts."""
    from verbs.quality import run_checks

    sys.exit(run_checks())


@main.command()
def web() -> None:
    """Run the web process alone: pages, API and webhooks."""
    from verbs.web import serve

    serve(Settings())


@main.command()
def worker() -> None:
    """Run the worker alone: flood cycles, with the jobs or (with a broker) from the queue."""
    if Settings().broker_url.get_secret_value():
        from queue_worker import work_on_cycles as work
    else:
        from worker import main as work
    work()


@main.command()
def jobs() -> None:
    """With a broker: run recurring jobs and background callbacks from the queue."""
    _require_broker()
    from queue_worker import work_on_jobs

    work_on_jobs()


@main.command()
def beat() -> None:
    """With a broker: put the recurring tasks on the queue."""
    _require_broker()
    from queue_worker import beat as ask

    ask()


@main.command()
def ingest() -> None:
    """Run ingest alone: MQTT and spool into the configured database."""
    from ingest import main as take_in

    take_in()


@main.group("import")
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


@main.command()
@click.argument("name")
@click.option(
    "--speed",
    type=click.FloatRange(1, 3600),
    default=60.0,
    show_default=True,
    help="Time lapse of the screens.",
)
@click.option("--headless", is_flag=True, help="No screens: play as fast as it computes.")
@click.option("--json", "as_json", is_flag=True, help="Headless: print one JSON object.")
@click.option(
    "--step-min",
    type=click.FloatRange(1, 60),
    default=5.0,
    show_default=True,
    help="Headless: minutes of the event between two cycles.",
)
def replay(name: str, speed: float, step_min: float, *, headless: bool, as_json: bool) -> None:
    """Play the named event NAME of the region, for example 2021-07."""
    from verbs.replay import begin, play_headless
    from verbs.supervise import port_is_free, require_cockpit

    if headless or as_json:
        report = play_headless(Settings(), name, step_min)
        click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2))
        return
    settings = Settings()
    if port_is_free(settings.host, settings.port):
        scenario = begin(settings, name, speed)
        _start(settings, f"Nachstellung „{scenario.title}“")
    else:
        require_cockpit(settings.host, settings.port)
        scenario = begin(settings, name, speed)
        click.echo(
            f"Das laufende Cockpit zeigt jetzt „{scenario.title}“: "
            f"http://{settings.host}:{settings.port}"
        )


@main.command()
@click.argument("region_dir", type=click.Path(path_type=Path))
@click.argument("observations", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--timezone", default="UTC", show_default=True, help="Zone of times without offset.")
def hindcast(region_dir: Path, observations: Path, timezone: str, *, as_json: bool) -> None:
    """Score the lead times of a region pack on a file of past observations (ID,Time,Q or H)."""
    from verbs.hindcast import hindcast_file

    report = hindcast_file(region_dir, observations, timezone)
    click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2))


@main.command()
@click.option("--events", type=click.IntRange(1, 5000), default=200, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=2, show_default=True)
@click.option("--members", type=click.IntRange(20, 5000), default=200, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--write", type=click.Path(path_type=Path), help="Write the result to a file too.")
def verify(events: int, seed: int, members: int, write: Path | None, *, as_json: bool) -> None:
    """Score the engine on random events against the simulated truth."""
    from verbs.verify import summary, verify_engine

    report = verify_engine(Settings(), (events, seed, members), write)
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else summary(report))


@main.command()
@click.option("--accept", metavar="ID", help="Accept the travel time ID.")
@click.option("--reject", metavar="ID", help="Reject the travel time ID.")
@click.option("--by", default="", help="Name of the person who decides.")
@click.option("--comment", default="", help="Why.")
@click.option("--days", type=click.IntRange(1, 400), default=4, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def learn(
    accept: str | None, reject: str | None, by: str, comment: str, days: int, *, as_json: bool
) -> None:
    """Search the stored readings for travel times, list them, accept or reject one."""
    from verbs.learn import Decision, summary
    from verbs.learn import learn as search

    if accept and reject:
        raise click.UsageError("Entweder --accept oder --reject, nicht beides.")
    chosen = accept or reject
    decision = Decision(chosen, bool(accept), by, comment) if chosen else None
    report = search(Settings(), days, decision)
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else summary(report))


@main.command()
@click.option("--method", type=click.Choice(["muskingum", "mc", "mct"]), required=True)
@click.option("--config", type=click.Path(path_type=Path), required=True, help="JSON object.")
@click.option("--inflow", type=click.Path(path_type=Path), required=True, help="CSV: t_h,Q.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def route(method: str, config: Path, inflow: Path, *, as_json: bool) -> None:
    """Route an inflow through one channel: Muskingum, Muskingum-Cunge or its Todini form."""
    from verbs.route import as_table, route_files

    report = route_files(method, config, inflow)
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else as_table(report))


@main.command()
@click.option("--device", required=True, help="Id of the model, e.g. milesight-em500-udl.")
@click.option("--port", type=int, required=True, help="LoRaWAN port (fPort).")
@click.argument("hex_text", metavar="HEX")
def decode(device: str, port: int, hex_text: str) -> None:
    """Decode the payload HEX of a level sensor and print the measurements as JSON."""
    from services.ingestion.decoders.command import decode_command

    found, code = decode_command(device, port, hex_text)
    click.echo(json.dumps(found, ensure_ascii=False))
    sys.exit(code)


@main.command()
@click.argument("name")
@click.option("--rows", type=click.IntRange(10_000), help="Size, where the bench has one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bench(name: str, rows: int | None, *, as_json: bool) -> None:
    """Measure one of: start, cycle, flood, chart, uplink, page, series, ingest, api."""
    from bench.registry import run_bench

    report = run_bench(name, rows)
    click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2))
    sys.exit(0 if report["ok"] else EXIT_FAULT)


@main.group()
def generate() -> None:
    """Make data for measuring."""


@generate.command("series")
@click.option("--rows", type=click.IntRange(10_000), default=70_000_000, show_default=True)
@click.option("--database", required=True, help="URL of an empty database.")
def generate_series(rows: int, database: str) -> None:
    """Fill an empty database with series of 15 minutes: 200 of ten years make 70 million rows."""
    from verbs.generate import generate_series as fill

    made, seconds = fill(database, rows)
    click.echo(f"{made.rows} Messwerte in {len(made.datastream_ids)} Reihen, {seconds:.0f} s")


@main.group()
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


@main.group("catalogue")
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


@main.command()
def archive() -> None:
    """Move old months into files after the region's retention, as the worker does daily."""
    from wiring import wire
    from wiring_work import make_archive

    done = make_archive(wire(Settings())).run()
    click.echo(
        f"{done.months} Monate mit {done.observations} Werten archiviert, "
        f"{done.waiting} noch nicht verdichtet."
    )


main.add_command(db)
main.add_command(quality_group)
main.add_command(device)


@main.command()
@click.confirmation_option(prompt="Simulierte Werte werden gelöscht. Weiter?")
def live() -> None:
    """Switch from demonstration to real operation and purge what was simulated."""
    from verbs.live import go_live

    click.echo(go_live(Settings()))


def _require_broker() -> None:
    if not Settings().broker_url.get_secret_value():
        click.echo("Dieses Verb braucht COCKPIT_BROKER_URL (redis://Rechner:6379/0).", err=True)
        sys.exit(EXIT_FAULT)


def _run(settings: Settings) -> None:
    from verbs.prepare import prepare
    from verbs.replay import begin_demo
    from verbs.supervise import require_free_port

    require_free_port(settings.host, settings.port)
    prepare(settings)
    if settings.is_demo:
        begin_demo(settings)
    _start(settings, "Das Cockpit")


def _start(settings: Settings, what: str) -> None:
    from verbs.supervise import Group, commands

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    group = Group(commands(settings))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: group.stop.set())
    click.echo(f"{what} startet auf http://{settings.host}:{settings.port} (Ende: Strg-C)")
    sys.exit(group.run())


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(prog_name="./cockpit")
