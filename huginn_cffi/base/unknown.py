"""Errors for attributes that do not exist: the near name, or what does the same."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

_INSTEAD = {
    "BpfFilter": "give Analyzer a text: bpf='tcp port 80'",
    **dict.fromkeys(("find_captures", "FoundCaptures"), "hg.read takes folders and patterns"),
    "Summary": "use hg.read(...).summary",
    "explain": "use the command huginn explain",
    "host_table": "use read(...).hosts",
    "network_batches": "use watch(...).batches()",
    **dict.fromkeys(("to_pandas", "to_polars"), "use DataFrame.from_arrow(...) or DataFrame(...)"),
}


def unknown(owner: object, name: str) -> AttributeError:
    """The error for an attribute that a module or an object does not have."""
    words = _INSTEAD.get(name)
    if words is None and not name.startswith("_"):
        from difflib import get_close_matches  # only for the message

        there = [one for one in dir(owner) if not one.startswith("_")]
        near = get_close_matches(name, there, 1) or [one for one in there if one.startswith(name)]
        words = f"did you mean {' or '.join(near)}?" if near else "help() lists what there is"
    of = owner.__name__ if isinstance(owner, ModuleType) else type(owner).__name__
    return AttributeError(f"{of} has no attribute {name!r}" + (f"; {words}" if words else ""))


class Named:
    """A class whose unknown attributes have such errors."""

    __slots__ = ()

    if not TYPE_CHECKING:  # type checkers would then know any name

        def __getattr__(self, name: str) -> None:
            raise unknown(self, name)
