"""Upload: a table becomes an indicator or part of a series, after a look and a check."""

from typing import Any

from dash import (
    ALL,
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    ctx,
    dcc,
    html,
    register_page,
)
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, notice, panel
from components.sign_in_hint import for_right
from pages.data_space import _upload_form as form
from pages.data_space import _upload_ids as ids
from pages.data_space import _upload_steps as steps
from pages.data_space import _upload_view as view
from pages.data_space._sections import sections
from services.container import services
from services.errors import CockpitError
from services.people.identity import may
from services.people.model import Right
from services.tables.assignment import INDICATOR, SERIES

register_page(
    __name__,
    path=urls.UPLOAD,
    name="Hochladen",
    title="Tabelle hochladen",
    order=45,
    in_nav=False,
)
POLL_MS = 300
"""How often the browser asks for the outcome: a small table is checked as one waits (estimate)."""
CANCELLED = "Die Prüfung ist abgebrochen. Gespeichert ist nichts."
TITLE = "Eine Tabelle in den Datenraum übernehmen"
INTRO = (
    "Eine CSV- oder Excel-Tabelle wird gelesen, gezeigt und geprüft. Gespeichert wird erst, was "
    "Sie übernehmen; jede abgewiesene Zeile steht mit ihrem Grund da."
)


def layout(**_query: str) -> Component:
    """Lay out the steps; the form is there when a file is."""
    return html.Div(
        [
            dcc.Store(id=ids.UPLOADED),
            lead(
                crumbs((("Überblick", urls.HOME), ("Daten", urls.DATA)), "Hochladen"),
                ids.HEADLINE,
                TITLE,
                ids.LEAD,
            ),
            sections(urls.UPLOAD),
            _gated(),
        ],
        className="page",
    )


def _gated() -> Component:
    gated = for_right(Right.CURATE, html.Div(_steps(), className="page__part"), urls.UPLOAD)
    return gated if may(Right.CURATE) else panel("Hochladen", gated)


def _steps() -> list[Component]:
    return [
        form.file_panel(),
        html.Div(id=ids.PREVIEW),
        html.Div(
            [form.mapping_panel(), form.actions_panel()],
            id=ids.FORM,
            className="page__part",
            hidden=True,
        ),
    ]


@callback(Output(ids.LEAD, "children"), Input(ids.LEAD, "id"))
def show_lead(_id: str) -> Component:
    """Say what this is for."""
    return html.P(INTRO, className="intro__sub")


@callback(
    Output(ids.UPLOADED, "data"),
    Output(ids.FILE_NOTE, "children"),
    Input(ids.FILE, "contents"),
    State(ids.FILE, "filename"),
    prevent_initial_call=True,
)
def keep_file(contents: str | None, name: str | None) -> tuple[dict[str, str] | None, Any]:
    """Keep what was chosen on the server; the browser only holds its id."""
    if not contents:
        return None, ""
    try:
        return {"id": steps.keep(contents)}, html.P(["Gewählt: ", html.Strong(name or "Datei")])
    except CockpitError as error:
        return None, notice(error.user_message, "warn")


@callback(
    Output(ids.PREVIEW, "children"),
    Output(ids.COLUMNS, "children"),
    Output(ids.KIND, "value"),
    Output(ids.FORM, "hidden"),
    Input(ids.UPLOADED, "data"),
    Input(ids.SKIP, "value"),
    Input(ids.SHEET, "value"),
)
def show_preview(
    uploaded: dict[str, str] | None, skip: object, sheet: str | None
) -> tuple[Any, Any, str, bool]:
    """Show the beginning of the file and offer its columns, or why it can't be read."""
    if not uploaded:
        return None, None, INDICATOR, True
    uploads = services().uploads
    try:
        found = uploads.preview(uploaded["id"], skip=steps.rows_above(skip), sheet=sheet or "")
        columns = form.columns(found, uploads.streams())
    except CockpitError as error:
        return notice(error.user_message, "warn"), None, INDICATOR, True
    is_series = bool(found.guess.time_column) and not found.guess.is_indicator
    return view.preview_panel(found), columns, SERIES if is_series else INDICATOR, False


@callback(Output(ids.FIELDS, "className"), Input(ids.KIND, "value"))
def show_fields(kind: str) -> str:
    """Show the fields of the chosen kind."""
    return f"upload-fields upload-fields--{kind}"


@callback(
    Output(ids.OUTCOME, "children"),
    Input(ids.UPLOADED, "data"),
    Input(ids.CANCEL, "n_clicks"),
    prevent_initial_call=True,
)
def begin_anew(_uploaded: dict[str, str] | None, _cancel: int | None) -> list[Component]:
    """Clear what was said about the file before, and say that a check was cancelled."""
    return form.outcome(notice(CANCELLED) if ctx.triggered_id == ids.CANCEL else None)


clientside_callback(
    ClientsideFunction("upload", "isTakingOff"),
    Output(ids.TAKE, "disabled"),
    Input(ids.CHECKED, "data"),
    Input(ids.WORKING, "hidden"),
)


@callback(
    Output(ids.SAID, "children"),
    Output(ids.RESULT, "children"),
    Output(ids.CHECKED, "data"),
    Input(ids.CHECK, "n_clicks"),
    Input(ids.TAKE, "n_clicks"),
    State(ids.UPLOADED, "data"),
    State(ids.SKIP, "value"),
    State(ids.SHEET, "value"),
    State(ids.KIND, "value"),
    State(ids.field(ALL), "value"),
    State(ids.field(ALL), "id"),
    State(ids.CHECKED, "data"),
    # a million rows take some seconds: they must not hold a thread of the web server
    background=True,
    interval=POLL_MS,
    running=[
        (Output(ids.WORKING, "hidden"), False, True),
        (Output(ids.CHECK, "disabled"), True, False),
        (Output(ids.FILE, "disabled"), True, False),
    ],
    progress=[Output(ids.STEP, "children"), Output(ids.CANCEL, "hidden")],
    progress_default=[form.PREPARING, True],
    cancel=[Input(ids.CANCEL, "n_clicks")],
    prevent_initial_call=True,
)
def act(  # noqa: PLR0913  # one argument for each part of the form
    set_progress: steps.Tell,
    _check: int | None,
    _take: int | None,
    uploaded: dict[str, str] | None,
    skip: object,
    sheet: str | None,
    kind: str,
    values: list[Any],
    names: list[Any],
    checked: str | None,
) -> tuple[Any, Any, str]:
    """Check, which can be cancelled, or take over what was checked."""
    entered = steps.entered(uploaded, (skip, sheet), kind, (values, names))
    if ctx.triggered_id == ids.CHECK:
        done = steps.check(entered, set_progress)
    else:
        done = steps.take_over(entered, checked, set_progress)
    return done.said, done.result, done.checked
