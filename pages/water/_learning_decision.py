"""The decision about a travel time: its buttons, what was decided, and the way back."""

from collections.abc import Sequence
from typing import Any

from dash import html, no_update
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.content import Content
from components.panel import notice
from pages.water import _ids as ids
from pages.water._learning_lags import kind, way
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


def note_id(lag_id: object, place: object) -> dict[str, object]:
    """Return the id of the line beside a row that says why a decision was refused."""
    return {"component": "LagNote", "lag": lag_id, "place": place}


def decision(lag: LagView, place: str, *, may_decide: bool) -> Content:
    """Show what was decided and by whom, with the buttons that decide or decide otherwise."""
    if lag.status == OFFEN:
        if not may_decide:
            return html.Code(lag.lag_id)
        buttons = [
            _button("Annehmen", ACCEPT, lag, place),
            _button("Ablehnen", REJECT, lag, place),
        ]
        return html.Div([html.Div(buttons, className="actions"), _note(lag, place)])
    parts: list[Component] = [
        html.Div(_decided(lag), className="decided__state"),
        html.Div(COUNTS if lag.status == ANGENOMMEN else COUNTS_NOT, className="muted"),
    ]
    if may_decide:
        parts += [html.Div(_way_back(lag, place), className="actions"), _note(lag, place)]
    return html.Div(parts, className="decided")


def decide(
    clicked: dict[str, str], known: dict[str, Any] | None, name: str | None, comment: str | None
) -> tuple[Any, Any, Any, Any]:
    """Keep a decision: the words for everyone, the rows to keep, the comment, and the refusal.

    The refusal is None where the decision was kept, else what the row of the button says.
    """
    lag_id, accept = clicked["lag"], clicked["action"] == ACCEPT
    learning = services().learning
    try:
        before = learning.version()
        after = learning.decide(
            lag_id, accept=accept, comment=comment or "", reviewer=name or "", on_the_web=True
        )
    except CockpitError as error:
        return error.user_message, no_update, no_update, _refusal(error, name)
    held = dict(known or {})
    decided = [*held.get("ids", [])]
    if clicked["place"] == OPEN and lag_id not in decided:
        decided.append(lag_id)
    kept = {"ids": decided, "count": held.get("count", 0) + 1}
    return _said(accept=accept, is_changed=before != after), kept, "", None


def beside(
    refusal: Component | None, clicked: dict[str, str], notes: Sequence[dict[str, str]]
) -> list[Any]:
    """Return the lines beside all rows: the refusal at the row that was clicked, else nothing."""
    at = (clicked["lag"], clicked["place"])
    return [refusal if (note["lag"], note["place"]) == at else None for note in notes]


def _said(*, accept: bool, is_changed: bool) -> str:
    now = "Die Wellengeschwindigkeiten sind neu berechnet." if is_changed else COUNTS_NOT
    if accept:
        return f"Laufzeit angenommen. {now if is_changed else COUNTS}"
    return f"Laufzeit abgelehnt. {now}"


def _refusal(error: CockpitError, name: str | None) -> Component:
    words: list[Any] = [error.user_message]
    if not (name or "").strip():
        # the field stands above the list, out of sight of a row far below
        words += [" ", html.A("Zum Namensfeld", href=f"#{ids.LEARNING_NAME}")]
    return notice(html.P(words), "warn")


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


def _note(lag: LagView, place: str) -> Component:
    return html.Div(id=note_id(lag.lag_id, place), className="decided__note")
