"""Pieces of the page for planned outages: the form, what is out of service, what was."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.field import select_field, text_field
from components.links import page_link
from components.panel import panel
from components.table import Column, Row, data_table
from pages.operations import _night_ids as ids
from services.local_time import HOUR_PATTERN
from services.planned_outages.desk import LONGEST, REASON_MAX
from services.planned_outages.model import Kind, Outage

NOTHING = "__keine__"
"""Chosen where nothing is; a select shows an empty value as an empty box, without its words."""
TIME_MAX = 24


def form(subjects: Sequence[tuple[Kind, str, str]]) -> Component:
    """Ask what is taken out of service, until when and why."""
    options = [(NOTHING, "bitte wählen")]
    options += [(f"{kind}:{key}", name) for kind, key, name in subjects]
    with_devices = "Mit einem Pegel sind auch seine Geräte außer Betrieb."
    button = html.Button(
        "Außer Betrieb nehmen", id=ids.OUTAGE_PLAN, className="btn btn-primary", type="button"
    )
    hint = f"{HOUR_PATTERN}, höchstens {LONGEST.days} Tage"
    return panel(
        "Außer Betrieb nehmen",
        [
            html.Div(
                [
                    select_field(
                        "Pegel oder Gerät", ids.OUTAGE_SUBJECT, options, NOTHING, with_devices
                    ),
                    text_field("Bis wann?", ids.OUTAGE_UNTIL, TIME_MAX, hint),
                    text_field("Grund", ids.OUTAGE_REASON, REASON_MAX, "zum Beispiel Wartung"),
                ],
                className="form-stack",
            ),
            html.Div(button, className="actions panel__after"),
            html.Div(id=ids.OUTAGE_NOTE, role="status", className="panel__after"),
        ],
    )  # fmt: skip


def end_form() -> Component:
    """Ask what is back in service before its time."""
    button = html.Button(
        "Wieder in Betrieb", id=ids.OUTAGE_END, className="btn btn-quiet", type="button"
    )
    return panel(
        "Vorzeitig wieder in Betrieb",
        [
            select_field("Was", ids.OUTAGE_CHOSEN, [(NOTHING, "bitte wählen")], NOTHING),
            html.Div(button, className="actions panel__after"),
            html.Div(id=ids.OUTAGE_END_NOTE, role="status", className="panel__after"),
        ],
    )


def end_options(outages: Sequence[Outage], now: datetime) -> list[dict[str, str]]:
    """Offer what is out of service now."""
    held = [item for item in outages if item.holds(now)]
    first = {"value": NOTHING, "label": "bitte wählen" if held else "nichts ist außer Betrieb"}
    return [first, *({"value": str(item.outage_id), "label": item.name} for item in held)]


def headline(outages: Sequence[Outage], now: datetime) -> str:
    """Say how much is out of service now."""
    count = sum(item.holds(now) for item in outages)
    if not count:
        return "Nichts ist planmäßig außer Betrieb"
    verb = "ist" if count == 1 else "sind"
    return f"{formats.number(count)} {verb} planmäßig außer Betrieb"


def listed(outages: Sequence[Outage], now: datetime) -> Component:
    """Show what is and was out of service."""
    title = "Außerbetriebnahmen"
    if not outages:
        return panel(title, html.P("Es gab noch keine."))
    columns = [
        Column("Was"),
        Column("Stand", card="right"),
        Column("seit", label="seit", card="wide"),
        Column("bis", label="bis", card="wide"),
        Column("Grund", label="Grund", card="wide"),
        Column("durch", label="durch", card="wide"),
    ]
    rows = [Row(_cells(item, now)) for item in outages]
    caption = f"{len(rows)} Außerbetriebnahmen, die jüngste zuerst."
    if len(rows) == 1:
        caption = "1 Außerbetriebnahme."
    return panel(title, data_table(caption, columns, rows, variant="dense cards"))


def _cells(item: Outage, now: datetime) -> tuple[Component | str, ...]:
    name: Component | str = item.name
    if item.kind is Kind.GAUGE:
        name = page_link(item.name, urls.gauge_url(item.subject))
    end = item.ended_at or item.until_at
    ended = f" (vorzeitig von {item.ended_by})" if item.ended_at is not None else ""
    return (
        name,
        html.Strong("außer Betrieb") if item.holds(now) else "beendet",
        formats.moment(item.start_at, now),
        f"{formats.moment(end, now)}{ended}",
        item.reason,
        item.set_by,
    )
