"""The verbs that run processes: all of them, one alone, or all with a replayed event."""

import json
import logging
import signal
import sys

import click

from config import Settings
from verbs.exit_codes import EXIT_FAULT


@click.command()
def run() -> None:
    """Start web, worker and ingest; Ctrl-C ends all of them."""
    _run(Settings())


@click.command()
def web() -> None:
    """Run the web process alone: pages, API and webhooks."""
    from verbs.web import serve

    serve(Settings())


@click.command()
def worker() -> None:
    """Run the worker alone: flood cycles, with the jobs or (with a broker) from the queue."""
    if Settings().broker_url.get_secret_value():
        from queue_worker import work_on_cycles as work
    else:
        from worker import main as work
    work()


@click.command()
def jobs() -> None:
    """With a broker: run recurring jobs and background callbacks from the queue."""
    _require_broker()
    from queue_worker import work_on_jobs

    work_on_jobs()


@click.command()
def beat() -> None:
    """With a broker: put the recurring tasks on the queue."""
    _require_broker()
    from queue_worker import beat as ask

    ask()


@click.command()
def ingest() -> None:
    """Run ingest alone: MQTT and spool into the configured database."""
    from ingest import main as take_in

    take_in()


@click.command()
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
    from verbs.drill_keeper import keep_drills
    from verbs.supervise import Group, commands

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    group = Group(commands(settings))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: group.stop.set())
    click.echo(f"{what} startet auf http://{settings.host}:{settings.port} (Ende: Strg-C)")
    keeper = keep_drills(settings, group.stop)
    code = group.run()
    group.stop.set()
    keeper.join()
    sys.exit(code)
