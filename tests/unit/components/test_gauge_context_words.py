"""Low water in words: a row of days is told as far as it is known, a gap is named."""

from datetime import date

import pytest

from components import formats
from components.gauge_context_words import low_flow_words
from services.gauge_context.model import LowFlow

GAP = date(2026, 8, 16)
MISSING = "für den 16. August 2026 fehlen Messwerte"
BOUND = "(Grenze 0,30 m, sieben Tage in Folge)"


def words(*values):
    return low_flow_words(LowFlow(*values), "m").replace(formats.NBSP, " ")


@pytest.mark.parametrize(
    ("is_low", "days_below", "missing_on", "said"),
    [
        (True, 8, None, "Niedrigwasser: seit 8 Tagen nicht über 0,30 m"),
        (True, 8, GAP, f"Niedrigwasser: seit mindestens 8 Tagen nicht über 0,30 m ({MISSING})"),
        (None, 4, GAP, f"nicht zu beurteilen: {MISSING} {BOUND}"),
        (False, 0, None, f"kein Niedrigwasser {BOUND}"),
    ],
)
def test_low_water_is_said_as_far_as_it_is_known(is_low, days_below, missing_on, said):
    assert words(is_low, 0.3, days_below, 400, 365, missing_on) == said


def test_a_record_that_is_too_short_says_how_long_it_must_grow():
    assert words(None, None, 0, 40, 365) == "noch zu wenig Messwerte (40 von mindestens 365 Tagen)"
