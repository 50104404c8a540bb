"""The verbs of devices: list, commission, note, take in kept messages, export."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from config import Settings
from verbs.acting import acting_as

if TYPE_CHECKING:
    from wiring import Wired


@click.group()
def device() -> None:
    """Work with LoRaWAN devices."""


@device.command("list")
def device_list() -> None:
    """List all devices with their state, and those that send without a gauge."""
    from wiring_data import make_devices

    with _wired() as wired:
        found = make_devices(wired).overview()
        for view in found.devices:
            click.echo(f"{view.dev_eui}  {view.state.value:<12}  {view.gauge_name}  {view.model}")
        for item in found.unknown:
            click.echo(f"{item.dev_eui}  ohne Pegel    {messages(item.count)}")


@device.command("add")
@click.argument("dev_eui")
@click.option("--gauge", required=True, help="Id of the gauge.")
@click.option("--model", required=True, help="Decoder, `bytes`, or `objekt`.")
@click.option("--place", default="", help="Mount height in m, or the path.")
@click.option("--unit", default="", help="Unit of a value with a path of its own.")
@click.option("--height", default="", help="Mount height in m beside a path.")
@click.option("--by", required=True, help="Who commissions.")
def device_add(  # noqa: PLR0913  # one parameter per option
    dev_eui: str, gauge: str, model: str, place: str, unit: str, height: str, by: str
) -> None:
    """Assign a device to a gauge; ingest takes it up within a minute."""
    from services.devices.commission_rows import Commission
    from wiring_data import make_commissioning

    with _wired() as wired, acting_as(by):
        asked = Commission(dev_eui, gauge, model, place, unit, height)
        kept = make_commissioning(wired).add(asked)
        click.echo(f"{dev_eui} ist dem Pegel {gauge} zugeordnet, {messages(kept)} aufgehoben.")


@device.command("note")
@click.argument("dev_eui")
@click.option("--kind", required=True, help="Einbau, Batterie, Reinigung, Störung, Ausbau, Notiz.")
@click.option("--text", default="", help="What was.")
@click.option("--by", required=True, help="Who writes.")
def device_note(dev_eui: str, kind: str, text: str, by: str) -> None:
    """Append an entry to a device's maintenance log."""
    from wiring_data import make_maintenance

    with _wired() as wired, acting_as(by):
        make_maintenance(wired).note(dev_eui, kind, text)
        click.echo(f"Eingetragen: {kind} an {dev_eui}.")


@device.command("catchup")
@click.argument("dev_eui")
@click.option("--by", required=True, help="Who asks for it.")
def device_catch_up(dev_eui: str, by: str) -> None:
    """Take in the messages that were kept before the device was known."""
    from wiring_data import make_commissioning

    with _wired() as wired, acting_as(by):
        done = make_commissioning(wired).catch_up(dev_eui)
        click.echo(f"{messages(done)} nachgeholt.")


@device.command("remove")
@click.argument("dev_eui")
@click.option("--text", default="", help="Why.")
@click.option("--by", required=True, help="Who takes it back.")
def device_remove(dev_eui: str, text: str, by: str) -> None:
    """Take back a commissioning; readings and log stay."""
    from wiring_data import make_commissioning

    with _wired() as wired, acting_as(by):
        make_commissioning(wired).remove(dev_eui, text)
        click.echo(f"{dev_eui} ist keinem Pegel mehr zugeordnet.")


@device.command("export")
def device_export() -> None:
    """Print commissioned devices as lines of sensors.csv, to move them into the region pack."""
    from wiring_data import make_commissioning

    with _wired() as wired:
        click.echo(make_commissioning(wired).export(), nl=False)


@contextmanager
def _wired() -> Iterator["Wired"]:
    from wiring import wire

    made = wire(Settings())
    try:
        yield made
    finally:
        made.engine.dispose()


def messages(count: int) -> str:
    """Count messages in German."""
    return "1 Meldung" if count == 1 else f"{count} Meldungen"
