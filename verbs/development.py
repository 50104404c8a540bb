"""The verbs of development: test, check, bench, generate."""

import json
import sys

import click

from verbs.exit_codes import EXIT_FAULT


@click.command()
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED)
@click.option("--full", is_flag=True, help="Also the long runs: fuzz.")
def test(pytest_args: tuple[str, ...], *, full: bool) -> None:
    """Install what the tests need, then run lint, types, contracts and all tests."""
    from verbs.quality import run_checks, run_tests

    sys.exit(run_checks() or run_tests(pytest_args, is_full=full))


@click.command()
def check() -> None:
    """Run lint, format, types and import contracts."""
    from verbs.quality import run_checks

    sys.exit(run_checks())


@click.command()
@click.argument("name")
@click.option("--rows", type=click.IntRange(10_000), help="Size, where the bench has one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bench(name: str, rows: int | None, *, as_json: bool) -> None:
    """Measure one of: start, cycle, flood, chart, uplink, page, series, ingest, api."""
    from bench.registry import run_bench

    report = run_bench(name, rows)
    click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2))
    sys.exit(0 if report["ok"] else EXIT_FAULT)


@click.group()
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
