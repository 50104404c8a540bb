"""Names of rivers inside German words: which article a river takes."""

from services.flood.wording import from_river


def at_river(name: str) -> str:
    """Return "Am Elzbach" or "An der Nette", for headings.

    The engine's sentences know which rivers are masculine; both say the same of a river.
    """
    return f"Am {name}" if from_river(name).startswith("vom ") else f"An der {name}"
