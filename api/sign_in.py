"""Signing in and out by plain forms: password managers know them, and no script is needed."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from api.identity import COOKIE, is_from_here, set_cookie
from api.problems import problem
from components import urls
from services.container import services
from services.errors import CockpitError
from services.people.errors import SignInLockedError
from services.people.identity import current
from services.people.model import Role
from services.people.sign_in import SHIFT, WALL, Entry

SEE_OTHER, FORBIDDEN = 303, 403
FIELD_MAX = 500
LOCKED, WRONG = "gesperrt", "falsch"


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
        )
        try:
            token = services().sign_in.enter(entry)
        except CockpitError as error:
            why = LOCKED if isinstance(error, SignInLockedError) else WRONG
            return _back({"fehler": why, "weiter": _target()})
        return _entered(token, is_wall=is_wall)

    @blueprint.post(urls.ENTER_DEMO)
    def enter_demo() -> Response:
        try:
            role = Role(_field("role"))
            token = services().sign_in.enter_demo(role, request.remote_addr or "")
        except (ValueError, CockpitError):
            return _back({"fehler": WRONG})
        return _entered(token, is_wall=False)

    @blueprint.post(urls.LEAVE)
    def leave() -> Response:
        services().sign_in.leave(request.cookies.get(COOKIE, ""))
        response = _to(urls.HOME)
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
        return response

    return blueprint


def _entered(token: str, *, is_wall: bool) -> Response:
    account = services().sign_in.find(token)
    has_work = not account.is_confirmed or services().accounts.must_change(account.person_id)
    response = _to(urls.ACCOUNT if has_work else _target())
    set_cookie(response, token, int((WALL if is_wall else SHIFT).total_seconds()))
    old = request.cookies.get(COOKIE, "")
    if old and current().is_signed_in:
        services().sign_in.leave(old)
    return response


def _field(name: str) -> str:
    return request.form.get(name, "")[:FIELD_MAX]


def _target() -> str:
    """Return the page to go on to: one of ours, never another site."""
    wanted = _field("weiter")
    is_ours = (
        wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    )
    return wanted if is_ours else urls.HOME


def _back(query: dict[str, str]) -> Response:
    return _to(f"{urls.SIGN_IN}?{urlencode(query)}")


def _to(address: str) -> Response:
    answer = redirect(address, SEE_OTHER)
    answer.headers["Cache-Control"] = "no-store"
    return answer
