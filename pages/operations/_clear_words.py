"""What speaks against an all-clear that was given, in words for every screen of the room."""

from collections.abc import Sequence

from components.silence import places
from components.states import WORDS
from services.situation.model import VillageView

NAMED = 2


def against_words(warned: Sequence[VillageView]) -> str:
    """Say which places of its area are warned all the same, "" where none is."""
    if not warned:
        return ""
    names = ", ".join(village.name for village in warned[:NAMED])
    more = " und andere" if len(warned) > NAMED else ""
    return (
        f"Dagegen steht: {places(len(warned))} dort jetzt gewarnt, am höchsten"
        f" {WORDS[warned[0].state]} ({names}{more})."
    )
