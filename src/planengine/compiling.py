"""The one door to numba: a typed ``njit`` that caches on disk and never serves stale machine code.

Compiled functions are kept beside the sources, or, where that folder cannot be written (an installed package), in
numba's cache folder for the user (``NUMBA_CACHE_DIR`` moves it). Numba looks only at the file of the function itself
to see whether a cached version is stale; here every compiled file of the engine counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def _stamp() -> tuple[float, int]:
    """Return what stands for the state of all compiled sources (numba compares it for equality)."""
    digest = hashlib.sha256()
    for source in sorted((Path(__file__).parent / "search").glob("*.py")):
        digest.update(source.read_bytes())
    return float(int.from_bytes(digest.digest()[:6], "big")), int.from_bytes(digest.digest()[6:12], "big")


_STAMP = _stamp()


def entry(function: F) -> F:
    """Compile a function that Python calls, at its first call; cached on disk where a folder can be written."""
    return _compiled(function, {"nogil": True, "_nrt": False})


def njit(function: F) -> F:
    """Compile a function that only compiled functions call: without the costly door for Python."""
    return _compiled(function, {"nogil": True, "_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True})


def _compiled(function: F, options: dict[str, Any]) -> F:
    # _nrt: no arrays are made inside, so that no references need be counted.
    try:
        compiled = numba.njit(cache=True, **options)(function)
    except RuntimeError:  # no folder can be written: compile in every process
        return cast(F, numba.njit(**options)(function))
    cache_file = getattr(getattr(compiled, "_cache", None), "_cache_file", None)
    if cache_file is not None and hasattr(cache_file, "_source_stamp"):
        cache_file._source_stamp = _STAMP
    return cast(F, compiled)
