"""Signing in through a provider, against a faithful one on loopback, and against twisted ones."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from data import audit, people
from services.people.accounts import Accounts
from services.people.errors import AccountError, SignInError
from services.people.identity import acting
from services.people.model import Role, system
from services.people.oidc.errors import (
    ExternalSignInError,
    NoFactorError,
    NoRoleError,
    ProviderDownError,
)
from services.people.oidc.model import Flow, OidcSettings, role_of
from services.people.oidc.provider import Provider
from services.people.oidc.sign_in import ExternalSignIn
from services.people.sign_in import Entry, SignIn
from tests.support.oidc_provider import BACK, CLIENT, SECRET, another_key, oidc_provider

ROLES = {"krisenstab": Role.CRISIS, "planung": Role.PLANNER, "leitung": Role.ADMIN}


@pytest.fixture(autouse=True)
def on_loopback(monkeypatch):
    """Authlib's server insists on https, which the test's provider has no certificate for."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture
def provider():
    with oidc_provider() as found:
        yield found


@pytest.fixture
def sign_in(sqlite_sessions):
    return SignIn(sqlite_sessions, ZoneInfo("Europe/Berlin"))


@pytest.fixture
def external(sqlite_sessions, provider, sign_in):
    settings = OidcSettings(provider.url, CLIENT, SECRET, BACK, ROLES)
    return ExternalSignIn(sqlite_sessions, Provider(settings), sign_in)


def enter(external, provider):
    address, flow = external.begin("/lage")
    state, code = provider.sign_in(address)
    return external.finish(state, code, flow, "Testbrowser")


def log(sessions):
    with sessions() as session:
        return [(row.action, row.details.get("why", "")) for row in audit.newest(session, 20)]


def test_the_first_sign_in_makes_an_account_with_the_role_of_the_provider(
    external, provider, sign_in, sqlite_sessions
):
    who = sign_in.find(enter(external, provider))
    assert (who.login, who.name, who.role) == ("m.dienst", "Dienst Extern", Role.CRISIS)
    assert who.is_confirmed
    with sqlite_sessions() as session:
        row = people.by_login(session, "m.dienst")
    assert (row.subject, row.password_hash) == (f"{provider.url}|4711", "")
    assert [action for action, _ in log(sqlite_sessions)] == ["sign-in", "account-external"]


def test_the_same_person_comes_back_to_the_same_account_with_the_role_of_today(
    external, provider, sign_in
):
    first_token = enter(external, provider)
    first = sign_in.find(first_token)
    provider.person |= {"roles": ["planung"], "name": "Neuer Name", "preferred_username": "anders"}
    second = sign_in.find(enter(external, provider))
    assert second.person_id == first.person_id
    assert (second.role, second.name, second.login) == (Role.PLANNER, "Neuer Name", "m.dienst")
    assert not sign_in.find(first_token).is_signed_in


def test_a_local_account_of_the_same_name_is_never_taken_over(external, provider, sign_in):
    with acting(system("Test")):
        first = Accounts(sign_in.sessions).add("m.dienst", "Lokal", Role.ADMIN)
    who = sign_in.find(enter(external, provider))
    assert who.login.startswith("m.dienst-")
    assert who.role is Role.CRISIS
    local = sign_in.find(sign_in.enter(Entry("m.dienst", first)))
    assert local.name == "Lokal"


def test_an_external_account_has_no_password_here_and_gets_none(external, provider, sign_in):
    enter(external, provider)
    with pytest.raises(SignInError):
        sign_in.enter(Entry("m.dienst", ""))
    with acting(system("Test")), pytest.raises(AccountError, match="Anmeldedienst"):
        Accounts(sign_in.sessions).reset("m.dienst")


@pytest.mark.parametrize(
    "roles", [[], ["fremd"], "fremd", None, {"krisenstab": 1}, [["krisenstab"]]]
)
def test_who_has_no_role_of_the_list_is_refused_and_gets_no_account(
    external, provider, sqlite_sessions, roles
):
    provider.person["roles"] = roles
    with pytest.raises(NoRoleError):
        enter(external, provider)
    with sqlite_sessions() as session:
        assert people.everyone(session) == []
    assert log(sqlite_sessions) == [("sign-in-refused", "NoRoleError")]


def test_a_role_that_acts_needs_a_second_factor_of_the_provider(external, provider):
    provider.person["amr"] = ["pwd"]
    with pytest.raises(NoFactorError):
        enter(external, provider)
    provider.person |= {"roles": ["planung"]}
    assert enter(external, provider)


