"""Which right each Dash callback needs: that of its page. What belongs to no page is refused."""

import inspect
import sys
from collections.abc import Iterator

import dash
from dash import Dash
from flask import Response, request

from api.problems import problem
from services.errors import CockpitError
from services.people import identity
from services.people.errors import NotSignedInError
from services.people.model import Right

UPDATE = "/_dash-update-component"
ROUTING = "dash.dash"
"""Dash's own callback that puts pages into the frame; what it may put there the pages say."""
SHARED = "components."
UNAUTHORIZED, FORBIDDEN, BAD_REQUEST = 401, 403, 400


def right_of_page(module: str) -> Right | None:
    """Return the right that reading a page needs, None for what is no page."""
    page = dash.page_registry.get(module)
    if page is not None:
        return Right(page.get("right", Right.READ))
    return None


def right_of_callback(function: object) -> Right | None:
    """Return the right that a callback needs; None, nobody's, where no page answers for it.

    A callback in a part of a page's package that is no page itself takes the constant `RIGHT` of
    its module.
    """
    module = getattr(inspect.unwrap(function), "__module__", "") if callable(function) else ""
    if module == ROUTING or module.startswith(SHARED):
        return Right.READ
    found = right_of_page(module)
    if found is None and module.startswith("pages."):
        found = getattr(sys.modules.get(module), "RIGHT", None)
    return found


def callbacks(app: Dash) -> Iterator[tuple[str, Right | None]]:
    """Give each callback of the server by its output with the right it needs."""
    for output, entry in app.callback_map.items():
        if "callback" in entry:
            yield output, right_of_callback(entry["callback"])


def guard_callbacks(app: Dash) -> None:
    """Refuse callbacks that the identity of the request has no right to."""
    rights: dict[str, Right | None] = {}

    @app.server.before_request
    def check() -> Response | None:
        if request.path != UPDATE:
            return None
        body = request.get_json(silent=True)
        output = body.get("output") if isinstance(body, dict) else None
        if not isinstance(output, str):
            return problem(BAD_REQUEST, "Diese Anfrage einer Seite ist nicht lesbar.")
        if not rights:
            rights.update(callbacks(app))
        right = rights.get(output)
        if right is None:
            return problem(FORBIDDEN, "Diese Aktion gibt es nicht.")
        try:
            identity.require(right)
        except CockpitError as error:
            is_unknown = isinstance(error, NotSignedInError)
            return problem(UNAUTHORIZED if is_unknown else FORBIDDEN, error.user_message)
        return None
