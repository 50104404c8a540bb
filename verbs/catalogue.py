"""The verb `catalogue check`: tells whether what we publish is valid."""

from pathlib import Path

from config import Settings
from services.catalogue.dcat import catalogue_graph
from services.catalogue.validation import RULES, Finding, findings
from services.errors import UnknownDatasetError
from services.situation.service import SituationService
from wiring import wire
from wiring_data import make_catalogue


def check_catalogue(settings: Settings, shapes: Path | None) -> tuple[str, bool]:
    """Return the report in German and whether the catalogue is refused."""
    wired = wire(settings)
    service = make_catalogue(wired, SituationService(wired.sessions, wired.region, wired.clock))
    if service.file is None:
        raise UnknownDatasetError(user_message="Diese Region hat keinen Katalog (datasets.toml).")
    graph = catalogue_graph(service)
    found = findings(graph, shapes or RULES)
    faults = sum(not item.is_warning for item in found)
    lines = [_line(item) for item in found]
    rules = "nach eigenen Regeln" if shapes is None else f"nach {shapes}"
    lines.append(
        f"{len(service.file.dataset)} Datensätze, {len(graph)} Aussagen, geprüft {rules}:"
        f" {faults} Fehler, {len(found) - faults} Hinweise."
    )
    return "\n".join(lines), faults > 0


def _line(item: Finding) -> str:
    return f"{'Hinweis' if item.is_warning else 'Fehler'}: {item.words} ({item.where})"
