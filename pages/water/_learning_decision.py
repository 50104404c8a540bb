"""The decision about a travel time: its buttons, what was decided, and the way back."""

from typing import Any

from dash import html, no_update
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.content import Content
from components.panel import notice
from pages.water._learning_lags import kind, way
from pages.water._learning_visit import Refused, Visit
from services.container import services
from services.errors import CockpitError
from services.flood.learning.views import LagView

ACCEPT, REJECT = "accept", "reject"
OPEN, REVIEWED = "open", "reviewed"
"""Where a row stands: among the proposals or in the list of what was decided."""
OFFEN, ANGENOMMEN = "offen", "angenommen"
COUNTS = "Zählt ab sofort in den Wellengeschwindigkeiten."
COUNTS_NOT = "Zählt nicht in den Wellengeschwindigkeiten."


def button_id(action: object, lag_id: object, place: object) -> dict[str, object]:
    """Return the id of a button that decides about a travel time."""
    return {"component": "LagDecision", "action": action, "lag": lag_id, "place": place}


def decision(lag: LagView, place: str, refused: Refused, *, may_decide: bool) -> Content:
    """Show what was decided and by whom, with the buttons that decide or decide otherwise."""
    note = [_refusal(refused)] if (refused.lag, refused.place) == (lag.lag_id, place) else []
    if lag.status == OFFEN:
        if not may_decide:
            return OFFEN
        buttons = [
            _button("Annehmen", ACCEPT, lag, place),
            _button("Ablehnen", REJECT, lag, place),
        ]
        return html.Div([html.Div(buttons, className="actions"), *note])
    parts: list[Component] = [
        html.Div(_decided(lag), className="decided__state"),
        html.Div(COUNTS if lag.status == ANGENOMMEN else COUNTS_NOT, className="muted"),
    ]
    if may_decide:
        parts += [html.Div(_way_back(lag, place), className="actions"), *note]
    return html.Div(parts, className="decided")


def decide(clicked: dict[str, str], known: Visit, comment: str | None) -> tuple[str, Visit, Any]:
    """Keep a decision: the words for everyone, what the visit then holds, the comment left."""
    lag_id, accept = clicked["lag"], clicked["action"] == ACCEPT
    learning = services().learning
    try:
        before = learning.version()
        after = learning.decide(lag_id, accept=accept, comment=comment or "")
    except CockpitError as error:
        refused = Refused(lag_id, clicked["place"], error.user_message)
        return error.user_message, known.refusing(refused), no_update
    visit = known.deciding(lag_id if clicked["place"] == OPEN else "")
    return _said(accept=accept, is_changed=before != after), visit, ""


def _said(*, accept: bool, is_changed: bool) -> str:
    now = "Die Wellengeschwindigkeiten sind neu berechnet." if is_changed else COUNTS_NOT
    if accept:
        return f"Laufzeit angenommen. {now if is_changed else COUNTS}"
    return f"Laufzeit abgelehnt. {now}"


def _refusal(refused: Refused) -> Component:
    return html.Div(notice(refused.words, "warn"), className="decided__note")


def _decided(lag: LagView) -> str:
    at = f", {formats.stamp(lag.reviewed_at)}" if lag.reviewed_at else ""
    return f"{lag.status} von {lag.reviewer}{at}"


def _way_back(lag: LagView, place: str) -> Component:
    if lag.status == ANGENOMMEN:
        return _button("Doch ablehnen", REJECT, lag, place)
    return _button("Doch annehmen", ACCEPT, lag, place)


def _button(word: str, action: str, lag: LagView, place: str) -> Component:
    # "keep" names the row: after a decision the focus goes to the button that took the place
    return html.Button(
        word,
        id=button_id(action, lag.lag_id, place),
        className="btn btn-sm btn-quiet",
        type="button",
        **attributes(
            aria_label=f"{word}: {way(lag)}, {kind(lag)}", data_keep=f"{place} {lag.lag_id}"
        ),
    )
