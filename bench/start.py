"""Bench `start`: from the command to the first page, the environment being there."""

import tempfile

from bench.product import running_product
from bench.report import Measured

REPEATS = 3


def measure() -> Measured:
    """Measure three starts on empty folders; the slowest counts."""
    times = []
    for _ in range(REPEATS):
        # a folder of its own: a first start compiles
        with (
            tempfile.TemporaryDirectory() as kernels,
            running_product(REGIONALCOCKPIT_KERNELS=kernels) as product,
        ):
            times.append(product.first_page_s)
    return Measured(
        figures={"first_page_s": max(times), "fastest_s": min(times), "starts": REPEATS},
        targets={"first_page_s": {"max": 15.0}},
    )
