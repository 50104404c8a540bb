"""Who may what: every callback, page and address belongs to a right, and is refused without it."""

import dash
import pytest

from api.guard import callbacks, right_of_callback, right_of_page
from api.identity import COOKIE
from services.errors import StoreUnavailableError
from services.people.identity import acting, current
from services.people.model import PUBLIC, RIGHTS, UNCHECKED, WALL_RIGHTS, Right, Role
from tests.support import trees
from tests.support.sample_people import identity_of

HERE = {"Sec-Fetch-Site": "same-origin"}
UPDATE = "/_dash-update-component"

WATCH = {
    "/lage/tagebuch/tagebuch.pdf": "",
    "/lage/tagebuch/tagebuch.csv": "",
    "/lage/tagebuch/wissensstand.csv": "",
    "/lage/tagebuch/foto/<sha256>": "/lage/tagebuch/foto/" + "c" * 64,
    "/lage/uebergabe/bericht/<int:entry_id>.pdf": "/lage/uebergabe/bericht/1.pdf",
    "/lage/massnahmen/laufzettel.pdf": "",
    "/lage/massnahmen/massnahmen.csv": "",
    "/lage/notfallliste/notfallliste.pdf": "",
    "/lage/notfallliste/notfallliste.html": "",
}
"""Addresses that only who may watch gets anything from, each with an example of it."""
OWN_KEY = {
    "/metrics": "a token of the operator: test_endpoints",
    "/api/v1/uplinks/<source>": "a token of the network server: test_webhook",
    "/api/v1/ngsi-ld/notify": "a token of the broker: test_ngsi_ld",
    "/_dash-update-component": "the right of each callback, below",
}
WITH_TOKEN_ONLY = {"/api/v1/uplinks/<source>", "/api/v1/ngsi-ld/notify"}
"""Without a webhook token, as here, there are no such addresses."""
FOR_EVERYBODY = {
    "/", "/<path:path>", "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/_dash-dependencies", "/_dash-layout", "/_favicon.ico", "/_reload-hash",
    "/assets/<path:filename>", "/static/<path:filename>", "/lib/<name>",
    "/healthz/freshness", "/healthz/live", "/healthz/ready",
    "/abmelden", "/anmelden/extern", "/anmelden/extern/abmelden", "/anmelden/extern/zurueck",
    "/anmelden/senden", "/anmelden/vorfuehrung",
    "/api/v1/<path:rest>", "/api/v1/alerts", "/api/v1/boundaries.geojson", "/api/v1/catalog",
    "/api/v1/catalog.<ending>", "/api/v1/datasets/<dataset_id>/download.<ending>",
    "/api/v1/datasets/<dataset_id>/metadata.json", "/api/v1/datastreams",
    "/api/v1/datastreams/<path:key>/observations", "/api/v1/docs", "/api/v1/docs/<path:name>",
    "/api/v1/docs/start.js", "/api/v1/gauges", "/api/v1/gauges/<gauge_id>",
    "/api/v1/gauges/<gauge_id>/observations", "/api/v1/gauges/<gauge_id>/observations.csv",
    "/api/v1/indicators", "/api/v1/lead-times", "/api/v1/lead-times/<run_id>",
    "/api/v1/municipalities", "/api/v1/municipalities.csv", "/api/v1/municipalities/<ags>",
    "/api/v1/ngsi-ld/entities", "/api/v1/openapi.json", "/api/v1/rain-pictures.png",
    "/api/v1/sensorthings/v1.1", "/api/v1/sensorthings/v1.1/<path:path>", "/api/v1/status",
    "/api/v1/stops.csv", "/api/v1/warnings", "/api/v1/warnings.atom", "/api/v1/warnings.geojson",
    "/api/v1/warnings/<place_id>/<river_id>.cap.xml",
}  # fmt: skip
"""Addresses that hold what is public, or lead to a page that guards itself."""
TOKENS = {
    "": PUBLIC.rights,
    **{role.value: RIGHTS[role] for role in Role if role is not Role.PUBLIC},
    "crisis/unsure": PUBLIC.rights,
    "admin/unsure": PUBLIC.rights,
    "crisis/wall": WALL_RIGHTS,
    "erraten": PUBLIC.rights,
}
"""Sessions with what they may: each role, without the second factor, a wall, rubbish."""


def signed_in(client, token):
    client.set_cookie(COOKIE, token)
    return client


