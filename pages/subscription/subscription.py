"""What a mailed link opens: confirm a subscription or end it; opening alone does neither."""

from typing import Any

from dash import Input, Output, State, callback, ctx, dcc, html, register_page
from dash.development.base_component import Component

from components import formats, urls
from components.links import page_link
from components.panel import lead, loading_line, notice, panel
from pages.subscription import _ids as ids
from services.container import services
from services.errors import CockpitError
from services.subscriptions.model import PLACE, SubscriptionView

register_page(
    __name__,
    path_template=f"{urls.SUBSCRIPTION}/<token>",
    path=f"{urls.SUBSCRIPTION}/none",
    name="Benachrichtigung",
    title="Benachrichtigung bestätigen oder abbestellen",
    order=80,
    in_nav=False,
)
GONE = "Abbestellt. Die Adresse ist gelöscht."


def layout(page_path: str = "", **_query: str) -> Component:
    """Lay out both buttons; which of them makes sense is told by the text."""
    buttons = [
        html.Button(
            "Benachrichtigung bestätigen",
            id=ids.CONFIRM,
            className="btn btn-primary",
            type="button",
            hidden=True,
        ),
        html.Button(
            "Abbestellen und Adresse löschen",
            id=ids.REMOVE,
            className="btn btn-quiet",
            type="button",
            hidden=True,
        ),
    ]
    return html.Div(
        [
            dcc.Store(id=ids.TOKEN, data=urls.last_segment(page_path, urls.SUBSCRIPTION)),
            lead("Per E-Mail", ids.HEADLINE, "Benachrichtigung", ids.LEAD),
            html.Div(loading_line(), id=ids.BODY, role="status"),
            html.Div(buttons, className="actions"),
        ],
        className="page",
    )


@callback(
    Output(ids.HEADLINE, "children"),
    Output(ids.BODY, "children"),
    Output(ids.CONFIRM, "hidden"),
    Output(ids.REMOVE, "hidden"),
    Input(ids.TOKEN, "data"),
    Input(ids.CONFIRM, "n_clicks"),
    Input(ids.REMOVE, "n_clicks"),
    State(ids.HEADLINE, "id"),
)
def show_subscription(
    token: str, _confirm: int | None, _remove: int | None, _id: str
) -> tuple[Any, Any, bool, bool]:
    """Do what was clicked, then show what holds now."""
    return act(token, str(ctx.triggered_id or ""))


def act(token: str, clicked: str) -> tuple[Any, Any, bool, bool]:
    """Confirm, end, or only show."""
    found = services().subscriptions
    try:
        if clicked == ids.REMOVE:
            found.remove(token)
            return "Abbestellt", notice(GONE), True, True
        if clicked == ids.CONFIRM:
            found.confirm(token)
        view = found.view(token)
    except CockpitError as error:
        return "Link ungültig", notice(error.user_message, "warn"), True, True
    headline = "Bestellt" if view.is_confirmed else "Noch nicht bestätigt"
    return headline, _shown(view), view.is_confirmed, False


def _shown(view: SubscriptionView) -> Component:
    is_place = view.kind == PLACE
    target = urls.village_url(view.target_id) if is_place else urls.gauge_url(view.target_id)
    words = (
        "Sie bekommen E-Mails, bis Sie abbestellen."
        if view.is_confirmed
        else "Erst mit „bestätigen“ beginnen die E-Mails; ohne wird die Adresse nach 48 Stunden"
        " gelöscht."
    )
    return panel(
        "Benachrichtigung",
        [
            html.P([html.Strong(view.what), f", an {view.address}"]),
            html.P(f"Angefragt am {formats.stamp(view.created_at)}."),
            html.P(words),
            html.P(page_link("Zur Seite", target)),
        ],
    )
