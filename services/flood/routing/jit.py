"""The one place that speaks to numba: compiled, cached on disk, free of the interpreter's lock."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from numba import njit

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def kernel(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Compile a pure array function at its first call, with IEEE arithmetic as numpy does it.

    The machine code is kept in `NUMBA_CACHE_DIR`, else beside the source or in the user's cache
    folder; where none of them can be written it is compiled anew in each process.
    """
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
    try:
        compiled = njit(cache=True, **options)(function)
    except RuntimeError:  # numba finds no folder for its cache
        compiled = njit(**options)(function)
    return cast("Callable[Arguments, Result]", compiled)


def interpreted(compiled: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Return the Python function behind a kernel, to be compared with what was compiled."""
    return cast("Callable[Arguments, Result]", cast("Any", compiled).py_func)
