"""Decides when news are sent: at once, after a pause, or again."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import NamedTuple

from huginn_cffi.applications.alerting import messages
from huginn_cffi.applications.alerting.channels import Channel, NotSentError
from huginn_cffi.applications.alerting.known import KnownDevice, KnownDevices
from huginn_cffi.applications.alerting.listed import note_listed
from huginn_cffi.hosts.network_cards import NetworkCards
from huginn_cffi.store.news import News, QueuePosition, move, news_after, position
from huginn_cffi.store.opening import open_for_marks, store_errors, transaction
from huginn_cffi.store.rows import DEVICE_COLUMNS, RECOGNITION, unpacked
from sigcompiler.claims.flavors import label_text

MOST_EVENTS = 500
"""Events in one message; the rest follows in the next one."""
URGENT_PAUSE_S, PAUSE_S = 10.0, 300.0
"""Pauses between two messages of a channel, with urgent news and without."""
RETRY_S, MOST_RETRY_S = 5.0, 600.0
"""The first pause after a failure, which doubles, and the longest."""
CHECK_S = 600.0
"""How often listed devices are compared with the store, in seconds."""
_LEARNING = "alert_learning"
_LEARNED = "learned "
"""The beginning of notes about devices that were added to the list without news."""
_NS = 1_000_000_000


class Limits(NamedTuple):
    """Times in seconds."""

    settle: float
    """How long a new device may take to get an address before it is reported without one."""
    learn: float | None
    """How long after the first start with a store new devices become known without news."""


class _Line:
    """A channel with the times that belong to it."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.sent = self.retry = -PAUSE_S
        self.pause = RETRY_S
        self.fails = False


class Delivery:
    """Sends the news of one store through channels. `say` gets one line when sending fails or works again."""

    def __init__(
        self,
        store: str,
        channels: Sequence[Channel],
        limits: Limits,
        known: KnownDevices | None,
        say: Callable[[str], object],
    ) -> None:
        self._store, self._limits, self._known, self._say = store, limits, known, say
        self._lines = [_Line(channel) for channel in channels]
        self._checked = -CHECK_S
        self._learns_until: float | None = None
        """The end of the time in which devices are learned, in seconds since 1970."""
        self._cards = NetworkCards()

    def run_once(self) -> None:
        """Send what is due now; raises `StoreError` and `KnownError`."""
        with store_errors(self._store), closing(open_for_marks(self._store)) as connection:
            if self._known is not None:
                self._known.refresh()
                self._check(connection, self._known)
            if self._limits.learn is not None and self._learns_until is None:
                self._learns_until = _first_start(connection) + self._limits.learn
            for line in self._lines:
                self._serve(connection, line)

    def _check(self, connection: sqlite3.Connection, known: KnownDevices) -> None:
        if time.monotonic() - self._checked >= CHECK_S:
            with transaction(connection):
                note_listed(connection, known)
            self._checked = time.monotonic()

    def _serve(self, connection: sqlite3.Connection, line: _Line) -> None:
        now = time.monotonic()
        if now < line.retry:
            return
        at = position(connection, line.channel.name)
        waiting = news_after(connection, at.accepted)
        if at.sending > at.accepted:  # a message that a crash or a failure left: the same events again
            waiting = [one for one in waiting if one.id <= at.sending]
        if not waiting:
            return
        found = [*self._notices(connection, waiting[:MOST_EVENTS])]
        urgent = [number for number, one in enumerate(found, 1) if one.is_urgent]
        if urgent and not all(map(self._is_settled, found)):
            found = found[: urgent[-1]]  # the later ones may still get an address
        last = found[-1].news.id
        is_first = at.accepted == 0
        strange: dict[str | None, messages.Notice] = {}
        for one in found:
            if one.is_learned and one.known is None:
                strange.setdefault(one.mac, one)
        learned = [*map(_learned, strange.values())]
        wanted = [one for one in found if _is_wanted(one, is_first)]
        if not is_first:
            self._learn(learned)  # if that fails, they stay in the queue
        if wanted:
            if at.sending <= at.accepted and not self._is_due(wanted, line, now):
                return
            self._mark(connection, line, QueuePosition(at.accepted, last))
            notes = _notes(waiting[0].id - at.accepted - 1, self._learns_until)
            if not self._sent(line, messages.message(wanted, self._store, self._name(connection), notes)):
                return
        self._mark(connection, line, QueuePosition(last, last))
        if is_first:
            self._learn(learned)

    def _learn(self, found: Sequence[KnownDevice]) -> None:
        if found and self._known is not None:
            self._known.add(found)

    def _sent(self, line: _Line, what: messages.Message) -> bool:
        try:
            line.channel.send(what)
        except NotSentError as error:
            if not line.fails:
                self._say(f"{line.channel.name}: {error}; the news wait, and are tried again")
            line.fails = True
            line.retry, line.pause = time.monotonic() + line.pause, min(2 * line.pause, MOST_RETRY_S)
            return False
        if line.fails:
            self._say(f"{line.channel.name}: works again")
        line.fails, line.pause, line.sent = False, RETRY_S, time.monotonic()
        return True

    @staticmethod
    def _mark(connection: sqlite3.Connection, line: _Line, to: QueuePosition) -> None:
        with transaction(connection):
            move(connection, line.channel.name, to)

    def _is_due(self, found: Sequence[messages.Notice], line: _Line, now: float) -> bool:
        if any(one.is_urgent for one in found):
            return now - line.sent >= URGENT_PAUSE_S
        return now - line.sent >= PAUSE_S and all(self._is_settled(one) for one in found)

    def _is_settled(self, one: messages.Notice) -> bool:
        return one.address is not None or time.time_ns() - one.news.stored_ns >= self._limits.settle * _NS

    def _notices(self, connection: sqlite3.Connection, news: Sequence[News]) -> Iterator[messages.Notice]:
        bare = [messages.notice(one, messages.StoredDevice(), None) for one in news]
        devices = _stored(connection, {one.mac for one in bare if one.mac is not None})
        for one in bare:
            mac = one.mac
            device = devices.get(str(mac), messages.StoredDevice())
            address = one.event.get("device_ip") or device.address
            card = self._cards.maker(mac)
            if card is not None:
                device = device._replace(values={**device.values, "network_card": card})
            is_learned = (
                one.kind in messages.FIRST_SEEN and one.news.stored_ns < (self._learns_until or 0) * _NS
            )
            yield one._replace(device=device, known=self._find(mac, address), is_learned=is_learned)

    def _find(self, mac: str | None, address: str | None) -> KnownDevice | None:
        return None if self._known is None else self._known.find(mac, address)

    @staticmethod
    def _name(connection: sqlite3.Connection) -> str:
        """A name of the store that no other store has."""
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('name', lower(hex(randomblob(8))))")
        return str(connection.execute("SELECT value FROM meta WHERE key = 'name'").fetchone()[0])


