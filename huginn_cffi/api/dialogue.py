"""The input of one client: queries in any pieces become answers, in order."""

from __future__ import annotations

from huginn_cffi._native import lib
from huginn_cffi.api import json_query
from huginn_cffi.hosts.inventory import Inventory

QUERY_BYTES: int = lib.HG_QUERY_BYTES

MOST_BYTES = 16 * QUERY_BYTES
"""Taken of a client at a time, so that a busy one does not delay others."""


class Dialogue:
    """The queries of a client. A query that begins with ``{`` is a line of JSON, others are p0f's."""

    __slots__ = ("_hosts", "_inbox", "over")

    def __init__(self, hosts: Inventory) -> None:
        self._hosts = hosts
        self._inbox = b""
        self.over = False
        """Whether the client is to be left after the next answer, or now if there is none."""

    def take(self, received: bytes) -> None:
        """What the client sent: at most `MOST_BYTES`, and only once all answers were taken."""
        self._inbox += received

    def end(self) -> None:
        """The client has no more to say: a line needs no end any more, and half a query is none."""
        self.over = True
        self._inbox = self._inbox + b"\n" if self._inbox.startswith(json_query.FIRST) else b""

    def answer(self) -> bytes | None:
        """The answer to the next query; None while there is no whole one."""
        if self._inbox.startswith(json_query.FIRST):
            return self._line()
        if len(self._inbox) < QUERY_BYTES:
            return None
        query, self._inbox = self._inbox[:QUERY_BYTES], self._inbox[QUERY_BYTES:]
        return self._hosts.answer(query)

    def _line(self) -> bytes | None:
        end = self._inbox.find(b"\n", 0, json_query.MOST_BYTES + 1)
        if end >= 0:
            line, self._inbox = self._inbox[:end], self._inbox[end + 1 :]
            return json_query.answer(line, self._hosts.find)
        if len(self._inbox) <= json_query.MOST_BYTES:
            return None
        self._inbox, self.over = b"", True  # where the next query begins is unknown
        return json_query.TOO_LONG
