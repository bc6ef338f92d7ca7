"""News about listed devices: silent for long, or of another type than the list says."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable

from huginn_cffi._native import lib
from huginn_cffi.applications.alerting.known import KnownDevice
from huginn_cffi.base.times import rfc3339
from huginn_cffi.hosts.record import address_bytes
from huginn_cffi.store.news import add_news
from huginn_cffi.store.opening import kept

SILENT_S = 30 * 86_400
"""After this time without a packet of a listed MAC, its silence is news, in seconds."""
_NS = 1_000_000_000
_STATE = "alert_listed:"


def note_listed(connection: sqlite3.Connection, known: Iterable[KnownDevice]) -> None:
    """Append news about listed MACs to the queue, within the caller's transaction; each once.

    A device that was silent is news again if it sends something and then falls silent again.
    """
    found = connection.execute("SELECT min(id) FROM sensor").fetchone()[0]
    if found is None:
        return
    types = dict(connection.execute("SELECT mac, device_type FROM host WHERE device_type IS NOT NULL"))
    for one in known:
        if not one.mac:
            continue
        mac = one.mac.lower().replace("-", ":")
        last, seen = _last_seen(connection, mac), types.get(mac)
        seconds = 0 if last is None else (time.time_ns() - last) // _NS
        news: list[tuple[str, str, dict[str, object]]] = []
        if seconds >= SILENT_S:
            news.append(("listed_silent", str(last), {"unseen_seconds": seconds}))
        if one.type and seen and not one.is_of_type(seen):
            news.append(("listed_different", seen, {"before": one.type, "after": seen}))
        for change, state, more in news:
            key = f"{_STATE}{change}:{mac}"
            if kept(connection, key, "") != state:
                connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, state))
                record = {"time": rfc3339(time.time_ns()), "event": "device_change", "change": change}
                where = {"mac": mac, **({"device_ip": one.address} if one.address else {})}
                add_news(connection, found, [json.dumps({**record, **where, **more})])


def _last_seen(connection: sqlite3.Connection, mac: str) -> int | None:
    """When a MAC was last seen, in ns. None: never, or it was erased since."""
    key = address_bytes(mac).ljust(lib.HG_WATCHED_KEY, b"\0")
    row = connection.execute(
        "SELECT max(last_ns) FROM watched WHERE kind = ? AND key = ?", (lib.HG_WATCHED_MAC, key)
    ).fetchone()
    return None if row[0] is None else int(row[0])
