"""Checks the exported catalogue against SHACL rules: our own, or an official file of shapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from rdflib import RDF, Graph
from rdflib.namespace import SH
from rdflib.term import Node

from services.errors import ImportFailedError, MissingToolError

RULES = Path(__file__).with_name("rules.ttl")


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is not kept; a warning does not refuse the catalogue."""

    is_warning: bool
    where: str
    words: str


def findings(graph: Graph, shapes: Path = RULES) -> Sequence[Finding]:
    """Return what the rules find, faults before warnings.

    Raises
    ------
    MissingToolError
        When the library for SHACL is not installed.
    ImportFailedError
        When the file of shapes cannot be read as RDF.
    """
    rules = Graph()
    try:
        rules.parse(shapes)
    except Exception as error:  # each parser of rdflib has errors of its own
        raise ImportFailedError(
            user_message=f"Die Regeln {shapes} sind nicht lesbar als RDF: {error}"
        ) from error
    try:
        validate = import_module("pyshacl").validate
    except ImportError as error:
        raise MissingToolError(
            user_message="Zum Prüfen fehlt pyshacl. Bitte installieren: uv sync --extra dev,"
            ' ohne uv .venv/bin/pip install -e ".[dev]".'
        ) from error
    _, report, _ = validate(graph, shacl_graph=rules, advanced=False, inference="none")
    found = [_finding(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)]
    return sorted(found, key=lambda item: (item.is_warning, item.words, item.where))


def _finding(report: Graph, result: Node) -> Finding:
    severity = report.value(result, SH.resultSeverity)
    return Finding(
        is_warning=severity != SH.Violation,
        where=str(report.value(result, SH.focusNode)),
        words=str(report.value(result, SH.resultMessage)),
    )
