"""Signing in and out by plain forms: password managers know them, and no script is needed."""

import logging
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from api.identity import browser_cookie_name, cookie_name, is_from_here, set_cookie
from api.problems import problem
from components import urls
from services.container import services
from services.errors import CockpitError, StoreFullError, StoreUnavailableError
from services.people.errors import SignInLockedError
from services.people.identity import current
from services.people.known_browsers import KNOWN_FOR
from services.people.model import Role
from services.people.sign_in import SHIFT, WALL, Entry

log = logging.getLogger(__name__)
SEE_OTHER, FORBIDDEN = 303, 403
FIELD_MAX = 500
LOCKED, WRONG, FULL, DATABASE_DOWN = "gesperrt", "falsch", "voll", "datenbank"
FAULTS: tuple[tuple[type[CockpitError], str], ...] = (
    (SignInLockedError, LOCKED),
    (StoreFullError, FULL),
    (StoreUnavailableError, DATABASE_DOWN),
)


def sign_in_blueprint() -> Blueprint:
    """Serve the forms of `/anmelden`."""
    blueprint = Blueprint("sign_in", __name__)

    @blueprint.before_request
    def from_here() -> Response | None:
        return None if is_from_here() else problem(FORBIDDEN)

    @blueprint.post(urls.ENTER)
    def enter() -> Response:
        is_wall = request.form.get("wall") == "1"
        entry = Entry(
            login=_field("login"),
            password=_field("password"),
            code=_field("code"),
            address=request.remote_addr or "",
            browser=request.user_agent.string,
            is_wall=is_wall,
            known=request.cookies.get(browser_cookie_name(), "")[:FIELD_MAX],
        )
        try:
            token = services().sign_in.enter(entry)
        except CockpitError as error:
            return back_to_sign_in({"fehler": fault_of(error), "weiter": _target()})
        response = entered(token, _target(), is_wall=is_wall)
        _know_browser(response, token, entry.known)
        return response

    @blueprint.post(urls.ENTER_DEMO)
    def enter_demo() -> Response:
        try:
            role = Role(_field("role"))
            token = services().sign_in.enter_demo(role, request.remote_addr or "")
        except ValueError:
            return back_to_sign_in({"fehler": WRONG})
        except CockpitError as error:
            return back_to_sign_in({"fehler": fault_of(error)})
        return entered(token, _target())

    @blueprint.post(urls.LEAVE)
    def leave() -> Response:
        response = to_address(urls.HOME)
        _end_session()
        response.delete_cookie(
            cookie_name(), httponly=True, samesite="Lax", secure=request.is_secure
        )
        return response

    return blueprint


def _know_browser(response: Response, token: str, known: str) -> None:
    try:
        kept = services().sign_in.remember_browser(token, known)
    except StoreUnavailableError as error:
        log.warning("a browser will not be known at the next sign-in: %s", error)
        return
    seconds = int(KNOWN_FOR.total_seconds())
    set_cookie(response, kept, seconds, name=browser_cookie_name(), path=urls.SIGN_IN)


def _end_session() -> None:
    try:
        services().sign_in.leave(request.cookies.get(cookie_name(), ""))
    except StoreUnavailableError as error:
        # this browser is out in any case; the session itself ends by its age
        log.warning("a session was not ended in the store: %s", error)


def fault_of(error: CockpitError) -> str:
    """Return the word in the address for why nobody was let in."""
    return next((word for kind, word in FAULTS if isinstance(error, kind)), WRONG)


def entered(token: str, target: str, *, is_wall: bool = False) -> Response:
    """Hand a new session to the browser and lead on; an earlier session of it ends."""
    account = services().sign_in.find(token)
    has_work = not account.is_confirmed or services().accounts.must_change(account.person_id)
    response = to_address(urls.ACCOUNT if has_work else target)
    set_cookie(response, token, int((WALL if is_wall else SHIFT).total_seconds()))
    old = request.cookies.get(cookie_name(), "")
    if old and current().is_signed_in:
        services().sign_in.leave(old)
    return response


def _field(name: str) -> str:
    return request.form.get(name, "")[:FIELD_MAX]


def _target() -> str:
    return own_path(_field("weiter"))


def own_path(wanted: str) -> str:
    """Return the page to go on to: one of ours, never another site."""
    is_ours = (
        wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    )
    return wanted[:FIELD_MAX] if is_ours else urls.HOME


def back_to_sign_in(query: dict[str, str]) -> Response:
    """Lead back to the sign-in with what went wrong."""
    return to_address(f"{urls.SIGN_IN}?{urlencode(query)}")


def to_address(address: str) -> Response:
    """Lead to an address; nobody keeps the answer."""
    answer = redirect(address, SEE_OTHER)
    answer.headers["Cache-Control"] = "no-store"
    return answer
