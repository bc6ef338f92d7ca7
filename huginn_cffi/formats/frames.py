"""Tables for pandas."""

from __future__ import annotations

from typing import Any

from huginn_cffi.base.unknown import Named


class ArrowTable(Named):
    """A table with `__arrow_c_stream__`, from which ``pandas.DataFrame(...)`` makes the same columns."""

    __slots__ = ()

    def __array__(self, dtype: object = None, copy: object = None) -> Any:
        """All rows as an array of dataclass instances.

        ``pandas.DataFrame(...)`` calls it and makes a row of each. ``pandas.DataFrame.from_arrow(...)`` is
        many times faster and keeps the column types. Raises as `__arrow_c_stream__` does.
        """
        from huginn_cffi.formats.arrow import event_records

        return event_records(self)
