"""What a host announces that it is, for people."""

from __future__ import annotations

DEVICE_VALUES = ("type", "manufacturer", "model", "system", "version")
"""What is known of a device, in the order of `device_text`."""


def device_text(
    type: str | None, manufacturer: str | None, model: str | None, system: str | None, version: str | None
) -> str:
    """``phone Xiaomi M2101K6P, Android 13``, without what is not known; empty where nothing is."""
    parts = ((type, manufacturer, model), (system, version))
    return ", ".join(filter(None, (" ".join(filter(None, part)) for part in parts)))


def mac_text(mac: str) -> str:
    """A MAC, and whether it is a local one, which devices make up; as ``huginn hosts`` shows it."""
    return f"{mac} (local)" if mac[1:2] in {*"2367abef"} else mac
