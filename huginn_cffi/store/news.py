"""The queue of news: events about devices and findings, from a capture to ``huginn alert``.

A capture writes an event together with the state that makes it known (`watched`), in one transaction, so that
no crash separates them. Each channel, such as ``mail``, has its own position in the queue.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from typing import NamedTuple

NEWS_KEPT = 10_000
"""Limit for events in a store; the oldest are removed first, sent or not."""


class News(NamedTuple):
    """An event in the queue."""

    id: int
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


def add_news(connection: sqlite3.Connection, sensor: int, records: Iterable[str]) -> None:
    """Append events, within the caller's transaction."""
    now = time.time_ns()
    rows = ((sensor, now, record) for record in records)
    connection.executemany("INSERT INTO news (sensor, stored, record) VALUES (?, ?, ?)", rows)
    connection.execute("DELETE FROM news WHERE id <= (SELECT max(id) FROM news) - ?", (NEWS_KEPT,))


def erase_news(connection: sqlite3.Connection, before_ns: int) -> None:
    """Remove events stored before this time."""
    connection.execute("DELETE FROM news WHERE stored < ?", (before_ns,))


def news_after(connection: sqlite3.Connection, id: int) -> list[News]:
    """The events after this id, in order."""
    query = (
        "SELECT news.id, sensor.name, stored, record FROM news JOIN sensor ON sensor.id = news.sensor "
        "WHERE news.id > ? ORDER BY news.id"
    )
    return [News(*row) for row in connection.execute(query, (id,))]


def position(connection: sqlite3.Connection, channel: str) -> QueuePosition:
    """The position of a channel; a new channel begins with the oldest event."""
    found = connection.execute(
        "SELECT accepted, sending FROM delivery WHERE channel = ?", (channel,)
    ).fetchone()
    return QueuePosition(*found) if found else QueuePosition(0, 0)


def move(connection: sqlite3.Connection, channel: str, to: QueuePosition) -> None:
    """Store the position of a channel."""
    connection.execute("INSERT OR REPLACE INTO delivery VALUES (?, ?, ?)", (channel, *to))
