"""The words of the duty officer with author and end; one that is over says so."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.freshness import age_of
from services.duty_note.service import DutyNoteView

NONE = "Kein Lagetext. Wer Dienst hat, kann unter Lage einen schreiben."
NONE_BESIDE_FORM = "Kein Lagetext. Wer Dienst hat, schreibt ihn unten auf dieser Seite."


def duty_note(note: DutyNoteView | None, now: datetime, none: str = NONE) -> Component:
    """Show the text while it holds, afterwards only that it is over; `none` where there is none."""
    if note is None:
        return html.P(none, className="duty-note duty-note--none")
    written: list[Component | str] = [
        f"{note.author}, {formats.brief(note.written_at, now)} (",
        age_of(note.written_at, now),
    ]
    if note.is_over:
        words = ["Der Lagetext von ", *written, ") ist abgelaufen und gilt nicht mehr."]
        return html.P(words, className="duty-note duty-note--over")
    lines = [html.Span(line, className="duty-note__line") for line in note.text.splitlines()]
    foot = [*written, f"), gilt bis {formats.brief(note.valid_until, now)}"]
    return html.Div(
        [html.Div(lines, className="duty-note__text"), html.Div(foot, className="duty-note__by")],
        className="duty-note",
    )
