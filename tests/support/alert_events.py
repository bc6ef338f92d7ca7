"""An event as an alert's message has it."""

from __future__ import annotations

from typing import Any

TIME = "2026-01-15T10:00:00.250000000Z"


def event(number: int, change: str = "device_new", **more: Any) -> dict[str, Any]:
    found = {"time": TIME, "event": "device_change", "change": change, "mac": f"00:16:3e:00:00:{number:02x}"}
    return found | {"device_ip": f"192.0.2.{number}"} | more
