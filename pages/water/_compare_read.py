"""What the comparison shows: a gauge, its waves, and the chosen ones measured; read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from components.gauge_event_words import option_words, wave_names
from components.gauge_parts import measured_level
from components.short_name import gauge_name
from components.states import WARNED, rank
from pages.water._state import BETWEEN, MOST_WAVES, NO_LAYER, CompareState
from services.container import Services
from services.errors import UnknownGaugeError
from services.gauge_events.model import GaugeRecord, WaveFigures
from services.situation.model import GaugeView

Option = dict[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A gauge with its waves; `figures` are those of the chosen ones, the newest first.

    `unknown` counts chosen waves that the gauge does not have, `too_many` those beyond four.
    """

    gauge: GaugeView
    record: GaugeRecord
    figures: tuple[WaveFigures, ...]
    state: CompareState
    now: datetime
    unknown: int = 0
    too_many: int = 0


def read(services: Services, ticked: Sequence[str], state: CompareState) -> Shown:
    """Read the gauge of the state and measure the ticked waves, at most four.

    Raises
    ------
    UnknownGaugeError
        When the region has no such gauge.
    """
    situation = services.situation.situation()
    gauge = gauge_of(situation.gauges, state.pegel)
    record = services.gauge_events.record(gauge)
    known = record.named(ticked)
    chosen = known[:MOST_WAVES]
    is_suggested = set(chosen) == set(record.suggested(MOST_WAVES))
    text = "" if is_suggested else BETWEEN.join(wave.key for wave in chosen) or NO_LAYER
    wanted = {**state.as_request(), "ereignisse": text}
    ordered = sorted(chosen, key=lambda wave: wave.began_at, reverse=True)
    return Shown(
        gauge=gauge,
        record=record,
        figures=services.gauge_events.figures(gauge, ordered),
        state=CompareState.from_query(wanted),
        now=situation.clock.now,
        unknown=sum(record.wave(key) is None for key in ticked),
        too_many=len(known) - len(chosen),
    )


def gauge_of(gauges: Sequence[GaugeView], gauge_id: str) -> GaugeView:
    """Return the gauge of an id.

    Raises
    ------
    UnknownGaugeError
        When none of them has it.
    """
    found = next((gauge for gauge in gauges if gauge.gauge_id == gauge_id), None)
    if found is None:
        raise UnknownGaugeError(gauge_id)
    return found


def gauge_options(gauges: Sequence[GaugeView], chosen: str) -> tuple[list[Option], str]:
    """Offer the connected gauges and choose one where none is chosen.

    It is one where a level is measured to be reached, else the worst off by what is expected.
    An unknown one in the address, and one without a sensor, stay choosable.
    """
    connected = [gauge for gauge in gauges if gauge.is_connected]
    names = {gauge.gauge_id: gauge_name(gauge.name) for gauge in connected}
    worst = min(connected, key=_urgency, default=None)
    value = chosen or (worst.gauge_id if worst else "")
    if value:
        other = next((gauge.name for gauge in gauges if gauge.gauge_id == value), value)
        names.setdefault(value, other)
    ordered = sorted(names.items(), key=lambda item: item[1])
    return [{"value": key, "label": words} for key, words in ordered], value


def _urgency(gauge: GaugeView) -> tuple[bool, int]:
    return measured_level(gauge) not in WARNED, rank(gauge.state)


def wave_options(
    services: Services, gauge_id: str, request: Mapping[str, str]
) -> tuple[list[Option], list[str]]:
    """Offer the waves of a gauge; tick those of the address, else those that the page suggests.

    Raises
    ------
    UnknownGaugeError
        When the region has no such gauge.
    """
    gauge = gauge_of(services.situation.situation().gauges, gauge_id)
    record = services.gauge_events.record(gauge)
    names = wave_names(record.waves)
    options = [
        {"value": wave.key, "label": option_words(wave, name, gauge.unit)}
        for wave, name in zip(record.waves, names, strict=True)
    ]
    state = CompareState.from_query(request)
    if state.ereignisse and state.pegel in {"", gauge_id}:
        return options, [_present_key(record, key) for key in state.keys]
    return options, [wave.key for wave in record.suggested(MOST_WAVES)]


def _present_key(record: GaugeRecord, key: str) -> str:
    """Return the key of the wave that a key of the address names; an unknown one stays."""
    wave = record.wave(key)
    return wave.key if wave else key
