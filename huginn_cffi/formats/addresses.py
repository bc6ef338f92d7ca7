"""The address that stands for a device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def latest_address(addresses: Sequence[Mapping[str, Any]]) -> str | None:
    """The address that was seen last; IPv4 is preferred to IPv6."""
    found = max(addresses, key=lambda one: (":" not in one["ip"], one["last_seen"]), default=None)
    return None if found is None else str(found["ip"])
