"""Words for what is not known: no data is never an all-clear, in no sentence."""

from collections.abc import Iterable, Sequence

from components.states import WARNED
from services.flood.model import State
from services.situation.model import VillageView

NO_ALL_CLEAR = "Keine Daten ist keine Entwarnung."


def unknown_places(villages: Iterable[VillageView]) -> int:
    """Count places with a gauge above for which there is no statement, each place once."""
    unknown = {v.place_id for v in villages if _is_silent(v)}
    warned = {v.place_id for v in villages if v.state in WARNED}
    return len(unknown - warned)


def calm_sentence(villages: Sequence[VillageView]) -> str:
    """Say what holds when no place is warned: calm only as far as readings carry it."""
    watched = {v.place_id for v in villages if v.has_gauge_above and v.exposed}
    unknown = unknown_places(villages)
    if not watched:
        return f"Über keinem Ort misst ein Pegel: Es gibt keine Aussage. {NO_ALL_CLEAR}"
    if unknown == len(watched):
        return f"Für keinen Ort gibt es eine Aussage: Die Messwerte fehlen. {NO_ALL_CLEAR}"
    if unknown:
        return (
            f"Für {places(unknown)} gibt es keine Aussage: Die Messwerte fehlen. {NO_ALL_CLEAR}"
            f" Für {places(len(watched) - unknown)} ist kein Anstieg zu erwarten."
        )
    return (
        f"Für {places(len(watched))} mit Pegel oberhalb ist in den nächsten Stunden kein Hochwasser"
        " zu erwarten."
    )


def places(count: int) -> str:
    """Write a number of places."""
    return "1 Ort" if count == 1 else f"{count} Orte"


def _is_silent(village: VillageView) -> bool:
    return village.state is State.UNBEKANNT and village.has_gauge_above and village.exposed