def test_every_callback_of_the_server_has_a_right(app):
    found = dict(callbacks(app))
    assert len(found) > 40
    assert [output for output, right in found.items() if right is None] == []


def test_a_callback_of_no_page_has_no_right():
    assert right_of_callback(lambda: None) is None
    assert right_of_callback("no function") is None
    assert right_of_page("pages.gibt.es.nicht") is None


def test_every_page_that_needs_a_right_refuses_everybody_without_it(app, client):
    for page in dash.page_registry.values():
        right = Right(page.get("right", Right.READ))
        for role in Role:
            who = identity_of(role) if role is not Role.PUBLIC else PUBLIC
            with app.server.test_request_context(page["path"]), acting(who):
                tree = page["layout"](page_path=page["path"])
            is_hint = "ist für Konten mit dem Recht" in str(tree)
            assert is_hint == (right not in RIGHTS[role]), (page["module"], role)


def test_the_ids_of_guarded_pages_are_known_to_the_browser_without_their_content(app, client):
    known = set(trees.ids(app.validation_layout))
    assert known >= {"administration-accounts", "administration-log"}
    with app.server.test_request_context("/verwaltung"):
        [page] = [page for page in dash.page_registry.values() if page["path"] == "/verwaltung"]
        assert "administration-log" in trees.ids(page["layout"]())
        for path in ("/verwaltung", "", None):
            assert trees.ids(page["layout"](page_path=path)) == []


def test_every_guarded_callback_is_refused_to_the_public(app, client):
    for output, right in callbacks(app):
        answer = client.post(UPDATE, json={"output": output, "inputs": [], "changedPropIds": []})
        if right is not Right.READ:
            assert answer.status_code == 401, output
            assert answer.get_json()["detail"]


def test_every_address_is_public_or_guarded_by_name(app):
    found = {rule.rule for rule in app.server.url_map.iter_rules()}
    assert found == (FOR_EVERYBODY | set(WATCH) | set(OWN_KEY)) - WITH_TOKEN_ONLY


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("rule", WATCH)
def test_a_guarded_address_gives_nothing_to_who_may_not_watch(client, rule, token):
    if token:
        signed_in(client, token)
    answer = client.get(WATCH[rule] or rule)
    if Right.WATCH in TOKENS[token]:
        assert answer.status_code in {200, 404}
        return
    is_known = token not in {"", "erraten"}
    assert answer.status_code == (403 if is_known else 401)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("token", TOKENS)
def test_every_callback_is_refused_to_every_session_without_its_right(app, client, token):
    if token:
        signed_in(client, token)
    guarded = [(output, right) for output, right in callbacks(app) if right is not Right.READ]
    refused = 0
    for output, right in guarded:
        if right in TOKENS[token]:
            continue
        body = {"output": output, "inputs": [{"id": "x", "property": "y", "value": 1}]}
        answer = client.post(UPDATE, json=body, headers=HERE)
        assert answer.status_code in {401, 403}, (output, token)
        assert answer.mimetype == "application/problem+json"
        refused += 1
    assert refused or TOKENS[token] == RIGHTS[Role.ADMIN]


@pytest.mark.parametrize(
    "body",
    [
        {"output": "gibt-es-nicht.children"},
        {"output": ".._pages_content.children.."},
        {"output": 5},
        {"output": None},
        {},
        [],
        "text",
        None,
    ],
)
def test_a_manipulated_body_is_refused_in_words(client, body):
    answer = client.post(UPDATE, json=body, headers=HERE)
    assert answer.status_code in {400, 403}
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["detail"]


def test_a_broken_body_is_refused_in_words(client):
    answer = client.post(UPDATE, data=b"{\xff", content_type="application/json", headers=HERE)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://boese.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
    ],
)
def test_a_form_of_another_site_signs_nobody_in(client, headers, status):
    form = {"login": "crisis", "password": "richtig"}
    answer = client.post("/anmelden/senden", data=form, headers=headers)
    assert answer.status_code == status
    assert (COOKIE in (answer.headers.get("Set-Cookie") or "")) == (status == 303)


