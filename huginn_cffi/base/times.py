"""Points in time: as arguments, on the command line, and as text."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from huginn_cffi._native import lib
from huginn_cffi.base import arguments
from huginn_cffi.base.handles import CData, opened

SECOND_NS = 10**9
EARLIEST_NS, LATEST_NS = -(1 << 63), (1 << 63) - 1
"""Bounds that contain every possible capture time except the last nanosecond, in the year 2262."""

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_RFC_3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?([Zz]|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_EPOCH_SECONDS = re.compile(r"(\d{1,10})(?:\.(\d{1,9}))?", re.ASCII)

SECONDS_OF_OUR_TIME = range(631_152_000, 4_102_444_800)
"""1990 to 2099."""


class Moment(int):
    """ns since the epoch, parsed from text, so a small value is not taken for seconds."""

    __slots__ = ()


FORMS = (
    "a time is written as 2026-01-15T10:00:00Z (with fractions of a second and +01:00 as you like), "
    "2026-01-15, or as seconds since 1970 (1768471200.5)"
)


class Span(NamedTuple):
    """From ``since_ns`` up to, but not including, ``until_ns``, in ns since the epoch."""

    since_ns: int = EARLIEST_NS
    until_ns: int = LATEST_NS

    def applied(self, source: CData) -> AbstractContextManager[CData]:
        """`source`, an ``hg_source *``, with frames marked that were captured outside the span."""
        return opened(lib.hg_source_open_between, source, self.since_ns, self.until_ns)


def span(since: object, until: object) -> Span | None:
    """The span between two arguments; ``None`` if both are ``None``. `ValueError` for an empty span."""
    if since is None and until is None:
        return None
    found = Span(
        EARLIEST_NS if since is None else time_ns("since", since),
        LATEST_NS if until is None else time_ns("until", until),
    )
    if found.since_ns >= found.until_ns:
        raise ValueError(f"until must be later than since ({until} is not later than {since})")
    return found


def time_ns(name: str, value: object) -> int:
    """A point in time as ns since the epoch, from an int (already in ns) or a `datetime` with a time zone."""
    if not isinstance(value, datetime):
        if isinstance(value, (bool, float)) or not hasattr(value, "__index__"):
            kind = type(value).__name__
            raise TypeError(f"{name} must be an int (ns since the epoch) or a datetime, not {kind}")
        found = arguments.whole(name, value, 0, arguments.MAX_TIME_NS)
        # As nanoseconds, such a number would lie in the first weeks of 1970.
        for unit, power in () if isinstance(value, Moment) else (("seconds", 9), ("ms", 6), ("µs", 3)):
            if found // 10 ** (9 - power) in SECONDS_OF_OUR_TIME:
                raise ValueError(
                    f"{name} is in ns since the epoch, and {value} can only be {unit}: "
                    f"write {value} * 10**{power}, or give a datetime"
                )
        return found
    if value.tzinfo is None:
        raise ValueError(f"{name} must know its time zone: datetime(..., tzinfo=timezone.utc)")
    return arguments.whole(name, _since_epoch_ns(value), 0, arguments.MAX_TIME_NS)


def moment(time_ns: int) -> datetime:
    """The point in time in UTC, to the microsecond."""
    return _EPOCH + timedelta(microseconds=time_ns // 1000)


def moment_text(time_ns: int) -> str:
    """A capture time for people, to the nanosecond: ``2026-01-15 10:00:02.000000000``, UTC."""
    seconds, rest = divmod(time_ns, SECOND_NS)
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%d %H:%M:%S}.{rest:09}"


def rfc3339(time_ns: int) -> str:
    """A capture time in the form of records: ``2026-01-15T10:00:02.000000000Z``."""
    return moment_text(time_ns).replace(" ", "T") + "Z"


def parse_time(text: str) -> Moment:
    """Parse a time written by a person. Without a time zone it is UTC.

    RFC 3339 with up to nine decimals, a date alone (its first moment), or seconds since the
    epoch. `ValueError` says what is wrong.
    """
    seconds = _EPOCH_SECONDS.fullmatch(text)
    if seconds is not None:
        return _bounded(int(seconds[1]) * SECOND_NS + _fraction_ns(seconds[2]), text)
    parts = _RFC_3339.fullmatch(text)
    if parts is None:
        raise ValueError(f"{text!r} is not a time; {FORMS}")
    numbers = [int(part or 0) for part in parts.group(1, 2, 3, 4, 5, 6)]
    leap = numbers[5] == 60  # written as 23:59:60; equals the next second
    numbers[5] -= leap
    try:
        moment = datetime(*numbers, tzinfo=_zone(parts[8]))  # type: ignore[misc, arg-type]
        found = _since_epoch_ns(moment)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not a time: {error}") from None
    return _bounded(found + leap * SECOND_NS + _fraction_ns(parts[7]), text)


def parse_span(text: str) -> Span:
    """Parse a time as `parse_time` does, to the span that it names: a day, minute, second or nanosecond."""
    first = parse_time(text)
    parts = _RFC_3339.fullmatch(text)
    if parts is None:
        exact = "." in text
    else:
        exact = parts[7] is not None
        if parts[4] is None:
            return Span(first, first + 86_400 * SECOND_NS)
        if parts[6] is None:
            return Span(first, first + 60 * SECOND_NS)
    return Span(first, first + (1 if exact else SECOND_NS))


def _zone(text: str | None) -> timezone:
    if text is None or text in "Zz":
        return timezone.utc
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 23 or minutes > 59:
        raise ValueError(f"there is no time zone {text}")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _fraction_ns(digits: str | None) -> int:
    return int((digits or "").ljust(9, "0"))


def _since_epoch_ns(moment: datetime) -> int:
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * SECOND_NS + since.microseconds * 1000


def _bounded(found: int, text: str) -> Moment:
    if not 0 <= found <= arguments.MAX_TIME_NS:
        raise ValueError(f"{text!r} is outside of 1970 to 2262, the range of captures")
    return Moment(found)
