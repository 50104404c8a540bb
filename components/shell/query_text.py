"""The URL while a control moves: its query text is replaced, without a new page."""

from dash import ClientsideFunction, Input, Output, clientside_callback, dcc
from dash.development.base_component import Component

COMPONENT = "QueryText"


def query_text_id(page: str) -> dict[str, str]:
    """Return the id of the store whose text becomes the query of the address."""
    return {"component": COMPONENT, "part": "text", "page": page}


def _written_id(page: str) -> dict[str, str]:
    return {"component": COMPONENT, "part": "written", "page": page}


def query_text(page: str) -> list[Component]:
    """Place the store of a page's query text; whoever fills it writes the address."""
    return [dcc.Store(id=query_text_id(page)), dcc.Store(id=_written_id(page))]


def follow_query(page: str) -> None:
    """Let the address follow the store of this page."""
    clientside_callback(
        ClientsideFunction("shell", "writeQuery"),
        Output(_written_id(page), "data"),
        Input(query_text_id(page), "data"),
        prevent_initial_call=True,
    )
