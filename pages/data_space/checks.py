"""Datenprüfung: which values are trusted, what the tests found, flags by hand."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.property_words import property_name
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from pages.data_space import _checks_form as form
from pages.data_space import _checks_ids as ids
from pages.data_space import _checks_view as view
from pages.data_space._sections import sections
from pages.data_space._state import ALL, ChecksState
from services.container import services
from services.errors import CockpitError
from services.quality.verdict import WORDS
from services.quality.views import StreamQuality

register_page(
    __name__,
    path=urls.CHECKS,
    name="Datenprüfung",
    title="Prüfung der Messwerte",
    order=44,
    in_nav=False,
)
TITLE = "Welchen Messwerten ist zu trauen?"
follow_query(ids.PAGE)


def layout(**query: str) -> Component:
    """Lay out message, filters, tables and the form."""
    state = ChecksState.from_query(query)
    tests = [{"value": ALL, "label": ALL}]
    tests += [{"value": key, "label": word} for key, word in WORDS.items()]
    streams = [{"value": state.reihe, "label": state.reihe}]
    filters = html.Div(
        [
            _select("Prüfung", ids.TEST, tests, state.test),
            _select("Messreihe", ids.STREAM, streams, state.reihe),
        ],
        className="form-row",
    )
    return html.Div(
        [
            lead(
                crumbs((("Überblick", urls.HOME), ("Daten", urls.DATA)), "Datenprüfung"),
                ids.HEADLINE,
                TITLE,
                ids.LEAD,
            ),
            sections(urls.CHECKS),
            html.Div(loading_line(), id=ids.BODY, className="page__part"),
            filters,
            html.Div(id=ids.STRIP, className="page__part"),
            html.Div(id=ids.FINDINGS, className="page__part"),
            form.form_panel(urls.CHECKS + state.as_query()),
            dcc.Store(id=ids.DONE),
            *query_text(ids.PAGE),
        ],
        className="page",
    )


@callback(
    Output(ids.HEADLINE, "children"),
    Output(ids.LEAD, "children"),
    Output(ids.BODY, "children"),
    Output(ids.STRIP, "children"),
    Output(ids.FINDINGS, "children"),
    Output(ids.STREAM, "options"),
    Output(ids.KEY, "options"),
    Output(query_text_id(ids.PAGE), "data"),
    Input(ids.TEST, "value"),
    Input(ids.STREAM, "value"),
    Input(ids.DONE, "data"),
    Input(shell.VERSION, "data"),
)
def show_checks(
    test: str | None, stream: str | None, _done: int | None, _version: str | None
) -> tuple[Any, ...]:
    """Show what the tests found, or why that can't be told."""
    state = ChecksState(test or ALL, stream or ALL)
    try:
        found = services().checks.view(*state.chosen)
    except CockpitError as error:
        said = notice(error.user_message, "warn")
        return TITLE, said, None, None, None, no_update, no_update, state.as_query()
    keys = [{"value": item.key, "label": _stream_words(item)} for item in found.streams]
    return (
        view.headline(found),
        view.lead_lines(found),
        view.streams_panel(found),
        view.strip_panel(found.strip),
        view.findings_panel(found),
        [{"value": ALL, "label": ALL}, *keys],
        keys,
        state.as_query(),
    )


@callback(
    Output(ids.NOTE, "children"),
    Output(ids.DONE, "data"),
    Input(ids.SAVE, "n_clicks"),
    Input(ids.TRY, "n_clicks"),
    Input(ids.AGAIN, "n_clicks"),
    State(ids.KEY, "value"),
    State(ids.START, "value"),
    State(ids.END, "value"),
    State(ids.FLAG, "value"),
    State(ids.REASON, "value"),
    prevent_initial_call=True,
)
def act_on_period(*given: Any) -> tuple[Any, Any]:  # noqa: ANN401  # one value per control
    """Flag the period or judge it again, and say what changed."""
    clicks, (key, start, end, *said) = given[:3], given[3:]
    if not any(clicks):
        return no_update, no_update
    words, is_stored = form.act(ctx.triggered_id, key, (start, end), *said)
    return words, sum(count or 0 for count in clicks) if is_stored else no_update


def _stream_words(item: StreamQuality) -> str:
    return f"{item.name}: {property_name(item.observed_property)}"


def _select(label: str, field_id: str, options: list[dict[str, str]], value: str) -> Component:
    control: Component = dbc.Select(id=field_id, options=options, value=value)
    return html.Div([html.Label(label, htmlFor=field_id, className="form-label"), control])
