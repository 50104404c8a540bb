"""Ties a child process to its parent: when the parent dies by force, the child is told to end.

Linux only (prctl, PR_SET_PDEATHSIG); elsewhere the child goes on as before.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""From linux/prctl.h: the signal that the calling process gets when its parent dies."""
_PRCTL = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None
"""Looked up before any fork: a child must not load libraries."""


def end_with_parent(parent_pid: int) -> None:
    """Ask the kernel to end the calling process with SIGTERM when its parent dies.

    To be called in the child before its program starts; the request survives exec. If the parent
    died in between, the child ends at once. Without Linux, or if refused, nothing happens.
    """
    if _PRCTL is None or _PRCTL(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) != 0:
        return
    if os.getppid() != parent_pid:
        os.kill(os.getpid(), signal.SIGTERM)
