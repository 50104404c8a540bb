"""What a response makes of a series in time, by FFT.

Numpy's: scipy.signal takes seconds to load, and every process would wait for it.
"""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def delayed(series: FloatArray, response: FloatArray, axis: int) -> FloatArray:
    """Return the first steps of the convolution along an axis, as many as `series` has.

    The other axes broadcast. Rounding may leave values a little below zero.
    """
    steps = series.shape[axis]
    length = steps + response.shape[axis] - 1
    size = 1 << (length - 1).bit_length()
    product = np.fft.rfft(series, size, axis) * np.fft.rfft(response, size, axis)
    whole = np.fft.irfft(product, size, axis)
    return np.asarray(np.take(whole, np.arange(steps), axis), dtype=np.float64)
