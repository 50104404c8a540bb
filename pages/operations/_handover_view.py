"""The report of a shift on screen, and the list of those that were made."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.links import file_link
from components.panel import panel
from components.table import Column, Row, data_table
from services.journal.handover import Handover
from services.journal.model import EntryView
from services.people.model import ROLE_WORDS, Role

NOBODY = "Keine Übergabe wartet auf eine Unterschrift."
DEMONSTRATION = (
    f"In der Vorführung hat jede Rolle nur ein Konto. Was „{ROLE_WORDS[Role.CRISIS]}“ übergeben"
    f" hat, kann „{ROLE_WORDS[Role.ADMIN]}“ übernehmen: dazu abmelden und so anmelden."
)
NONE_YET = "Noch wurde keine Schicht übergeben."


def report(found: Handover, title: str) -> Component:
    """Show a report in a box of its own."""
    return panel(title, parts(found))


def parts(found: Handover) -> list[Component]:
    """Show what a report says."""
    period = f"Schicht von {formats.stamp(found.start)} bis {formats.stamp(found.end)}"
    return [
        html.P(period, className="muted"),
        *(_part(name, lines, nothing) for name, lines, nothing in found.parts),
    ]


def _part(name: str, lines: tuple[str, ...], nothing: str) -> Component:
    content: Component = html.P(nothing, className="muted")
    if len(lines) == 1:
        content = html.P(lines[0], className="journal__text")
    elif lines:
        content = html.Ul([html.Li(line) for line in lines])
    return html.Div([html.H3(name, className="known__head"), content])


def waiting(view: EntryView | None, now: datetime) -> Component:
    """Show the handover that waits for a second signature."""
    if view is None:
        return html.P(NOBODY)
    age = formats.age(formats.minutes_between(view.noted_at, now))
    words = f"Nr. {view.entry_id} von {view.actor}, übergeben {age}, noch nicht übernommen."
    return html.Div(
        [
            html.P(html.Strong(words)),
            html.P(file_link("Bericht als PDF", f"{urls.HANDOVER_PDF}/{view.entry_id}.pdf")),
            *parts(Handover.of(view.details)),
        ]
    )


def table(entries: tuple[EntryView, ...], taken: dict[int, EntryView]) -> Component:
    """List the reports, newest first, with both signatures."""
    name = "Bisherige Übergaben"
    if not entries:
        return panel(name, html.P(NONE_YET))
    columns = [
        Column("Übergeben"),
        Column("von", label="von"),
        Column("übernommen", label="übernommen"),
        Column("Bericht", card="right"),
    ]
    rows = [_row(view, taken.get(view.entry_id)) for view in entries]
    return panel(name, data_table("Neueste zuerst.", columns, rows, variant="cards"))


def _row(view: EntryView, taken: EntryView | None) -> Row:
    signed = "noch nicht"
    if taken is not None:
        signed = f"{formats.stamp(taken.noted_at)}, {taken.actor}"
    link = file_link(f"Nr. {view.entry_id} (PDF)", f"{urls.HANDOVER_PDF}/{view.entry_id}.pdf")
    return Row((formats.stamp(view.noted_at), view.actor, signed, link))
