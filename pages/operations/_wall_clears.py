"""All-clears on the wall: what holds, since when, until when it stands there."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.duty_note import duty_note
from components.freshness import age_of
from components.states import mark
from pages.operations._clear_words import against_words
from services.all_clear.given import shown_until, warned_in
from services.all_clear.model import AllClearView
from services.duty_note.service import DutyNoteView
from services.flood.model import State
from services.situation.model import VillageView


def clears(
    found: Sequence[AllClearView],
    note: DutyNoteView | None,
    villages: Sequence[VillageView],
    now: datetime,
) -> list[Component]:
    """Show the newest all-clear that no warning has ended beside the words of the duty officer.

    Other all-clears are named in its line: the wall has one screen, and its tiles need the height.
    Where there is an all-clear, that nobody has written anything is not told.
    """
    newest = sorted(found, key=lambda view: view.given_at, reverse=True)
    shown = [view for view in newest if now < shown_until(view)]
    if not shown:
        return [duty_note(note, now)]
    line = _line(shown[0], [view.area.name for view in shown[1:]], villages, now)
    return [line] if note is None else [line, duty_note(note, now)]


def _line(
    view: AllClearView, others: Sequence[str], villages: Sequence[VillageView], now: datetime
) -> Component:
    warned = warned_in(view, villages)
    marked = ", trotz offener Bedingung" if view.failed else ""
    until = formats.brief(shown_until(view), now)
    more = f" Entwarnung auch für {', '.join(others)}." if others else ""
    return html.P(
        [
            mark(warned[0].state if warned else State.OK),
            html.Strong(f" Entwarnung für {view.area.name}"),
            f" {formats.brief(view.given_at, now)} (",
            age_of(view.given_at, now),
            f") von {view.author}{marked}. ",
            against_words(warned) or f"Gilt bis zur nächsten Warnung, steht hier bis {until}.",
            more,
        ],
        className="wall-clear",
    )
