"""What a quality test says: flag, German reason, and which test it was."""

from typing import NamedTuple

from services.flood import qc
from services.flood.model import Flag

SYNTAX, TIME, RANGE, USUAL, RATE, SPIKE, FLAT = (
    "syntax", "time", "range", "usual", "rate", "spike", "flat",
)  # fmt: skip
SOURCE, FAULT, MANUAL = "source", "fault", "manual"
DRIFT, NEIGHBOUR, RAIN, STALE = "drift", "neighbour", "rain", "stale"
LATE = "late"
READING = "reading"
WORDS = {
    SYNTAX: "Lesbarkeit",
    TIME: "Zeit",
    RANGE: "Messbereich",
    USUAL: "üblicher Bereich",
    RATE: "Änderung",
    SPIKE: "Spitze",
    FLAT: "Stillstand",
    SOURCE: "Angabe der Quelle",
    FAULT: "Prüfung",
    MANUAL: "von Hand",
    DRIFT: "Drift",
    NEIGHBOUR: "Nachbarpegel",
    RAIN: "Regen",
    STALE: "Alter",
    LATE: "Nachzügler",
    READING: "Ablesung",
}
"""German names of the tests; a stored reason begins with one of them."""
KEPT = (TIME, SOURCE)
"""Tests that know more than the stored values: the clock at receipt, the word of the source."""
ROW_TESTS = (SYNTAX, TIME, RANGE, USUAL, RATE, SPIKE, FLAT, SOURCE, FAULT)
"""Tests whose finding is about one value and sets its flag."""
REPEATABLE = tuple(test for test in ROW_TESTS if test not in KEPT)
"""Tests that can be made again from what is stored."""
HINTS = (DRIFT, NEIGHBOUR, RAIN)
"""Comparisons with other series: a hint for a person, they never lower a value's flag."""
PERIODS = (*HINTS, STALE)
"""What is said of a stretch of time: hints, and silence."""
_BY_REASON = {
    qc.NO_NUMBER: SYNTAX,
    qc.IN_FUTURE: TIME,
    qc.OUT_OF_RANGE: RANGE,
    qc.UNUSUAL: USUAL,
    qc.TOO_FAST: RATE,
    qc.FAST: RATE,
    qc.JUMP: SPIKE,
    qc.STILL: FLAT,
}


class Verdict(NamedTuple):
    """Flag of a value with the test that gave it; a good value has neither test nor reason."""

    flag: int
    reason: str = ""
    test: str = ""

    @property
    def said(self) -> str:
        """Return test and reason as they stand beside the value."""
        return f"{WORDS[self.test]}: {self.reason}" if self.test else self.reason


GOOD = Verdict(Flag.GOOD)
NOT_EVALUATED = Verdict(Flag.NOT_EVALUATED)


def by_kernel(flag: int, reason: str) -> Verdict:
    """Return what the engine's kernel said as a verdict."""
    return Verdict(flag, reason, _BY_REASON[reason]) if reason else Verdict(flag)


def named_test(said: str) -> str:
    """Return the test that a stored reason names, empty where it names none."""
    word, mark, _ = said.partition(": ")
    return next((test for test, name in WORDS.items() if mark and name == word), "")
