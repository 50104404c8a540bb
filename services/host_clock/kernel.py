"""What the kernel says of the clock: whether something (NTP) keeps it right; no network asked."""

import ctypes
import sys

_UNSYNCHRONISED = 0x0040
"""STA_UNSYNC of adjtimex(2)."""
_ERROR = 5
"""TIME_ERROR: the clock is not synchronised."""


class _Timex(ctypes.Structure):
    """The head of `struct timex`; the rest is room for the kernel to write into."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_char * 256),
    )


def is_synchronised() -> bool | None:
    """Tell whether the clock is kept by NTP; None where the kernel does not say."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        state = _Timex()
        answer = int(ctypes.CDLL(None).adjtimex(ctypes.byref(state)))
    except (OSError, AttributeError):
        return None
    if answer < 0:
        return None
    return answer != _ERROR and not state.status & _UNSYNCHRONISED
