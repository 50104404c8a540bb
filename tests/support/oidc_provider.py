# ruff: noqa: ARG002  # the library says what methods get
"""A faithful OpenID provider on loopback: Authlib's server with RSA keys, PKCE and one-time codes.

`twists` change one thing each, as a wrong or hostile provider would.
"""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

import requests
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "cockpit", "geheim"
BACK = "http://127.0.0.1:8050/anmelden/extern/zurueck"


class Client(ClientMixin):  # type: ignore[misc]  # untyped library
    def get_client_id(self):
        return CLIENT

    def get_default_redirect_uri(self):
        return BACK

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == BACK

    def check_client_secret(self, client_secret):
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):  # type: ignore[misc]  # untyped library
    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return int(time.time())

    def get_acr(self):
        return ""

    def get_amr(self):
        return None


@cache
def _key(kid: str, number: int = 0) -> RSAKey:
    """Keys take a second to make: one of a name and number for all tests."""
    assert number >= 0
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


@dataclass
class OidcProvider:
    """What the provider says of the person who signs in, and how it is twisted."""

    url: str = ""
    person: dict[str, Any] = field(
        default_factory=lambda: {
            "sub": "4711", "preferred_username": "m.dienst", "name": "Dienst Extern",
            "roles": ["krisenstab", "fremd"], "amr": ["pwd", "otp"],
        }
    )  # fmt: skip
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    signing: RSAKey | None = None
    description: dict[str, Any] = field(default_factory=dict)
    is_down: bool = False
    key: RSAKey = field(default_factory=lambda: _key("first"))
    codes: dict[str, Code] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def sign_in(self, address: str) -> tuple[str, str]:
        """Do what the browser does at the provider; returns state and code."""
        answer = requests.get(address, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        found = dict(
            pair.split("=", 1) for pair in answer.headers["Location"].split("?", 1)[1].split("&")
        )
        return found["state"], found["code"]


def another_key(kid: str = "first") -> RSAKey:
    return _key(kid, 1)


def _unsigned(claims: dict[str, Any]) -> str:

    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}."


def _server(found: OidcProvider, app: Flask) -> AuthorizationServer:
    server = AuthorizationServer(
        app, query_client=lambda name: Client() if name == CLIENT else None,
        save_token=lambda _token, _request: None,
    )  # fmt: skip

    class CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]  # untyped library
        TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = ["client_secret_basic"]

        def save_authorization_code(self, code, request):
            data = request.payload.data
            found.codes[code] = Code(
                code, request.payload.redirect_uri, request.payload.scope,
                data.get("nonce", ""), data.get("code_challenge", ""),
                data.get("code_challenge_method", ""),
            )  # fmt: skip

        def query_authorization_code(self, code, client):
            return found.codes.get(code)

        def delete_authorization_code(self, authorization_code):
            del found.codes[authorization_code.code]

        def authenticate_user(self, authorization_code):
            return found.person

    class IdToken(OpenIDCode):  # type: ignore[misc]  # untyped library
        def exists_nonce(self, nonce, request):
            return False

        def encode_id_token(self, token, request):
            now = int(time.time())
            claims = {
                "iss": found.url, "aud": CLIENT, "iat": now, "exp": now + 300,
                "nonce": request.authorization_code.nonce, **found.person, **found.claims,
            }  # fmt: skip
            header = {"alg": "RS256", "kid": found.key.kid, **found.header}
            if header["alg"] == "none":
                return _unsigned(claims)
            return jwt.encode(header, claims, found.signing or found.key)

    server.register_grant(CodeGrant, [IdToken(require_nonce=True), CodeChallenge(required=True)])
    return server


def _app(found: OidcProvider) -> Flask:
    app = Flask("provider")
    server = _server(found, app)

    @app.before_request
    def note():
        found.asked.append(request.path)
        return ("", 503) if found.is_down else None

    @app.get("/.well-known/openid-configuration")
    def description():
        return jsonify(
            {
                "issuer": found.url,
                "authorization_endpoint": f"{found.url}/authorize",
                "token_endpoint": f"{found.url}/token",
                "jwks_uri": f"{found.url}/keys",
                "end_session_endpoint": f"{found.url}/logout",
                **found.description,
            }
        )

    @app.get("/keys")
    def keys():
        return jsonify(KeySet([found.key]).as_dict(private=False))

    @app.get("/authorize")
    def authorize():
        grant = server.get_consent_grant(end_user=found.person)
        return server.create_authorization_response(grant=grant, grant_user=found.person)

    @app.post("/token")
    def token():
        return server.create_token_response()

    return app


@contextmanager
def oidc_provider() -> Iterator[OidcProvider]:
    found = OidcProvider()
    server = make_server("127.0.0.1", 0, _app(found), threaded=True)
    found.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
