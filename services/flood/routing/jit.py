"""The one place that speaks to numba: compiled, cached on disk, free of the interpreter's lock."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar, cast

from numba import njit
from numba.core import config

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

FOLDER = "REGIONALCOCKPIT_KERNELS"
"""Variable that `./cockpit` sets: folder of our compiled code. It is no setting, because kernels
find their folder when they are imported. Other packages keep their own code where it is."""


def kernel(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Compile a pure array function at its first call, with IEEE arithmetic as numpy does it.

    The machine code is kept in the folder that `./cockpit` names, else where numba keeps it; where
    nothing can be written it is compiled anew in each process.
    """
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
    try:
        with _own_folder():
            compiled = njit(cache=True, **options)(function)
    except RuntimeError:  # numba finds no folder for its cache
        compiled = njit(**options)(function)
    return cast("Callable[Arguments, Result]", compiled)


def interpreted(compiled: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Return the Python function behind a kernel, to be compared with what was compiled."""
    return cast("Callable[Arguments, Result]", cast("Any", compiled).py_func)


@contextmanager
def _own_folder() -> Iterator[None]:
    numba_config: Any = config
    before = numba_config.CACHE_DIR
    numba_config.CACHE_DIR = before or os.environ.get(FOLDER, "")
    try:
        yield
    finally:
        numba_config.CACHE_DIR = before
