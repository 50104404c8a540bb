"""The entry that a correction is about, shown below its number before anything is sent."""

from typing import Any

from dash import ALL, Input, Output, callback, ctx, dcc, html, no_update
from dash.development.base_component import Component

from components import formats
from components.panel import notice
from pages.operations import _journal_ids as ids
from services.container import services
from services.errors import CockpitError
from services.journal.errors import UnknownEntryError
from services.journal.model import KIND_WORDS, EntryView, Kind
from services.people.model import Right

RIGHT = Right.WATCH
FIRST_LETTERS = 160
"""So much tells an entry from others; the whole stands in the list."""


def original_place() -> Component:
    """Hold the place of the original, and how many corrections of it were seen."""
    shown = html.Div(id=ids.FIX_ORIGINAL, role="status")
    return html.Div([shown, dcc.Store(id=ids.FIX_SEEN)])


def number_of(typed: str | None) -> int | None:
    """Return the number of an entry as people type it: "7" or "Nr. 7"; None for none."""
    digits = (typed or "").strip().removeprefix("Nr.").strip()
    return int(digits) if digits.isascii() and digits.isdigit() else None


@callback(
    Output(ids.FIX_ORIGINAL, "children"),
    Output(ids.FIX_SEEN, "data"),
    Input(ids.FIX_NUMBER, "value"),
    Input(ids.fix_id(ALL, ALL), "n_clicks"),
    prevent_initial_call=True,
)
def show_original(typed: str | None, _clicks: list[int | None]) -> tuple[Any, Any]:
    """Show the entry of the number; a list that was drawn anew leaves what was seen."""
    is_typed = any(item["prop_id"] == f"{ids.FIX_NUMBER}.value" for item in ctx.triggered)
    if not is_typed and not any(item["value"] for item in ctx.triggered):
        return no_update, no_update
    number = number_of(typed)
    return (None, None) if number is None else _looked_up(number)


def _looked_up(number: int) -> tuple[Component, int | None]:
    try:
        found = services().journal.reading.entry(number)
    except UnknownEntryError as error:
        return notice(f"Nr. {number}: {error.user_message}", "warn"), None
    except CockpitError as error:
        return notice(error.user_message, "warn"), None
    return original(found), len(found.corrections)


def original(view: EntryView) -> Component:
    """Show number, time, author and first words, and what was corrected already."""
    at = formats.stamp(view.happened_at)
    head = f"Nr. {view.entry_id}, {at}, {KIND_WORDS[view.kind]}, {view.actor}: "
    lines: list[Component] = [html.P([html.Span(head, className="muted"), _first(view.text)])]
    if view.kind is Kind.CORRECTION:
        words = f"Das ist selbst eine Berichtigung. Bitte Nr. {view.refers_to} berichtigen."
        lines.append(notice(words, "warn"))
    for item in view.corrections[-1:]:
        said = f"Schon berichtigt durch Nr. {item.entry_id}, {formats.stamp(item.noted_at)},"
        then = "Eine weitere Berichtigung tritt an ihre Stelle."
        words = f"{said} {item.actor}: {_first(item.text)} {then}"
        lines.append(notice(words, "warn"))
    return html.Div(lines, className="stack")


def _first(text: str) -> str:
    words = " ".join(text.split())
    return f"„{words if len(words) <= FIRST_LETTERS else words[:FIRST_LETTERS].rstrip() + ' …'}“"
