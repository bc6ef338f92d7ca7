"""Checks of arguments at the public entry points: wrong types and values are refused there."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from math import inf
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData

if TYPE_CHECKING:
    from typing_extensions import Buffer as Buffer
else:
    Buffer = Any  # collections.abc.Buffer of Python 3.12

Word = TypeVar("Word", bound=str)

MAX_U32 = (1 << 32) - 1
MAX_U64 = (1 << 64) - 1
MAX_TIME_NS = (1 << 63) - 1

LINKTYPE_RAW = 101
"""LINKTYPE_RAW: packets that begin with their IP header."""

LINKTYPE_ETHERNET = 1


@runtime_checkable
class Cancel(Protocol):
    """Something that can request cancellation, such as `threading.Event`."""

    def is_set(self) -> bool:
        """True when the call should end."""
        ...


def check_cancel(cancel: Cancel | None) -> None:
    """Refuse an object without ``is_set()``."""
    if cancel is not None and (isinstance(cancel, type) or not isinstance(cancel, Cancel)):
        raise TypeError(f"cancel must have is_set(), like threading.Event, not {type(cancel).__name__}")


def check_function(name: str, value: object) -> None:
    """Refuse a value that is neither a function nor ``None``."""
    if value is not None and not callable(value):
        raise TypeError(f"{name} must be a function that gets the error, not {type(value).__name__}")


def whole(name: str, value: Any, low: int, high: int) -> int:
    """`value` as an int within `low` to `high`; errors call the argument `name`."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an int, not {type(value).__name__}") from None
    if isinstance(value, bool):
        raise TypeError(f"{name} must be an int, not bool")
    if not low <= number <= high:
        raise ValueError(f"{name} must be {low} to {high}, not {number}")
    return number


def flag(name: str, value: Any) -> bool:
    """Return `value`, which must be a bool: a text such as "no" would count as true."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, not {type(value).__name__}")
    return value


def choice(name: str, value: Any, known: tuple[Word, ...]) -> Word:
    """Return `value`, which must be one of the `known` words."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    if value not in known:
        raise ValueError(f"{name} must be {' or '.join(map(repr, known))}, not {value!r}")
    return known[known.index(value)]


def protocols(value: Any, known: tuple[Word, ...]) -> tuple[Word, ...]:
    """The chosen protocols, at least one, in the order of `known`."""
    wanted = _some("protocol", value, known, lambda name: f"there are {', '.join(known)}")
    return tuple(name for name in known if name in wanted)


def events(value: Any, known: tuple[Word, ...]) -> frozenset[Word]:
    """The chosen kinds of events, at least one."""
    from huginn_cffi.base.names import PROTOCOLS
    from sigcompiler.diagnostics import near_names

    def remedy(name: Any) -> str:
        is_near = name not in PROTOCOLS or any(name in one for one in known)
        return near_names(str(name), known) if is_near else f"it is a protocol: protocols=[{name!r}]"

    return frozenset(_some("event", value, known, remedy))


def _some(what: str, value: Any, known: tuple[Word, ...], remedy: Callable[[Any], str]) -> tuple[Word, ...]:
    if isinstance(value, str):
        raise TypeError(f"{what}s must be names in a tuple or list, not the text {value!r}")
    if not isinstance(value, Iterable):
        raise TypeError(f"{what}s must be names in a tuple or list, not {type(value).__name__}")
    wanted = tuple(value)
    for name in wanted:
        if name not in known:
            raise ValueError(f"there is no {what} {name!r}; {remedy(name)}")
    if not wanted:
        raise ValueError(f"{what}s must name at least one of {', '.join(known)}")
    return wanted


def time_ns(value: Any) -> int:
    """A capture time in ns since the epoch."""
    try:
        return whole("time_ns", value, 0, MAX_TIME_NS)
    except TypeError:
        if value in (inf, -inf) or value != value:
            raise ValueError(f"time_ns must be a number of nanoseconds, not {value}") from None
        kind = type(value).__name__
        raise TypeError(f"time_ns must be an int (nanoseconds since the epoch), not {kind}") from None


def buffer(name: str, value: Any) -> CData:
    """The bytes of any buffer, without a copy. The result keeps the buffer alive."""
    try:
        return ffi.from_buffer("uint8_t[]", value)
    except TypeError:
        raise TypeError(_not_a_buffer(name, value)) from None
    except (BufferError, ValueError) as error:
        raise ValueError(f"{name} cannot be read as one piece of memory: {error}") from None


def buffer_view(name: str, value: Any) -> memoryview:
    """The bytes of any buffer as a `memoryview`, whatever its shape."""
    try:
        return memoryview(value)
    except TypeError:
        raise TypeError(_not_a_buffer(name, value)) from None


def _not_a_buffer(name: str, value: Any) -> str:
    return f"{name} must be bytes or another buffer (bytearray, memoryview, mmap), not {type(value).__name__}"


def linktype(value: Any) -> int:
    """A link type that can be read."""
    number = whole("linktype", value, 0, MAX_U32)
    if not lib.hg_linktype_supported(number):
        known = ", ".join(f"{known} ({name})" for known, name in linktypes().items())
        raise ValueError(f"linktype {number} is not supported; supported are {known}")
    return number


def wrappings(space: int) -> dict[int, str]:
    """Numbers and names of the headers that the core opens; `space` is the ``hg_space`` of the numbers."""
    found, number, name = ffi.new("hg_space *"), ffi.new("uint32_t *"), ffi.new("char **")
    known: dict[int, str] = {}
    place = 0
    while lib.hg_wrapping_list(place, found, number, name):
        place += 1
        if found[0] == space:
            known[number[0]] = ffi.string(name[0]).decode("ascii")
    return known


def linktypes() -> dict[int, str]:
    """Numbers (LINKTYPE_ values) and names of the link types that can be read."""
    return wrappings(lib.HG_SPACE_LINKTYPE)
