"""Errors for attributes that do not exist: the near name, or what does the same."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
"""For type checkers true: `typing` takes 7 ms to import, a third of what ``import huginn_cffi`` takes."""
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ParamSpec, TypeVar

    P = ParamSpec("P")
    R = TypeVar("R")

_INSTEAD = {
    **dict.fromkeys(("analyze_pcap", "open", "read_pcap", "batches"), "use hg.read"),
    "analyze_network": "use hg.watch",
    "BpfFilter": "give Analyzer a text: bpf='tcp port 80'",
    **dict.fromkeys(("find_captures", "FoundCaptures"), "hg.read takes folders and patterns"),
    "Summary": "use hg.read(...).summary",
    "CaptureOptions": "give Analyzer.sensor its values, such as snaplen=96",
    **dict.fromkeys(("captures", "ReadCapture"), "use hg.read(...).summary['captures'] or result.capture"),
    "InterfaceStats": "stats.interface has its counters by name",
    **dict.fromkeys(("OsMatch", "ClientMatch"), "use Match"),
    "Label": "a Signature has its name, flavor and kind",
    "TUNNELS": "use part.tunnel, or the column tunnel of batch.to_arrow()",
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
    of = owner.__name__ if isinstance(owner, type(sys)) else type(owner).__name__
    return AttributeError(f"{of} has no attribute {name!r}" + (f"; {words}" if words else ""))


class Named:
    """A class whose unknown attributes and items have such errors."""

    __slots__ = ()

    if not TYPE_CHECKING:  # type checkers would then know any name

        def __getattr__(self, name: str) -> None:
            raise unknown(self, name)

        def __getitem__(self, key: object) -> None:
            raise TypeError(
                f"{type(self).__name__} takes no [{key!r}]: use its attributes, or iterate over it"
            )


def options(call: Callable[P, R]) -> Callable[P, R]:
    """The function, for which an unknown option is an error that names the near one."""
    from functools import wraps

    code, name = call.__code__, call.__qualname__.removesuffix(".__init__")
    known = [one for one in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if one != "self"]

    @wraps(call)
    def checked(*arguments: P.args, **given: P.kwargs) -> R:
        for wrong in given.keys() - known:
            from sigcompiler.diagnostics import near_names

            raise TypeError(f"{name}() has no option {wrong!r}; {near_names(wrong, known)}")
        return call(*arguments, **given)

    return checked
