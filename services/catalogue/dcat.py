"""The catalogue as DCAT-AP.de 3.0: the graph, and its three notations."""

from collections.abc import Mapping
from datetime import datetime

from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import XSD

from services.catalogue import vocabulary as terms
from services.catalogue.dcat_dataset import DatasetWriter
from services.catalogue.model import CatalogueView
from services.catalogue.service import CatalogueService
from services.catalogue.status import midnight

DCATAP = Namespace("http://data.europa.eu/r5r/")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
NOTATIONS: Mapping[str, tuple[str, str]] = {
    "jsonld": ("json-ld", "application/ld+json"),
    "rdf": ("xml", "application/rdf+xml"),
    "ttl": ("turtle", "text/turtle"),
}
"""Ending, name in rdflib, media type."""
CATALOGUE_LICENCE = "dl-zero-de/2.0"
"""Descriptions of data are free, as GovData asks of its suppliers."""


def catalogue_graph(service: CatalogueService) -> Graph:
    """Return the catalogue with all data sets, files and the service that gives them out."""
    graph = Graph()
    for prefix, space in (("dcatap", DCATAP), ("dcatde", DCATDE), ("eli", ELI), ("geo", GEO)):
        graph.bind(prefix, space)
    graph.bind("locn", LOCN)
    file, base = service.file, service.public_url
    if file is None:
        return graph
    info = file.catalogue
    here, api = URIRef(f"{base}/daten#katalog"), URIRef(f"{base}/api/v1")
    contact = _contact(graph, base, info.contact_name, info.contact_url)
    agents = {row.id: _agent(graph, base, row.id, row.name, row.homepage) for row in file.provider}
    writer = DatasetWriter(graph, service, agents, contact, api)
    overview = service.overview()
    _law(graph)
    facts = [
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, Literal(info.title, lang="de")),
        (DCTERMS.description, Literal(info.description, lang="de")),
        (DCTERMS.publisher, agents[info.publisher]),
        (DCTERMS.language, URIRef(terms.GERMAN)),
        (DCTERMS.license, URIRef(terms.LICENCES[CATALOGUE_LICENCE].uri)),
        (DCTERMS.issued, Literal(min(row.issued for row in file.dataset), datatype=XSD.date)),
        (DCTERMS.modified, _stamp(_changed_at(overview))),
        (DCAT.themeTaxonomy, URIRef(terms.THEMES)),
        (DCATAP.availability, URIRef(terms.AVAILABLE)),
        (DCAT.service, api),
        (FOAF.homepage, URIRef(f"{base}/daten")),
    ]
    for name, value in facts:
        graph.add((here, name, value))
    for view in overview.datasets:
        graph.add((here, DCAT.dataset, writer.add(view)))
    _service(graph, api, base, agents[info.publisher], contact)
    return graph


def catalogue_state(service: CatalogueService) -> str:
    """Return a text that changes whenever the catalogue describes something else."""
    views = [(view.row, view.newest_at, view.timeliness) for view in service.overview().datasets]
    return repr((service.public_url, service.contributor_id, service.file, views))


def serialized(graph: Graph, ending: str) -> bytes:
    """Write a graph in one of the notations."""
    text = graph.serialize(format=NOTATIONS[ending][0])
    return text.encode()


def _changed_at(overview: CatalogueView) -> datetime:
    """Return when anything that the catalogue describes changed last; a forecast is not later."""
    known = [view.newest_at for view in overview.datasets if view.newest_at is not None]
    issued = [
        moment for view in overview.datasets if (moment := midnight(view.row.issued)) is not None
    ]
    return min(max(known + issued), overview.now)


def _stamp(at: datetime) -> Literal:
    return Literal(at.replace(microsecond=0).isoformat(), datatype=XSD.dateTime)


def _agent(graph: Graph, base: str, key: str, name: str, homepage: str) -> URIRef:
    agent = URIRef(f"{base}/daten#anbieter-{key}")
    graph.add((agent, RDF.type, FOAF.Agent))
    graph.add((agent, FOAF.name, Literal(name, lang="de")))
    if homepage:
        graph.add((agent, FOAF.homepage, URIRef(homepage)))
    return agent


def _contact(graph: Graph, base: str, name: str, address: str) -> URIRef:
    contact = URIRef(f"{base}/daten#kontakt")
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, RDF.type, VCARD.Kind))
    graph.add((contact, VCARD.fn, Literal(name, lang="de")))
    graph.add((contact, VCARD.hasURL, URIRef(address)))
    return contact


def _law(graph: Graph) -> None:
    graph.add((URIRef(terms.HVD_LAW), RDF.type, ELI.LegalResource))


def _service(graph: Graph, api: URIRef, base: str, publisher: URIRef, contact: URIRef) -> None:
    page = URIRef(f"{base}/daten/schnittstellen")
    graph.add((page, RDF.type, FOAF.Document))
    facts = [
        (RDF.type, DCAT.DataService),
        (DCTERMS.title, Literal("Schnittstelle des Regionalen Datenraums", lang="de")),
        (
            DCTERMS.description,
            Literal("Lesender Abruf aller Datensätze ohne Anmeldung über HTTP.", lang="de"),
        ),
        (DCAT.endpointURL, api),
        (DCAT.endpointDescription, page),
        (FOAF.page, page),
        (DCTERMS.publisher, publisher),
        (DCAT.contactPoint, contact),
        (DCTERMS.license, URIRef(terms.LICENCES[CATALOGUE_LICENCE].uri)),
        (DCTERMS.accessRights, URIRef(terms.PUBLIC)),
        (DCATAP.availability, URIRef(terms.AVAILABLE)),
    ]
    for name, value in facts:
        graph.add((api, name, value))
