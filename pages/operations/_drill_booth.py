"""Drills asked for in real operation: the form, how the running one stands, ended ones."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.field import select_field, text_field
from components.links import outside_link
from components.panel import loading_line, notice, panel
from components.table import Column, Row, data_table
from pages.operations import _drill_ids as ids
from services.container import services
from services.drills.booth import ENDING, RUNNING, BoothView, Wish
from services.drills.errors import DrillRefusedError
from services.local_time import PATTERN, instant_of

RANDOM, RECORDING = "zufall", "aufzeichnung"
SPEEDS = (
    ("1", "wie in Wirklichkeit"), ("5", "5×"), ("20", "20×"), ("60", "60×"), ("200", "200×"),
    ("600", "600×"),
)  # fmt: skip
DEFAULT_SPEED = "20"
BESIDE = (
    "Eine Übung läuft neben dem Echtbetrieb: mit eigenen Daten und eigenem Zugang, auf jeder Seite"
    " mit „ÜBUNG“. Empfänger und Kanäle hat sie nicht; niemand außerhalb wird erreicht."
)
OWN_ACCOUNTS = (
    "In die Übung kommt man mit einem Konto dieses Cockpits, nicht über den Anmeldedienst. Wer"
    " keines hat, dem legt die Verwaltung des Cockpits vorher eines an."
)
HERE_ONLY = (
    "Die Adresse gilt auf dem Rechner des Cockpits; wie andere Plätze sie erreichen, steht in der"
    " Anleitung docs/how-to/drill.md."
)


def form() -> list[Component]:
    """Lay out the choice of an event, and what has been played."""
    fields = html.Div(
        [
            select_field("Was wird gespielt?", ids.WHAT, [], ""),
            select_field("Zeitraffer", ids.START_SPEED, SPEEDS, DEFAULT_SPEED),
        ],
        className="form-row form-row--top",
    )
    hint = "gleiche Zahl, gleiches Ereignis"
    seed = text_field("Nummer des Zufallsereignisses", ids.SEED, 6, hint)
    stretch = html.Div(
        [text_field("von", ids.FROM, 24, PATTERN), text_field("bis", ids.TO, 24, PATTERN)],
        className="form-row form-row--top",
    )
    buttons = [
        html.Button("Übung starten", id=ids.START, className="btn btn-primary", type="button"),
        html.Button("Übung beenden", id=ids.END, className="btn btn-quiet", type="button"),
    ]
    return [
        html.Div(
            panel(
                "Übung starten",
                [
                    html.P(BESIDE),
                    *([html.P(OWN_ACCOUNTS)] if services().external is not None else []),
                    html.Div(loading_line(), id=ids.STANDING, role="status"),
                    fields,
                    html.Div(seed, id=ids.SEED_PART, hidden=True),
                    html.Div(stretch, id=ids.STRETCH_PART, hidden=True),
                    html.Div(buttons, className="actions"),
                    html.Div(id=ids.BOOTH_SAID, role="status"),
                ],
            ),
            className="page__part",
        ),
        html.Div(panel("Frühere Übungen", html.Div(id=ids.EARLIER)), className="page__part"),
    ]


def options(found: BoothView) -> list[dict[str, str]]:
    """Offer the named events, a random one and a recording."""
    return [
        *({"value": key, "label": title} for key, title in found.events),
        {"value": RANDOM, "label": "Zufälliges Hochwasser"},
        {"value": RECORDING, "label": "Aufzeichnung dieses Cockpits"},
    ]


def wish(
    what: str | None, seed: str | None, stretch: tuple[str | None, str | None], speed: str | None
) -> Wish:
    """Return what was chosen.

    Raises
    ------
    CockpitError
        When a number or a time cannot be read.
    """
    pace = float(speed or DEFAULT_SPEED)
    if what == RANDOM:
        if not (seed or "").strip().isdecimal():
            raise DrillRefusedError(user_message="Bitte eine Nummer aus Ziffern angeben.")
        return Wish(seed=int(str(seed).strip()), speed=pace)
    if what == RECORDING:
        start, end = (instant_of(text or "", services().drills.zone) for text in stretch)
        return Wish(start=start, end=end, speed=pace)
    return Wish(event=what or "", speed=pace)


def standing(found: BoothView) -> Component:
    """Say whether a drill runs, where, and who started it."""
    row = found.running
    if row is None:
        if found.has_leader:
            return notice("Es läuft keine Übung.")
        words = (
            "Auf diesem Rechner startet niemand Übungen von der Seite aus. Bitte dort eingeben: "
        )
        return notice(html.P([words, html.Code("./cockpit drill start 2021-07")]), "warn")
    by = f"gestartet von {row.asked_by}, {formats.stamp(row.asked_at)}"
    if row.status != RUNNING:
        word = "wird beendet" if row.status == ENDING else "wird vorbereitet (etwa 20 Sekunden)"
        return notice(f"Die Übung „{row.title}“ {word}; {by}.")
    address = f"http://127.0.0.1:{row.port}/lage/uebung"
    return notice(
        html.P(
            [
                html.Strong(f"Es läuft die Übung „{row.title}“"),
                f", {by}. ",
                outside_link(f"Zur Übung (Port {row.port})", address),
                f". {HERE_ONLY}",
            ]
        )
    )


def earlier(found: BoothView) -> list[Component]:
    """List ended drills and hand out what they showed."""
    parts: list[Component] = []
    if found.earlier:
        columns = [
            Column("Übung"), Column("gestartet", label="gestartet"),
            Column("beendet", label="beendet"), Column("Stand", label="Stand"),
        ]  # fmt: skip
        rows = [
            Row(
                (
                    row.title,
                    f"{formats.stamp(row.asked_at)}, {row.asked_by}",
                    formats.stamp(row.ended_at) if row.ended_at else "",
                    f"{row.status}. {row.message}".strip(),
                )
            )
            for row in found.earlier
        ]
        caption = "Die letzten Übungen, neueste zuerst"
        parts.append(data_table(caption, columns, rows, variant="dense cards"))
    else:
        parts.append(html.P("Noch keine Übung.", className="muted"))
    if found.reports:
        buttons = [
            html.Li(
                html.Button(
                    name, id=ids.fetch_id(name), className="btn btn-sm btn-quiet", type="button"
                )
            )
            for name in found.reports
        ]
        parts += [
            html.P("Auswertungen zum Herunterladen:"),
            html.Ul(buttons, className="plain-list"),
        ]
    return parts


def is_shown() -> bool:
    """Tell whether this installation asks for drills: it is none itself."""
    return not services().site.is_drill
