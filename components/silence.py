"""Words for what is not known: no data is never an all-clear, in no sentence."""

from collections.abc import Iterable, Sequence

from services.flood.model import State
from services.situation.model import VillageView
from services.situation.places import one_per_place

NO_ALL_CLEAR = "Keine Daten ist keine Entwarnung."


def unknown_places(villages: Iterable[VillageView]) -> int:
    """Count places with a gauge above for which there is no statement, each place once."""
    return sum(
        view.has_gauge_above and view.state is State.UNBEKANNT for view in one_per_place(villages)
    )


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


def places_and_rows(villages: Sequence[VillageView]) -> str:
    """Count places, and say why a table of them has more rows: two rivers, two rows."""
    count = len({village.place_id for village in villages})
    if count == len(villages):
        return places(count)
    return f"{places(count)} in {len(villages)} Zeilen (ein Ort an zwei Gewässern hat zwei)"
