"""When p0f's HTTP reader is done with a flow, as p0f shows when it is given pieces of requests.

It reads whole lines, and waits for the end of one that a packet cuts, a URL over two packets, say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

ENOUGH = 15
"""Bytes of a request before p0f judges it."""
LONGEST_LINE = 1023
METHODS = (b"GET /", b"HEAD /")

_REQUEST = re.compile(rb"(GET|HEAD) /[\r\x20-\x7f]*HTTP/1\..\r?", re.DOTALL)
_CUT_REQUEST = re.compile(rb"[\r\x20-\x7f]*")
_RESPONSE = re.compile(rb"HTTP/1\..*", re.DOTALL)
_HEADER = re.compile(rb"[A-Za-z0-9_-]+:.*", re.DOTALL)
_CUT_HEADER = re.compile(rb"[A-Za-z0-9_-]*\r?|[A-Za-z0-9_-]+:.*", re.DOTALL)
_ANYTHING = re.compile(rb".*", re.DOTALL)


class DirectionState(Enum):
    """What p0f makes of one direction."""

    WAITS = "the header has not ended"
    READ = "the header was read"
    BROKEN = "not HTTP"


@dataclass(slots=True)
class HttpFlow:
    """The two directions of a flow."""

    request: bytes = b""
    response: bytes = b""

    def ends(self, from_client: bool, data: bytes) -> bool:
        """Whether p0f is done with the flow after these bytes.

        That is when one side does not speak HTTP, when the server speaks before the header of the
        request has ended, and after the header of the response.
        """
        asked = self._asked()
        if from_client:
            if asked is not DirectionState.READ:
                self.request += data
            return self._asked() is DirectionState.BROKEN
        self.response += data
        return (
            asked is not DirectionState.READ
            or _header(self.response, _RESPONSE, _ANYTHING) is not DirectionState.WAITS
        )

    def _asked(self) -> DirectionState:
        if len(self.request) < ENOUGH:
            return DirectionState.WAITS
        if not self.request.startswith(METHODS):
            return DirectionState.BROKEN
        return _header(self.request, _REQUEST, _CUT_REQUEST)


def _header(data: bytes, first: re.Pattern[bytes], cut_first: re.Pattern[bytes]) -> DirectionState:
    """The state after these bytes; ``cut_first`` is what a first line without its end may hold."""
    *lines, rest = data.split(b"\n")
    whole, cut = first, cut_first
    for line in lines:
        if whole is _HEADER and line in (b"", b"\r"):
            return DirectionState.READ
        if len(line) > LONGEST_LINE or not whole.fullmatch(line):
            return DirectionState.BROKEN
        whole, cut = _HEADER, _CUT_HEADER
    return (
        DirectionState.WAITS if len(rest) <= LONGEST_LINE and cut.fullmatch(rest) else DirectionState.BROKEN
    )