def test_a_closed_account_is_refused(external, provider, sign_in):
    enter(external, provider)
    with acting(system("Test")):
        Accounts(sign_in.sessions).set_active("m.dienst", is_active=False)
    with pytest.raises(NoRoleError):
        enter(external, provider)


@pytest.mark.parametrize("state", ["", "falsch", "ä"])
def test_an_answer_with_another_state_is_refused_before_the_code_is_used(external, provider, state):
    address, flow = external.begin("/")
    _, code = provider.sign_in(address)
    with pytest.raises(ExternalSignInError):
        external.finish(state, code, flow)
    assert "/token" not in provider.asked


def test_without_the_cookie_of_this_browser_nobody_gets_in(external, provider):
    address, _ = external.begin("/")
    _, code = provider.sign_in(address)
    with pytest.raises(ExternalSignInError):
        external.finish("", code, Flow("", "", ""))


def test_a_code_works_once(external, provider):
    address, flow = external.begin("/")
    state, code = provider.sign_in(address)
    external.finish(state, code, flow)
    with pytest.raises(ExternalSignInError):
        external.finish(state, code, flow)


def test_a_code_of_another_browser_does_not_fit_the_verifier(external, provider):
    _, mine = external.begin("/")
    address, _ = external.begin("/")
    _, code = provider.sign_in(address)
    with pytest.raises(ExternalSignInError):
        external.finish(mine.state, code, mine)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "andere"},
        {"nonce": None},
        {"aud": "anderer-dienst"},
        {"aud": ["anderer-dienst"]},
        {"aud": [CLIENT, "anderer"], "azp": "anderer"},
        {"iss": "https://boese.example"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"sub": None},
        {"sub": "x" * 400},
        {"iat": int(time.time()) + 3600},
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(external, provider, claims):
    provider.claims = claims
    with pytest.raises(ExternalSignInError):
        enter(external, provider)


def test_an_unsigned_token_is_refused(external, provider):
    provider.header = {"alg": "none"}
    with pytest.raises(ExternalSignInError):
        enter(external, provider)


def test_a_token_of_another_key_is_refused(external, provider):
    provider.signing = another_key()
    with pytest.raises(ExternalSignInError):
        enter(external, provider)


def test_a_token_of_an_unknown_key_is_refused(external, provider):
    provider.header = {"kid": "fremd"}
    with pytest.raises(ExternalSignInError):
        enter(external, provider)


def test_new_keys_of_the_provider_are_fetched(sqlite_sessions, provider, sign_in):
    clock = [0.0]
    settings = OidcSettings(provider.url, CLIENT, SECRET, BACK, ROLES)
    made = Provider(settings, seconds=lambda: clock[0])
    external = ExternalSignIn(sqlite_sessions, made, sign_in)
    enter(external, provider)
    provider.key = another_key("second")
    with pytest.raises(ExternalSignInError):
        enter(external, provider)
    clock[0] = 40.0
    assert enter(external, provider)


def test_a_provider_that_does_not_answer_is_said_and_local_sign_in_goes_on(
    external, provider, sign_in
):
    provider.is_down = True
    with pytest.raises(ProviderDownError, match="503"):
        external.begin("/")
    with acting(system("Test")):
        first = Accounts(sign_in.sessions).add("lokal", "Lokal", Role.PLANNER)
    assert sign_in.find(sign_in.enter(Entry("lokal", first))).login == "lokal"


def test_a_provider_that_fails_half_way_is_said(external, provider):
    address, flow = external.begin("/")
    state, code = provider.sign_in(address)
    provider.is_down = True
    with pytest.raises((ProviderDownError, ExternalSignInError)):
        external.finish(state, code, flow)


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://boese.example"},
        {"token_endpoint": "http://boese.example/token"},
        {"jwks_uri": ""},
    ],
)
def test_a_description_that_leads_elsewhere_is_refused(external, provider, description):
    provider.description = description
    with pytest.raises(ProviderDownError):
        external.begin("/")


def test_the_highest_named_role_counts_and_claims_may_lie_deep():
    claims = {"realm_access": {"roles": ["planung", "krisenstab", "x"]}, "roles": "planung"}
    assert role_of(claims, "realm_access.roles", ROLES) is Role.CRISIS
    assert role_of(claims, "roles", ROLES) is Role.PLANNER
    assert role_of(claims, "roles.tiefer", ROLES) is None
    assert role_of({}, "roles", ROLES) is None


def test_a_session_is_of_now(external, provider, sqlite_sessions):
    enter(external, provider)
    with sqlite_sessions() as session:
        [row] = [row for row in audit.newest(session, 5) if row.action == "sign-in"]
    assert abs((row.at - datetime.now(UTC)).total_seconds()) < 60
