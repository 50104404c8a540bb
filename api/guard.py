"""Which right each Dash callback needs: that of its page. What belongs to no page is refused."""

import functools
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping

import dash
from dash import Dash
from dash.development.base_component import Component
from flask import Response, has_request_context, request

from api.problems import BAD_REQUEST, FORBIDDEN, STATUS, UNAVAILABLE, problem
from components.sign_in_hint import sign_in_hint
from services.errors import CockpitError
from services.people import identity
from services.people.model import Right

Layout = Callable[..., Component]
UPDATE = "/_dash-update-component"
ROUTING = "dash.dash"
"""Dash's own callback that puts pages into the frame; what it may put there the pages say."""
SHARED = "components."


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


def guard_pages() -> None:
    """Let each page that needs a right show itself only to who has it.

    Where Dash collects which ids there are, before its first answer, pages show themselves whole:
    it then names no path, which its routing always does. Skeletons hold no data.
    """
    for page in dash.page_registry.values():
        right = Right(page.get("right", Right.READ))
        if right is not Right.READ:
            page["layout"] = _guarded(page["layout"], page["name"], right)


def _guarded(layout: Layout, name: str, right: Right) -> Layout:
    @functools.wraps(layout)
    def shown(**given: str) -> Component:
        is_collecting = not has_request_context() or "page_path" not in given
        if is_collecting or identity.may(right):
            return layout(**given)
        return sign_in_hint(name, right, given["page_path"])

    return shown


def callbacks(app: Dash) -> Iterator[tuple[str, Right | None]]:
    """Give each callback of the server by its output with the right it needs."""
    for output, entry in app.callback_map.items():
        if "callback" in entry:
            yield output, right_of_callback(entry["callback"])


def guard_callbacks(app: Dash) -> None:
    """Refuse callbacks that the identity of the request has no right to."""
    rights: dict[str, Right | None] = {}

    def check() -> Response | None:
        if request.path != UPDATE:
            return None
        if not rights:
            rights.update(callbacks(app))
        return _refusal(rights)

    app.server.before_request(check)


def _refusal(rights: Mapping[str, Right | None]) -> Response | None:
    body = request.get_json(silent=True)
    output = body.get("output") if isinstance(body, dict) else None
    if not isinstance(output, str):
        return problem(BAD_REQUEST, "Diese Anfrage einer Seite ist nicht lesbar.")
    right = rights.get(output)
    if right is None:
        return problem(FORBIDDEN, "Diese Aktion gibt es nicht.")
    try:
        identity.require(right)
    except CockpitError as error:
        return problem(STATUS.get(type(error), UNAVAILABLE), error.user_message)
    return None
