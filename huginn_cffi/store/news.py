"""The queues of news: events about devices and findings, from a capture to ``huginn alert``.

A capture writes an event together with the state that makes it known (`watched`), in one transaction, so that
no crash separates them. Each channel, such as ``mail``, has its own position in each queue.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sigcompiler.schema.findings import FINDINGS, SAME_ROUTER

NEWS_KEPT = 10_000
"""Limit for the events of a queue that wait in memory until the store can be written."""
KIND_KEPT, SOURCE_KEPT = 5_000, 500
"""Limits for events in a store: of one kind, and of one kind from one source. The oldest are removed first,
sent or not, so a flood pushes out only news of its own kind, and one host only its own news."""

QUEUES = ("takeovers", "changes", "findings")
"""The queues, the most urgent first. Senders of findings may be forged, so findings hold up nothing else."""
_TAKEOVERS = frozenset(
    (
        *("address_moved", "address_claimed", "address_conflict"),
        *("new_dhcp_server", "new_router", "segment_changed"),
    )
)
_FORGEABLE = frozenset(one.kind for one in FINDINGS if one.is_forgeable)


class News(NamedTuple):
    """An event in a queue."""

    id: int
    """Its number in the queue."""
    sensor: str
    stored_ns: int
    """When it was stored, by this machine's clock."""
    record: str
    """The event as in JSON output."""


class QueuePosition(NamedTuple):
    """How far a channel is in the queue."""

    accepted: int
    """Id of the last event that the receiver accepted."""
    sending: int
    """Id of the last event of the message that is being sent; it is sent again in the same form."""
    refused: str = ""
    """Lines that name events which the receiver refused for good, since the last accepted message."""


class _Place(NamedTuple):
    queue: int
    kind: str
    source: str
    """A MAC of the segment, or an address that a handshake proves; empty if it may be forged."""


def _place(record: str) -> _Place:
    event = json.loads(record)
    if kind := event.get("finding"):
        is_proven = kind not in _FORGEABLE and event.get("handshake") != "none"
        return _Place(2, kind, str(event.get("src_ip")) if is_proven else "")
    kind = str(event.get("change") or event.get("event") or "")
    is_takeover = kind in _TAKEOVERS and not str(event.get("after")).endswith(SAME_ROUTER)
    place = 0 if is_takeover else 2 if kind == "finding" else 1
    return _Place(place, kind, str(event.get("source_mac") or event.get("mac") or ""))


def newest(records: Sequence[str]) -> list[str]:
    """The newest `NEWS_KEPT` events of each queue, in order."""
    if len(records) <= NEWS_KEPT:
        return [*records]
    left = dict.fromkeys(range(len(QUEUES)), NEWS_KEPT)
    found = []
    for record in reversed(records):
        queue = _place(record).queue
        left[queue] -= 1
        if left[queue] >= 0:
            found.append(record)
    return found[::-1]


def add_news(connection: sqlite3.Connection, sensor: int, records: Iterable[str]) -> None:
    """Append events, within the caller's transaction."""
    now, kinds = time.time_ns(), set()
    last = [_last(connection, queue) for queue in range(len(QUEUES))]
    for record in records:
        place = _place(record)
        kinds.add(place.kind)
        last[place.queue] += 1
        row = (place.queue, last[place.queue], place.kind, place.source, sensor, now, record)
        connection.execute("INSERT INTO news VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", row)
    for kind in kinds:
        connection.execute(
            "DELETE FROM news WHERE id IN (SELECT id FROM (SELECT id, source, "
            "row_number() OVER (ORDER BY id DESC) AS place, "
            "row_number() OVER (PARTITION BY source ORDER BY id DESC) AS own FROM news WHERE kind = ?) "
            "WHERE place > ? OR (own > ? AND source != ''))",
            (kind, KIND_KEPT, SOURCE_KEPT),
        )


def _last(connection: sqlite3.Connection, queue: int) -> int:
    """The highest number of a queue so far, also if its event was erased."""
    (found,) = connection.execute(
        "SELECT max(coalesce((SELECT max(number) FROM news WHERE queue = ?1), 0), "
        "coalesce((SELECT max(sending) FROM delivery WHERE queue = ?1), 0))",
        (queue,),
    ).fetchone()
    return int(found)


def erase_news(connection: sqlite3.Connection, before_ns: int) -> None:
    """Remove events stored before this time."""
    connection.execute("DELETE FROM news WHERE stored < ?", (before_ns,))


def news_after(connection: sqlite3.Connection, queue: int, number: int, *, most: int = -1) -> list[News]:
    """The events of a queue after this number, in order; at most so many of them."""
    query = (
        "SELECT number, sensor.name, stored, record FROM news JOIN sensor ON sensor.id = news.sensor "
        "WHERE queue = ? AND number > ? ORDER BY number LIMIT ?"
    )
    return [News(*row) for row in connection.execute(query, (queue, number, most))]


def position(connection: sqlite3.Connection, channel: str, queue: int) -> QueuePosition:
    """The position of a channel in a queue; a new channel begins with the oldest event."""
    found = connection.execute(
        "SELECT accepted, sending, refused FROM delivery WHERE channel = ? AND queue = ?", (channel, queue)
    ).fetchone()
    return QueuePosition(*found) if found else QueuePosition(0, 0)


def move(connection: sqlite3.Connection, channel: str, queue: int, to: QueuePosition) -> None:
    """Store the position of a channel in a queue."""
    connection.execute("INSERT OR REPLACE INTO delivery VALUES (?, ?, ?, ?, ?)", (channel, queue, *to))
