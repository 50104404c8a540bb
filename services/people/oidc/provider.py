"""The identity provider: its description, its keys, the way there, and a verified token back."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from services.people.oidc.errors import ExternalSignInError, ProviderDownError
from services.people.oidc.model import Claims, Flow, OidcSettings, has_factor, role_of
from services.sources.errors import SourceUnavailableError
from services.sources.http import get, require_allowed
from services.sources.model import Request

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Asymmetric ones only: `none` and keys that both sides know are refused."""
DISCOVERY = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
KEPT_S, REFETCH_S = 3600.0, 30.0
"""How long description and keys are kept; an unknown key asks again at most so often (estimate)."""
LEEWAY_S = 60
"""Clocks of both sides may be so far apart (estimate)."""
TIMEOUT_S = 5.0
MOST_BYTES = 200_000
SECRET_LENGTH = 48
SUBJECT_MAX, NAME_MAX = 300, 80


@dataclass(slots=True)
class _Memory:
    description: Mapping[str, Any] = field(default_factory=dict)
    keys: KeySet | None = None
    at_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Provider:
    """One identity provider, asked when somebody signs in."""

    settings: OidcSettings
    seconds: Callable[[], float] = time.monotonic
    _memory: _Memory = field(default_factory=_Memory, compare=False, repr=False)

    def begin(self, target: str) -> tuple[str, Flow]:
        """Return where to send the browser, and what it must bring back.

        Raises
        ------
        ProviderDownError
            When the provider does not answer.
        """
        flow = Flow(generate_token(SECRET_LENGTH), generate_token(SECRET_LENGTH),
                    generate_token(SECRET_LENGTH), target)  # fmt: skip
        address, _ = self._session().create_authorization_url(
            self._description()["authorization_endpoint"],
            state=flow.state,
            nonce=flow.nonce,
            code_verifier=flow.verifier,
        )
        return str(address), flow

    def finish(self, code: str, flow: Flow) -> Claims:
        """Return what the provider says of who came back with a code.

        Raises
        ------
        ExternalSignInError
            When the code or the token is not to be believed.
        ProviderDownError
            When the provider does not answer.
        """
        endpoint = self._description()["token_endpoint"]
        try:
            answer = self._session().fetch_token(
                endpoint, grant_type="authorization_code", code=code,
                code_verifier=flow.verifier, timeout=TIMEOUT_S, allow_redirects=False,
            )  # fmt: skip
        except OAuthError as error:
            raise ExternalSignInError(str(error)) from error
        except (requests.RequestException, json.JSONDecodeError) as error:
            raise ProviderDownError(type(error).__name__) from error
        return self._claims(str(answer.get("id_token") or ""), flow)

    def end_address(self) -> str:
        """Return where one signs out at the provider, "" where it has no such address."""
        return str(self._description().get("end_session_endpoint") or "")

    def _claims(self, token: str, flow: Flow) -> Claims:
        given = self._verified(token, flow)
        subject = f"{self.settings.issuer}|{given['sub']}"
        if len(subject) > SUBJECT_MAX:
            raise ExternalSignInError("subject too long")
        login = str(given.get("preferred_username") or given.get("email") or "")
        return Claims(
            subject=subject,
            login=login,
            name=str(given.get("name") or login or "ohne Namen")[:NAME_MAX],
            role=role_of(given, self.settings.role_claim, self.settings.roles),
            has_factor=self.settings.trusts_factor or has_factor(given),
        )

    def _verified(self, token: str, flow: Flow) -> Mapping[str, Any]:
        """Return the claims of an ID token whose signature and content are right."""
        rules = {
            "iss": {"essential": True, "value": self.settings.issuer},
            "aud": {"essential": True, "value": self.settings.client_id},
        }
        expected = {"nonce": flow.nonce, "client_id": self.settings.client_id}
        try:
            found = self._decoded(token)
            claims = CodeIDToken(found.claims, found.header, rules, expected)
            claims.validate(leeway=LEEWAY_S)
        except (JoseError, ValueError) as error:
            raise ExternalSignInError(f"{type(error).__name__}: {error}") from error
        return dict(found.claims)

    def _decoded(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._keys(), algorithms=ALGORITHMS)
        except InvalidKeyIdError:  # the provider may have changed its keys
            return jwt.decode(token, self._keys(again=True), algorithms=ALGORITHMS)

    def _description(self) -> Mapping[str, Any]:
        memory = self._memory
        if memory.description and self.seconds() - memory.at_s < KEPT_S:
            return memory.description
        found = self._json(self.settings.issuer.rstrip("/") + DISCOVERY)
        if found.get("issuer") != self.settings.issuer:
            raise ProviderDownError("issuer of the description differs")
        for name in NEEDED:
            self._require(str(found.get(name) or ""))
        memory.description, memory.keys, memory.at_s = found, None, self.seconds()
        return found

    def _keys(self, *, again: bool = False) -> KeySet:
        memory = self._memory
        description = self._description()
        is_stale = again and self.seconds() - memory.at_s >= REFETCH_S
        if memory.keys is None or is_stale:
            found: Any = self._json(str(description["jwks_uri"]))
            try:
                memory.keys = KeySet.import_key_set(found)
            except (JoseError, ValueError, KeyError) as error:
                raise ProviderDownError("unreadable keys") from error
            memory.at_s = self.seconds()
        return memory.keys

    def _json(self, address: str) -> Mapping[str, Any]:
        try:
            body = get(Request(address, is_conditional=False, max_bytes=MOST_BYTES)).body
            found = json.loads(body)
        except (SourceUnavailableError, ValueError) as error:
            raise ProviderDownError(str(error)) from error
        if not isinstance(found, dict):
            raise ProviderDownError("no object")
        return found

    @staticmethod
    def _require(address: str) -> None:
        try:
            require_allowed(address)
        except SourceUnavailableError as error:
            raise ProviderDownError(str(error)) from error

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            client_id=self.settings.client_id,
            client_secret=self.settings.client_secret,
            scope="openid profile email",
            redirect_uri=self.settings.redirect_uri,
            code_challenge_method="S256",
        )
