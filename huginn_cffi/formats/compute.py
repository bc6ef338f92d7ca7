"""The functions of pyarrow that tables are made with.

They are those of `pyarrow.compute`, by way of the module that it takes them from: `pyarrow.compute` makes
a documented function of each of 280 when it is imported, which takes 20 ms. Methods of arrays, such as
``take``, import it too.
"""

from __future__ import annotations

from typing import Any

import huginn_cffi.formats.schema  # noqa: F401 - says what is missing

try:
    from pyarrow import _compute as pc
except ImportError:
    import pyarrow.compute as pc


def call(name: str, *values: Any) -> Any:
    """A function without options by its name."""
    return pc.call_function(name, list(values))


def take(values: Any, places: Any) -> Any:
    """The values at these places, null at a null; the places are not checked."""
    return pc.call_function("take", [values, places], pc.TakeOptions(boundscheck=False))


def encoded(values: Any) -> Any:
    """The same values as a dictionary and places in it."""
    return call("dictionary_encode", values)


def decoded(values: Any) -> Any:
    """The values of a dictionary array."""
    return take(values.dictionary, values.indices)


def cast(values: Any, kind: Any) -> Any:
    """The same values as another type."""
    return pc.call_function("cast", [values], pc.CastOptions.safe(kind))


def index_in(values: Any, among: Any) -> Any:
    """The place of each value in another array; null where it is not there."""
    return pc.call_function("index_in", [values], pc.SetLookupOptions(value_set=among))
