"""An impact as a person types it, checked and brought into the form of the list."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from data.region_pack.impact_rows import ImpactRow
from data.region_pack.reasons import where_and_why
from data.region_pack.rows import GaugeRow
from services.impacts.errors import ImpactRefusedError
from services.impacts.listing import BY_PEOPLE
from services.ingestion.quantity import QuantityError, parse_quantity
from services.ingestion.units import UnitError, to_stored
from services.journal.words import level_text
from services.local_time import DAY_PATTERN, day_of
from services.region import Region
from services.typed_text import one_line

WHAT_MAX, BY_MAX, SOURCE_MAX, REASON_MAX = 200, 120, 300, 150
LEVEL, GAUGE = "level", "gauge"
"""What an impact is reached at: "level:alarm" of its place, or "gauge:iot-nitz" at a value."""
BETWEEN = ":"
ID_SIGNS = 8
FIELDS = {"what": "Was geschieht", "maintained_by": "Gepflegt von", "source": "Quelle"}


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the form as they were typed; `impact_id` is "" for a new one.

    `where` is place and river, `basis` a level of the place or a gauge, each joined by a colon.
    """

    impact_id: str = ""
    where: str = ""
    kind: str = ""
    what: str = ""
    basis: str = ""
    value: str = ""
    observed_on: str = ""
    maintained_by: str = ""
    source: str = ""
    reason: str = ""


def checked(draft: Draft, region: Region, known: ImpactRow | None, today: date) -> ImpactRow:
    """Return the impact as it is listed; an object of the pack keeps its position.

    Raises
    ------
    ImpactRefusedError
        With the first thing that is wrong.
    """
    place_id, _, river_id = draft.where.partition(BETWEEN)
    of_entry = (known,) if known else ()
    if draft.where not in places(region, of_entry):
        raise ImpactRefusedError(user_message="Bitte den Ort wählen.")
    said = {
        "what": _required(draft.what, WHAT_MAX, "was geschieht"),
        "maintained_by": _required(
            draft.maintained_by, BY_MAX, "wer den Eintrag pflegt, zum Beispiel Stadt Mayen"
        ),
        "source": _required(
            draft.source, SOURCE_MAX, "woher das bekannt ist, zum Beispiel Einsatzbericht 2021"
        ),
    }
    kind, _, key = draft.basis.partition(BETWEEN)
    if kind == GAUGE:
        basis = _gauge(gauges(region, of_entry).get(key), draft.value)
        _require_its_water(region, place_id, river_id, key)
    else:
        basis = _level(kind, key, draft.value)
    try:
        return ImpactRow(
            impact_id=known.impact_id if known else _new_id(place_id),
            place_id=place_id,
            river_id=river_id,
            kind=draft.kind,
            lat=known.lat if known else None,
            lon=known.lon if known else None,
            observed_on=_day(draft.observed_on, today),
            confidence=BY_PEOPLE,
            **basis,
            **said,
        )
    except ValidationError as error:
        raise ImpactRefusedError(user_message=_why(error)) from error


def places(region: Region, known: Iterable[ImpactRow] = ()) -> dict[str, str]:
    """Return the places on rivers that an impact may belong to, those of known ones too."""
    pairs = {(row.place_id, row.river_id) for row in region.pack.exposures}
    pairs |= {(row.place_id, row.river_id) for row in known}
    found = {f"{pair[0]}{BETWEEN}{pair[1]}": place_words(region, *pair) for pair in pairs}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def place_words(region: Region, place_id: str, river_id: str) -> str:
    """Write a place on a river: "Mayen · Nette"."""
    place = next((row.name for row in region.pack.places if row.place_id == place_id), place_id)
    river = next((row.name for row in region.pack.rivers if row.river_id == river_id), river_id)
    return f"{place} · {river}"


def gauges(region: Region, known: Iterable[ImpactRow] = ()) -> dict[str, GaugeRow]:
    """Return the gauges whose reading may decide: connected ones and those of known impacts."""
    offered = region.connected | {row.gauge_id for row in known}
    rows = [row for row in region.pack.gauges if row.gauge_id in offered]
    return {row.gauge_id: row for row in sorted(rows, key=lambda row: row.name.casefold())}


def _required(text: str, most: int, what: str) -> str:
    found = one_line(text, most)
    if not found:
        raise ImpactRefusedError(user_message=f"Bitte angeben, {what}.")
    return found


def _level(kind: str, key: str, value: str) -> dict[str, object]:
    if kind != LEVEL or not key:
        raise ImpactRefusedError(user_message="Bitte wählen, ab wann es geschieht.")
    if value.strip():
        raise ImpactRefusedError(
            user_message="Ein Wasserstand gilt nur mit einem Pegel: bitte das Feld leeren oder"
            " unter „Ab“ den Pegel wählen."
        )
    return {"level": key}


def _gauge(gauge: GaugeRow | None, value: str) -> dict[str, object]:
    if gauge is None:
        raise ImpactRefusedError(user_message="Bitte den Pegel wählen.")
    unit = gauge.unit
    try:
        found = parse_quantity(value.strip())
        number = to_stored(found.value, gauge.observes, found.unit or unit)
    except (QuantityError, UnitError) as error:
        given = f" „{value.strip()[:20]}“: {error}" if value.strip() else ""
        raise ImpactRefusedError(
            user_message=f"Bitte angeben, ab welchem Stand in {unit}, zum Beispiel 1,80.{given}"
        ) from error
    if not gauge.range_min <= number <= gauge.range_max:
        bounds = f"{level_text(gauge.range_min, unit)} bis {level_text(gauge.range_max, unit)}"
        raise ImpactRefusedError(
            user_message=f"{level_text(number, unit)} kann der Pegel {gauge.name} nicht zeigen:"
            f" Er reicht von {bounds}."
        )
    return {"gauge_id": gauge.gauge_id, "value": number}


def _require_its_water(region: Region, place_id: str, river_id: str, gauge_id: str) -> None:
    """Refuse a gauge of other water: it must stand at the river or above the place."""
    own = {row.gauge_id for row in region.pack.gauges if row.river_id == river_id}
    for village in region.network.villages:
        if (village.place_id, village.river_id) == (place_id, river_id):
            own |= {path.gauge_id for path in village.paths}
    if gauge_id not in own:
        raise ImpactRefusedError(
            user_message="Dieser Pegel steht weder an diesem Gewässer noch oberhalb des Ortes."
        )


def _day(text: str, today: date) -> date | None:
    if not text.strip():
        return None
    found = day_of(text)
    if found is None:
        raise ImpactRefusedError(
            user_message=f"Bitte den Tag der Beobachtung als {DAY_PATTERN} angeben oder leer"
            " lassen."
        )
    if found > today:
        raise ImpactRefusedError(
            user_message="Der Tag der Beobachtung liegt in der Zukunft. Nur Befürchtetes bitte"
            " ohne Tag eintragen."
        )
    return found


def _why(error: ValidationError) -> str:
    """Name the first field that is refused, and why."""
    column, why = where_and_why(error.errors(include_url=False)[0])
    if column == "kind":
        return "Bitte die Art wählen."
    if column == "level":
        return "Bitte wählen, ab wann es geschieht."
    return f"{FIELDS.get(column, 'Eintrag')}: {why}."


def _new_id(place_id: str) -> str:
    return f"{place_id[:48]}-{uuid.uuid4().hex[:ID_SIGNS]}"