def _first_start(connection: sqlite3.Connection) -> float:
    """When news of this store were sent for the first time, in seconds since 1970."""
    connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (_LEARNING, time.time()))
    return float(connection.execute("SELECT value FROM meta WHERE key = ?", (_LEARNING,)).fetchone()[0])


def _notes(dropped: int, until: float | None) -> list[str]:
    """Sentences that end a message."""
    found = []
    if dropped > 0:
        found.append(f"{dropped} earlier events left the full queue before they could be sent.")
    if until is not None and time.time() < until:
        end = f"{datetime.fromtimestamp(until).astimezone():%Y-%m-%d %H:%M %Z}"
        found.append(f"New devices are added to the list of known ones, silently until {end}.")
    return found


def _is_wanted(one: messages.Notice, is_first: bool) -> bool:
    """Whether a message has it. A channel's first one also has devices of another channel's first one."""
    if one.is_learned:
        return is_first and (one.known is None or one.known.note.startswith(_LEARNED))
    return one.kind != "device_new" or one.known is None


def _learned(one: messages.Notice) -> KnownDevice:
    """The entry of a device. Its type so far is in the note: who expects a type states it."""
    note = f"{_LEARNED}{datetime.now().astimezone():%Y-%m-%d}, {messages.plain(one.name)}"
    return KnownDevice(mac=str(one.event.get("mac") or ""), address=one.address or "", note=note)


def _stored(connection: sqlite3.Connection, macs: Iterable[str]) -> dict[str, messages.StoredDevice]:
    """The latest address and values of hosts with these MACs."""
    wanted = [*macs]
    columns = (*DEVICE_COLUMNS, "evidence", "name", "flavor")
    query = (
        f"SELECT addr, {', '.join(columns)} FROM host LEFT JOIN label ON label.id = conclusion "
        f"WHERE mac IN ({', '.join('?' * len(wanted))}) ORDER BY last_seen"
    )
    found = {}
    for addr, *values in connection.execute(query, wanted) if wanted else ():
        named = {name: str(value) for name, value in zip(columns, values, strict=True) if value}
        shown = [
            f"{source}: {name}"
            for source, name, _, relation in json.loads(named.get("evidence", "[]"))
            if relation == "agrees"
        ]
        named["evidence"] = "; ".join(filter(None, (*shown, named.get(RECOGNITION))))
        named["system"] = label_text(named.pop("name", ""), named.pop("flavor", ""))
        address = unpacked(bytes(addr))
        found[named["mac"]] = messages.StoredDevice(None if address == named["mac"] else address, named)
    return found
