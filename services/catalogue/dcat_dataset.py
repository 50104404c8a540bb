"""A data set and its files in the graph of the catalogue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, FOAF, RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS, XSD
from rdflib.term import Node

from data.region_pack.model import RegionPack
from services.catalogue import vocabulary as terms
from services.catalogue.formats.registry import FORMATS, Format
from services.catalogue.model import DatasetView
from services.catalogue.service import CatalogueService

DCATAP = Namespace("http://data.europa.eu/r5r/")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
COMPLETED = URIRef("http://publications.europa.eu/resource/authority/distribution-status/COMPLETED")
Facts = Iterator[tuple[URIRef, Node]]


@dataclass(frozen=True, slots=True)
class DatasetWriter:
    """Adds data sets to a graph."""

    graph: Graph
    service: CatalogueService
    agents: Mapping[str, URIRef]
    contact: URIRef
    api: URIRef

    def add(self, view: DatasetView) -> URIRef:
        """Add a data set with its files and return its address."""
        here = URIRef(f"{self.service.public_url}/daten/{view.row.id}")
        for part in (self._what(view), self._where(view), self._duty(view)):
            for name, value in part:
                self.graph.add((here, name, value))
        for ending in view.formats:
            self.graph.add((here, DCAT.distribution, self._file(view, FORMATS[ending])))
        self.graph.add((self.api, DCAT.servesDataset, here))
        return here

    def _what(self, view: DatasetView) -> Facts:
        row = view.row
        yield RDF.type, DCAT.Dataset
        yield DCTERMS.title, Literal(row.title, lang="de")
        yield DCTERMS.description, Literal(row.description, lang="de")
        yield DCTERMS.identifier, Literal(f"{self.service.public_url}/daten/{row.id}")
        yield DCTERMS.publisher, self.agents[self._publisher()]
        yield DCTERMS.creator, self.agents[row.provider]
        yield DCAT.contactPoint, self.contact
        yield DCTERMS.issued, Literal(row.issued, datatype=XSD.date)
        if view.newest_at is not None:
            stamp = view.newest_at.replace(microsecond=0).isoformat()
            yield DCTERMS.modified, Literal(stamp, datatype=XSD.dateTime)
        yield DCTERMS.language, URIRef(terms.GERMAN)
        yield DCTERMS.accrualPeriodicity, URIRef(view.rhythm.uri)
        yield DCTERMS.accessRights, URIRef(terms.PUBLIC)
        yield DCATAP.availability, URIRef(terms.AVAILABLE)
        page = URIRef(f"{self.service.public_url}/daten/{row.id}")
        yield DCAT.landingPage, page
        for theme in row.themes:
            yield DCAT.theme, URIRef(terms.theme_uri(theme))
        for keyword in row.keywords:
            yield DCAT.keyword, Literal(keyword, lang="de")
        if self.service.contributor_id:
            yield DCATDE.contributorID, URIRef(self.service.contributor_id)

    def _where(self, view: DatasetView) -> Facts:
        pack = self.service.region.pack
        key = terms.geocoding(pack.info.ags_prefix)
        if key is not None:
            yield DCATDE.politicalGeocodingURI, URIRef(key[0])
            yield DCATDE.politicalGeocodingLevelURI, URIRef(key[1])
            yield DCTERMS.spatial, URIRef(key[0])
            self.graph.add((URIRef(key[0]), RDF.type, DCTERMS.Location))
        box = _box(pack)
        if box:
            place = BNode()
            self.graph.add((place, RDF.type, DCTERMS.Location))
            self.graph.add((place, DCAT.bbox, Literal(box, datatype=GEO.wktLiteral)))
            yield DCTERMS.spatial, place
        if view.row.temporal_start is not None:
            period = BNode()
            self.graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
            start = Literal(view.row.temporal_start, datatype=XSD.date)
            self.graph.add((period, DCAT.startDate, start))
            if view.row.updated is not None:
                end = Literal(view.row.updated, datatype=XSD.date)
                self.graph.add((period, DCAT.endDate, end))
            yield DCTERMS.temporal, period

    def _duty(self, view: DatasetView) -> Facts:
        if not view.row.hvd:
            return
        category = terms.HVD[view.row.hvd]
        yield DCATAP.hvdCategory, URIRef(category.uri)
        yield DCATAP.applicableLegislation, URIRef(terms.HVD_LAW)
        self.graph.add((URIRef(category.uri), RDF.type, SKOS.Concept))
        self.graph.add((URIRef(category.uri), SKOS.prefLabel, Literal(category.words, lang="de")))
        for name, value in (
            (DCATAP.hvdCategory, URIRef(category.uri)),
            (DCATAP.applicableLegislation, URIRef(terms.HVD_LAW)),
        ):
            self.graph.add((self.api, name, value))

    def _file(self, view: DatasetView, kind: Format) -> URIRef:
        row, base = view.row, self.service.public_url
        here = URIRef(f"{base}/daten/{row.id}#{kind.ending}")
        address = URIRef(f"{base}/api/v1/datasets/{row.id}/download.{kind.ending}")
        facts: list[tuple[URIRef, Node]] = [
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, Literal(f"{row.title} als {kind.name}", lang="de")),
            (DCAT.accessURL, URIRef(f"{base}/daten/{row.id}")),
            (DCAT.downloadURL, address),
            (DCTERMS["format"], URIRef(kind.file_type)),
            (DCTERMS.license, URIRef(view.licence.uri)),
            (DCATDE.licenseAttributionByText, Literal(row.attribution, lang="de")),
            (DCTERMS.language, URIRef(terms.GERMAN)),
            (DCATAP.availability, URIRef(terms.AVAILABLE)),
            (URIRef("http://www.w3.org/ns/adms#status"), COMPLETED),
            (DCAT.accessService, self.api),
            (FOAF.page, URIRef(f"{base}/api/v1/datasets/{row.id}/metadata.json")),
        ]
        if kind.iana:
            facts.append((DCAT.mediaType, URIRef(kind.iana)))
        if row.hvd:
            facts.append((DCATAP.applicableLegislation, URIRef(terms.HVD_LAW)))
        for name, value in facts:
            self.graph.add((here, name, value))
        return here

    def _publisher(self) -> str:
        file = self.service.file
        return file.catalogue.publisher if file else ""


def _box(pack: RegionPack) -> str:
    """Return the rectangle around municipalities and gauges as WKT, "" without a place."""
    points = [(row.lon, row.lat) for row in pack.municipalities]
    points += [
        (row.lon, row.lat)
        for row in pack.gauges
        if row.role == "target" and row.lon is not None and row.lat is not None
    ]
    if not points:
        return ""
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f"POLYGON(({','.join(f'{lon} {lat}' for lon, lat in corners)}))"