def test_what_another_site_asks_in_the_name_of_a_session_is_not_done(client):
    signed_in(client, "crisis")
    body = {"output": "x", "inputs": []}
    answer = client.post(UPDATE, json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "nicht von einer Seite" in answer.get_json()["detail"]


def test_signing_in_sets_a_cookie_that_no_script_reads(client):
    form = {"login": "crisis", "password": "richtig", "weiter": "/daten"}
    answer = client.post("/anmelden/senden", data=form, headers=HERE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/daten")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    secure = client.post(
        "/anmelden/senden", data=form, headers=HERE, base_url="https://localhost"
    ).headers["Set-Cookie"]
    assert "Secure" in secure


def test_a_browser_is_known_at_its_next_sign_in_and_the_cookie_goes_nowhere_else(client, found):
    form = {"login": "crisis", "password": "richtig", "weiter": "/daten"}
    for known in ("", "bekannt"):
        answer = client.post("/anmelden/senden", data=form, headers=HERE)
        _, cookie = answer.headers.getlist("Set-Cookie")
        assert cookie.startswith("cockpit_browser=bekannt;")
        assert "Path=/anmelden" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert found.sign_in.entries[-1].known == known


def test_a_store_that_keeps_no_browser_lets_people_in_all_the_same(client, found):
    found.sign_in.forgets = True
    form = {"login": "crisis", "password": "richtig", "weiter": "/daten"}
    answer = client.post("/anmelden/senden", data=form, headers=HERE)
    assert answer.headers["Location"] == "/daten"
    assert len(answer.headers.getlist("Set-Cookie")) == 1


@pytest.mark.parametrize(
    "target",
    ["https://boese.example", "//boese.example", "/\\boese.example", "javascript:1", "\n/x"],
)
def test_nobody_is_sent_to_another_site_after_signing_in(client, target):
    form = {"login": "planner", "password": "richtig", "weiter": target}
    answer = client.post("/anmelden/senden", data=form, headers=HERE)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("password", "why"), [("falsch", "fehler=falsch"), ("gesperrt", "fehler=gesperrt")]
)
def test_a_refusal_comes_back_to_the_form_with_its_words(client, password, why):
    form = {"login": "crisis", "password": password}
    answer = client.post("/anmelden/senden", data=form, headers=HERE)
    assert why in answer.headers["Location"]
    assert "Set-Cookie" not in answer.headers


def test_whoever_lacks_the_second_factor_or_has_a_first_password_goes_to_the_account(client, found):
    found.accounts.first_passwords.add("id-planner")
    form = {"login": "planner", "password": "richtig"}
    answer = client.post("/anmelden/senden", data=form, headers=HERE)
    assert answer.headers["Location"] == "/konto"


@pytest.fixture
def silent_store(found, monkeypatch):
    def fail(_token):
        raise StoreUnavailableError

    monkeypatch.setattr(found.sign_in, "find", fail)


def test_while_the_store_is_silent_a_guarded_page_says_so_and_loads_itself_again(app, client):
    [page] = [page for page in dash.page_registry.values() if page["path"] == "/lage/wand"]
    with app.server.test_request_context("/lage/wand"), acting(UNCHECKED):
        tree = page["layout"](page_path="/lage/wand")
    assert "lässt sich gerade nicht prüfen" in trees.text(tree)
    assert "data-reload" in str(tree)
    assert "/anmelden" not in str(tree)


def test_while_the_store_is_silent_nothing_guarded_is_given_and_nobody_is_sent_away(
    app, client, silent_store
):
    signed_in(client, "crisis")
    output = next(output for output, right in callbacks(app) if right is Right.OPERATE)
    answer = client.post(UPDATE, json={"output": output, "inputs": []}, headers=HERE)
    assert answer.status_code == 503
    assert "lässt sich gerade nicht prüfen" in answer.get_json()["detail"]
    navigating = {"Sec-Fetch-Mode": "navigate"}
    answer = client.get("/lage/massnahmen/massnahmen.csv", headers=navigating)
    assert answer.status_code == 503
    assert client.get("/gewaesser").status_code == 200


def test_leaving_ends_the_session_and_the_cookie(client, found):
    signed_in(client, "crisis")
    answer = client.post("/abmelden", headers=HERE)
    assert found.sign_in.closed == ["crisis"]
    assert "Max-Age=0" in answer.headers["Set-Cookie"]


def test_the_identity_of_a_request_does_not_outlive_it(client):
    signed_in(client, "admin")
    assert client.get("/konto").status_code == 200
    assert current() == PUBLIC


def test_the_frame_shows_who_has_signed_in(app, client):
    assert "Anmelden" in client.get("/_dash-layout").get_data(as_text=True)
    signed_in(client, "crisis")
    assert "Dienst crisis" in client.get("/_dash-layout").get_data(as_text=True)
