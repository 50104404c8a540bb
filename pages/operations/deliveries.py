"""Messages: what went out to whom, with its proof, what failed, and whether the way works."""

import re
from typing import Any

from dash import Input, Output, State, callback, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from pages.operations import _beat_view as beat
from pages.operations import _deliveries_ids as ids
from pages.operations import _deliveries_view as view
from pages.operations._sections import sections
from services.alarms.announcement import CLEAR_ID
from services.container import services
from services.errors import CockpitError
from services.notifications.overview import Overview
from services.people.model import Right

register_page(
    __name__,
    path=urls.DELIVERIES,
    name="Meldungen",
    title="Meldungen und Zustellung",
    order=52,
    in_nav=False,
    right=Right.WATCH,
)
TITLE = "Wer wurde benachrichtigt?"
POLL_MS = 5000
"""Deliveries change in seconds; nothing here is older than this (estimate)."""
ALARM_ID = re.compile(rf"[0-9a-f-]{{1,36}}|{CLEAR_ID}\d{{1,12}}")
"""Ids of alarms, and of all-clears."""


def layout(alarm: str = "", **_query: str) -> Component:
    """Lay out the deliveries, of one alarm where the address names it."""
    chosen = alarm if ALARM_ID.fullmatch(alarm) else ""
    way = crumbs((("Überblick", urls.HOME), ("Lage", urls.OPERATIONS)), "Meldungen")
    return html.Div(
        [
            lead(way, ids.HEADLINE, TITLE, ids.LEAD),
            sections(urls.DELIVERIES),
            html.Div(loading_line(), id=ids.BODY, className="page__part"),
            dcc.Interval(id=ids.POLL, interval=POLL_MS),
            dcc.Store(id=ids.ALARM, data=chosen),
            dcc.Store(id=ids.SHOWN),
        ],
        className="page",
    )


@callback(
    Output(ids.HEADLINE, "children"),
    Output(ids.LEAD, "children"),
    Output(ids.BODY, "children"),
    Output(ids.SHOWN, "data"),
    Input(ids.POLL, "n_intervals"),
    State(ids.ALARM, "data"),
    State(ids.SHOWN, "data"),
)
def show_deliveries(_news: int | None, alarm: str | None, shown: str | None) -> tuple[Any, ...]:
    """Show deliveries, channels, heartbeat and mailbox; what is unchanged stays as it is.

    Somebody may just be reading what they have opened.
    """
    chosen = alarm or ""
    try:
        found = services().notifications.overview(chosen)
    except CockpitError as error:
        return TITLE, notice(error.user_message, "warn"), no_update, no_update
    mark = view.mark_of(found)
    body = no_update if mark == shown else _body(found)
    return view.headline(found), view.lead_lines(found, chosen), body, mark


def _body(found: Overview) -> list[Component]:
    proof = html.Div([beat.heartbeat(found), view.channels(found)], className="grid grid--halves")
    if found.state.is_drill:
        return [proof, beat.mailbox(found)]
    last = [beat.mailbox(found)] if found.drills else []
    return [view.deliveries(found), proof, *last]
