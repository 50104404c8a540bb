"""The way to the identity provider and back; what belongs to it waits in a cookie of its own."""

import base64
import binascii
import json
from dataclasses import asdict

from flask import Blueprint, request
from werkzeug.wrappers import Response

from api.problems import problem
from api.sign_in import DATABASE_DOWN, FULL, back_to_sign_in, entered, own_path, to_address
from components import urls
from services.container import services
from services.errors import CockpitError, NotStoredError, StoreFullError
from services.people.oidc.errors import (
    ExternalSignInError,
    NoFactorError,
    NoRoleError,
    ProviderDownError,
)
from services.people.oidc.model import Flow
from services.people.oidc.sign_in import ExternalSignIn

COOKIE = "cockpit_oidc"
WAIT_S = 600
"""So long somebody may take at the provider (estimate)."""
FIELD_MAX = 4096
NOT_FOUND = 404
FAULTS: dict[type[CockpitError], str] = {
    ExternalSignInError: "extern",
    ProviderDownError: "extern-aus",
    NoRoleError: "extern-rolle",
    NoFactorError: "extern-faktor",
    StoreFullError: FULL,
    NotStoredError: DATABASE_DOWN,
}


def external_sign_in_blueprint() -> Blueprint:
    """Serve the way to the provider; without one there are no such addresses."""
    blueprint = Blueprint("external_sign_in", __name__)

    @blueprint.before_request
    def is_configured() -> Response | None:
        return problem(NOT_FOUND) if services().external is None else None

    @blueprint.get(urls.EXTERNAL)
    def begin() -> Response:
        try:
            address, flow = _external().begin(own_path(request.args.get("weiter", "")))
        except CockpitError as error:
            return _refused(error)
        response = to_address(address)
        response.set_cookie(
            COOKIE, _packed(flow), max_age=WAIT_S, httponly=True, samesite="Lax",
            secure=request.is_secure, path=urls.EXTERNAL,
        )  # fmt: skip
        return response

    @blueprint.get(urls.EXTERNAL_BACK)
    def finish() -> Response:
        flow = _unpacked(request.cookies.get(COOKIE, ""))
        try:
            token = _external().finish(
                request.args.get("state", "")[:FIELD_MAX],
                request.args.get("code", "")[:FIELD_MAX],
                flow,
                request.user_agent.string,
            )
        except CockpitError as error:
            return _forget(_refused(error))
        return _forget(entered(token, flow.target))

    @blueprint.get(urls.EXTERNAL_END)
    def end() -> Response:
        try:
            return to_address(_external().provider.end_address() or urls.HOME)
        except CockpitError as error:
            return _refused(error)

    return blueprint


def _external() -> ExternalSignIn:
    found = services().external
    if found is None:
        raise RuntimeError("asked without a provider")
    return found


def _refused(error: CockpitError) -> Response:
    return back_to_sign_in({"fehler": FAULTS.get(type(error), "extern")})


def _forget(response: Response) -> Response:
    """Take the flow back: it is good for one answer."""
    response.delete_cookie(
        COOKIE, path=urls.EXTERNAL, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def _packed(flow: Flow) -> str:
    return base64.urlsafe_b64encode(json.dumps(asdict(flow)).encode()).decode()


def _unpacked(text: str) -> Flow:
    """Return the flow of a cookie; rubbish is one that nothing fits to."""
    try:
        found = json.loads(base64.urlsafe_b64decode(text[:FIELD_MAX].encode()))
        flow = Flow(**{name: str(found[name]) for name in Flow.__slots__})
    except (ValueError, KeyError, TypeError, binascii.Error):
        return Flow("", "", "")
    return Flow(flow.state, flow.nonce, flow.verifier, own_path(flow.target))
