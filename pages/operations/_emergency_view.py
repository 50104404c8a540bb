"""Pieces of the page of the printed list: how old it is, its files, the clock of the host."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.links import file_link
from components.panel import notice, panel
from services.emergency_list.keeper import WrittenList
from services.host_clock.check import words_of
from services.host_clock.model import ClockFinding

SYNC = {
    True: "Das Betriebssystem hält die Uhr mit der Zeitsynchronisation gleich.",
    False: "Das Betriebssystem meldet keine Zeitsynchronisation (NTP). Bitte einrichten.",
    None: "Das Betriebssystem sagt nicht, ob die Uhr gestellt wird.",
}


def headline(found: WrittenList | None) -> str:
    """Say whether there is a list."""
    return "Die Notfallliste liegt bereit" if found else "Noch keine Notfallliste"


def files(found: WrittenList | None, why: str, wall_now: datetime) -> Component:
    """Offer the newest list with its age: of the wall clock, which no replay moves."""
    if found is None:
        return panel("Neueste Liste", notice(why, "warn"))
    made = html.P(
        [
            f"Geschrieben {formats.moment(found.written_at, wall_now)} (",
            formats.age(formats.minutes_between(found.written_at, wall_now)),
            f"), {formats.number(found.size / 1000)} KB.",
        ]
    )
    links = html.Div(
        [
            file_link("Als PDF zum Drucken", urls.EMERGENCY_PDF),
            file_link("Als Webseite in einer Datei", urls.EMERGENCY_HTML),
        ],
        className="actions",
    )
    return panel("Neueste Liste", [made, links])


def clock(found: ClockFinding | None) -> Component:
    """Show how the host's clock stands against others."""
    title = "Uhr des Rechners"
    if found is None:
        return panel(title, html.P("Noch nicht verglichen; das geschieht jede Minute."))
    lines = words_of(found) or ["Zurzeit ist keine andere Uhr zu hören."]
    return panel(
        title,
        [
            html.P(SYNC[found.is_synchronised]),
            html.Ul([html.Li(line) for line in lines], className="plain-list line-list"),
        ],
    )
