"""The catalogue: pages follow the service, exact pages win, files and refusals have their form."""

import importlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Event

import dash
import pytest
from dash._pages import _path_to_page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import DCAT, RDF, Graph

from components import urls
from components.shell.registered import title_of
from data.region_pack.dataset_codes import RESERVED
from pages.data_space import _dataset_files as files
from services.catalogue.formats.registry import FORMATS
from tests.support import trees
from tests.support.sample_catalogue import pack_file

FILE = "/api/v1/datasets/pegel-messwerte/download"
ALL = ("", "alle", "alle", "alle", "alle", "alle")


def page(name):
    return importlib.import_module(f"pages.data_space.{name}")


def show(*chosen):
    return page("index").show_catalogue(*chosen, "run-1")


def text(tree):
    return json.dumps(tree, cls=__import__("plotly").utils.PlotlyJSONEncoder, ensure_ascii=False)


def test_the_message_counts_data_sets_providers_and_what_is_stale(found):
    assert show(*ALL)[0] == "8 Datensätze von 5 Anbietern; 2 veraltet, 1 ohne Daten"


def test_search_and_facets_narrow_the_list_and_stand_in_the_address(found):
    headline, _, results, _, query = show("pegel schwellen", "ENVI", *ALL[2:])
    assert headline.startswith("8 Datensätze")
    assert "1 von 8 Datensätze" in text(results)
    assert query == "?suche=pegel+schwellen&thema=ENVI"


@pytest.mark.parametrize(
    ("place", "value", "count"),
    [(1, "TRAN", 1), (2, "odbl", 1), (3, "kreis", 4), (4, "nc", 2), (5, "leer", 1)],
)
def test_each_facet_narrows(found, place, value, count):
    chosen = list(ALL)
    chosen[place] = value
    assert f"{count} von 8 Datensätze" in text(show(*chosen)[2])


def test_rubbish_in_a_facet_narrows_nothing(found):
    assert "8 von 8 Datensätze" in text(show("", "<script>", "x", None, "exe", "morgen")[2])


def test_a_search_without_a_hit_says_so(found):
    assert "Kein Datensatz passt" in text(show("gibt es nicht", *ALL[1:])[2])


def test_a_store_that_is_down_and_a_region_without_a_catalogue_are_said(found):
    found.catalogue.is_down = True
    assert "Datenbank antwortet nicht" in text(show(*ALL)[1])
    found.catalogue.is_down, found.catalogue.is_empty = False, True
    assert "kein Datenkatalog" in show(*ALL)[0]


def test_years_and_providers_are_counted_against_their_goals(found):
    told = text(show(*ALL)[3])
    assert "4 von 12 Anbietern sind angebunden (33" in told
    assert "2025: 1; 2026: 8" in told
    assert "nicht erreicht" in told


def test_a_data_set_is_shown_with_files_citation_and_quality(found):
    headline, lead, body = page("dataset").show_dataset("pegel-messwerte", {}, "run-1")
    told = text([lead, body])
    assert headline == "Pegel: Wasserstand und Abfluss"
    links = trees.links(dash.html.Div(body))
    assert {f"{FILE}.{ending}" for ending in FORMATS} <= set(links)
    assert any("as_of=" in link and link.startswith("/daten/") for link in links)
    for words in (
        "Rohdaten, ungeprüft",
        "2.880 Werte",
        "94\\u00a0%",
        "So zitieren",
        "etwa 210",
        "2 Orte",
    ):
        assert words in told or words.replace("\\u00a0", "\xa0") in told, words


def test_the_examples_for_programs_give_something_now(found):
    told = text(page("dataset").show_dataset("pegel-messwerte", {}, "run-1")[2])
    assert "start=2026-11-21&end=2026-11-28" in told
    assert "as_of=2026-11-28T11:00:00Z" in told
    replayed = replace(
        found.catalogue.dataset("pegel-messwerte"), now=datetime(2021, 7, 14, 12, tzinfo=UTC)
    )
    shown = trees.text(files.addresses(replayed, "http://x"))
    assert "start=2021-07-07&end=2021-07-14" in shown
    assert "as_of=2021-07-14T11:00:00Z" in shown
    assert "2026" not in shown


def test_the_limit_of_files_is_said(found):
    assert "Höchstens 30 Dateien je Minute" in text(
        page("dataset").show_dataset("pegel-messwerte", {}, "run-1")[2]
    )


def test_a_cited_address_is_carried_into_every_file(found):
    request = {"as_of": "2026-11-28T11:00:00Z"}
    _, lead, body = page("dataset").show_dataset("pegel-messwerte", request, "run-1")
    assert "Zitierter Stand" in text(lead)
    files = [link for link in trees.links(dash.html.Div(body)) if link.startswith(f"{FILE}.csv")]
    assert files
    assert all("as_of=2026-11-28T11%3A00%3A00Z" in link for link in files)


def test_an_unknown_data_set_is_a_sentence(found):
    headline, lead, _ = page("dataset").show_dataset("weg", {}, "run-1")
    assert headline == "Datensatz nicht gefunden"
    assert "gibt es hier nicht" in text(lead)


