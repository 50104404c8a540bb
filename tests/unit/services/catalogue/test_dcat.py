"""The exported catalogue keeps the rules, and the rules notice when it does not."""

from dataclasses import replace

import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, Namespace, URIRef

from services.catalogue.dcat import NOTATIONS, catalogue_graph, serialized
from services.catalogue.validation import findings
from services.errors import ImportFailedError

DCATAP = Namespace("http://data.europa.eu/r5r/")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
HERE = "https://daten.example.org/daten"
READINGS = URIRef(f"{HERE}/pegel-messwerte")
CSV = URIRef(f"{HERE}/pegel-messwerte#csv")


@pytest.fixture
def graph(catalogue):
    return catalogue_graph(catalogue)


def test_the_catalogue_keeps_every_rule(graph):
    assert findings(graph) == []


def test_without_a_contributor_it_says_so_and_leaves_it_out(catalogue):
    graph = catalogue_graph(replace(catalogue, contributor_id=""))
    assert not list(graph.triples((None, DCATDE.contributorID, None)))
    found = findings(graph)
    assert len(found) == 8
    assert all(item.is_warning and "COCKPIT_CONTRIBUTOR_ID" in item.words for item in found)


@pytest.mark.parametrize(
    ("subject", "name", "value"),
    [
        (READINGS, DCTERMS.title, None),
        (READINGS, DCTERMS.publisher, None),
        (READINGS, DCAT.theme, URIRef("https://example.org/umwelt")),
        (READINGS, DCATAP.applicableLegislation, None),
        (READINGS, DCTERMS.language, Literal("de")),
        (READINGS, DCATDE.politicalGeocodingURI, URIRef("http://example.org/07137")),
        (READINGS, DCTERMS.accrualPeriodicity, Literal("alle 15 Minuten")),
        (CSV, DCTERMS.license, None),
        (CSV, DCTERMS.license, URIRef("https://www.govdata.de/dl-de/by-2-0")),
        (CSV, DCAT.accessURL, None),
        (CSV, DCAT.mediaType, Literal("text/csv")),
        (CSV, DCTERMS["format"], Literal("CSV")),
        (URIRef("https://daten.example.org/api/v1"), DCAT.endpointURL, None),
        (URIRef(f"{HERE}#kontakt"), VCARD.fn, None),
        (URIRef(f"{HERE}#katalog"), DCTERMS.description, None),
    ],
)
def test_a_broken_fact_is_found(graph, subject, name, value):
    assert list(graph.triples((subject, name, None)))
    graph.remove((subject, name, None))
    if value is not None:
        graph.add((subject, name, value))
    assert any(not item.is_warning for item in findings(graph))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # in rdflib itself
@pytest.mark.parametrize("ending", NOTATIONS)
def test_every_notation_says_the_same(graph, ending):
    again = Graph().parse(data=serialized(graph, ending), format=NOTATIONS[ending][0])
    assert len(again) == len(graph)
    assert (READINGS, RDF.type, DCAT.Dataset) in again


def test_place_licence_and_duty_are_controlled_addresses(graph):
    facts = set(graph.predicate_objects(READINGS))
    base = "http://dcat-ap.de/def/politicalGeocoding"
    assert (DCATDE.politicalGeocodingURI, URIRef(f"{base}/districtKey/07137")) in facts
    level = URIRef(f"{base}/Level/administrativeDistrict")
    assert (DCATDE.politicalGeocodingLevelURI, level) in facts
    assert (DCATAP.hvdCategory, URIRef("http://data.europa.eu/bna/c_dd313021")) in facts
    licence = URIRef("http://dcat-ap.de/def/licenses/dl-by-de/2.0")
    assert (CSV, DCTERMS.license, licence) in graph
    media = URIRef("https://www.iana.org/assignments/media-types/text/csv")
    assert (CSV, DCAT.mediaType, media) in graph


def test_rules_that_are_no_rdf_are_refused(graph, tmp_path):
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text("<html>", encoding="utf-8")
    with pytest.raises(ImportFailedError, match=r"shapes\.ttl"):
        findings(graph, shapes)
