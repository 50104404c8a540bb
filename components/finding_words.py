"""What the quality tests and people said of values, in the same words on every page."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from services.flood.model import Flag
from services.quality.verdict import MANUAL, WORDS
from services.quality.views import FindingView, FlaggedReading

FLAGS = {
    Flag.GOOD: ("ok", "gut"),
    Flag.SUSPECT: ("voralarm", "verdächtig"),
    Flag.FAIL: ("alarm", "falsch"),
    Flag.MISSING: ("unbekannt", "fehlend"),
    Flag.NOT_EVALUATED: ("unbekannt", "nicht geprüft"),
    0: ("ok", "wieder den Prüfungen überlassen"),
}
"""Shape and word of each flag."""
NO_TEST = "ohne Angabe der Prüfung"


def flag_word(flag: int) -> str:
    """Return the word of a flag."""
    return FLAGS.get(flag, FLAGS[Flag.NOT_EVALUATED])[1]


def flag_mark(flag: int, words: str = "") -> Component:
    """Show shape and word of a flag."""
    shape, word = FLAGS.get(flag, FLAGS[Flag.NOT_EVALUATED])
    mark = html.Span(className=f"shape shape--{shape}", **attributes(aria_hidden="true"))
    return html.Span([mark, words or word], className=f"timeliness nowrap state--{shape}")


def test_word(found: FindingView) -> str:
    """Name the test that spoke."""
    return WORDS.get(found.test, found.test or NO_TEST)


def reason_words(found: FindingView) -> str:
    """Write why; a decision of a person with the name."""
    is_named = found.test == MANUAL and found.actor
    return f"{found.reason} ({found.actor})" if is_named else found.reason


def finding_words(found: FindingView) -> str:
    """Write test and reason: "Spitze: steht allein gegen beide Nachbarwerte"."""
    return f"{test_word(found)}: {reason_words(found)}"


def findings_words(found: Sequence[FindingView]) -> str:
    """Write everything that was found about one value."""
    return "; ".join(map(finding_words, found)) or NO_TEST


def reading_words(reading: FlaggedReading) -> str:
    """Write flag, tests and reasons of a value; one that is good needs no words."""
    if reading.flag == Flag.NOT_EVALUATED or not reading.findings:
        return flag_word(reading.flag)
    return f"{flag_word(reading.flag)}, {findings_words(reading.findings)}"


def period_words(found: FindingView, now: datetime) -> str:
    """Write when: an instant, or from when to when."""
    start = formats.moment(found.start_at, now)
    if found.end_at == found.start_at:
        return start
    return f"{start} bis {formats.moment(found.end_at, now)}"