def test_every_exact_page_wins_over_the_page_of_a_data_set(app):
    for each in list(dash.page_registry.values()):
        if not each["path_template"]:
            assert _path_to_page(each["path"].strip("/"))[0] is each
    assert _path_to_page("daten/haltestellen")[0]["module"] == "pages.data_space.dataset"


@pytest.mark.parametrize("path", [urls.SOURCES, urls.DEVICES, urls.CHECKS, urls.UPLOAD])
def test_a_later_page_below_the_catalogue_wins_in_routing_and_in_the_title(app, path):
    if any(each["path"] == path for each in dash.page_registry.values()):
        return
    dash.register_page("later", path=path, name="L", title="Später", layout=lambda: None, order=41)
    dash.register_page(
        "later-one",
        path_template="/daten/geraet/<device>",
        name="G",
        title="Gerät",
        layout=lambda: None,
        order=42,
    )
    try:
        assert _path_to_page(path.strip("/"))[0]["module"] == "later"
        assert title_of(path) == "Später"
        assert _path_to_page("daten/geraet/x")[0]["module"] == "later-one"
        assert title_of("/daten/geraet/x") == "Gerät"
        assert title_of("/daten/haltestellen").startswith("Haltestellen von Bus und Bahn")
    finally:
        del dash.page_registry["later"], dash.page_registry["later-one"]


def test_no_data_set_may_hide_behind_a_page():
    pages = {value for value in vars(urls).values() if isinstance(value, str)}
    below = {value.split("/")[2] for value in pages if value.startswith(f"{urls.DATA}/")}
    assert below <= RESERVED
    assert not RESERVED & {row.id for row in pack_file().dataset}


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("text/turtle", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("*/*", "application/ld+json"),
        ("text/html", "application/ld+json"),
    ],
)
def test_the_catalogue_comes_as_the_client_accepts(client, accept, mimetype):
    answer = client.get("/api/v1/catalog", headers={"Accept": accept})
    assert answer.mimetype == mimetype
    assert "Accept" in answer.headers["Vary"]


def test_the_catalogue_has_addresses_of_its_own(client):
    answer = client.get("/api/v1/catalog.ttl")
    graph = Graph().parse(data=answer.get_data(), format="turtle")
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == 8
    assert client.get("/api/v1/catalog.exe").status_code == 404


@pytest.mark.parametrize("ending", ["jsonld", "rdf", "ttl"])
def test_an_unchanged_catalogue_is_not_sent_twice(client, ending):
    first = client.get(f"/api/v1/catalog.{ending}")
    again = client.get(
        f"/api/v1/catalog.{ending}", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (first.status_code, again.status_code) == (200, 304)


def test_a_third_large_file_at_once_is_asked_to_come_back(client, found, monkeypatch):
    release, began = Event(), Barrier(3, timeout=20)
    real = found.catalogue.download

    def slow(*asked):
        began.wait()
        release.wait(20)
        return real(*asked)

    monkeypatch.setattr(found.catalogue, "download", slow, raising=False)
    monkeypatch.setattr("api.downloads.PATIENCE_S", 0.05)
    with ThreadPoolExecutor(2) as pool:
        busy = [pool.submit(client.application.test_client().get, f"{FILE}.csv") for _ in "ab"]
        began.wait()
        answer = client.get(f"{FILE}.csv")
        release.set()
        answers = [each.result() for each in busy]
    assert [each.status_code for each in answers] == [200, 200]
    for each in answers:
        each.close()
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert int(answer.headers["Retry-After"]) > 0
    monkeypatch.setattr(found.catalogue, "download", real, raising=False)
    with client.get(f"{FILE}.csv") as free:
        assert free.status_code == 200


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_has_type_name_length_and_tag(client, ending):
    with client.get(f"{FILE}.{ending}") as a:
        assert a.status_code == 200
        assert a.mimetype == FORMATS[ending].media_type
        assert a.headers["Content-Disposition"].endswith(f'filename="pegel-messwerte.{ending}"')
        assert len(a.get_data()) > 0
        tag = a.headers["ETag"]
    with client.get(f"{FILE}.{ending}", headers={"If-None-Match": tag}) as again:
        assert (again.status_code == 304) or ending in {"gpkg", "nc"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{FILE}.csv?start=gestern", 400),
        (f"{FILE}.csv?bom=vielleicht", 400),
        (f"{FILE}.exe", 404),
        ("/api/v1/datasets/weg/download.csv", 404),
        ("/api/v1/datasets/weg/metadata.json", 404),
        ("/api/v1/datasets/pegel-messwerte/metadata.json?as_of=2999-01-01", 400),
    ],
)
def test_a_refusal_is_a_problem_with_a_german_sentence(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["detail"].endswith(".")


def test_the_description_is_json(client):
    told = client.get("/api/v1/datasets/pegel-messwerte/metadata.json").get_json()
    assert told["license_name"].startswith("Datenlizenz Deutschland")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    query=st.dictionaries(
        st.sampled_from(["start", "end", "as_of", "gauge", "property", "municipality", "bom", "q"]),
        st.text(max_size=30),
    )
)
def test_no_query_is_an_error_of_the_server(client, query):
    with client.get(f"{FILE}.csv", query_string=query) as answer:
        assert answer.status_code in {200, 400}
