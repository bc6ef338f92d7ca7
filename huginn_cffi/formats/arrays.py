"""Arrays of pyarrow from Python's values. `pyarrow.array` would import pandas wherever it is installed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from huginn_cffi.formats.compute import call, cast

import pyarrow as pa  # isort: skip - `compute` says what is missing

_CODES = {pa.int8(): "b", pa.uint8(): "B", pa.int32(): "i", pa.uint32(): "I", pa.float64(): "d"}
"""Those that are needed, as in `array`."""


def texts(values: Iterable[str | None]) -> Any:
    """An array of strings."""
    found = list(values)
    encoded = [b"" if value is None else value.encode() for value in found]
    offsets = array("i", [0, *accumulate(map(len, encoded))])
    buffers = [_valid(found), pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(found), buffers)


def numbers(values: Iterable[float | None], kind: Any) -> Any:
    """An array of numbers of a type."""
    if kind == pa.bool_():
        return cast(numbers(values, pa.uint8()), kind)
    found = list(values)
    data = array(_CODES[kind], [value or 0 for value in found])
    return pa.Array.from_buffers(kind, len(found), [_valid(found), pa.py_buffer(data)])


def _valid(values: Sequence[object]) -> Any:
    """Bits of the values that are there; `None` where all are."""
    if None not in values:
        return None
    flags = pa.py_buffer(bytes(value is not None for value in values))
    found = pa.Array.from_buffers(pa.uint8(), len(values), [None, flags])
    return call("not_equal", found, numbers([0], pa.uint8())[0]).buffers()[1]
