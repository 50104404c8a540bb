"""The description that goes with a file: title, licence, source, columns, quality, as-of time."""

from collections.abc import Mapping
from datetime import datetime

from data.region_pack.datasets import DatasetRow
from services.catalogue.holdings.columns import COLUMNS
from services.catalogue.model import Selection
from services.catalogue.vocabulary import FREQUENCIES, LICENCES

RAW = "Rohdaten, ungeprüft: automatisch geprüft und gekennzeichnet, von niemandem freigegeben."
COMPUTED = "Berechnet aus ungeprüften Rohdaten; maßgeblich sind die amtlichen Warnungen."
STOCK = "Zusammengestellt aus den genannten Quellen; die Spalten sagen, was geschätzt ist."
SIMULATED = "Simulierte Messwerte: Dieses Cockpit läuft im Demobetrieb."
NOTES = {"series": RAW, "lead-times": COMPUTED}


def simulated_note(row: DatasetRow, *, is_simulated: bool) -> str:
    """Return what every copy of simulated values has to say; tables are never simulated."""
    return SIMULATED if is_simulated and row.holds in NOTES else ""


def quality_note(row: DatasetRow, *, is_simulated: bool) -> str:
    """Say how far the values can be trusted."""
    note = NOTES.get(row.holds, STOCK)
    return f"{note} {simulated_note(row, is_simulated=is_simulated)}".rstrip()


def metadata(
    row: DatasetRow, provider: str, chosen: Selection, made_at: datetime, *, is_simulated: bool
) -> Mapping[str, object]:
    """Return the description as plain data."""
    licence = LICENCES[row.licence]
    window = chosen.window
    return {
        "id": row.id,
        "title": row.title,
        "description": row.description,
        "provider": provider,
        "license": licence.uri,
        "license_text": licence.text_url,
        "license_name": licence.words,
        "license_provisional": row.licence_provisional,
        "attribution": row.attribution,
        "quality": quality_note(row, is_simulated=is_simulated),
        "is_simulated": bool(simulated_note(row, is_simulated=is_simulated)),
        "frequency": FREQUENCIES[row.frequency].words,
        "as_of": _text(window.as_of or made_at if window else made_at),
        "start": _text(window.start if window else None),
        "end": _text(window.end if window else None),
        "updated": None if row.updated is None else row.updated.isoformat(),
        "filter": {
            name: value
            for name, value in (
                ("gauge", chosen.gauge),
                ("municipality", chosen.municipality),
                ("property", chosen.observed_property),
            )
            if value
        },
        "columns": [
            {"name": column.name, "type": column.kind, "unit": column.unit, "text": column.meaning}
            for column in COLUMNS[row.holds]
        ],
    }


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
