"""The reasons why a packet is not analysed."""

from __future__ import annotations

from enum import Enum


class Drop(Enum):
    """Exactly one of these holds for a packet that gives no observation."""

    TRUNCATED = "truncated"
    NOT_IP = "not_ip"
    BAD_IP_HEADER = "bad_ip_header"
    NOT_TCP = "not_tcp"
    FRAGMENT = "fragment"
    BAD_TCP_HEADER = "bad_tcp_header"
    BAD_FLAGS = "bad_flags"
    UNSUPPORTED_LINKTYPE = "unsupported_linktype"
    BAD_LINK_HEADER = "bad_link_header"
    FILTERED = "filtered"
    ENCRYPTED = "encrypted"


class DroppedError(Exception):
    """Raised where the reason is found; the packet's reader turns it into a result."""

    def __init__(self, reason: Drop) -> None:
        super().__init__(reason.value)
        self.reason = reason


def need(data: bytes, end: int) -> None:
    """Refuse a packet whose captured bytes stop before ``end``."""
    if len(data) < end:
        raise DroppedError(Drop.TRUNCATED)
