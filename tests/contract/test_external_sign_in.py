"""The addresses of the identity provider: the way there, the cookie, the way back, the button."""

import importlib
from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from api.external_sign_in import COOKIE as FLOW
from api.identity import COOKIE
from services import container
from services.errors import NotStoredError, StoreFullError
from services.people.identity import acting
from services.people.model import Role
from services.people.oidc.errors import NoFactorError, NoRoleError, ProviderDownError
from services.people.oidc.model import Flow
from tests.support import fakes, trees
from tests.support.sample_people import identity_of


class FakeExternal:
    name = "Kreis-Login"

    def __init__(self):
        self.fault = None
        self.came = []
        self.provider = SimpleNamespace(end_address=lambda: "https://id.example/logout")

    def begin(self, target):
        if self.fault:
            raise self.fault
        return "https://id.example/authorize?x=1", Flow("s1", "n1", "v1", target)

    def finish(self, state, code, flow, browser):
        assert browser
        self.came.append((state, code, flow))
        if self.fault:
            raise self.fault
        return "planner"


@pytest.fixture
def external(found):
    made = FakeExternal()
    values = {name: getattr(found, name) for name in type(found).__slots__}
    container.install(container.Services(**{**values, "external": made}))
    return made


def test_without_a_provider_there_are_no_such_addresses_and_no_button(client, found):
    for path in ("", "/zurueck", "/abmelden"):
        assert client.get(f"/anmelden/extern{path}").status_code == 404
    page = importlib.import_module("pages.account.sign_in")
    assert "Anmeldedienst" not in trees.text(page.layout())


def test_the_page_offers_the_provider_and_says_that_local_accounts_go_on(app, external):
    page = importlib.import_module("pages.account.sign_in")
    tree = page.layout(weiter="/lage")
    assert "Mit Kreis-Login anmelden" in trees.text(tree)
    assert "Konten dieses Cockpits gelten daneben weiter" in trees.text(tree)
    assert "/anmelden/extern?weiter=%2Flage" in trees.links(tree)


def test_the_way_there_and_back_signs_in_and_takes_the_flow_back(client, external):
    there = client.get("/anmelden/extern?weiter=/daten")
    assert (there.status_code, there.headers["Location"]) == (
        303, "https://id.example/authorize?x=1",
    )  # fmt: skip
    cookie = there.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    back = client.get("/anmelden/extern/zurueck?state=s1&code=c1")
    assert (back.status_code, back.headers["Location"]) == (303, "/daten")
    [(state, code, flow)] = external.came
    assert (state, code, flow) == ("s1", "c1", Flow("s1", "n1", "v1", "/daten"))
    assert client.get_cookie(COOKIE).value == "planner"
    assert client.get_cookie(FLOW, path="/anmelden/extern") is None


@pytest.mark.parametrize("target", ["https://boese.example", "//boese.example", "/\\boese"])
def test_nobody_is_led_to_another_site(client, external, target):
    client.get("/anmelden/extern", query_string={"weiter": target})
    back = client.get("/anmelden/extern/zurueck?state=s1&code=c1")
    assert back.headers["Location"] == "/"


@pytest.mark.parametrize("value", ["", "Unsinn", "eyJ4IjogMX0=", "////", "bnVsbA=="])
def test_a_cookie_that_is_rubbish_gives_a_flow_that_nothing_fits_to(client, external, value):
    client.set_cookie(FLOW, value, path="/anmelden/extern")
    client.get("/anmelden/extern/zurueck?state=s1&code=c1")
    assert external.came[0][2].state == ""


@pytest.mark.parametrize(
    ("fault", "key"),
    [(ProviderDownError(), "extern-aus"), (NoRoleError(), "extern-rolle"),
     (NoFactorError(), "extern-faktor")],
)  # fmt: skip
def test_what_goes_wrong_is_said_on_the_sign_in_page(client, external, fault, key):
    external.fault = fault
    for path in ("/anmelden/extern", "/anmelden/extern/zurueck?state=s&code=c"):
        answer = client.get(path)
        assert answer.headers["Location"] == f"/anmelden?fehler={key}"
    page = importlib.import_module("pages.account.sign_in")
    assert fault.user_message in trees.text(page.layout(fehler=key))


def test_one_signs_out_at_the_provider_too(client, external):
    assert (
        client.get("/anmelden/extern/abmelden").headers["Location"] == "https://id.example/logout"
    )


def test_in_a_drill_people_of_the_provider_are_told_how_they_come_in(app, found):
    page = importlib.import_module("pages.account.sign_in")
    container.install(replace(found, site=fakes.site(is_drill=True)))
    assert "Anmeldedienst" not in trees.text(page.layout())
    found.accounts.external = True
    words = trees.text(page.layout())
    assert "In der Übung gibt es keinen Anmeldedienst" in words
    assert "bevor die Übung beginnt" in words


def test_who_starts_a_drill_is_told_that_people_of_the_provider_need_an_account(app, external):
    page = importlib.import_module("pages.operations.drill")
    with acting(identity_of(Role.CRISIS)):
        assert "nicht über den Anmeldedienst" in trees.text(page.layout())


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StoreFullError(), "Der Datenträger ist voll"),
        (NotStoredError(), "Die Datenbank antwortet nicht"),
    ],
)
def test_who_cannot_be_let_in_for_want_of_a_store_is_not_told_of_a_wrong_password(
    client, found, external, error, words
):
    page = importlib.import_module("pages.account.sign_in")
    found.sign_in.fault = external.fault = error
    here = {"Sec-Fetch-Site": "same-origin"}
    form = {"login": "crisis", "password": "richtig"}
    local = client.post("/anmelden/senden", data=form, headers=here)
    way = client.get("/anmelden/extern/zurueck", headers={"User-Agent": "x"})
    for answer in (local, way):
        word = parse_qs(urlsplit(answer.headers["Location"]).query)["fehler"][0]
        assert words in trees.text(page.layout(fehler=word))
