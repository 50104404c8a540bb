import math

import pytest

from services.flood.flow_classes import FLOOD, FLOW_CLASSES


@pytest.mark.parametrize(
    ("exceedance", "name"),
    [
        (0.2, "im Bett"),
        (0.99, "im Bett"),
        (1.0, "ausufernd"),
        (2.1, "Hochwasser"),
        (9.0, "Hochwasser"),
    ],
)
def test_the_class_of_an_exceedance(exceedance, name):
    assert FLOW_CLASSES.names[FLOW_CLASSES.index(exceedance)] == name


def test_an_unknown_flow_counts_as_a_flood():
    assert FLOW_CLASSES.index(None) == FLOOD
    assert FLOW_CLASSES.ln_of(None) == math.log(FLOW_CLASSES.centres[FLOOD])
