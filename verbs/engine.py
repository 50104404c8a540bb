"""The verbs of the flood engine and its decoders: hindcast, verify, learn, route, decode."""

import json
import sys
from pathlib import Path

import click

from config import Settings


@click.command()
@click.argument("region_dir", type=click.Path(path_type=Path))
@click.argument("observations", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--timezone", default="UTC", show_default=True, help="Zone of times without offset.")
def hindcast(region_dir: Path, observations: Path, timezone: str, *, as_json: bool) -> None:
    """Score the lead times of a region pack on a file of past observations (ID,Time,Q or H)."""
    from verbs.hindcast import hindcast_file

    report = hindcast_file(region_dir, observations, timezone)
    click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2))


@click.command()
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


@click.command()
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


@click.command()
@click.option("--method", type=click.Choice(["muskingum", "mc", "mct"]), required=True)
@click.option("--config", type=click.Path(path_type=Path), required=True, help="JSON object.")
@click.option("--inflow", type=click.Path(path_type=Path), required=True, help="CSV: t_h,Q.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def route(method: str, config: Path, inflow: Path, *, as_json: bool) -> None:
    """Route an inflow through one channel: Muskingum, Muskingum-Cunge or its Todini form."""
    from verbs.route import as_table, route_files

    report = route_files(method, config, inflow)
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else as_table(report))


@click.command()
@click.option("--device", required=True, help="Id of the model, e.g. milesight-em500-udl.")
@click.option("--port", type=int, required=True, help="LoRaWAN port (fPort).")
@click.argument("hex_text", metavar="HEX")
def decode(device: str, port: int, hex_text: str) -> None:
    """Decode the payload HEX of a level sensor and print the measurements as JSON."""
    from services.ingestion.decoders.command import decode_command

    found, code = decode_command(device, port, hex_text)
    click.echo(json.dumps(found, ensure_ascii=False))
    sys.exit(code)
