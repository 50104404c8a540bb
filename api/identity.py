"""Who asks: the session behind a request's cookie, and requests that other sites make us answer."""

from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.wrappers import Response as BaseResponse

from api.problems import problem
from services.container import services
from services.errors import StoreUnavailableError
from services.people import identity
from services.people.model import PUBLIC, UNCHECKED, Identity

COOKIE = "cockpit_session"
DRILL_COOKIE = "cockpit_uebung"
"""A cookie knows no port: whoever enters a drill must stay signed in to real operation."""
BROWSER_COOKIE = "cockpit_browser"
"""By it a browser is known at the next sign-in; sent to the sign-in only, it opens nothing."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
FORBIDDEN = 403
FOREIGN = "Diese Anfrage kam nicht von einer Seite dieses Cockpits und wurde nicht ausgeführt."


def know_people(server: Flask) -> None:
    """Set who acts for the time of each request; refuse what another site asks in their name."""

    @server.before_request
    def begin() -> Response | None:
        who = _asking()
        g.identity_token = identity.begin(who)
        is_changing = request.method not in SAFE
        if is_changing and cookie_name() in request.cookies and not is_from_here():
            return problem(FORBIDDEN, FOREIGN)
        return None

    @server.teardown_request
    def end(_error: BaseException | None) -> None:
        token = g.pop("identity_token", None)
        if token is not None:
            identity.end(token)


def cookie_name() -> str:
    """Return the name of the cookie of this installation's sessions."""
    return DRILL_COOKIE if services().site.is_drill else COOKIE


def browser_cookie_name() -> str:
    """Return the name of the cookie by which this installation knows a browser again."""
    return f"{BROWSER_COOKIE}_uebung" if services().site.is_drill else BROWSER_COOKIE


def is_from_here() -> bool:
    """Tell whether a request was made by a page of ours, by what the browser says of it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OWN_SITES
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.host


def set_cookie(
    response: BaseResponse, token: str, seconds: int, *, name: str = "", path: str = "/"
) -> None:
    """Hand a token to the browser: no script reads it, no other site sends it with a form."""
    response.set_cookie(
        name or cookie_name(),
        token,
        max_age=seconds,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )


def _asking() -> Identity:
    token = request.cookies.get(cookie_name(), "")
    if not token:
        return PUBLIC
    try:
        return services().sign_in.find(token)
    except StoreUnavailableError:
        return UNCHECKED  # who cannot be checked may only look
